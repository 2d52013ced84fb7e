"""Monica 4's JSON export. Section names are singular or plural, by version."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Any

from bot.imports.cleaning import birthday, clean, day_in, email, name_of, paragraph, phone
from bot.imports.cleaning import read_moment as moment
from bot.imports.collecting import Collector
from bot.imports.json_events import Event, events, items, members, skim, whole
from bot.imports.records import Person, Reason, Trouble, Unreadable

LONGEST_SECTION = 2_000_000  # tokens of one contact with all its calls and notes
USERNAME = re.compile(r"@(\w{4,32})$")


def read_monica(file: IO[bytes], skip: int, into: Collector) -> None:
    reader = _Reader(into)
    stream = events(file, skip)
    if next(stream, ("", None))[0] != "start_map":
        raise Unreadable(Trouble.BROKEN)
    for name, first in members(stream):
        if name == "account" and first[0] == "start_map":
            reader.account(stream)
        else:
            skim(stream, first)
    reader.finish()


class _Reader:
    """What refers to contacts waits until all of them are read."""

    def __init__(self, into: Collector) -> None:
        self.into = into
        self.me: str | None = None
        self.activities: list[dict[str, Any]] = []
        self.relations: list[dict[str, Any]] = []
        self.present: dict[str, list[str]] = defaultdict(list)  # contact keys by activity

    def account(self, stream: Iterator[Event]) -> None:
        for name, first in members(stream):
            if name != "data" or first[0] != "start_array":
                skim(stream, first)
                continue
            for section in items(stream):
                if section[0] == "start_map":
                    self.section(stream)
                else:
                    skim(stream, section)

    def section(self, stream: Iterator[Event]) -> None:
        kind = ""
        for name, first in members(stream):
            if name == "type":
                kind = str(first[1]).removesuffix("s")
            if name != "values" or first[0] != "start_array":
                skim(stream, first)
                continue
            for item in items(stream):
                if kind == "photo" or kind == "document":
                    skim(stream, item)
                    self.into.row()
                    self.into.refuse(Reason.NO_PLACE, kind)
                else:
                    self.value(kind, whole(stream, item, LONGEST_SECTION))

    def value(self, kind: str, told: Any) -> None:
        self.into.row()
        if not isinstance(told, dict):
            return self.into.refuse(Reason.BROKEN, kind)
        if kind == "contact":
            self.contact(told)
        elif kind in ("activity", "activitie"):
            self.activities.append(told)
        elif kind == "relationship":
            self.relations.append(_properties(told))
        elif kind == "user":
            self.me = _properties(told).get("me_contact")
            self.into.refuse(Reason.YOURSELF)
        else:
            self.into.refuse(Reason.NO_PLACE, kind)
        return None

    def contact(self, told: dict[str, Any]) -> None:
        sections = _sections(told)
        fields = [_properties(each) for each in sections.pop("contact_field", [])]
        person = self.person(told, fields)
        if person.key == f"monica:{self.me}":
            self.into.refuse(Reason.YOURSELF)
            known = False
        else:
            known = self.into.person(person, example=person.name)
        for field in fields:
            self.into.row()
            if known:
                self.into.taken += 1
            else:
                self.into.refuse(Reason.UNKNOWN_PERSON)
            del field
        for kind, values in sections.items():
            for value in values:
                self.part(kind, value, person.key if known else None)

    def person(self, told: dict[str, Any], fields: list[dict[str, Any]]) -> Person:
        own = _properties(told)
        parts = (own.get(part) for part in ("first_name", "middle_name", "last_name"))
        name = name_of(*parts) or name_of(own.get("nickname"))
        nickname = clean(own.get("nickname"))
        data = [clean(field.get("data")) or "" for field in fields]
        emails = dict.fromkeys(filter(None, map(email, data)))
        phones = (phone(each, self.into.reading.region) for each in data if "@" not in each)
        usernames = [found[1] for each in data if (found := USERNAME.fullmatch(each))]
        tags = (clean(tag, 40) for tag in _list(own.get("tags")))
        return Person(
            key=f"monica:{clean(told.get('uuid'), 60)}",
            name=name or "",
            organisation=clean(own.get("company")),
            role=clean(own.get("job")),
            phones=tuple(dict.fromkeys(filter(None, phones))),
            emails=tuple(emails),
            username=usernames[0] if usernames else None,
            birthday=_birthday(own.get("birthdate")),
            aliases=(nickname,) if nickname and nickname != name else (),
            tags=tuple(dict.fromkeys(filter(None, tags)))[:20],
            how_met=clean(own.get("first_met_additional_info")) or clean(own.get("description")),
            archived=own.get("is_dead") is True or own.get("is_active") is False,
        )

    def part(self, kind: str, value: Any, key: str | None) -> None:
        """A call, a conversation, a note … of a contact."""
        if kind in ("activity", "activitie") and isinstance(value, str):
            if key:
                self.present[value].append(key)
            return None
        if kind in ("photo", "document") and isinstance(value, str):
            return None  # refers to what is a row of its own
        self.into.row()
        if not isinstance(value, dict):
            return self.into.refuse(Reason.BROKEN, kind)
        if key is None:
            return self.into.refuse(Reason.UNKNOWN_PERSON)
        own = _properties(value)
        if kind == "call":
            note = paragraph(own.get("content"))
            began = {True: "them", False: "me"}.get(own.get("contact_called"))  # type: ignore[arg-type]
            day = self.day(own.get("called_at"))
            return self.into.happening(day, "call", [key], note, began)
        if kind == "conversation":
            return self.conversation(own, key)
        return self.into.refuse(Reason.NO_PLACE, kind)

    def conversation(self, own: dict[str, Any], key: str) -> None:
        """Days and who began; not the words."""
        self.into.contact(self.day(own.get("happened_at")), "message", key, _began(own))

    def day(self, told: Any) -> Any:
        found = moment(told)
        return day_in(found, self.into.reading.timezone) if found else None

    def finish(self) -> None:
        for told in self.activities:
            own = _properties(told)
            note = " – ".join(
                filter(None, (paragraph(own.get(part)) for part in ("summary", "description")))
            )
            people = list(self.present.get(str(told.get("uuid")), ()))
            self.into.happening(self.day(own.get("happened_at")), "meeting", people, note or None)
        for own in self.relations:
            one, other = f"monica:{own.get('contact_is')}", f"monica:{own.get('of_contact')}"
            self.into.tie(one, other, "knows")


def _began(own: dict[str, Any]) -> str | None:
    for message in _list(own.get("messages")):
        if isinstance(message, dict):
            by_me = _properties(message).get("written_by_me")
            return None if by_me is None else "me" if by_me else "them"
    return None


def _birthday(told: Any) -> str | None:
    if not isinstance(told, dict) or told.get("is_age_based"):
        return None  # a guess at an age is no birthday
    return birthday(
        str(told.get("date") or "")[:10], without_year=told.get("is_year_unknown") is True
    )


def _sections(told: dict[str, Any]) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = defaultdict(list)
    for section in _list(told.get("data")):
        if isinstance(section, dict):
            result[str(section.get("type")).removesuffix("s")] += _list(section.get("values"))
    return result


def _properties(told: dict[str, Any]) -> dict[str, Any]:
    found = told.get("properties")
    return found if isinstance(found, dict) else {}


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
