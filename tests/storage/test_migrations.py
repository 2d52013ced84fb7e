"""Every migration goes up, down and up again, and ends where the models stand."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrate import DatabaseTooNew, move, revisions, upgrade
from tests.storage.conftest import NOW, new_owner


def schema(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
    connection.close()
    return rows


@pytest.fixture
def empty(path: Path) -> Database:
    return Database(f"sqlite:///{path}")


def test_each_migration_goes_up_down_and_up_to_the_same_tables(empty: Database, path: Path) -> None:
    for below, revision in zip(["base", *revisions()], revisions(), strict=False):
        before = schema(path)
        move(empty, revision)
        first = schema(path)
        assert first != before
        move(empty, below)
        assert [row for row in schema(path) if row[0] != "alembic_version"] == [
            row for row in before if row[0] != "alembic_version"
        ]
        move(empty, revision)
        assert schema(path) == first
    empty.close()


def test_the_migrations_end_at_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_database_that_is_up_to_date_is_opened_without_alembic(
    database: Database, path: Path
) -> None:
    script = (
        "import sys\n"
        "from storage.database import Database\n"
        "from storage.migrate import upgrade\n"
        f"upgrade(Database('sqlite:///{path}'))\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'alembic'])\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stdout == "[]\n", result.stderr


def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    database: Database, path: Path
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = schema(path)
    with pytest.raises(DatabaseTooNew, match="9999"):
        upgrade(database)
    assert schema(path) == before


def test_a_table_made_anew_by_a_migration_keeps_the_rows_that_refer_to_it(
    database: Database,
) -> None:
    # SQLite changes a table by copying it; dropping the old one would delete by cascade.
    with database.write() as session:
        owner = new_owner(1)
        session.add(owner)
        session.flush()
        session.execute(
            text(
                "INSERT INTO question (owner_id, kind, data, asked_at, expires_at) "
                "VALUES (:owner, 'edit', '{}', :now, :now)"
            ),
            {"owner": owner.id, "now": str(NOW)},
        )
    with database.restructure() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("owner", recreate="always"):
            pass
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM question")).scalar() == 1
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_that_leaves_rows_without_their_owner_changes_nothing(
    database: Database,
) -> None:
    with database.write() as session:
        session.add(new_owner(1))
    with pytest.raises(ValueError, match="refer to none"), database.restructure() as connection:
        connection.execute(
            text(
                "INSERT INTO question (owner_id, kind, data, asked_at, expires_at) "
                "VALUES (77, 'edit', '{}', :now, :now)"
            ),
            {"now": str(NOW)},
        )
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM question")).scalar() == 0
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
