"""Favours: help given, received, or both ways, of one of Cross's kinds; thanks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.history import Benefit, Direction
from bot.usecases.people import Named, NewContact, named, put_contact
from storage import contacts, favours, interactions
from storage.journal import Journal
from storage.tables import Contact, Favour, Interaction, Participation

KINDS = tuple(benefit.value for benefit in Benefit)
DIRECTIONS = tuple(direction.value for direction in Direction)


@dataclass(frozen=True, slots=True)
class Helped:
    """A favour as it was told."""

    contact_ids: tuple[int, ...]
    on: date
    direction: str
    what: str
    kind: str | None = None
    channel: str | None = None
    newcomers: tuple[NewContact, ...] = ()
    newcomer_first: bool = False  # whether the first one named is a newcomer


@dataclass(frozen=True, slots=True)
class FavourKept:
    people: tuple[Named, ...]
    newcomers: tuple[Named, ...]
    on: date
    direction: str
    what: str
    change_id: int
    favour_id: int | None = None  # of the one favour; None where several people were helped
    kind: str | None = None
    thanked: bool = False


def keep_favour(
    session: Session, owner_id: int, helped: Helped, today: date, now: datetime
) -> FavourKept:
    """Keep a favour with each of the people, and that they were in touch that day.

    Raises ValueError where nobody is left.
    """
    journal = Journal(session, owner_id)
    known = contacts.some(session, owner_id, dict.fromkeys(helped.contact_ids))
    new = [put_contact(journal, owner_id, each, today, now) for each in helped.newcomers]
    people = [*known, *new]
    if not people:
        raise ValueError("A favour needs somebody.")
    put_interaction(journal, owner_id, people, helped.on, helped.channel, helped.what, now)
    kept = [
        journal.add(
            _row(owner_id, each, helped.on, helped.direction, helped.what, helped.kind, now)
        )
        for each in people
    ]
    change = journal.close("favour_kept", [each.name for each in people], now)
    return FavourKept(
        people=tuple(named(each) for each in people),
        newcomers=tuple(named(each) for each in new),
        on=helped.on,
        direction=helped.direction,
        what=helped.what,
        change_id=(change.id if change else None) or 0,
        favour_id=kept[0].id if len(kept) == 1 else None,
        kind=helped.kind,
    )


def put_interaction(
    journal: Journal,
    owner_id: int,
    people: Sequence[Contact],
    on: date,
    channel: str | None,
    note: str | None,
    now: datetime,
) -> Interaction:
    """Add the rows of a time in touch to a change under way."""
    interaction = journal.add(
        Interaction(owner_id=owner_id, on=on, channel=channel or "other", note=note, created_at=now)
    )
    for each in people:
        journal.add(
            Participation(
                owner_id=owner_id, interaction_id=interaction.id or 0, contact_id=each.id or 0
            )
        )
    return interaction


@dataclass(frozen=True, slots=True)
class Occasion:
    """A logged interaction on which one may have helped the other."""

    interaction_id: int
    on: date
    note: str | None
    people: tuple[Named, ...]


def occasion(session: Session, owner_id: int, interaction_id: int) -> Occasion | None:
    row = interactions.get(session, owner_id, interaction_id)
    if row is None:
        return None
    there = interactions.participations(session, owner_id, interaction_id)
    people = contacts.some(session, owner_id, [each.contact_id for each in there])
    return Occasion(interaction_id, row.on, row.note, tuple(named(each) for each in people))


def add_favour(
    session: Session,
    owner_id: int,
    contact: Contact,
    on: date,
    direction: str,
    what: str,
    kind: str | None,
    now: datetime,
) -> FavourKept:
    """Keep a favour that went on an occasion already logged."""
    journal = Journal(session, owner_id)
    row = journal.add(_row(owner_id, contact, on, direction, what, kind, now))
    change = journal.close("favour_kept", [contact.name], now)
    return _shown(session, owner_id, row, change.id if change else None)


def set_kind(
    session: Session, owner_id: int, favour_id: int, kind: str, now: datetime
) -> FavourKept | None:
    """Say of which kind a favour was; None where the owner has no such favour."""
    row = favours.favour(session, owner_id, favour_id)
    if row is None:
        return None
    journal = Journal(session, owner_id)
    journal.update(row, kind=kind)
    contact = contacts.get(session, owner_id, row.contact_id)
    change = journal.close("favour_edited", [contact.name] if contact else [], now)
    return _shown(session, owner_id, row, change.id if change else None)


def thank(
    session: Session, owner_id: int, favour_id: int, today: date, now: datetime
) -> FavourKept | None:
    """They were thanked today; None where the owner has no such favour."""
    row = favours.favour(session, owner_id, favour_id)
    if row is None:
        return None
    journal = Journal(session, owner_id)
    if row.thanked_on is None:
        journal.update(row, thanked_on=today)
    contact = contacts.get(session, owner_id, row.contact_id)
    change = journal.close("thanked", [contact.name] if contact else [], now)
    return _shown(session, owner_id, row, change.id if change else None)


def keep_promise(
    session: Session, owner_id: int, promise_id: int, today: date, now: datetime
) -> Contact | None:
    """A promise was kept today; with whom. None where the owner has no such open promise."""
    row = favours.promise(session, owner_id, promise_id)
    contact = contacts.get(session, owner_id, row.contact_id) if row else None
    if row is None or contact is None or row.kept_on is not None:
        return None
    journal = Journal(session, owner_id)
    journal.update(row, kept_on=today)
    journal.close("promise_kept", [contact.name], now)
    return contact


def show(session: Session, owner_id: int, favour_id: int) -> FavourKept | None:
    row = favours.favour(session, owner_id, favour_id)
    return _shown(session, owner_id, row, None) if row else None


def _shown(session: Session, owner_id: int, row: Favour, change_id: int | None) -> FavourKept:
    people = contacts.some(session, owner_id, [row.contact_id])
    return FavourKept(
        people=tuple(named(each) for each in people),
        newcomers=(),
        on=row.on,
        direction=row.direction,
        what=row.what,
        change_id=change_id or 0,
        favour_id=row.id,
        kind=row.kind,
        thanked=row.thanked_on is not None,
    )


def _row(
    owner_id: int,
    contact: Contact,
    on: date,
    direction: str,
    what: str,
    kind: str | None,
    now: datetime,
) -> Favour:
    return Favour(
        owner_id=owner_id,
        contact_id=contact.id or 0,
        on=on,
        direction=direction,
        what=what,
        kind=kind,
        created_at=now,
    )
