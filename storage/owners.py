"""Owners: the people who use the bot."""

from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from storage import outgoing
from storage.tables import Incoming, Outgoing, Owner

# Made once, since it runs for every message.
BY_TELEGRAM_ID = select(Owner).where(col(Owner.telegram_id) == bindparam("number"))


def by_telegram_id(session: Session, telegram_id: int) -> Owner | None:
    found: Owner | None = session.execute(BY_TELEGRAM_ID, {"number": telegram_id}).scalar()
    return found


def by_chat(session: Session, chat_id: int) -> Owner | None:
    return session.exec(select(Owner).where(Owner.chat_id == chat_id)).first()


def get(session: Session, owner_id: int) -> Owner | None:
    return session.get(Owner, owner_id)


def add(session: Session, owner: Owner) -> Owner:
    session.add(owner)
    session.flush()
    return owner


def due_for_weekly(session: Session, now: datetime, limit: int) -> list[int]:
    """Numbers of owners whose weekly message is due, the longest due first."""
    query = (
        select(Owner.id)
        .where(col(Owner.weekly_due_at) <= now)
        .order_by(col(Owner.weekly_due_at), col(Owner.id))
        .limit(limit)
    )
    return [number for number in session.exec(query) if number is not None]


def mark_blocked(session: Session, chat_id: int, now: datetime) -> None:
    """Telegram says that the owner of a chat takes no messages; what waits for it goes."""
    outgoing.drop_chat(session, chat_id)
    owner = by_chat(session, chat_id)
    if owner is not None:
        owner.blocked_at = owner.blocked_at or now
        session.add(owner)


def forget(session: Session, owner: Owner) -> None:
    """Delete every row of the owner, in every table, for good."""
    session.exec(delete(Incoming).where(col(Incoming.chat_id) == owner.chat_id))
    session.exec(delete(Outgoing).where(col(Outgoing.chat_id) == owner.chat_id))
    session.delete(owner)  # the rest goes with the owner, by ON DELETE CASCADE
    session.flush()
