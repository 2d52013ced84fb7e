"""Google Contacts as CSV, with the old header or the new one; columns are found by name."""

import re
from collections.abc import Callable, Iterable

from bot.imports.cleaning import birthday, clean, email, fold, name_of, phone
from bot.imports.collecting import Collector
from bot.imports.linkedin import Row, cells_of, numbered
from bot.imports.records import Person

JOINED = ":::"
NAMES = {"first name", "given name", "last name", "family name", "name"}
MARKS = {
    "e-mail 1 - value", "phone 1 - value", "organization name", "organization 1 - name", "labels",
    "group membership", "phonetic first name", "given name yomi",
}  # fmt: skip
SYSTEM_GROUPS = {"mycontacts", "starred", "friends", "family", "coworkers", "other contacts"}


def is_google(header: list[str]) -> bool:
    folded = {fold(cell) for cell in header}
    return bool(NAMES & folded) and len(MARKS & folded) > 1


def is_monica(header: list[str]) -> bool:
    return [fold(cell) for cell in header[:2]] == ["id", "first_name"]


def read_google(header: list[str], rows: Iterable[Row], into: Collector) -> None:
    related: list[tuple[str, str]] = []
    for number, cells in numbered(rows, into):
        row = cells_of(header, cells)
        person = _person(row, into.reading.region)
        if into.person(person, example=person.name or f"{number}"):
            related += [
                (person.key, name)
                for column, value in row.items()
                if re.fullmatch(r"relation \d+ - value", column)
                for name in _many(value)
            ]
    into.relate(related)


def read_monica_csv(header: list[str], rows: Iterable[Row], into: Collector) -> None:
    """Its rows have more cells than its header; what has no header is known by its looks."""
    for number, cells in numbered(rows, into):
        name = name_of(*cells[1 : len(header)])
        emails = tuple(filter(None, (email(cell) for cell in cells[1:])))
        key = f"monica:{fold(name or '')}|{emails[0] if emails else ''}"
        into.person(Person(key=key, name=name or "", emails=emails), example=f"{number}")


def _person(row: dict[str, str], region: str | None) -> Person:
    name = name_of(*(row.get(part) for part in ("first name", "middle name", "last name")))
    name = name or name_of(
        *(row.get(part) for part in ("given name", "additional name", "family name"))
    )
    name = name or name_of(row.get("name")) or name_of(row.get("file as"))
    nickname = clean(row.get("nickname"))
    organisation = clean(row.get("organization name") or row.get("organization 1 - name"))
    kind = "person" if name or nickname or not organisation else "organisation"
    known = name or nickname or organisation or ""
    return Person(
        key=f"google:{fold(known)}|{fold(organisation or '')}",
        name=known,
        kind=kind,
        organisation=organisation if kind == "person" else None,
        role=clean(row.get("organization title") or row.get("organization 1 - title")),
        phones=_found(row, r"phone \d+ - value", lambda each: phone(each, region)),
        emails=_found(row, r"e-mail \d+ - value", email),
        birthday=birthday(row.get("birthday", "")),
        aliases=(nickname,) if nickname and nickname != known else (),
        tags=_tags(row.get("labels") or row.get("group membership") or ""),
        how_met=clean(row.get("notes")),
    )


def _found(row: dict[str, str], column: str, read: Callable[[str], str | None]) -> tuple[str, ...]:
    values = (
        read(value) for name, text in row.items() if re.fullmatch(column, name)
        for value in _many(text)
    )  # fmt: skip
    return tuple(dict.fromkeys(value for value in values if value))


def _many(text: str) -> list[str]:
    return [value for value in (clean(part) for part in text.split(JOINED)) if value]


def _tags(text: str) -> tuple[str, ...]:
    tags = (clean(tag.strip().removeprefix("*"), 40) for tag in text.split(JOINED))
    wanted = (tag for tag in tags if tag and tag.casefold() not in SYSTEM_GROUPS)
    return tuple(dict.fromkeys(wanted))[:20]
