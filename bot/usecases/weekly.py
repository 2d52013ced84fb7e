"""The weekly message: whom to reach out to, why, and the next step."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from analysis.fading import less_often_days
from bot.usecases.meetings import Happened, Logged, log_interaction
from bot.usecases.people import Named, named
from bot.usecases.standing import Standing, Standings, stand, stand_with
from bot.usecases.weeks import week_of
from storage import contacts, nudges
from storage.journal import Journal
from storage.tables import Contact, Nudge, Owner

MOST_LINES = 5
NEW_LINES = 2  # of these, at most so many new acquaintances to follow up


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the weekly message."""

    nudge_id: int
    who: Named
    kind: str
    usual_gap_days: int | None
    silent_days: int | None
    step: str | None  # key of the step's text
    values: dict[str, Any]
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Digest:
    """A week's message; `stale` when nothing was logged for so long that the log is missing."""

    week: str
    lines: tuple[Line, ...]
    stale: bool = False


def digest(session: Session, owner: Owner, today: date) -> Digest:
    """This week's message: composed once, then the same until the week is over."""
    week = week_of(today)
    rows = nudges.of_week(session, owner.id or 0, week)
    stale = False
    if not rows:
        standings = stand(session, owner, today)
        stale = standings.stale
        rows = [] if stale else _choose(session, owner, standings, week, today)
    return _digest(session, owner, week, rows, stale=stale)


def digest_of(session: Session, owner: Owner, nudge: Nudge) -> Digest:
    """The message a line stands in, as it is now."""
    rows = nudges.of_week(session, owner.id or 0, nudge.week)
    return _digest(session, owner, nudge.week, rows)


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


def _choose(
    session: Session, owner: Owner, standings: Standings, week: str, today: date
) -> list[Nudge]:
    claims = [(each, "fading") for each in standings.fading()]
    claims += [(each, "due") for each in standings.everybody if _is_due(each)]
    new = [(each, "new") for each in standings.everybody if _is_new(each)]
    picked = claims[: MOST_LINES - min(len(new), 1)]  # a place is kept for somebody new
    picked += new[: min(NEW_LINES, MOST_LINES - len(picked))]
    rows = []
    for position, (standing, kind) in enumerate(picked):
        row = Nudge(
            owner_id=owner.id or 0,
            contact_id=standing.contact.id or 0,
            week=week,
            position=position,
            kind=kind,
            facts=_facts(standing),
            suggested_on=today,
        )
        session.add(row)
        rows.append(row)
    session.flush()
    return rows


def _is_due(standing: Standing) -> bool:
    return standing.fading.due and not standing.facts.fading and standing.step is not None


def _is_new(standing: Standing) -> bool:
    return standing.fading.follow_up and not standing.fading.due and standing.step is not None


def _facts(standing: Standing) -> dict[str, Any]:
    fading, step = standing.fading, standing.step
    usual = fading.cadence_days or fading.usual_gap_days
    silent = fading.counted_silent_days
    return {
        "usual": round(usual) if usual else None,
        "silent": silent,
        "step": step.key if step else None,
        "values": {name: _kept(value) for name, value in step.values.items()} if step else {},
    }


def _kept(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Any:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _digest(
    session: Session, owner: Owner, week: str, rows: list[Nudge], *, stale: bool = False
) -> Digest:
    people = {
        each.id: each
        for each in contacts.some(session, owner.id or 0, [row.contact_id for row in rows])
    }
    lines = tuple(
        Line(
            nudge_id=row.id or 0,
            who=named(people[row.contact_id]),
            kind=row.kind,
            usual_gap_days=row.facts["usual"],
            silent_days=row.facts["silent"],
            step=row.facts["step"],
            values={name: _read(value) for name, value in row.facts["values"].items()},
            outcome=row.outcome,
        )
        for row in rows
        if row.contact_id in people
    )
    return Digest(week, lines, stale)
