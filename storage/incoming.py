"""The inbox: updates kept before they are acknowledged, until they are handled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from storage.tables import Incoming


def keep(session: Session, rows: Sequence[Incoming]) -> list[Incoming]:
    """Store updates; those that were stored before are left out. Returns the new ones."""
    numbers = [row.update_id for row in rows]
    known = set(
        session.exec(select(Incoming.update_id).where(col(Incoming.update_id).in_(numbers)))
    )
    new = [row for row in rows if row.update_id not in known]
    if new:
        session.execute(insert(Incoming), [row.model_dump() for row in new])
    return new


def body(session: Session, update_id: int) -> Mapping[str, Any] | None:
    """An update that still has to be handled; None once it is."""
    return session.exec(
        select(Incoming.body)
        .where(Incoming.update_id == update_id)
        .where(col(Incoming.handled_at).is_(None))
    ).first()


def unhandled(session: Session) -> list[tuple[int, int | None]]:
    """(update, chat) of what still has to be handled, in Telegram's order."""
    return list(
        session.exec(
            select(col(Incoming.update_id), col(Incoming.chat_id))
            .where(col(Incoming.handled_at).is_(None))
            .order_by(col(Incoming.update_id))
        )
    )


def mark_handled(session: Session, update_id: int, now: datetime) -> None:
    """Only the number of a handled update stays."""
    session.execute(
        update(Incoming)
        .where(col(Incoming.update_id) == update_id)
        .values(handled_at=now, body=None, chat_id=None)
    )


def prune(session: Session, before: datetime) -> None:
    """Drop the numbers of updates handled before a moment: Telegram no longer repeats them."""
    session.execute(delete(Incoming).where(col(Incoming.handled_at) < before))
