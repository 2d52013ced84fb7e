"""Birthdays: a word on the morning of the day, once a year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from analysis.contact_facts import Birthday
from storage import contacts
from storage.tables import Contact, Owner

TOO_LATE = timedelta(hours=20)  # a birthday that is over is not brought up


def birthday_of(contact: Contact) -> Birthday | None:
    """The day of the year; the year of birth is not needed."""
    return parse(contact.birthday)


def parse(birthday: str | None) -> Birthday | None:
    """1990-03-14 and --03-14 as a day of the year."""
    if not birthday:
        return None
    month, day = birthday[-5:].split("-")
    return Birthday(int(month), int(day))


def next_due(owner: Owner, birthday: str | None, after: datetime) -> datetime | None:
    """The owner's usual hour on the next birthday, in UTC; 29 February is kept on the 28th."""
    day_of_year = parse(birthday)
    if day_of_year is None:
        return None
    zone = ZoneInfo(owner.timezone)
    today = after.astimezone(zone).date()
    for start in (today, today + timedelta(days=1)):
        day = day_of_year.next_on(start)
        due = datetime.combine(day, owner.weekly_time, tzinfo=zone).astimezone(UTC)
        if due > after:
            return due
    return None


def plan_all(session: Session, owner: Owner, now: datetime) -> None:
    """The owner's hour or zone changed: every birthday is due at another moment."""
    for contact in contacts.everyone(session, owner.id or 0, archived=True):
        if contact.birthday:
            contact.birthday_due_at = next_due(owner, contact.birthday, now)
            session.add(contact)


def greet(
    session: Session, owner: Owner, contact_id: int, now: datetime
) -> tuple[Contact, str] | None:
    """Whom to bring up for a birthday that is due, and a name used once; plans the next one."""
    contact = contacts.get(session, owner.id or 0, contact_id)
    if contact is None or contact.birthday_due_at is None or contact.birthday_due_at > now:
        return None
    due = contact.birthday_due_at
    contact.birthday_due_at = next_due(owner, contact.birthday, now)
    session.add(contact)
    if now - due > TOO_LATE or contact.archived:
        return None
    return contact, f"birthday:{contact.id}:{due.astimezone(ZoneInfo(owner.timezone)).year}"
