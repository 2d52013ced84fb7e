"""All rows of an owner, whatever table they are in: for a lossless copy."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import Session, SQLModel, col, select

from storage import tables

#: what waits and what can be taken back is no part of a copy
PASSING = {"change", "question", "incoming", "outgoing"}
#: these name rows of any table in their records
CITING = {"stage_move", "stage_proposal", "suggestion"}


def models() -> list[type[SQLModel]]:
    """The tables of a copy, those referred to first."""
    by_name = {
        str(model.__tablename__): model
        for model in vars(tables).values()
        if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
    }
    names = [
        table.name
        for table in SQLModel.metadata.sorted_tables
        if "owner_id" in table.columns and table.name not in PASSING
    ]
    return [by_name[name] for name in sorted(names, key=CITING.__contains__)]


def rows(session: Session, owner_id: int, model: type[SQLModel]) -> Iterable[SQLModel]:
    """The owner's rows of a table, oldest first."""
    owner: Any = model.owner_id  # type: ignore[attr-defined]
    order = [col(getattr(model, column.key)) for column in table_of(model).primary_key]
    return session.exec(select(model).where(owner == owner_id).order_by(*order)).all()


def table_of(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def references(model: type[SQLModel]) -> dict[str, str]:
    """The tables a table's columns refer to, the owner aside."""
    return {
        key.parent.key: key.column.table.name
        for key in table_of(model).foreign_keys
        if key.column.table.name != "owner"
    }


def unique_keys(model: type[SQLModel]) -> list[tuple[str, ...]]:
    """Columns that may not repeat for an owner."""
    table = table_of(model)
    keys = [
        tuple(column.key for column in each.columns)
        for each in table.constraints
        if isinstance(each, UniqueConstraint)
    ]
    primary = tuple(column.key for column in table.primary_key)
    return keys if primary == ("id",) else [*keys, primary]
