"""Pairs of contacts whom the owner does not want to introduce."""

from sqlmodel import Session, col, select

from storage.tables import DeclinedPair


def declined(session: Session, owner_id: int) -> list[DeclinedPair]:
    """All such pairs, by number."""
    return list(
        session.exec(
            select(DeclinedPair)
            .where(DeclinedPair.owner_id == owner_id)
            .order_by(col(DeclinedPair.id))
        )
    )
