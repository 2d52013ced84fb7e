"""Introductions, and the forms of cooperation that ties have grown into."""

from sqlmodel import Session, col, or_, select

from storage.tables import Cooperation, Introduction


def get(session: Session, owner_id: int, introduction_id: int) -> Introduction | None:
    return session.exec(
        select(Introduction)
        .where(Introduction.owner_id == owner_id)
        .where(Introduction.id == introduction_id)
    ).first()


def everything(
    session: Session, owner_id: int, contact_id: int | None = None
) -> list[Introduction]:
    """Introductions by number: all, or those one contact had a part in."""
    query = select(Introduction).where(Introduction.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(
            or_(
                col(Introduction.introducer_id) == contact_id,
                col(Introduction.whom_id) == contact_id,
                col(Introduction.to_id) == contact_id,
            )
        )
    return list(session.exec(query.order_by(col(Introduction.id))))


def cooperation(session: Session, owner_id: int, cooperation_id: int) -> Cooperation | None:
    return session.exec(
        select(Cooperation)
        .where(Cooperation.owner_id == owner_id)
        .where(Cooperation.id == cooperation_id)
    ).first()


def cooperations(
    session: Session, owner_id: int, contact_id: int | None = None
) -> list[Cooperation]:
    """Cooperations, oldest first: of one contact, or of all."""
    query = select(Cooperation).where(Cooperation.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(Cooperation.contact_id == contact_id)
    return list(session.exec(query.order_by(col(Cooperation.began_on), col(Cooperation.id))))
