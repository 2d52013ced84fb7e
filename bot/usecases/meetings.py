"""Logging what happened: one event, one or many people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.usecases.people import Named, NewContact, named, put_contact
from storage import contacts
from storage.journal import Journal
from storage.tables import Interaction, Nudge, Participation


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened. Those not yet known are added with it, in the same change."""

    contact_ids: tuple[int, ...]
    on: date
    channel: str = "meeting"
    note: str | None = None
    newcomers: tuple[NewContact, ...] = ()
    started_by: str | None = None


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
    )


def people_of(session: Session, owner_id: int, contact_ids: Sequence[int]) -> tuple[Named, ...]:
    return tuple(named(each) for each in contacts.some(session, owner_id, contact_ids))
