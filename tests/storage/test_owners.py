"""Every row belongs to an owner: no query shows another's, and forgetting leaves nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

import storage
from storage import incoming, owners, reminders
from storage.database import Database
from storage.tables import Owner
from tests.storage.conftest import NOW
from tests.storage.rows import OWNED, Keys, dump, fill

MACHINERY = {
    "database",
    "incoming",
    "journal",
    "migrate",
    "migrations",
    "outgoing",
    "backup",
    "owned",
    "tables",
    "writer",
}
# The clock's work looks over all owners, and an owner is found by the account that writes.
OF_ALL_OWNERS = {
    "contacts.due_birthdays",
    "owners.add",
    "owners.by_chat",
    "owners.by_telegram_id",
    "owners.due_for_weekly",
    "owners.forget",
    "owners.mark_blocked",
    "reminders.due",
}
CONTACTS = {"one": 0, "other": 1, "contact_ids": None}  # parameters that name contacts


def queries() -> Iterator[Any]:
    for module in pkgutil.iter_modules(storage.__path__):
        if module.name in MACHINERY:
            continue
        loaded = importlib.import_module(f"storage.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            public = function.__module__ == loaded.__name__ and not name.startswith("_")
            if public and f"{module.name}.{name}" not in OF_ALL_OWNERS:
                yield pytest.param(function, id=f"{module.name}.{name}")


def arguments(function: Callable[..., Any], keys: Keys) -> dict[str, Any]:
    """Arguments that name the rows of one owner, as `fill` made them."""
    chosen: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[2:]:
        stem = name.removesuffix("_id")
        tables = [each for each in keys if each == stem or each.endswith(f"_{stem}")]
        if name in CONTACTS:
            numbers = keys["contact"]
            chosen[name] = numbers if CONTACTS[name] is None else numbers[CONTACTS[name] or 0]
        elif name.endswith("_id"):
            assert tables, f"Which table has the key {name}?"
            chosen[name] = keys[tables[0]][0]
        elif parameter.default is parameter.empty:
            held = {int: 1, str: name, bool: True, date: NOW.date(), datetime: NOW}
            chosen[name] = held[parameter.annotation]
    return chosen


def plain(value: Any) -> Any:
    """A result, so that two of them can be compared."""
    if isinstance(value, SQLModel):
        return value.model_dump()
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(each) for each in value]
    return value


@pytest.fixture
def two(database: Database) -> tuple[Keys, Keys]:
    with database.write() as session:
        return fill(session, 1), fill(session, 2)


@pytest.mark.parametrize("function", list(queries()))
def test_every_query_takes_a_session_and_an_owner(function: Callable[..., Any]) -> None:
    assert list(inspect.signature(function).parameters)[:2] == ["session", "owner_id"]


@pytest.mark.parametrize("function", list(queries()))
def test_a_query_gives_what_it_gave_before_the_other_owner_came(
    function: Callable[..., Any], database: Database
) -> None:
    """With the other owner's keys too: nothing of theirs is ever found."""
    with database.write() as session:
        mine = fill(session, 1)
    owner_id = mine["owner"][0]

    def results(theirs: Keys) -> list[Any]:
        with database.engine.connect() as connection, Session(connection) as session:
            found = [
                plain(function(session, owner_id, **arguments(function, keys)))
                for keys in (mine, theirs)
            ]
            session.rollback()
        return found

    nobodys = {table: [number + 1000 for number in keys] for table, keys in mine.items()}
    before = results(nobodys)
    with database.write() as session:
        theirs = fill(session, 2)
    assert results(theirs) == before
    assert before[0]  # else nothing was tried


def test_forgetting_an_owner_leaves_no_row_of_theirs_and_all_of_the_others(
    database: Database, path: Path, two: tuple[Keys, Keys]
) -> None:
    mine, theirs = two
    before = dump(path)
    with database.write() as session:
        incoming.mark_handled(session, 1, NOW)
        owner = owners.get(session, mine["owner"][0])
        assert owner is not None
        owners.forget(session, owner)
    after = dump(path)
    for table in [*OWNED, SQLModel.metadata.tables["owner"]]:
        assert len(before[table.name]) % 2 == 0, table.name
        assert len(after[table.name]) == len(before[table.name]) // 2, table.name
        assert all(row in before[table.name] for row in after[table.name])
    with database.read() as session:
        assert session.get(Owner, theirs["owner"][0]) is not None
        for table in OWNED:
            left = session.connection().execute(table.select()).mappings().all()
            assert {row["owner_id"] for row in left} == {theirs["owner"][0]}, table.name


def test_no_table_but_the_queues_is_without_an_owner() -> None:
    tables = set(SQLModel.metadata.tables) - {table.name for table in OWNED}
    assert tables == {"owner", "incoming"}


def test_blocked_and_paused_owners_are_not_found_by_the_clock(
    database: Database, two: tuple[Keys, Keys]
) -> None:
    later = NOW + timedelta(days=8)
    with database.read() as session:
        assert len(reminders.due(session, later, 100)) == 2
    with database.write() as session:
        mine, theirs = (session.get(Owner, keys["owner"][0]) for keys in two)
        assert mine is not None
        assert theirs is not None
        mine.blocked_at = theirs.paused_at = NOW
        session.flush()
        assert reminders.due(session, later, 100) == []


def test_a_day_is_kept_as_the_day_it_is(database: Database, two: tuple[Keys, Keys]) -> None:
    with database.read() as session:
        row = session.connection().exec_driver_sql('SELECT "on" FROM interaction').scalar()
    assert row == date.isoformat(NOW.date())
