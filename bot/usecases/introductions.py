"""Introductions: who brought whom to whom, asked for or made, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.history import Benefit, Direction
from analysis.lexicon import lexicon
from bot.usecases.favours import Helped, put_interaction
from bot.usecases.people import Named, named, put_contact
from storage import contacts, introductions, ties
from storage.journal import Journal
from storage.tables import Introduction, Tie


@dataclass(frozen=True, slots=True)
class Introduced:
    """An introduction that was made; None stands for the owner."""

    id: int
    introducer: Named | None
    whom: Named | None
    to: Named
    newcomers: tuple[Named, ...]
    on: date
    change_id: int
    thanked: bool = False


def is_one(helped: Helped) -> bool:
    """Whether help told with two people was bringing one to the other."""
    two = len(helped.contact_ids) + len(helped.newcomers) == 2
    return (
        two
        and helped.direction != Direction.MUTUAL
        and (
            helped.kind == Benefit.ACCESS
            or lexicon().found(helped.what, "introduction_noted") is not None
        )
    )


def keep(session: Session, owner_id: int, helped: Helped, today: date, now: datetime) -> Introduced:
    """Keep an introduction told in words, with that they were in touch that day.

    Received: the first of the two brought the owner to the second. Given: the owner brought the
    first to the second, who know one another from then on.
    """
    journal = Journal(session, owner_id)
    known = contacts.some(session, owner_id, dict.fromkeys(helped.contact_ids))
    new = [put_contact(journal, owner_id, each, today, now) for each in helped.newcomers]
    first, second = [*new, *known] if helped.newcomer_first else [*known, *new]
    received = helped.direction == Direction.RECEIVED
    put_interaction(journal, owner_id, [first, second], helped.on, helped.channel, helped.what, now)
    row = journal.add(
        Introduction(
            owner_id=owner_id,
            introducer_id=first.id if received else None,
            whom_id=None if received else first.id,
            to_id=second.id,
            made_on=helped.on,
        )
    )
    put_tie(session, journal, owner_id, first.id or 0, second.id or 0, now)
    change = journal.close("introduced", [first.name, second.name], now)
    return Introduced(
        id=row.id or 0,
        introducer=named(first) if received else None,
        whom=None if received else named(first),
        to=named(second),
        newcomers=tuple(named(each) for each in new),
        on=helped.on,
        change_id=(change.id if change else None) or 0,
    )


def put_tie(
    session: Session, journal: Journal, owner_id: int, one: int, other: int, now: datetime
) -> None:
    """They know one another, from this change on."""
    a, b = sorted((one, other))
    if ties.between(session, owner_id, a, b) is None:
        journal.add(Tie(owner_id=owner_id, a=a, b=b, source="introduced", created_at=now))


def thank(
    session: Session, owner_id: int, introduction_id: int, today: date, now: datetime
) -> Introduced | None:
    """Whoever opened that door was thanked today; None where the owner has no such door."""
    row = introductions.get(session, owner_id, introduction_id)
    if row is None or row.introducer_id is None or row.to_id is None:
        return None
    opener = contacts.get(session, owner_id, row.introducer_id)
    other = contacts.get(session, owner_id, row.to_id)
    if opener is None or other is None:
        return None
    journal = Journal(session, owner_id)
    if row.thanked_on is None:
        journal.update(row, thanked_on=today)
    change = journal.close("thanked", [opener.name], now)
    return Introduced(
        id=row.id or 0,
        introducer=named(opener),
        whom=None,
        to=named(other),
        newcomers=(),
        on=row.made_on or today,
        change_id=(change.id if change else None) or 0,
        thanked=True,
    )


def tell_outcome(
    session: Session, owner_id: int, introduction_id: int, outcome: str, now: datetime
) -> int | None:
    """What came of an introduction. The change's number; None where the owner has none such."""
    row = introductions.get(session, owner_id, introduction_id)
    if row is None:
        return None
    who = [number for number in (row.introducer_id, row.whom_id, row.to_id) if number is not None]
    journal = Journal(session, owner_id)
    journal.update(row, outcome=outcome)
    names = [each.name for each in contacts.some(session, owner_id, who)]
    change = journal.close("outcome_told", names, now)
    return change.id if change else None
