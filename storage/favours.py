"""Favours and promises: help that went between the owner and a contact, and help to come."""

from sqlmodel import Session, col, select

from storage.tables import Favour, Promise


def favours(session: Session, owner_id: int, contact_id: int | None = None) -> list[Favour]:
    """Favours, oldest first: with one contact, or with all."""
    query = select(Favour).where(Favour.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(Favour.contact_id == contact_id)
    return list(session.exec(query.order_by(col(Favour.on), col(Favour.id))))


def favour(session: Session, owner_id: int, favour_id: int) -> Favour | None:
    return session.exec(
        select(Favour).where(Favour.owner_id == owner_id).where(Favour.id == favour_id)
    ).first()


def promises(session: Session, owner_id: int, contact_id: int | None = None) -> list[Promise]:
    """Promises, oldest first: with one contact, or with all."""
    query = select(Promise).where(Promise.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(Promise.contact_id == contact_id)
    return list(session.exec(query.order_by(col(Promise.made_on), col(Promise.id))))


def promise(session: Session, owner_id: int, promise_id: int) -> Promise | None:
    return session.exec(
        select(Promise).where(Promise.owner_id == owner_id).where(Promise.id == promise_id)
    ).first()
