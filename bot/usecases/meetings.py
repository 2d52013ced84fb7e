"""Logging what happened: one event, one or many people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.usecases.people import Named, NewContact, named, put_contact
from storage import contacts
from storage.journal import Journal
from storage.tables import Contact, Interaction, Nudge, Participation, Promise


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise heard in what happened."""

    by: str  # me, them
    what: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened. Those not yet known are added with it, in the same change."""

    contact_ids: tuple[int, ...]
    on: date
    channel: str = "meeting"
    note: str | None = None
    newcomers: tuple[NewContact, ...] = ()
    started_by: str | None = None
    promised: Promised | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What was understood and kept."""

    people: tuple[Named, ...]
    newcomers: tuple[Named, ...]
    on: date
    channel: str
    note: str | None
    interaction_id: int
    change_id: int
    promised: Promised | None = None
    promise_id: int | None = None


def log_interaction(
    session: Session,
    owner_id: int,
    happened: Happened,
    today: date,
    now: datetime,
    nudge: Nudge | None = None,
) -> Logged:
    """Keep an interaction with the owner's contacts; numbers of others are left out.

    With `nudge`, the line of a weekly message that this answers.
    Raises ValueError where nobody is left.
    """
    journal = Journal(session, owner_id)
    known = contacts.some(session, owner_id, dict.fromkeys(happened.contact_ids))
    new = [put_contact(journal, owner_id, each, today, now) for each in happened.newcomers]
    people = [*known, *new]
    if not people:
        raise ValueError("An interaction needs somebody.")
    interaction = journal.add(
        Interaction(
            owner_id=owner_id,
            on=happened.on,
            channel=happened.channel,
            note=happened.note or None,
            started_by=happened.started_by,
            created_at=now,
        )
    )
    for each in people:
        journal.add(
            Participation(
                owner_id=owner_id, interaction_id=interaction.id or 0, contact_id=each.id or 0
            )
        )
        if each.snoozed_until is not None:
            journal.update(each, snoozed_until=None)  # they talked: the rest is over
    promise = _keep_promise(journal, owner_id, happened, people[0])
    if nudge is not None:
        journal.update(nudge, outcome="talked")
    change = journal.close("logged", [each.name for each in people], now)
    assert change is not None  # noqa: S101 - rows were added
    return Logged(
        people=tuple(named(each) for each in people),
        newcomers=tuple(named(each) for each in new),
        on=happened.on,
        channel=happened.channel,
        note=happened.note or None,
        interaction_id=interaction.id or 0,
        change_id=change.id or 0,
        promised=happened.promised,
        promise_id=promise.id if promise else None,
    )


def _keep_promise(
    journal: Journal, owner_id: int, happened: Happened, contact: Contact
) -> Promise | None:
    if happened.promised is None:
        return None
    return journal.add(
        Promise(
            owner_id=owner_id,
            contact_id=contact.id or 0,
            by=happened.promised.by,
            what=happened.promised.what,
            made_on=happened.on,
            due_on=happened.promised.due_on,
        )
    )


def people_of(session: Session, owner_id: int, contact_ids: Sequence[int]) -> tuple[Named, ...]:
    return tuple(named(each) for each in contacts.some(session, owner_id, contact_ids))
