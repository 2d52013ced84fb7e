"""The outbox: calls to the Bot API that wait to be made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, SQLModel, col, select

from storage.tables import Outgoing

TABLE = SQLModel.metadata.tables["outgoing"]

# Made once, on the bare table, since they run for every message: see incoming.
ADD = insert(TABLE)
VALUES = frozenset(TABLE.columns.keys()) - {"id"}
DROP_SENT = (
    delete(TABLE)
    .where(TABLE.c.id.in_(bindparam("numbers", expanding=True)))
    .where(TABLE.c.once.is_(None))
)
KEEP_SENT = (
    update(TABLE)
    .where(TABLE.c.id.in_(bindparam("numbers", expanding=True)))
    .values(state="sent", payload={})
)


def add(
    session: Session,
    *,
    owner_id: int | None,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    now: datetime,
    once: str | None = None,
    not_before: datetime | None = None,
) -> Outgoing:
    """Queue one call. `once` names what must never be queued or sent a second time."""
    row = Outgoing(
        owner_id=owner_id,
        chat_id=chat_id,
        method=method,
        payload=payload,
        once=once,
        not_before=not_before,
        created_at=now,
    )
    # Without the unit of work: a turn queues several calls, and a flush costs ten times as much.
    values = {name: value for name, value in row.__dict__.items() if name in VALUES}
    result = session.connection().execute(ADD, values)
    (row.id,) = result.inserted_primary_key or (None,)
    return row


def is_queued(session: Session, owner_id: int, once: str) -> bool:
    """Whether what has this name was queued before, sent or not."""
    return (
        session.exec(
            select(Outgoing.id).where(Outgoing.owner_id == owner_id).where(Outgoing.once == once)
        ).first()
        is not None
    )


def waiting(session: Session) -> list[Outgoing]:
    """All that still has to be sent, oldest first."""
    return list(
        session.exec(select(Outgoing).where(Outgoing.state == "waiting").order_by(col(Outgoing.id)))
    )


def mark_sent(session: Session, numbers: Sequence[int]) -> None:
    """Answers go; what must not be sent twice stays, without its words."""
    connection = session.connection()
    dropped = connection.execute(DROP_SENT, {"numbers": numbers}).rowcount
    if dropped < len(numbers):
        connection.execute(KEEP_SENT, {"numbers": numbers})


def mark(session: Session, number: int, state: str) -> None:
    session.execute(update(Outgoing).where(col(Outgoing.id) == number).values(state=state))


def give_up_half_sent(session: Session) -> int:
    """Calls of which nobody knows whether they arrived become 'unknown'; how many."""
    result = session.execute(
        update(Outgoing)
        .where(Outgoing.state == "sending")  # type: ignore[arg-type]
        .values(state="unknown", payload={})
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def drop_chat(session: Session, chat_id: int) -> None:
    """Forget what waits for a chat that does not take messages."""
    session.execute(
        delete(Outgoing).where(col(Outgoing.chat_id) == chat_id).where(Outgoing.state == "waiting")  # type: ignore[arg-type]
    )
