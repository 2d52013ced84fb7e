"""The address book as an index of the names that people go by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from bot.language.lexicon_files import (
    load_nicknames,
    load_short_organisations,
    load_table,
    word_set,
)
from bot.language.spelling import one_letter_apart, removals, sound
from bot.language.words import cut, fold

FULL, ALIAS, GIVEN, INITIAL, SURNAME = 5, 5, 4, 4, 2
"""How strongly a form of a name speaks for its owner; the strongest owners of a form share it."""
PREFIX_NAMES = word_set("book", "prefix_names")
PARTICLES = word_set("book", "particles")


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the address book; `kind` is 'person' or 'organisation'."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    organisation: str | None = None
    kind: str = "person"


@dataclass(slots=True)
class Form:
    """Who goes by a form of a name: id -> strength."""

    owners: dict[int, int] = field(default_factory=dict)

    def strongest(self) -> tuple[int, ...]:
        best = max(self.owners.values())
        return tuple(sorted(i for i, strength in self.owners.items() if strength == best))


def name_words(name: str) -> tuple[str, ...]:
    """'Dr. Ratna Sari' -> ('ratna', 'sari'): folded, without marks and honorifics."""
    honorifics = honorific_words()
    words = [fold(word.raw) for word in cut(name) if not word.mark]
    while len(words) > 1 and words[0] in honorifics:
        words.pop(0)
    return tuple(words)


@cache
def honorific_words() -> frozenset[str]:
    entries: str = load_table("grammar")["words"]["honorific"]
    return frozenset(part.strip() for part in entries.split(","))


class AddressBook:
    """Indexes built once from the people; read-only afterwards."""

    def __init__(self, people: Iterable[Person], organisations: Iterable[str] = ()) -> None:
        self.people = {person.id: person for person in people}
        self.forms: dict[tuple[str, ...], Form] = {}
        self.organisations: dict[tuple[str, ...], str] = {}
        self.partners: dict[str, int] = {}
        self.name_words: set[str] = set()
        self._removals: dict[str, set[str]] = {}
        self._sounds: dict[str, set[str]] = {}
        for person in self.people.values():
            if person.kind == "organisation":
                self._add_organisation(person)
            else:
                self._add_person(person)
        for name in organisations:
            self.organisations.setdefault(name_words(name), name)
        self.longest = max((len(form) for form in (*self.forms, *self.organisations)), default=1)
        self._index_spellings()

    def _add_organisation(self, person: Person) -> None:
        for name in (person.name, *person.aliases):
            words = name_words(name)
            self.organisations[words] = person.name
            self.partners[person.name] = person.id

    def _add_person(self, person: Person) -> None:
        self._claim(name_words(person.name), person.id, FULL)
        self._add_parts(name_words(person.name), person.id)
        for alias in person.aliases:
            words = name_words(alias)
            self._claim(words, person.id, ALIAS if len(words) > 1 else GIVEN)
            if len(words) > 1:
                self._claim(words[:1], person.id, GIVEN)
        if person.organisation:
            self.organisations.setdefault(name_words(person.organisation), person.organisation)

    def _add_parts(self, words: tuple[str, ...], owner: int) -> None:
        """Given name, given name with initial or surname, and surname alone."""
        if len(words) < 2:
            return
        self._claim(words[:1], owner, GIVEN)
        self._claim((words[0], words[-1]), owner, FULL)
        self._claim((words[0], words[-1][0]), owner, INITIAL)
        for number, word in enumerate(words[1:], start=1):
            if len(word) > 2 and word not in PARTICLES:
                given = number == 1 and words[0] in PREFIX_NAMES and len(words) > 2
                second = words[0] in PREFIX_NAMES and len(words) == 2
                self._claim((word,), owner, GIVEN if given or second else SURNAME)
        if len(words) > 2:
            self._claim(words[:2], owner, FULL)
            self._claim(words[1:], owner, GIVEN)

    def _claim(self, words: tuple[str, ...], owner: int, strength: int) -> None:
        if not words:
            return
        owners = self.forms.setdefault(words, Form()).owners
        owners[owner] = max(owners.get(owner, 0), strength)

    def _index_spellings(self) -> None:
        for form in self.forms:
            if len(form) == 1:
                self.name_words.add(form[0])
        for word in self.name_words:
            for rest in removals(word):
                self._removals.setdefault(rest, set()).add(word)
            self._sounds.setdefault(sound(word), set()).add(word)

    def near(self, word: str) -> tuple[str, ...]:
        """Names one letter or one spelling away from the word, none closer; sorted."""
        close = self._sounds.get(sound(word), set()) - {word}
        if len(word) >= 4 and not close:
            candidates: set[str] = set()
            for rest in (word, *removals(word)):
                candidates |= self._removals.get(rest, set())
            close = {name for name in candidates if one_letter_apart(word, name)}
        return tuple(sorted(close))

    def nicknamed(self, word: str) -> tuple[int, ...]:
        """Owners of a given name that the word is short for."""
        owners: set[int] = set()
        for name in load_nicknames().get(word, ()):
            form = self.forms.get((name,))
            if form and max(form.owners.values()) >= GIVEN:
                owners.update(form.strongest())
        return tuple(sorted(owners))

    def at_organisation(self, ids: Iterable[int], organisation: str) -> tuple[int, ...]:
        """Those of the people who belong to the organisation, by any of its names."""
        wanted = self.organisation_key(organisation)
        return tuple(i for i in ids if self._belongs(self.people[i], wanted))

    def _belongs(self, person: Person, wanted: str) -> bool:
        if not person.organisation:
            return False
        own = self.organisation_key(person.organisation)
        short = " ".join(own.split()[1:])
        initials = "".join(word[0] for word in own.split())
        return wanted in (own, short) or (len(initials) > 1 and wanted == initials)

    def organisation_key(self, name: str) -> str:
        """One spelling for all names of an organisation."""
        words = name_words(name)
        if len(words) > 1 and words[0] in ("pt", "the", "cv"):
            words = words[1:]
        plain = " ".join(name_words(self.organisations.get(words, " ".join(words))))
        return load_short_organisations().get(plain, plain)
