"""Nudges: the lines of the weekly messages."""

from sqlmodel import Session, col, select

from storage.tables import Nudge


def get(session: Session, owner_id: int, nudge_id: int) -> Nudge | None:
    return session.exec(
        select(Nudge).where(Nudge.owner_id == owner_id).where(Nudge.id == nudge_id)
    ).first()


def of_week(session: Session, owner_id: int, week: str) -> list[Nudge]:
    """The lines of one week, in their order."""
    return list(
        session.exec(
            select(Nudge)
            .where(Nudge.owner_id == owner_id)
            .where(Nudge.week == week)
            .order_by(col(Nudge.position), col(Nudge.id))
        )
    )


def everything(session: Session, owner_id: int, contact_id: int | None = None) -> list[Nudge]:
    """Lines of all weeks, the oldest first: about everybody, or about one contact."""
    query = select(Nudge).where(Nudge.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(Nudge.contact_id == contact_id)
    return list(session.exec(query.order_by(col(Nudge.suggested_on), col(Nudge.id))))
