"""Ties between contacts, as the owner stated them."""

from sqlmodel import Session, col, or_, select

from storage.tables import Tie


def between(session: Session, owner_id: int, one: int, other: int) -> Tie | None:
    a, b = sorted((one, other))
    return session.exec(
        select(Tie).where(Tie.owner_id == owner_id).where(Tie.a == a).where(Tie.b == b)
    ).first()


def everything(session: Session, owner_id: int) -> list[Tie]:
    return list(session.exec(select(Tie).where(Tie.owner_id == owner_id).order_by(col(Tie.id))))


def of_contact(session: Session, owner_id: int, contact_id: int) -> list[Tie]:
    return list(
        session.exec(
            select(Tie)
            .where(Tie.owner_id == owner_id)
            .where(or_(Tie.a == contact_id, Tie.b == contact_id))
            .order_by(col(Tie.id))
        )
    )
