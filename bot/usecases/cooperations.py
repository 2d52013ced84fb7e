"""Working together: the form it has, what it is about, from when until when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.history import Form
from bot.usecases.people import Named, named
from storage import contacts, introductions
from storage.journal import Journal
from storage.tables import Contact, Cooperation

FORMS = tuple(form.value for form in Form if form is not Form.ACQUAINTANCE)


@dataclass(frozen=True, slots=True)
class Together:
    """A cooperation as it was told."""

    id: int
    who: Named
    form: str
    what: str
    began_on: date
    ended_on: date | None
    change_id: int


def begin(
    session: Session,
    owner_id: int,
    contact: Contact,
    form: str,
    what: str,
    on: date,
    now: datetime,
) -> Together:
    """Keep that the owner and a contact work together from that day."""
    journal = Journal(session, owner_id)
    row = journal.add(
        Cooperation(
            owner_id=owner_id, contact_id=contact.id or 0, form=form, what=what, began_on=on
        )
    )
    change = journal.close("cooperation_begun", [contact.name], now)
    return _told(row, contact, change.id if change else None)


def end(
    session: Session, owner_id: int, cooperation_id: int, today: date, now: datetime
) -> Together | None:
    """It is over; None where the owner has no such cooperation, or it ended before."""
    row = introductions.cooperation(session, owner_id, cooperation_id)
    contact = contacts.get(session, owner_id, row.contact_id) if row else None
    if row is None or contact is None or row.ended_on is not None:
        return None
    journal = Journal(session, owner_id)
    journal.update(row, ended_on=today)
    change = journal.close("cooperation_ended", [contact.name], now)
    return _told(row, contact, change.id if change else None)


def running(session: Session, owner_id: int, contact_id: int) -> tuple[Cooperation, ...]:
    """What a contact and the owner work on together now, the oldest first."""
    there = introductions.cooperations(session, owner_id, contact_id)
    return tuple(row for row in there if row.ended_on is None)


def _told(row: Cooperation, contact: Contact, change_id: int | None) -> Together:
    return Together(
        id=row.id or 0,
        who=named(contact),
        form=row.form,
        what=row.what,
        began_on=row.began_on,
        ended_on=row.ended_on,
        change_id=change_id or 0,
    )
