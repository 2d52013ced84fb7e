"""Reminders: asked for in words, or made of a promise; sent once, then done or put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.usecases.people import Named, named
from storage import contacts, favours, reminders
from storage.journal import Journal
from storage.tables import Owner, Reminder

SOON = timedelta(hours=1)  # when the usual hour of that day is over
PUT_OFF_DAYS = {"tomorrow": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder as it is shown: what, when in the owner's zone, about whom."""

    id: int
    what: str
    at: datetime | None  # local; None once it was sent
    who: Named | None
    change_id: int | None = None


def plan(
    session: Session,
    owner: Owner,
    what: str,
    contact_ids: Sequence[int],
    on: date,
    at: time | None,
    now: datetime,
    promise_id: int | None = None,
) -> Planned:
    """Remember to remind; without a time, at the hour the owner likes to be written to."""
    journal = Journal(session, owner.id or 0)
    known = contacts.some(session, owner.id or 0, contact_ids)
    row = journal.add(
        Reminder(
            owner_id=owner.id or 0,
            contact_id=known[0].id if known else None,
            promise_id=promise_id,
            what=what,
            due_at=_moment(owner, on, at, now),
            created_at=now,
        )
    )
    change = journal.close("reminder_set", [each.name for each in known] or [what[:60]], now)
    return _shown(session, owner, row, change.id if change else None)


def of_promise(
    session: Session, owner: Owner, promise_id: int, today: date, now: datetime
) -> Planned | None:
    """A reminder of a promise, on its day or tomorrow; None where the owner has no such promise."""
    promise = favours.promise(session, owner.id or 0, promise_id)
    if promise is None:
        return None
    on = max(promise.due_on or today, today)
    on = on if on > today else today + timedelta(days=1)
    return plan(session, owner, promise.what, [promise.contact_id], on, None, now, promise_id)


def listed(session: Session, owner: Owner) -> tuple[Planned, ...]:
    """What is not done yet, the next first."""
    return tuple(_shown(session, owner, row) for row in reminders.open_ones(session, owner.id or 0))


def get(session: Session, owner: Owner, reminder_id: int) -> Planned | None:
    row = reminders.get(session, owner.id or 0, reminder_id)
    return _shown(session, owner, row) if row is not None else None


def done(
    session: Session, owner: Owner, reminder_id: int, today: date, now: datetime
) -> Planned | None:
    """It is done; the promise behind it is kept. None where the owner has no such reminder."""
    row = reminders.get(session, owner.id or 0, reminder_id)
    if row is None:
        return None
    journal = Journal(session, owner.id or 0)
    journal.update(row, done_at=now, due_at=None)
    promise = favours.promise(session, owner.id or 0, row.promise_id) if row.promise_id else None
    if promise is not None:
        journal.update(promise, kept_on=today)
    change = journal.close("reminder_done", [row.what[:60]], now)
    return _shown(session, owner, row, change.id if change else None)


def put_off(
    session: Session, owner: Owner, reminder_id: int, days: int, today: date, now: datetime
) -> Planned | None:
    """Remind again in so many days, at the usual hour."""
    row = reminders.get(session, owner.id or 0, reminder_id)
    if row is None:
        return None
    row.due_at = _moment(owner, today + timedelta(days=days), None, now)
    row.done_at = None
    session.add(row)
    return _shown(session, owner, row)


def send(
    session: Session, owner: Owner, reminder_id: int, now: datetime
) -> tuple[Planned, str] | None:
    """Mark a due reminder as sent; what to send, and a name that is used once."""
    row = reminders.get(session, owner.id or 0, reminder_id)
    if row is None or row.due_at is None or row.due_at > now:
        return None
    once = f"reminder:{row.id}:{row.due_at:%Y%m%d%H%M}"
    row.due_at, row.sent_at = None, now
    session.add(row)
    return _shown(session, owner, row), once


def _moment(owner: Owner, on: date, at: time | None, now: datetime) -> datetime:
    zone = ZoneInfo(owner.timezone)
    moment = datetime.combine(on, at or owner.weekly_time, tzinfo=zone).astimezone(UTC)
    return moment if moment > now else now + SOON


def _shown(session: Session, owner: Owner, row: Reminder, change_id: int | None = None) -> Planned:
    contact = contacts.get(session, owner.id or 0, row.contact_id) if row.contact_id else None
    return Planned(
        id=row.id or 0,
        what=row.what,
        at=row.due_at.astimezone(ZoneInfo(owner.timezone)) if row.due_at else None,
        who=named(contact) if contact else None,
        change_id=change_id,
    )
