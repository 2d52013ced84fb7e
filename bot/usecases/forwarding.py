"""Logging a message somebody else wrote: the day and the author, never the words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.usecases import meetings, people
from bot.usecases.meetings import Happened, Logged
from bot.usecases.people import NewContact
from storage import contacts, interactions

CHANNEL = "message"


@dataclass(frozen=True, slots=True)
class Sent:
    """Who wrote, and when; the account where Telegram tells it."""

    name: str
    on: date
    telegram_id: int | None = None
    username: str | None = None

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Sent":
        on = date.fromisoformat(data["on"])
        return cls(data["name"], on, data["telegram_id"], data["username"])


def log_message(
    session: Session,
    owner_id: int,
    sent: Sent,
    contact_id: int | None,
    today: date,
    now: datetime,
) -> Logged | None:
    """Keep the contact, with somebody new where no contact is named; None where it is kept."""
    told = NewContact(sent.name, telegram_id=sent.telegram_id, username=sent.username)
    contact = contacts.get(session, owner_id, contact_id) if contact_id else None
    if contact is None:
        happened = Happened((), sent.on, CHANNEL, newcomers=(told,), started_by="them")
        return meetings.log_interaction(session, owner_id, happened, today, now)
    number = contact.id or 0
    for _, on, channel, *_, who in interactions.with_participants(session, owner_id, number):
        if (on, channel, who) == (sent.on, CHANNEL, number):
            return None
    people.complete_contact(session, owner_id, contact, told, now)
    happened = Happened((number,), sent.on, CHANNEL, started_by="them")
    return meetings.log_interaction(session, owner_id, happened, today, now)
