"""The outbox: calls to the Bot API that wait to be made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, SQLModel, col, or_, select

from storage.tables import Outgoing

TABLE = SQLModel.metadata.tables["outgoing"]

# Made once, on the bare table, since they run for every message: see incoming.
ADD = insert(TABLE)
VALUES = frozenset(TABLE.columns.keys()) - {"id"}
DROP_ANSWERS = (
    delete(TABLE)
    .where(TABLE.c.id.in_(bindparam("numbers", expanding=True)))
    .where(TABLE.c.once.is_(None))
)
END = (
    update(TABLE)
    .where(TABLE.c.id.in_(bindparam("numbers", expanding=True)))
    .values(state=bindparam("ended"), payload={})
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


def waiting(session: Session, now: datetime) -> list[Outgoing]:
    """All that still has to be sent and may be sent by now, oldest first."""
    return list(
        session.exec(
            select(Outgoing)
            .where(Outgoing.state == "waiting")
            .where(or_(col(Outgoing.not_before).is_(None), col(Outgoing.not_before) <= now))
            .order_by(col(Outgoing.id))
        )
    )


def put_off_until(session: Session, now: datetime) -> list[Outgoing]:
    """What was to wait for a moment that has come, oldest first."""
    return list(
        session.exec(
            select(Outgoing)
            .where(Outgoing.state == "waiting")
            .where(col(Outgoing.not_before) <= now)
            .order_by(col(Outgoing.id))
        )
    )


def finish(session: Session, ended: Mapping[int, str]) -> None:
    """Note how calls ended: sent, refused or unknown, by number.

    Answers go; what must not be sent twice stays, without its words.
    """
    connection = session.connection()
    numbers = list(ended)
    if connection.execute(DROP_ANSWERS, {"numbers": numbers}).rowcount == len(numbers):
        return
    for state in set(ended.values()):
        those = [number for number in numbers if ended[number] == state]
        connection.execute(END, {"numbers": those, "ended": state})


def mark(session: Session, number: int, state: str) -> None:
    """Set a call that has not ended to 'sending', or back to 'waiting'."""
    session.execute(update(Outgoing).where(col(Outgoing.id) == number).values(state=state))


def give_up_half_sent(session: Session) -> int:
    """Calls of which nobody knows whether they arrived become 'unknown'; how many."""
    result = session.execute(
        update(Outgoing)
        .where(Outgoing.state == "sending")  # type: ignore[arg-type]
        .values(state="unknown", payload={})
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def drop_chat(session: Session, chat_id: int) -> set[int]:
    """Forget what is to go to a chat that takes no messages; the numbers of the calls."""
    numbers = session.exec(
        select(Outgoing.id)
        .where(Outgoing.chat_id == chat_id)
        .where(col(Outgoing.state).in_(("waiting", "sending")))
    ).all()
    session.execute(delete(Outgoing).where(col(Outgoing.id).in_(numbers)))
    return {number for number in numbers if number is not None}


def prune(session: Session, before: datetime) -> None:
    """Drop the names of what was sent long ago: nothing is called that any more."""
    session.execute(
        delete(Outgoing)
        .where(col(Outgoing.state) != "waiting")
        .where(col(Outgoing.created_at) < before)
    )
