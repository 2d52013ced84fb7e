"""Reminders: things to be reminded of, once, at a moment."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import Owner, Reminder


def get(session: Session, owner_id: int, reminder_id: int) -> Reminder | None:
    return session.exec(
        select(Reminder).where(Reminder.owner_id == owner_id).where(Reminder.id == reminder_id)
    ).first()


def open_ones(session: Session, owner_id: int) -> list[Reminder]:
    """What is not done: those still to be sent first, by their moment; then those sent."""
    rows = session.exec(
        select(Reminder)
        .where(Reminder.owner_id == owner_id)
        .where(col(Reminder.done_at).is_(None))
        .order_by(col(Reminder.id))
    )
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.sent_at))


def everything(session: Session, owner_id: int) -> list[Reminder]:
    return list(
        session.exec(
            select(Reminder).where(Reminder.owner_id == owner_id).order_by(col(Reminder.id))
        )
    )


def due(session: Session, now: datetime, limit: int) -> list[tuple[int, int]]:
    """(owner, reminder) of what is due, of owners who take messages, the longest due first."""
    rows = session.exec(
        select(col(Reminder.owner_id), col(Reminder.id))
        .join(Owner, col(Owner.id) == Reminder.owner_id)
        .where(col(Reminder.due_at) <= now)
        .where(col(Owner.paused_at).is_(None))
        .where(col(Owner.blocked_at).is_(None))
        .order_by(col(Reminder.due_at), col(Reminder.id))
        .limit(limit)
    )
    return [(owner_id, number) for owner_id, number in rows if number is not None]
