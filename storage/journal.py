"""Writes that can be taken back.

Every write of an owner goes through a Journal, which notes what it takes to undo it. A change is
undone as a whole, and only while nothing later stands on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Insert, bindparam, delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col, select

from storage.tables import Change

Row = TypeVar("Row", bound=SQLModel)
MANY = 100  # rows of one table in a row: from there on they are taken out together


class StillNeeded(Exception):
    """A later change stands on this one, so it cannot be taken back alone."""


class Journal:
    """The writes of one change. `close` keeps them as a Change, if there were any."""

    def __init__(self, session: Session, owner_id: int) -> None:
        self._session = session
        self._owner_id = owner_id
        self._steps: list[dict[str, Any]] = []

    def add(self, row: Row) -> Row:
        insert_row(self._session, row)
        self._note("added", row, {})
        return row

    def add_many(self, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Store rows told as values, without loading them; their numbers (or 0), in order.

        For thousands at once, at a tenth of what `add` costs each.
        """
        if not rows:
            return []
        self._session.flush()
        about = _model(model)
        given = [{**_defaults(model), **row, "owner_id": self._owner_id} for row in rows]
        connection = self._session.connection()
        if about.key == ("id",):
            number = SQLModel.metadata.tables[str(model.__tablename__)].c.id
            statement = about.insert.returning(number, sort_by_parameter_order=True)
            numbers = list(connection.execute(statement, given).scalars())
            keys = [[each] for each in numbers]
        else:
            connection.execute(about.insert, given)
            numbers = [0] * len(given)
            keys = [[row[name] for name in about.key] for row in given]
        table = str(model.__tablename__)
        for key, row in zip(keys, given, strict=True):
            refers = [[to, row[name]] for name, to in about.refers if row.get(name) is not None]
            self._steps.append(
                {"did": "added", "table": table, "key": key, "refers": refers, "before": {}}
            )
        return numbers

    def update(self, row: SQLModel, **values: Any) -> None:
        """Set columns of a row; those that hold the value already are left out."""
        before = row.model_dump(mode="json", include=set(values))
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(row, name, value)
        self._session.add(row)
        self._note("changed", row, {name: before[name] for name in changed})

    def remove(self, row: SQLModel) -> None:
        self._note("removed", row, row.model_dump(mode="json"))
        self._session.delete(row)
        self._session.flush()

    def close(self, kind: str, names: Sequence[str], now: datetime) -> Change | None:
        """The change, or None where nothing was written."""
        if not self._steps:
            return None
        change = Change(
            owner_id=self._owner_id,
            kind=kind,
            names=list(names),
            steps=self._steps,
            made_at=now,
        )
        return insert_row(self._session, change)

    def _note(self, did: str, row: SQLModel, before: dict[str, Any]) -> None:
        table = str(row.__tablename__)
        self._steps.append(
            {"did": did, "table": table, "key": _key(row), "refers": _refers(row), "before": before}
        )


def insert_row(session: Session, row: Row) -> Row:
    """Store a new row at once; from then on the session knows it as if it had read it.

    Without the unit of work, whose flush costs several times as much as the statement.
    """
    if session.new:
        session.flush()  # the row may refer to one of them
    model = _model(type(row))
    values = {name: row.__dict__[name] for name in model.columns if row.__dict__[name] is not None}
    stored = session.connection().execute(model.insert, values).inserted_primary_key
    for name, value in zip(model.key, stored or (), strict=True):
        set_committed_value(row, name, value)
    make_transient_to_detached(row)
    session.add(row)
    return row


@dataclass(frozen=True, slots=True)
class _Model:
    """What the journal has to know of a table."""

    insert: Insert
    columns: tuple[str, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str], ...]  # (own column, table it refers to), the owner aside


@cache
def _model(model: type[SQLModel]) -> _Model:
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    return _Model(
        insert=insert(table),
        columns=tuple(table.columns.keys()),
        key=tuple(table.primary_key.columns.keys()),
        refers=tuple(
            sorted(
                (key.parent.key, key.column.table.name)
                for key in table.foreign_keys
                if key.column.table.name != "owner"
            )
        ),
    )


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    """What a new row holds where nothing is said. Not to be changed."""
    fields = model.model_fields.items()
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in fields
        if name != "id"
    }


def undo(session: Session, change: Change, now: datetime) -> None:
    """Take a change back. Raises StillNeeded where a later change stands on it."""
    later = session.exec(
        select(Change)
        .where(Change.owner_id == change.owner_id)
        .where(col(Change.id) > change.id)
        .where(col(Change.undone_at).is_(None))
    ).all()
    if any(_stands_on(other, change) for other in later):
        raise StillNeeded
    try:
        with session.begin_nested():
            for (did, table), steps in groupby(reversed(change.steps), key=_did_what):
                alike = list(steps)
                if did == "added" and len(alike) > MANY:
                    _remove_many(session, change.owner_id, table, alike)
                    continue
                for step in alike:
                    _take_back(session, change.owner_id, step)
    except IntegrityError:
        raise StillNeeded from None  # its place is taken, or what it refers to is gone
    change.undone_at = now
    session.add(change)


def _stands_on(later: Change, earlier: Change) -> bool:
    """Whether a change wrote the same rows, or refers to rows the earlier one added."""
    added = _rows(step for step in earlier.steps if step["did"] == "added")
    referred = {(table, (number,)) for step in later.steps for table, number in step["refers"]}
    return bool(_rows(later.steps) & _rows(earlier.steps) or referred & added)


def _take_back(session: Session, owner_id: int, step: dict[str, Any]) -> None:
    model = _class_of(step["table"])
    if step["did"] == "removed":
        session.add(model.model_validate(step["before"]))
        session.flush()
        return
    row = session.get(model, tuple(step["key"]))
    if row is None or getattr(row, "owner_id", None) != owner_id:
        return
    if step["did"] == "added":
        session.delete(row)
    else:
        restored = model.model_validate({**row.model_dump(mode="json"), **step["before"]})
        for name in step["before"]:
            setattr(row, name, getattr(restored, name))
        session.add(row)
    session.flush()


def _remove_many(
    session: Session, owner_id: int, table: str, steps: Sequence[dict[str, Any]]
) -> None:
    """Take out rows that were added, without loading them."""
    session.flush()
    names = _model(_class_of(table)).key
    rows = SQLModel.metadata.tables[table]
    mine = delete(rows).where(rows.c.owner_id == owner_id)
    for name in names:
        mine = mine.where(rows.c[name] == bindparam(f"of_{name}"))
    keys = [
        {f"of_{name}": number for name, number in zip(names, step["key"], strict=True)}
        for step in steps
    ]
    session.connection().execute(mine, keys)
    session.expire_all()


def _did_what(step: dict[str, Any]) -> tuple[str, str]:
    return step["did"], step["table"]


def _key(row: SQLModel) -> list[int]:
    return [getattr(row, name) for name in _model(type(row)).key]


def _refers(row: SQLModel) -> list[list[Any]]:
    """The rows this row refers to, its owner aside: [[table, key], ...]."""
    refers = _model(type(row)).refers
    return [[table, getattr(row, name)] for name, table in refers if getattr(row, name) is not None]


def _rows(steps: Iterable[dict[str, Any]]) -> set[tuple[str, tuple[int, ...]]]:
    """The rows that steps wrote, by table and key."""
    return {(step["table"], tuple(step["key"])) for step in steps}


@cache
def _class_of(table: str) -> type[SQLModel]:
    """The class of a table's rows."""
    return next(each for each in SQLModel.__subclasses__() if each.__tablename__ == table)
