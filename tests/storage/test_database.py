"""How SQLite is set up, and how trouble with it is told from wrong work."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage.database import BUSY_TIMEOUT_MS, Database, is_unavailable
from storage.migrate import upgrade
from tests.storage.conftest import new_owner


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("busy_timeout", BUSY_TIMEOUT_MS),
    ],
)
def test_sqlite_is_set_up_to_lose_nothing(database: Database, pragma: str, value: object) -> None:
    for opened in (database.write, database.read):
        with opened() as session:
            assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_the_directory_of_a_new_database_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one' / 'two' / 'test.db'}")
    upgrade(database)
    database.close()
    assert (tmp_path / "one" / "two" / "test.db").exists()


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def write() -> None:
        with database.write() as session:
            session.add(new_owner(1))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        write()
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM owner")).scalar() == 0


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.read() as reading:
        assert reading.execute(text("SELECT count(*) FROM owner")).scalar() == 0
        with database.write() as session:
            session.add(new_owner(1))
        assert reading.execute(text("SELECT count(*) FROM owner")).scalar() == 0
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM owner")).scalar() == 1


def test_what_was_typed_is_no_part_of_an_errors_words(database: Database) -> None:
    def write(number: int) -> None:
        with database.write() as session:
            owner = new_owner(number)
            owner.organisation = "Bappenas"
            session.add(owner)

    write(1)
    with pytest.raises(IntegrityError) as caught:
        write(1)
    assert "Bappenas" not in str(caught.value)


def test_a_full_disk_is_told_from_a_statement_that_cannot_be_right(database: Database) -> None:
    with pytest.raises(OperationalError) as wrong, database.read() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
    assert not is_unavailable(wrong.value)

    def write_on() -> None:
        with database.write() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar()
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            for number in range(1000):
                session.add(new_owner(number))

    with pytest.raises(DBAPIError) as full:
        write_on()
    assert is_unavailable(full.value)
    assert not is_unavailable(ValueError())


def test_trouble_is_seen_behind_the_error_it_led_to() -> None:
    trouble = sqlite3.OperationalError("database or disk is full")
    trouble.sqlite_errorcode = sqlite3.SQLITE_FULL

    def roll_back() -> None:
        try:
            raise OperationalError("INSERT", None, trouble)
        except OperationalError:
            raise LookupError("no such savepoint")  # noqa: B904 - as a rollback does

    with pytest.raises(LookupError) as caught:
        roll_back()
    assert is_unavailable(caught.value)


def test_a_locked_database_is_waited_for_and_then_unavailable(
    database: Database, path: Path
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    impatient = Database(f"sqlite:///{path}")
    with impatient.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout = 20")  # type: ignore[union-attr]
    with pytest.raises(DBAPIError) as caught, impatient.write() as session:
        session.connection()
    assert is_unavailable(caught.value)
    other.execute("ROLLBACK")
    with impatient.write() as session:
        session.add(new_owner(1))
    impatient.close()
    other.close()
