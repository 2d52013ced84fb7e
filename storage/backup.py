"""A copy of a SQLite database while it is in use, and putting one back; both checked."""

import sqlite3
from contextlib import closing
from pathlib import Path

PAGES_AT_ONCE = 1000  # between them, whoever writes gets a turn


class NotSound(Exception):
    """The file is no whole database of this program."""


class InUse(Exception):
    """The database is open elsewhere."""


def back_up(source: Path, target: Path) -> None:
    """Write a whole, checked copy; `target` changes only once the copy is sound.

    Raises NotSound where the copy is not, OSError where it cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(_open(source, "ro")) as origin, closing(sqlite3.connect(part)) as copy:
            origin.backup(copy, pages=PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode = DELETE")
        check(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise NotSound(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def restore(copy: Path, target: Path) -> None:
    """Put a copy in the database's place. Raises NotSound, or InUse while the bot runs."""
    check(copy)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(target, timeout=1)) as database:
            # Leaving the write-ahead log takes that nobody else has the database open.
            (mode,) = database.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise InUse
            with closing(_open(copy, "ro")) as origin:
                origin.backup(database)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise InUse from error
        raise NotSound(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise NotSound(str(error)) from error


def check(path: Path) -> None:
    """Raises NotSound where a file is not a whole database of this program."""
    try:
        with closing(_open(path, "ro")) as database:
            (state,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
            torn = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise NotSound(str(error)) from error
    if state != "ok" or torn is not None or not {"owner", "contact", "alembic_version"} <= tables:
        raise NotSound(str(state))


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)
