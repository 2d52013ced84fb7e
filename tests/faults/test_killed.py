"""The bot's process is killed, again and again, under load: nothing lost, nothing done twice."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.playground import LocalTelegram, serve

USERS = range(1, 21)
MESSAGES = 20
KILLS = int(os.environ.get("KILLS", "8"))
SAID = re.compile(r"note \d+ of \d+")


class Process:
    """The bot as users start it, in a process of its own."""

    def __init__(self, url: str, database: Path) -> None:
        self._environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": "1:test",
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": f"sqlite:///{database}",
            "SEND_RATE": "1000",
        }
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen([sys.executable, "-m", "bot"], env=self._environment)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self._running is not None
        self._running.send_signal(number)
        return self._running.wait(timeout=15)


@contextmanager
def started(process: Process) -> Iterator[None]:
    process.start()
    try:
        yield
    finally:
        process.stop()


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It took too long."
        time.sleep(0.05)


def answers(telegram: LocalTelegram) -> Counter[str]:
    """How often each logged note was answered."""
    found: Counter[str] = Counter()
    for user in USERS:
        for message in telegram.messages(user):
            if message.from_bot and "✓" in message.text:
                found.update(SAID.findall(message.text))
    return found


def test_killed_at_any_moment_it_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    telegram, chance = LocalTelegram(), random.Random(7)
    database = tmp_path / "a.db"
    with serve(telegram) as served:
        process = Process(served.url, database)
        with started(process):
            for user in USERS:
                telegram.say(user, "/add Budi Santoso, Bappenas")
            wait_until(lambda: all(len(telegram.messages(user)) == 2 for user in USERS))
            kill_at = sorted(chance.sample(range(MESSAGES * len(USERS)), KILLS))
            sent = 0
            for number in range(MESSAGES):
                for user in USERS:
                    telegram.say(user, f"/log Budi: coffee, note {number} of {user}")
                    sent += 1
                    time.sleep(0.004)
                    if kill_at and sent >= kill_at[0]:
                        kill_at.pop(0)
                        time.sleep(chance.random() * 0.15)
                        process.kill()
                        process.start()
                        time.sleep(chance.random() * 1.2)
            wanted = {f"note {number} of {user}" for user in USERS for number in range(MESSAGES)}
            wait_until(lambda: not wanted - answers(telegram).keys())
            time.sleep(0.5)
        found = answers(telegram)
    assert set(found) == wanted  # every answer arrived
    assert sum(found.values()) - len(wanted) <= KILLS  # one repeated at most for each kill
    with closing(sqlite3.connect(database)) as opened:
        kept = opened.execute("SELECT owner_id, note FROM interaction ORDER BY id").fetchall()
        left = opened.execute("SELECT count(*) FROM incoming WHERE handled_at IS NULL").fetchone()
    assert Counter(note for _, note in kept) == Counter(wanted)  # once each
    for owner in {owner for owner, _ in kept}:
        numbers = [int(note.split()[1]) for of, note in kept if of == owner]
        assert numbers == sorted(numbers)  # in the order they were sent
    assert left == (0,)


def test_asked_to_stop_it_finishes_what_runs_and_ends_within_seconds(tmp_path: Path) -> None:
    telegram = LocalTelegram()
    with serve(telegram) as served:
        process = Process(served.url, tmp_path / "a.db")
        process.start()
        telegram.say(1, "/help")
        wait_until(lambda: len(telegram.messages(1)) == 2)
        for _ in range(20):
            telegram.say(1, "/help")
        begun = time.monotonic()
        assert process.stop() == 0
        assert time.monotonic() - begun < 6
        process.start()
        wait_until(lambda: len(telegram.messages(1)) >= 42)
        assert process.stop() == 0
