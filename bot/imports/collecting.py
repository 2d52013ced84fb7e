"""Gathers what a reader finds: one person per key, one contact per day, every row counted."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

from bot.imports.cleaning import FIRST_YEAR, LONGEST_NAME, clean, is_garbled
from bot.imports.records import (
    Happening,
    Parsed,
    Person,
    Reading,
    Reason,
    Refused,
    Source,
    Tie,
)

MOST_PEOPLE = 50_000
MOST_HAPPENINGS = 300_000
MOST_TIES = 200_000
EXAMPLES = 3


class Collector:
    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading
        self.rows = 0
        self.taken = 0
        self._people: dict[str, Person] = {}
        self._folded: dict[tuple[date, str, tuple[str, ...]], Happening] = {}
        self._logged: dict[Happening, None] = {}
        self._ties: dict[tuple[str, str], Tie] = {}
        self._counts: Counter[Reason] = Counter()
        self._examples: dict[Reason, list[tuple[int, str]]] = defaultdict(list)

    def row(self) -> int:
        """The next row; its number, from 1."""
        self.rows += 1
        return self.rows

    def refuse(self, reason: Reason, example: object = None, *, row: int | None = None) -> None:
        self._counts[reason] += 1
        if len(self._examples[reason]) < EXAMPLES:
            self._examples[reason].append((row or self.rows, clean(example, 60) or ""))

    def person(self, person: Person | None, *, example: object = None) -> bool:
        """Take a row about a person, or refuse it; a second row of the same key adds to it."""
        reason = self.reason_against(person)
        if reason is not None or person is None:
            self.refuse(reason or Reason.NO_NAME, example or (person.name if person else None))
            return False
        self.taken += 1
        self.known(person)
        return True

    def known(self, person: Person) -> None:
        """Somebody a row mentions besides what it is about. No row is counted."""
        earlier = self._people.get(person.key)
        if earlier != person:
            self._people[person.key] = _joined(earlier, person) if earlier else person

    def names(self, key: str) -> bool:
        return key in self._people

    def contact(self, on: date | None, channel: str, key: str, started_by: str | None) -> None:
        """Take one message or call: the first of a day stands for all of that day."""
        if not self._is_day(on):
            return None
        assert on is not None  # noqa: S101 - just looked at
        place = (on, channel, (key,))
        if place not in self._folded:
            if len(self._folded) >= MOST_HAPPENINGS:
                return self.refuse(Reason.TOO_MANY)
            self._folded[place] = Happening(on, channel, (key,), started_by)
        self.taken += 1
        return None

    def happening(
        self,
        on: date | None,
        channel: str,
        keys: list[str],
        note: str | None = None,
        started_by: str | None = None,
    ) -> None:
        """Take a row about a meeting or a call that the owner logged."""
        if not self._is_day(on):
            return None
        assert on is not None  # noqa: S101 - just looked at
        if not keys:
            return self.refuse(Reason.UNKNOWN_PERSON, on.isoformat())
        if len(self._logged) >= MOST_HAPPENINGS:
            return self.refuse(Reason.TOO_MANY)
        self._logged[Happening(on, channel, tuple(sorted(set(keys))), started_by, note)] = None
        self.taken += 1
        return None

    def tie(self, one: str, other: str, kind: str) -> None:
        """Take a row about two who know each other."""
        if one == other or not (self.names(one) and self.names(other)):
            return self.refuse(Reason.UNKNOWN_PERSON)
        if len(self._ties) >= MOST_TIES:
            return self.refuse(Reason.TOO_MANY)
        a, b = sorted((one, other))
        self._ties.setdefault((a, b), Tie(a, b, kind))
        self.taken += 1
        return None

    def relate(self, stated: list[tuple[str, str]], kind: str = "knows") -> None:
        """(key, name) that rows state as related: a tie where one person only bears the name."""
        bearers: dict[str, list[str]] = defaultdict(list)
        for person in self._people.values() if stated else ():
            bearers[person.name].append(person.key)
        for key, name in stated:
            keys = bearers.get(name, [])
            if len(keys) == 1 and keys[0] != key:
                a, b = sorted((key, keys[0]))
                self._ties.setdefault((a, b), Tie(a, b, kind))

    def parsed(self) -> Parsed:
        return Parsed(
            source=self.source,
            people=tuple(self._people.values()),
            happenings=tuple(self._folded.values()) + tuple(self._logged),
            ties=tuple(self._ties.values()),
            refused=tuple(
                Refused(reason, count, tuple(self._examples[reason]))
                for reason, count in self._counts.most_common()
            ),
            rows=self.rows,
            taken=self.taken,
        )

    def reason_against(self, person: Person | None) -> Reason | None:
        if person is None or not person.name:
            return Reason.NO_NAME
        if len(person.name) > LONGEST_NAME:
            return Reason.NAME_TOO_LONG
        if is_garbled(person.name):
            return Reason.GARBLED
        if person.key not in self._people and len(self._people) >= MOST_PEOPLE:
            return Reason.TOO_MANY
        return None

    def _is_day(self, on: date | None) -> bool:
        """Whether contact can have taken place on that day; refuses the row where not."""
        if on is None or on.year < FIRST_YEAR:
            self.refuse(Reason.BAD_DATE)
            return False
        if on > self.reading.today:
            self.refuse(Reason.IN_FUTURE, on.isoformat())
            return False
        return True


def _joined(one: Person, other: Person) -> Person:
    """What both say; where they differ, the first."""
    filled = {
        field: getattr(one, field) or getattr(other, field)
        for field in (
            "organisation", "role", "telegram_id", "username", "birthday", "how_met",
        )
    }  # fmt: skip
    for field in ("phones", "emails", "aliases", "tags"):
        filled[field] = tuple(dict.fromkeys(getattr(one, field) + getattr(other, field)))
    return replace(one, **filled)
