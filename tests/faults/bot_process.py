"""The bot as a process of its own, with a clock in a file and a place to be killed at.

CLOCK names a file with the moment it is. LAST_STEP names one with the step at which the process
kills itself: `before N` or `after N`, the Nth commit from then on that queues or marks a call.
"""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

import bot.schedule
from bot.app import App
from bot.logs import set_up
from bot.settings import read_settings

bot.schedule.TICK_SECONDS = 0.2  # type: ignore[assignment]


def clock() -> datetime:
    """What the clock's file says; else what time it is."""
    if name := os.environ.get("CLOCK"):
        return datetime.fromisoformat(Path(name).read_text())
    return datetime.now(UTC)


class LastStep:
    """Counts commits, and ends the process at the one that was named."""

    def __init__(self, file: Path, app: App) -> None:
        self._file = file
        self._commits = 0
        self._named = ""
        self._wrote = False
        event.listen(app.database.engine, "before_cursor_execute", self._executing)
        event.listen(app.database.engine, "commit", self._committing)
        event.listen(app.database.engine.pool, "checkin", self._committed)

    def _executing(self, _c: Any, _u: Any, statement: str, *_: Any) -> None:
        marks = statement.startswith(("INSERT INTO outgoing", "UPDATE outgoing"))
        self._wrote = self._wrote or marks

    def _committing(self, _: Any) -> None:
        if not self._wrote:
            return
        named = self._file.read_text() if self._file.exists() else ""
        if named != self._named:
            self._named, self._commits = named, 0
        self._commits += 1
        self._die_at(f"before {self._commits}")

    def _committed(self, *_: Any) -> None:
        if self._wrote:
            self._wrote = False
            self._die_at(f"after {self._commits}")

    def _die_at(self, step: str) -> None:
        if self._named == step:
            self._file.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    settings = read_settings()
    set_up("INFO")
    async with App(settings, clock) as app:
        if name := os.environ.get("LAST_STEP"):
            LastStep(Path(name), app)
        sys.stdout.write("serving\n")
        sys.stdout.flush()
        await app.run()


if __name__ == "__main__":
    asyncio.run(main())
