"""Contacts: add, find, show, change, archive."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.usecases.birthdays import next_due
from storage import contacts, owners
from storage.journal import Journal
from storage.tables import Contact, StageMove

LONGEST_NAME = 120
LISTS = {"tags", "aliases"}


@dataclass(frozen=True, slots=True)
class Named:
    """A contact as it stands on a button or in a list."""

    id: int
    name: str
    organisation: str | None

    @property
    def label(self) -> str:
        return f"{self.name} · {self.organisation}" if self.organisation else self.name


@dataclass(frozen=True, slots=True)
class NewContact:
    """What was said of somebody new."""

    name: str
    kind: str = "person"
    organisation: str | None = None
    role: str | None = None
    tags: tuple[str, ...] = ()
    how_met: str | None = None
    phone: str | None = None
    email: str | None = None
    telegram_id: int | None = None
    username: str | None = None
    birthday: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    contact: Contact
    change_id: int


@dataclass(frozen=True, slots=True)
class Edited:
    contact: Contact
    change_id: int | None  # None where nothing changed
    fields: tuple[str, ...] = field(default=())


def named(contact: Contact) -> Named:
    assert contact.id is not None  # noqa: S101 - it is stored
    return Named(contact.id, contact.name, contact.organisation)


def same_name(session: Session, owner_id: int, name: str) -> list[Contact]:
    """Contacts that bear this very name, letter case and spaces aside."""
    wanted = " ".join(name.split()).casefold()
    everyone = contacts.everyone(session, owner_id)
    return [each for each in everyone if each.name.casefold() == wanted]


def same_account(session: Session, owner_id: int, new: NewContact) -> Contact | None:
    """The contact with this Telegram account or this phone number."""
    digits = re.sub(r"\D", "", new.phone or "")
    for each in contacts.everyone(session, owner_id, archived=True):
        if new.telegram_id is not None and each.telegram_id == new.telegram_id:
            return each
        if digits and re.sub(r"\D", "", each.phone or "") == digits:
            return each
    return None


def add_contact(
    session: Session, owner_id: int, new: NewContact, today: date, now: datetime
) -> Added:
    """Keep somebody new, at the stage Know."""
    journal = Journal(session, owner_id)
    contact = put_contact(journal, owner_id, new, today, now)
    change = journal.close("contact_added", [contact.name], now)
    assert change is not None  # noqa: S101 - a row was added
    return Added(contact, change.id or 0)


def put_contact(
    journal: Journal, owner_id: int, new: NewContact, today: date, now: datetime
) -> Contact:
    """Add the rows of a new contact to a change under way."""
    contact = journal.add(
        Contact(
            owner_id=owner_id,
            name=" ".join(new.name.split())[:LONGEST_NAME],
            kind=new.kind,
            organisation=new.organisation,
            role=new.role,
            tags=list(new.tags),
            how_met=new.how_met,
            phone=new.phone,
            email=new.email,
            telegram_id=new.telegram_id,
            username=new.username,
            birthday=new.birthday,
            created_at=now,
        )
    )
    journal.add(
        StageMove(
            owner_id=owner_id, contact_id=contact.id or 0, stage="know", on=today, why="added"
        )
    )
    return contact


def edit_contact(
    session: Session, owner_id: int, contact: Contact, now: datetime, **values: Any
) -> Edited:
    """Set fields of a contact; what stands there already is left."""
    owner = owners.get(session, owner_id)
    if "birthday" in values and owner is not None:
        values["birthday_due_at"] = next_due(owner, values["birthday"], now)
    journal = Journal(session, owner_id)
    journal.update(contact, **values)
    change = journal.close("contact_edited", [contact.name], now)
    return Edited(contact, change.id if change else None, tuple(values))


def complete_contact(
    session: Session, owner_id: int, contact: Contact, new: NewContact, now: datetime
) -> Edited:
    """Fill in what was not known of a contact; what is known stays."""
    values: dict[str, Any] = {}
    for name in ("organisation", "role", "how_met", "phone", "email", "telegram_id", "username"):
        told = getattr(new, name)
        if told and not getattr(contact, name):
            values[name] = told
    tags = [tag for tag in new.tags if tag not in contact.tags]
    if tags:
        values["tags"] = [*contact.tags, *tags]
    return edit_contact(session, owner_id, contact, now, **values)


def archive(session: Session, owner_id: int, contact: Contact, now: datetime) -> int | None:
    """Put a contact aside: kept, but never brought up. The change's number, or None."""
    journal = Journal(session, owner_id)
    journal.update(contact, archived=True)
    change = journal.close("archived", [contact.name], now)
    return change.id if change else None


def bring_back(session: Session, owner_id: int, contact: Contact, now: datetime) -> int | None:
    journal = Journal(session, owner_id)
    journal.update(contact, archived=False)
    change = journal.close("brought_back", [contact.name], now)
    return change.id if change else None


def names_of(people: Sequence[Contact]) -> list[str]:
    return [each.name for each in people]


def everyone(session: Session, owner_id: int) -> list[Contact]:
    return contacts.everyone(session, owner_id)


def entries(
    session: Session, owner_id: int
) -> list[tuple[int, str, tuple[str, ...], str | None, str]]:
    """(number, name, aliases, organisation, kind) of everybody who is not archived."""
    return contacts.entries(session, owner_id)
