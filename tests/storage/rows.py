"""An owner with a row in every table, made from the tables themselves: a new one is covered too.

Columns of text hold their own name, whole numbers are 1, days and moments are those of NOW; all is
still open.
"""

import sqlite3
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_origin

from sqlalchemy import JSON, Column, Table, insert
from sqlmodel import Session, SQLModel

import storage.tables
from tests.storage.conftest import NOW

assert storage.tables  # fills the metadata
OWNED = [table for table in SQLModel.metadata.sorted_tables if "owner_id" in table.columns]
CLASSES = {each.__tablename__: each for each in SQLModel.__subclasses__()}
MEANING = {("handle", "kind"): "row"}  # where a query looks for one kind only
Keys = dict[str, list[int]]


def fill(session: Session, number: int) -> Keys:
    """A new owner with at least one row in every owned table; the keys by table.

    Columns that refer to contacts take them in turn, since a tie needs two.
    """
    keys: Keys = {}
    keys["owner"] = [_insert(session, SQLModel.metadata.tables["owner"], number, keys)]
    for table in OWNED:
        for _ in range(3 if table.name == "contact" else 1):
            keys.setdefault(table.name, []).append(_insert(session, table, number, keys))
    session.add(storage.tables.Incoming(update_id=number, chat_id=number, body={}, received_at=NOW))
    session.flush()
    return keys


def _insert(session: Session, table: Table, number: int, keys: Keys) -> int:
    own = {"telegram_id": number, "chat_id": number, "timezone": "Asia/Jakarta"}
    row = {name: value for name, value in own.items() if name in table.columns}
    contacts = iter(keys.get("contact", []))
    for column in table.columns:
        if column.name in row or (column.primary_key and not column.foreign_keys):
            continue
        if not column.foreign_keys:
            row[column.name] = _value(table, column)
            continue
        (reference,) = column.foreign_keys
        parent = reference.column.table.name
        if parent == "contact":
            row[column.name] = next(contacts)
        elif parent in keys:
            row[column.name] = keys[parent][0]
    key = session.connection().execute(insert(table), row).inserted_primary_key
    return int((key or (0,))[0])


def _value(table: Table, column: Column[Any]) -> Any:
    if isinstance(column.type, JSON):
        kind = CLASSES[table.name].model_fields[column.name].annotation
        return [] if get_origin(kind) is list else {}
    if (table.name, column.name) in MEANING:
        return MEANING[table.name, column.name]
    if column.name in ("due_at", "expires_at"):
        return NOW + timedelta(days=1)
    made: dict[type, Any] = {
        str: column.name, int: 1, float: 0.5, bool: False,
        date: NOW.date(), time: time(8), datetime: NOW,
    }  # fmt: skip
    kind = getattr(column.type, "impl", column.type).python_type
    # What may be unknown of days and moments is what became of a thing: it is still open.
    return None if column.nullable and kind in (date, datetime) else made[kind]


def dump(path: Path, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it is stored."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)  # noqa: S608
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ).fetchall()
            if table not in without
        }
    finally:
        connection.close()
