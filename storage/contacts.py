"""Contacts: the people and organisations an owner knows."""

from collections.abc import Iterable
from datetime import date, datetime
from json import loads
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, cast
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.tables import Contact, Owner, StageMove

Entry = tuple[Any, str, tuple[str, ...], str | None, str]
"""Number, name, aliases, organisation, kind."""
NO_ALIASES: tuple[str, ...] = ()

# Made once, since they run for nearly every message; the aliases as text, since few have any.
ENTRIES = (
    columns(
        col(Contact.id),
        col(Contact.name),
        cast(col(Contact.aliases), Text),
        col(Contact.organisation),
        col(Contact.kind),
    )
    .where(col(Contact.owner_id) == bindparam("owner"))
    .where(col(Contact.archived).is_(False))
    .order_by(col(Contact.id))
)
SOME = (
    select(Contact)
    .where(col(Contact.owner_id) == bindparam("owner"))
    .where(col(Contact.id).in_(bindparam("numbers", expanding=True)))
)
MOVES = (
    columns(col(StageMove.contact_id), col(StageMove.stage), col(StageMove.on), col(StageMove.why))
    .where(col(StageMove.owner_id) == bindparam("owner"))
    .order_by(col(StageMove.on), col(StageMove.id))
)


class Move(NamedTuple):
    """A move between stages, without what it rests on."""

    contact_id: int
    stage: str
    on: date
    why: str


def get(session: Session, owner_id: int, contact_id: int) -> Contact | None:
    return session.exec(
        select(Contact).where(Contact.owner_id == owner_id).where(Contact.id == contact_id)
    ).first()


def some(session: Session, owner_id: int, contact_ids: Iterable[int]) -> list[Contact]:
    """The contacts with these numbers, in the order of the numbers given; others are left out."""
    wanted = list(contact_ids)
    rows = session.execute(SOME, {"owner": owner_id, "numbers": wanted}).scalars()
    found = {row.id: row for row in rows}
    return [found[number] for number in wanted if number in found]


def everyone(session: Session, owner_id: int, *, archived: bool = False) -> list[Contact]:
    """All contacts, by number; the archived ones only on request."""
    query = select(Contact).where(Contact.owner_id == owner_id).order_by(col(Contact.id))
    if not archived:
        query = query.where(col(Contact.archived).is_(False))
    return list(session.exec(query))


def entries(session: Session, owner_id: int) -> list[Entry]:
    """The entries of those not archived, by number."""
    session.flush()
    rows = session.connection().execute(ENTRIES, {"owner": owner_id})
    return [
        (number, name, NO_ALIASES if aliases == "[]" else tuple(loads(aliases)), place, kind)
        for number, name, aliases, place, kind in rows
    ]


def stage_moves(session: Session, owner_id: int, contact_id: int | None = None) -> list[StageMove]:
    """Moves between stages, oldest first: of one contact, or of all."""
    query = select(StageMove).where(StageMove.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(StageMove.contact_id == contact_id)
    return list(session.exec(query.order_by(col(StageMove.on), col(StageMove.id))))


def moves(
    session: Session, owner_id: int, contact_id: int | None = None, since: date | None = None
) -> list[Move]:
    """Moves between stages, oldest first, as columns: they are read for every weekly message."""
    session.flush()
    query = MOVES
    if contact_id is not None:
        query = query.where(col(StageMove.contact_id) == contact_id)
    if since is not None:
        query = query.where(col(StageMove.on) >= since)
    return list(map(Move._make, session.connection().execute(query, {"owner": owner_id})))


def due_birthdays(session: Session, now: datetime, limit: int) -> list[tuple[int, int]]:
    """(owner, contact) of birthdays that are due, of owners who take messages."""
    query = (
        columns(col(Contact.owner_id), col(Contact.id))
        .join(Owner, col(Owner.id) == col(Contact.owner_id))
        .where(col(Contact.birthday_due_at) <= now)
        .where(col(Owner.paused_at).is_(None))
        .where(col(Owner.blocked_at).is_(None))
        .order_by(col(Contact.birthday_due_at), col(Contact.id))
        .limit(limit)
    )
    return [(owner, number) for owner, number in session.execute(query) if number is not None]
