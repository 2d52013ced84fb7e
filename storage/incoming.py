"""The inbox: updates kept before they are acknowledged, until they are handled.

What runs for every message is a statement made once, on the bare table: to make it anew, or to
go by way of the mapped class, costs several times as much as to run it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session, SQLModel, col

from storage.tables import Incoming

TABLE = SQLModel.metadata.tables["incoming"]

KNOWN = select(TABLE.c.update_id).where(TABLE.c.update_id.in_(bindparam("numbers", expanding=True)))
KEEP = insert(TABLE)
BODY = (
    select(TABLE.c.body)
    .where(TABLE.c.update_id == bindparam("number"))
    .where(TABLE.c.handled_at.is_(None))
)
MARK_HANDLED = (
    update(TABLE)
    .where(TABLE.c.update_id == bindparam("number"))
    .values(handled_at=bindparam("now"), body=None, chat_id=None)
)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came, and the chat it belongs to."""

    update_id: int
    chat_id: int | None
    body: dict[str, Any]


def keep(session: Session, updates: Sequence[Received], now: datetime) -> list[Received]:
    """Store updates; those that were stored before are left out. Returns the new ones."""
    connection = session.connection()
    once = {each.update_id: each for each in updates}
    known = set(connection.execute(KNOWN, {"numbers": list(once)}).scalars())
    new = [each for number, each in once.items() if number not in known]
    if new:
        rows = [
            {
                "update_id": each.update_id,
                "chat_id": each.chat_id,
                "body": each.body,
                "received_at": now,
            }
            for each in new
        ]
        connection.execute(KEEP, rows)
    return new


def body(session: Session, update_id: int) -> Mapping[str, Any] | None:
    """An update that still has to be handled; None once it is."""
    found: Mapping[str, Any] | None = (
        session.connection().execute(BODY, {"number": update_id}).scalar()
    )
    return found


def unhandled(session: Session) -> list[tuple[int, int | None]]:
    """(update, chat) of what still has to be handled, in Telegram's order."""
    rows = session.execute(
        select(col(Incoming.update_id), col(Incoming.chat_id))
        .where(col(Incoming.handled_at).is_(None))
        .order_by(col(Incoming.update_id))
    )
    return [(update_id, chat_id) for update_id, chat_id in rows]


def mark_handled(session: Session, update_id: int, now: datetime) -> None:
    """Only the number of a handled update stays."""
    connection = session.connection()
    if connection.execute(MARK_HANDLED, {"number": update_id, "now": now}).rowcount == 0:
        # The owner's rows are gone, this one with them; Telegram may repeat it all the same.
        handled = {"update_id": update_id, "received_at": now, "handled_at": now}
        connection.execute(KEEP, handled)


def prune(session: Session, before: datetime) -> None:
    """Drop the numbers of updates handled before a moment: Telegram no longer repeats them."""
    session.execute(delete(Incoming).where(col(Incoming.handled_at) < before))
