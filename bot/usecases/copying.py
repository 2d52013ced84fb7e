"""A lossless copy of all an owner's rows, and putting one back, into an empty or a filled account.

What is there already stays as it is: a row equal to one of the owner's is not put in again, so the
same copy a second time changes nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlmodel import Session, SQLModel

from bot.imports.cleaning import LONGEST_NAME, birthday
from bot.usecases import birthdays
from bot.usecases.owners import plan_weekly
from storage import contacts, owned
from storage.journal import Journal
from storage.tables import Contact, Interaction, Owner, Participation

SETTINGS = (
    "organisation", "language", "timezone", "weekly_day", "weekly_time", "quiet_line",
    "welcomed_at", "paused_at",
)  # fmt: skip
CHOICES: dict[tuple[str, str], set[Any]] = {
    ("contact", "stage"): {"know", "like", "trust", "buy"},
    ("stage_move", "stage"): {"know", "like", "trust", "buy"},
    ("contact", "kind"): {"person", "organisation"},
    ("interaction", "channel"): {
        "video", "event", "email", "message", "call", "meal", "coffee", "other", "meeting",
    },
    ("interaction", "started_by"): {None, "me", "them"},
    ("favour", "direction"): {"given", "received", "mutual"},
    ("promise", "by"): {"me", "them"},
}  # fmt: skip
LONGEST_TEXT = 4000
NOT_COMPARED = {"id", "owner_id"}
NAMES_KEPT = 3
Copy = dict[str, list[dict[str, Any]]]


@dataclass
class PutBack:
    """What a copy brings; `counts` are new rows by table."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    known: int = 0
    refused: int = 0
    names: list[str] = field(default_factory=list)
    change_id: int | None = None


def copy(session: Session, owner: Owner) -> Copy:
    """Every row of every table, by table; numbers are those the rows refer by."""
    settings = owner.model_dump(mode="json", include=set(SETTINGS))
    return {"owner": [settings]} | {
        str(model.__tablename__): [
            row.model_dump(mode="json", exclude={"owner_id", "birthday_due_at"})
            for row in owned.rows(session, owner.id or 0, model)
        ]
        for model in owned.models()
    }


def put_back(session: Session, owner: Owner, told: object, now: datetime) -> PutBack:
    """Put a copy in, as one change; settings only where the account was empty."""
    copied: dict[str, Any] = told if isinstance(told, dict) else {}
    was_empty = not contacts.everyone(session, owner.id or 0, archived=True)
    if was_empty:
        _set(owner, copied.get("owner"), now)
        session.add(owner)
    work = _Work(session, owner, copied, now)
    for model in owned.models():
        work.table(model)
    result = work.result
    change = work.journal.close("imported", result.names[:NAMES_KEPT], now)
    result.change_id = change.id if change else None
    return result


