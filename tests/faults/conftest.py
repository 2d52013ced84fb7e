"""A local Telegram in this process, and the bot in others that are killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.playground import LocalTelegram, serve

TOKEN = "1:test"


class Rig:
    """The server, the database file, and the bot's process while there is one."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.path = directory / "test.db"
        self.clock = directory / "clock"
        self.last_step = directory / "last_step"
        self.telegram = LocalTelegram(now=self.now)
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock.read_text())

    def at(self, *when: int) -> None:
        """Set the clock, in UTC. In one step, since others read it."""
        new = self.directory / "clock.new"
        new.write_text(datetime(*when, tzinfo=UTC).isoformat())  # type: ignore[misc,arg-type]
        new.replace(self.clock)

    def start(self, module: str = "tests.faults.bot_process", wait: bool = True) -> None:
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.url,
            "DATABASE_URL": f"sqlite:///{self.path}",
            "SEND_RATE": "1000",
            "CLOCK": str(self.clock),
            "LAST_STEP": str(self.last_step),
        }
        log = (self.directory / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module], env=environment, stdout=subprocess.PIPE, stderr=log
        )
        log.close()
        if wait:
            assert self.process.stdout is not None
            assert self.process.stdout.readline() == b"serving\n", self.log()

    def stop(self, number: int = signal.SIGKILL, seconds: float = 10) -> int:
        """Send a signal, and wait for the end; the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = 10) -> int:
        assert self.process is not None
        status = self.process.wait(seconds)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return status

    def log(self) -> str:
        file = self.directory / "log"
        return file.read_text() if file.exists() else ""

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def settle(self, seconds: float = 30) -> None:
        """Until everything is fetched, handled and sent."""
        self.until(lambda: not self.telegram.updates.pending, seconds)
        self.until(lambda: not self._open(), seconds)

    def _open(self) -> int:
        return int(
            self.rows(
                "SELECT (SELECT count(*) FROM incoming WHERE handled_at IS NULL)"
                " + (SELECT count(*) FROM outgoing WHERE state IN ('waiting', 'sending'))"
            )[0][0]
        )

    def until(self, look: Callable[[], Any], seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not look():
            assert time.monotonic() < deadline, self.log()[-3000:]
            time.sleep(0.05)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    rig.at(2026, 3, 18, 3, 30)
    with serve(rig.telegram) as served:
        rig.url = served.url
        try:
            yield rig
        finally:
            if rig.process is not None:
                rig.stop()
