"""Commands for whoever runs the bot: import a file of any size, back up, restore."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from bot.imports.records import Unreadable, WhoAreYou
from bot.settings import Settings
from storage import backup, owners
from storage.database import Database
from storage.migrate import DatabaseTooNew, upgrade


def import_file(settings: Settings, path: Path, telegram_id: int, *, add_unclear: bool) -> int:
    """jejaring import FILE --user TELEGRAM_ID: the file is streamed, its progress shown."""
    from bot.imports.recognising import read
    from bot.usecases import importing

    database = Database(settings.database("jejaring"))
    try:
        upgrade(database)
        now = datetime.now(UTC)
        with database.read() as session:
            owner = owners.by_telegram_id(session, telegram_id)
            if owner is None:
                return _complain(f"No user {telegram_id}: write to the bot first.")
            today = now.astimezone(ZoneInfo(owner.timezone)).date()
            reading = importing.reading_for(owner, today)
        with path.open("rb") as file:
            parsed = read(_Watched(file, path.stat().st_size), reading)  # type: ignore[arg-type]
        with database.write() as session:
            owner = owners.by_telegram_id(session, telegram_id)
            if owner is None:
                return _complain("This user is gone.")
            if parsed.document is not None:
                done = importing.bring_copy(session, owner, parsed.document, now)
            else:
                done = importing.bring_in(
                    session, owner, parsed, reading, now, add_unclear=add_unclear
                )
    except FileNotFoundError:
        return _complain(f"There is no file {path}.")
    except Unreadable as error:
        return _complain(f"This file cannot be read: {error.trouble.value}.")
    except WhoAreYou as error:
        names = ", ".join(name for _, name in error.candidates)
        return _complain(f"It does not say whose it is ({names}). Send it in the chat.")
    except DatabaseTooNew as error:
        return _complain(f"DATABASE_URL: {error} Please update the program.")
    finally:
        database.close()
    refused = ", ".join(f"{each.count} {each.reason.value}" for each in parsed.refused)
    _say(
        f"{done.new} new contacts, {done.updated} updated, {done.happenings} days of contact, "
        f"{done.ties} ties, {done.unclear} unclear left out.\n"
        f"Rows refused: {refused or 'none'}. /undo in the chat takes the import back."
    )
    return 0


def back_up(settings: Settings, path: Path) -> int:
    """jejaring backup FILE, also while the bot runs."""
    source = _file_of(settings)
    if source is None:
        return _complain("Only SQLite databases are backed up here; use your database's own tools.")
    try:
        backup.back_up(source, path)
    except (backup.NotSound, OSError) as error:
        return _complain(f"No backup was made: {error}")
    _say(f"Backed up to {path}, and checked.")
    return 0


def restore(settings: Settings, path: Path) -> int:
    """jejaring restore FILE, while the bot does not run."""
    target = _file_of(settings)
    if target is None:
        return _complain("Only SQLite databases are restored here; use your database's own tools.")
    try:
        backup.restore(path, target)
    except backup.InUse:
        return _complain("The bot is running. Stop it first.")
    except backup.NotSound:
        return _complain(f"{path} is no sound backup. Nothing was changed.")
    _say(f"Restored from {path}.")
    return 0


def _file_of(settings: Settings) -> Path | None:
    database = Database(settings.database("jejaring"))
    try:
        return Path(database.url.database) if database.is_sqlite and database.url.database else None
    finally:
        database.close()


class _Watched:
    """A file that shows on a terminal how far it is read."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = max(size, 1)
        self._shown = -1

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        percent = 100 * self._file.tell() // self._size
        if percent != self._shown and sys.stderr.isatty():
            self._shown = percent
            bar = "#" * (percent // 4)
            print(f"\r[{bar:25}] {percent:3} %", end="", file=sys.stderr, flush=True)  # noqa: T201
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def _complain(words: str) -> int:
    print(words, file=sys.stderr, flush=True)  # noqa: T201
    return 2
