"""The database: one engine, transactions that write, transactions that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlmodel import Session, create_engine

BUSY_TIMEOUT_MS = 10_000
SQLITE_ERROR = 1  # a statement that cannot be right, as opposed to trouble with the file
FAULTS_OF_THE_WORK = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


class Database:
    """An engine for `url`, with SQLite set up to lose nothing and to wait rather than fail."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        pool: dict[str, Any] = {} if self.is_sqlite else {"pool_size": 8}
        # What was typed is never part of an error's words.
        self.engine = create_engine(self.url, hide_parameters=True, **pool)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _set_up_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self.reading: Engine = self.engine.execution_options(reads_only=True)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or rolled back on an error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def restructure(self) -> Iterator[Connection]:
        """A transaction for migrations, with SQLite's foreign keys off while it lasts.

        SQLite changes a table by copying it and dropping the old one; with foreign keys on, the
        drop would take every row that refers to it along. Raises ValueError, and changes nothing,
        where a row would be left that refers to none.
        """
        with self.engine.connect() as connection:
            if self.is_sqlite:
                _set_foreign_keys(connection, on=False)
            try:
                with connection.begin():
                    yield connection
                    if (
                        self.is_sqlite
                        and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    ):
                        raise ValueError("A migration leaves rows that refer to none.")
            finally:
                if self.is_sqlite:
                    _set_foreign_keys(connection, on=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one state of the database and changes nothing."""
        with Session(self.reading, expire_on_commit=False) as session:
            try:
                yield session
            finally:
                session.rollback()

    def close(self) -> None:
        self.engine.dispose()


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged update survives a power cut
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once under another writer,
    # whatever the busy timeout: so take the writer's place at the start.
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    # Straight to the driver: SQLite ignores this inside a transaction.
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def is_unavailable(error: BaseException | None) -> bool:
    """Whether an error, or one behind it, is the database's own trouble and will pass.

    A full disk, a read-only file, a lock held too long, a lost connection: the same work may
    well succeed later. False for work that no database would take.
    """
    while error is not None:
        if isinstance(error, DBAPIError) and not isinstance(error, FAULTS_OF_THE_WORK):
            code = getattr(error.orig, "sqlite_errorcode", None)
            if code is None or code & 0xFF != SQLITE_ERROR:
                return True
        error = error.__cause__ or error.__context__
    return False
