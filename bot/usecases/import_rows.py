"""The rows an import writes, many at once, so that nobody else waits for long."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.imports.records import Happening, Person
from bot.usecases.birthdays import next_due
from bot.usecases.matching import Directory
from storage import handles
from storage.journal import Journal
from storage.tables import Contact, Handle, Interaction, Owner, Participation, StageMove, Tie


class ImportRows:
    """Writes into a change under way. Call in the order of the methods."""

    def __init__(
        self,
        session: Session,
        journal: Journal,
        owner: Owner,
        directory: Directory,
        now: datetime,
    ) -> None:
        self._session = session
        self._journal = journal
        self._owner = owner
        self._directory = directory
        self._now = now
        self._handles: list[dict[str, Any]] = []

    def newcomers(self, people: Sequence[Person], today: date) -> dict[int | str, int]:
        """Add contacts; their numbers by the file's keys."""
        numbers = self._journal.add_many(Contact, [self._contact(each) for each in people])
        move = {"stage": "know", "on": today, "why": "imported"}
        self._journal.add_many(StageMove, [{**move, "contact_id": each} for each in numbers])
        for person, number in zip(people, numbers, strict=True):
            self._note(person, number, person.phones[1:], person.emails[1:])
        return {person.key: number for person, number in zip(people, numbers, strict=True)}

    def known(self, person: Person, number: int, changes: dict[str, Any]) -> bool:
        """Complete a contact; whether anything changed."""
        if "birthday" in changes:
            changes["birthday_due_at"] = next_due(self._owner, changes["birthday"], self._now)
        contact = self._directory.contacts[number]
        self._journal.update(contact, **changes)
        phones = [each for each in person.phones if each != contact.phone]
        emails = [each for each in person.emails if each != contact.email]
        self._note(person, number, phones, emails)
        return bool(changes)

    def handles(self) -> None:
        """Store what the contacts are known by besides."""
        self._journal.add_many(Handle, self._handles)
        self._handles = []

    def happenings(self, happenings: Sequence[Happening], who: Mapping[str, int | str]) -> None:
        """Add interactions with those who took part; `who` says the number of each key."""
        rows = [
            {
                "on": each.on,
                "channel": each.channel,
                "note": each.note,
                "started_by": each.started_by,
                "created_at": self._now,
            }
            for each in happenings
        ]
        numbers = self._journal.add_many(Interaction, rows)
        present = [
            {"interaction_id": number, "contact_id": contact}
            for number, each in zip(numbers, happenings, strict=True)
            for contact in dict.fromkeys(who[key] for key in each.people if key in who)
        ]
        self._journal.add_many(Participation, present)

    def ties(self, ties: Sequence[tuple[int | str, int | str, str]]) -> None:
        rows = []
        for one, other, kind in ties:
            a, b = sorted((int(one), int(other)))
            rows.append(
                {"a": a, "b": b, "kind": kind, "source": "imported", "created_at": self._now}
            )
        self._journal.add_many(Tie, rows)

    def _contact(self, person: Person) -> dict[str, Any]:
        return {
            "name": person.name,
            "kind": person.kind,
            "aliases": list(person.aliases),
            "tags": list(person.tags),
            "telegram_id": person.telegram_id,
            "archived": person.archived,
            "birthday_due_at": next_due(self._owner, person.birthday, self._now),
            "created_at": self._now,
            **said(person),
        }

    def _note(
        self, person: Person, number: int, phones: Sequence[str], emails: Sequence[str]
    ) -> None:
        """More numbers and addresses than a contact has room for, and the row itself."""
        for phone in phones:
            self._handle(number, "phone", phone, {})
        for email in emails:
            self._handle(number, "email", email, {})
        told = said(person)
        earlier = self._directory.rows.get(person.key)
        if earlier is None:
            self._handle(number, "row", person.key, told)
        elif earlier[1] != told:
            handle = handles.row(self._session, self._owner.id or 0, person.key)
            if handle is not None:
                self._journal.update(handle, said=told)

    def _handle(self, number: int, kind: str, value: str, told: dict[str, Any]) -> None:
        if (number, kind, value) not in self._directory.known:
            self._directory.known.add((number, kind, value))
            self._handles.append({"contact_id": number, "kind": kind, "value": value, "said": told})


def said(person: Person) -> dict[str, Any]:
    """What a row says of a contact, in the contact's own fields."""
    return {
        "organisation": person.organisation,
        "role": person.role,
        "phone": person.phones[0] if person.phones else None,
        "email": person.emails[0] if person.emails else None,
        "birthday": person.birthday,
        "how_met": person.how_met,
        "username": person.username,
    }
