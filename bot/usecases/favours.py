"""Favours: help given, received, or both ways."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.usecases.people import Named, NewContact, named, put_contact
from storage import contacts
from storage.journal import Journal
from storage.tables import Favour, Interaction, Participation


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


@dataclass(frozen=True, slots=True)
class FavourKept:
    people: tuple[Named, ...]
    newcomers: tuple[Named, ...]
    on: date
    direction: str
    what: str
    change_id: int


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
    interaction = journal.add(
        Interaction(
            owner_id=owner_id,
            on=helped.on,
            channel=helped.channel or "other",
            note=helped.what,
            created_at=now,
        )
    )
    for each in people:
        journal.add(
            Participation(
                owner_id=owner_id, interaction_id=interaction.id or 0, contact_id=each.id or 0
            )
        )
    journal.add(
        Favour(
            owner_id=owner_id,
            contact_id=people[0].id or 0,
            on=helped.on,
            direction=helped.direction,
            what=helped.what,
            kind=helped.kind,
            created_at=now,
        )
    )
    change = journal.close("favour_kept", [each.name for each in people], now)
    return FavourKept(
        people=tuple(named(each) for each in people),
        newcomers=tuple(named(each) for each in new),
        on=helped.on,
        direction=helped.direction,
        what=helped.what,
        change_id=(change.id if change else None) or 0,
    )
