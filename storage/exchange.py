"""Needs and offers: of contacts, and of the owner where no contact is named."""

from sqlmodel import Session, col, select

from storage.tables import ExchangeItem


def get(session: Session, owner_id: int, item_id: int) -> ExchangeItem | None:
    return session.exec(
        select(ExchangeItem)
        .where(ExchangeItem.owner_id == owner_id)
        .where(ExchangeItem.id == item_id)
    ).first()


def everything(session: Session, owner_id: int) -> list[ExchangeItem]:
    """All needs and offers, by number."""
    return list(
        session.exec(
            select(ExchangeItem)
            .where(ExchangeItem.owner_id == owner_id)
            .order_by(col(ExchangeItem.id))
        )
    )