class _Work:
    def __init__(
        self, session: Session, owner: Owner, copied: dict[str, Any], now: datetime
    ) -> None:
        self.session = session
        self.owner = owner
        self.owner_id = owner.id or 0
        self.copied = copied
        self.now = now
        self.journal = Journal(session, self.owner_id)
        self.result = PutBack()
        self.numbers: dict[str, dict[int, int]] = defaultdict(dict)  # new ones, by table and old
        self.together = _together(_rows(copied.get("participation")))

    def table(self, model: type[SQLModel]) -> None:
        name = str(model.__tablename__)
        held = self._held(model)
        keys = _Keys(model, owned.rows(self.session, self.owner_id, model))
        for told in _rows(self.copied.get(name)):
            row = self._sound(model, told)
            if row is None:
                self.result.refused += 1
                continue
            number = told.get("id")
            signature = self._signature(model, row, self._company(model, number))
            if held[signature]:
                kept = held[signature].pop(0)
                self.result.known += 1
            elif not keys.take(row):
                self.result.known += 1
                continue
            else:
                kept = self._add(model, row)
            if isinstance(number, int):
                self.numbers[name][number] = kept
                if told.get("batch") == number and not getattr(row, "batch", 1):
                    row.batch = kept
                    self.session.add(row)

    def _add(self, model: type[SQLModel], row: SQLModel) -> int:
        if isinstance(row, Contact):
            row.birthday_due_at = birthdays.next_due(self.owner, row.birthday, self.now)
            self.result.names.append(row.name)
        self.journal.add(row)
        self.result.counts[str(model.__tablename__)] += 1
        return getattr(row, "id", None) or 0

    def _sound(self, model: type[SQLModel], told: dict[str, Any]) -> SQLModel | None:
        try:
            return self._read(model, told)
        except (ValidationError, ValueError, TypeError, OverflowError):
            return None  # a list for a number, a day that is none

    def _read(self, model: type[SQLModel], told: dict[str, Any]) -> SQLModel | None:
        """The row with its references made new; None for one that cannot be."""
        name = str(model.__tablename__)
        columns = set(owned.table_of(model).columns.keys()) - NOT_COMPARED - {"birthday_due_at"}
        values = {key: value for key, value in told.items() if key in columns}
        for column, table in owned.references(model).items():
            if values.get(column) is not None:
                values[column] = self.numbers[table].get(values[column])
                if values[column] is None:
                    return None
        if name == "suggestion":
            values["batch"] = self.numbers[name].get(values.get("batch") or 0, 0)
            values["about_id"] = self._about(values.get("about_id"))
        values = {key: self._renumbered(value) for key, value in values.items()}
        if not _is_sound(name, values):
            return None
        row = model.model_validate({**values, "owner_id": self.owner_id})
        if {"a", "b"} <= columns and row.a > row.b:  # type: ignore[attr-defined]
            row.a, row.b = row.b, row.a  # type: ignore[attr-defined]
        return row

    def _about(self, number: Any) -> int | None:
        """What a suggestion is about: a promise, an introduction or a favour; None if unsure."""
        tables = ("promise", "introduction", "favour")
        found = {self.numbers[table][number] for table in tables if number in self.numbers[table]}
        return found.pop() if len(found) == 1 else None

    def _renumbered(self, value: Any) -> Any:
        """Records that name a row by table and number, in JSON, name the new one."""
        if isinstance(value, list):
            return [self._renumbered(each) for each in value]
        if isinstance(value, dict):
            if {"table", "id"} <= set(value):
                new = self.numbers.get(str(value["table"]), {}).get(value["id"])
                return {**value, "id": new}
            return {key: self._renumbered(each) for key, each in value.items()}
        return value

    def _held(self, model: type[SQLModel]) -> dict[str, list[int]]:
        """The owner's rows by what they say."""
        company = (
            _together([row.model_dump() for row in owned.rows(self.session, self.owner_id,
                                                              Participation)])
            if model is Interaction
            else {}
        )  # fmt: skip
        held: dict[str, list[int]] = defaultdict(list)
        for row in owned.rows(self.session, self.owner_id, model):
            number = getattr(row, "id", None) or 0
            held[self._signature(model, row, company.get(number, ()))].append(number)
        return held

    def _company(self, model: type[SQLModel], number: Any) -> tuple[int, ...]:
        if model is not Interaction:
            return ()
        known = self.numbers["contact"]
        return tuple(sorted(known[each] for each in self.together.get(number, ()) if each in known))

    def _signature(self, model: type[SQLModel], row: SQLModel, company: tuple[int, ...]) -> str:
        left_out = NOT_COMPARED | {"birthday_due_at", "batch"}
        if isinstance(row, Contact):  # one contact, whatever became of it since
            return json.dumps([row.name, row.created_at.isoformat()])
        said = row.model_dump(mode="json", exclude=left_out)
        return json.dumps([said, company], sort_keys=True)


class _Keys:
    """What may not repeat in a table."""

    def __init__(self, model: type[SQLModel], rows: Iterable[SQLModel]) -> None:
        self._columns = owned.unique_keys(model)
        self._taken: set[tuple[Any, ...]] = set()
        for row in rows:
            self.take(row)

    def take(self, row: SQLModel) -> bool:
        """Whether the row's keys were free; they are taken from now on."""
        keys = {
            (columns, *(getattr(row, column) for column in columns)) for columns in self._columns
        }
        if keys & self._taken:
            return False
        self._taken |= keys
        return True


def _rows(told: object) -> list[dict[str, Any]]:
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _together(rows: list[dict[str, Any]]) -> dict[Any, tuple[int, ...]]:
    """Who took part, by interaction."""
    result: dict[Any, list[int]] = defaultdict(list)
    for row in rows:
        result[row.get("interaction_id")].append(row.get("contact_id") or 0)
    return {number: tuple(sorted(people)) for number, people in result.items()}


def _is_sound(table: str, values: dict[str, Any]) -> bool:
    """Whether the screens can show it."""
    for (where, column), choices in CHOICES.items():
        if where == table and values.get(column) not in choices:
            return False
    if any(isinstance(each, str) and len(each) > LONGEST_TEXT for each in values.values()):
        return False
    if table != "contact":
        return True
    name, born = values.get("name"), values.get("birthday")
    return (
        isinstance(name, str)
        and 0 < len(name) <= LONGEST_NAME
        and (born is None or birthday(born) == born)
    )


def _set(owner: Owner, told: object, now: datetime) -> None:
    """Take over the settings that make sense."""
    for values in _rows(told)[:1]:
        try:
            ZoneInfo(str(values.get("timezone")))
            checked = Owner.model_validate({**owner.model_dump(), **{
                name: values[name] for name in SETTINGS if name in values
            }})  # fmt: skip
        except (ValidationError, ValueError, TypeError, KeyError, OSError):
            return
        if not 0 <= checked.weekly_day <= 6:
            return
        for name in SETTINGS:
            setattr(owner, name, getattr(checked, name))
        plan_weekly(owner, now)
