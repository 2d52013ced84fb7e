"""The weekly message: whom to reach out to, why, the next step, and a way to begin."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from analysis.fading import less_often_days
from bot.usecases.choosing import choose_lines
from bot.usecases.keeping import recall
from bot.usecases.meetings import Happened, Logged, log_interaction
from bot.usecases.people import Named, named
from bot.usecases.standing import stand, stand_with
from bot.usecases.weeks import week_of
from storage import contacts, nudges
from storage.journal import Journal
from storage.tables import Contact, Nudge, Owner

SILENT_MONTH = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the weekly message."""

    nudge_id: int
    who: Named
    phone: str | None
    username: str | None
    kind: str
    facts: dict[str, Any]  # numbers for the words
    step: str | None  # key of the step's text
    values: dict[str, Any]
    draft: dict[str, Any] | None  # key, language, variant, values
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What went well since the week before: so many of so many people, and who moved up."""

    kept: int
    of: int
    moved: tuple[tuple[str, str], ...]  # (name, stage)


@dataclass(frozen=True, slots=True)
class Digest:
    """A week's message; `stale` when nothing was logged for so long that the log is missing."""

    week: str
    lines: tuple[Line, ...]
    stale: bool = False
    receipt: Receipt | None = None


def digest(session: Session, owner: Owner, today: date) -> Digest:
    """This week's message: composed once, then the same until the week is over."""
    week = week_of(today)
    rows = nudges.of_week(session, owner.id or 0, week)
    stale = False
    if not rows:
        standings = stand(session, owner, today)
        stale = standings.stale
        rows = choose_lines(session, owner, standings, week, today)
    receipt = _receipt(session, owner, today)
    return _digest(session, owner, week, rows, stale=stale, receipt=receipt)


def digest_of(session: Session, owner: Owner, nudge: Nudge) -> Digest:
    """The message a line stands in, as it is now."""
    rows = nudges.of_week(session, owner.id or 0, nudge.week)
    return _digest(session, owner, nudge.week, rows)


def is_silent(owner: Owner, today: date) -> bool:
    """Whether the owner has not written or tapped for a month."""
    return owner.active_on is not None and today - owner.active_on >= SILENT_MONTH


def ask_whether_to_go_on(owner: Owner, today: date) -> bool:
    """After a silent month: True the first time, False ever after, until the owner is back."""
    first = owner.asked_on is None
    owner.asked_on = owner.asked_on or today
    return first


def talked(
    session: Session, owner: Owner, nudge: Nudge, on: date, today: date, now: datetime
) -> Logged:
    """They did talk: log it for that day."""
    happened = Happened((nudge.contact_id,), on, channel="other")
    return log_interaction(session, owner.id or 0, happened, today, now, nudge)


def snooze(
    session: Session,
    owner_id: int,
    contact: Contact,
    until: date,
    now: datetime,
    nudge: Nudge | None = None,
) -> int | None:
    """Let a contact rest until a day. The change's number, or None where nothing changed."""
    journal = Journal(session, owner_id)
    journal.update(contact, snoozed_until=until)
    if nudge is not None:
        journal.update(nudge, outcome="snoozed")
    change = journal.close("snoozed", [contact.name], now)
    return change.id if change else None


def less_often(
    session: Session, owner: Owner, nudge: Nudge, today: date, now: datetime
) -> int | None:
    """Bring this contact up half as often: double the cadence, learned or set."""
    contact = contacts.get(session, owner.id or 0, nudge.contact_id)
    if contact is None:
        return None
    fading = stand_with(session, owner, contact, today).fading
    journal = Journal(session, owner.id or 0)
    journal.update(contact, cadence_days=less_often_days(fading))
    journal.update(nudge, outcome="less_often")
    change = journal.close("less_often", [contact.name], now)
    return change.id if change else None


def nudge(session: Session, owner_id: int, nudge_id: int) -> Nudge | None:
    return nudges.get(session, owner_id, nudge_id)


def leave(session: Session, owner: Owner, nudge: Nudge, now: datetime) -> int | None:
    """A tie that is meant to be quiet: never bring it up."""
    contact = contacts.get(session, owner.id or 0, nudge.contact_id)
    if contact is None:
        return None
    journal = Journal(session, owner.id or 0)
    journal.update(contact, leave=True)
    journal.update(nudge, outcome="left")
    change = journal.close("left_in_peace", [contact.name], now)
    return change.id if change else None


def _receipt(session: Session, owner: Owner, today: date) -> Receipt | None:
    """What became of the lines of the week before; None where there is nothing to be glad of."""
    before = today - timedelta(days=7)
    rows = nudges.of_week(session, owner.id or 0, week_of(before))
    if not rows:
        return None
    kept = sum(row.outcome == "talked" for row in rows)
    moves = [
        move
        for move in contacts.moves(session, owner.id or 0, since=before)
        if move.why != "added" and move.stage != "know"
    ]
    people = {
        each.id: each.name
        for each in contacts.some(session, owner.id or 0, [move.contact_id for move in moves])
    }
    moved = {people[m.contact_id]: m.stage for m in moves if m.contact_id in people}
    if not kept and not moved:
        return None
    return Receipt(kept, len(rows), tuple(moved.items())[:2])


def _digest(
    session: Session,
    owner: Owner,
    week: str,
    rows: list[Nudge],
    *,
    stale: bool = False,
    receipt: Receipt | None = None,
) -> Digest:
    people = {
        each.id: each
        for each in contacts.some(session, owner.id or 0, [row.contact_id for row in rows])
    }
    lines = tuple(_line(row, people[row.contact_id]) for row in rows if row.contact_id in people)
    return Digest(week, lines, stale, receipt)


def _line(row: Nudge, contact: Contact) -> Line:
    facts, draft = row.facts, row.facts["draft"]
    return Line(
        nudge_id=row.id or 0,
        who=named(contact),
        phone=contact.phone,
        username=contact.username,
        kind=row.kind,
        facts={**facts, "why_values": recall(facts["why_values"])},
        step=facts["step"],
        values=recall(facts["values"]),
        draft={**draft, "values": recall(draft["values"])} if draft else None,
        outcome=row.outcome,
    )
