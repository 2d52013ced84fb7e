"""Which contact a person of a file is: by account, number or address, never by a name alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from bot.imports.cleaning import fold, phone
from bot.imports.records import Person
from bot.usecases.people import Named, named
from storage import contacts, handles
from storage.tables import Contact


class Certainty(StrEnum):
    KNOWN = "known"
    NEW = "new"
    UNCLEAR = "unclear"  # bears the name of somebody, or the numbers of two


@dataclass(frozen=True, slots=True)
class Match:
    certainty: Certainty
    contact_ids: tuple[int, ...] = ()  # one where known; those in question where unclear


class Directory:
    """The owner's contacts by all they are known by."""

    def __init__(self, session: Session, owner_id: int, region: str | None) -> None:
        self.contacts: dict[int, Contact] = {}
        self.rows: dict[str, tuple[int, dict[str, object]]] = {}
        self.known: set[tuple[int, str, str]] = set()
        self._region = region
        self._handles: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._claimed: dict[int, str] = {}  # contacts met in this file, by the name they had
        for contact in contacts.everyone(session, owner_id, archived=True):
            self.add(contact)
        for handle in handles.everything(session, owner_id):
            self.note(handle.contact_id, handle.kind, handle.value, handle.said)

    def add(self, contact: Contact) -> None:
        number = contact.id or 0
        self.contacts[number] = contact
        for name in (contact.name, *contact.aliases):
            self._names[fold(name)].add(number)
        for kind, value in accounts_of(contact, self._region):
            self._handles[kind, value].add(number)

    def note(self, number: int, kind: str, value: str, said: dict[str, object]) -> None:
        self.known.add((number, kind, value))
        if kind == "row":
            self.rows[value] = (number, said)
        else:
            self._handles[kind, value].add(number)

    def match(self, person: Person) -> Match:
        """The contact this person is, for certain, or who it may be."""
        if person.key in self.rows:
            return self._certain(person, self.rows[person.key][0])
        found = {number for each in accounts(person) for number in self._handles.get(each, ())}
        name = fold(person.name)
        found = {number for number in found if self._claimed.get(number, name) == name}
        if len(found) == 1:
            return self._certain(person, found.pop())
        bearers = self._names.get(name, set())
        if not found and person.organisation:
            where = fold(person.organisation)
            same = [n for n in bearers if fold(self.contacts[n].organisation or "") == where]
            if len(same) == 1:
                return self._certain(person, same[0])
        alike = tuple(sorted(found or bearers))
        return Match(Certainty.UNCLEAR if alike else Certainty.NEW, alike)

    def named(self, number: int) -> Named:
        return named(self.contacts[number])

    def _certain(self, person: Person, number: int) -> Match:
        self._claimed.setdefault(number, fold(person.name))
        return Match(Certainty.KNOWN, (number,))


def accounts(person: Person) -> Iterator[tuple[str, str]]:
    """What nobody else has: (kind, value)."""
    yield from (("phone", each) for each in person.phones)
    yield from (("email", each) for each in person.emails)
    if person.telegram_id is not None:
        yield "telegram", str(person.telegram_id)
    if person.username:
        yield "username", person.username.casefold()


def accounts_of(contact: Contact, region: str | None) -> Iterator[tuple[str, str]]:
    number = phone(contact.phone, region) if contact.phone else None
    if number:
        yield "phone", number
    if contact.email:
        yield "email", contact.email.casefold()
    if contact.telegram_id is not None:
        yield "telegram", str(contact.telegram_id)
    if contact.username:
        yield "username", contact.username.casefold()
