"""A short look at one turn beside a bare echo bot: `python -m tests.benchmarks.round_trip`.

Start to first answer, round trip of `/log` over fifteen users in turn, resident memory. The long
look, with load, is `python -m tests.benchmarks.turn`.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.playground import LocalTelegram, serve

USERS = range(2, 17)
TRIPS = 150
ECHO = [sys.executable, "-m", "tests.benchmarks.echo_bots", "sequential"]
OURS = [sys.executable, "-m", "bot"]


def measure(name: str, command: list[str], database: Path) -> None:
    telegram = LocalTelegram()
    with serve(telegram) as served:
        settings = {"TELEGRAM_BOT_TOKEN": "1:t", "TELEGRAM_API_URL": served.url}
        settings |= {"DATABASE_URL": f"sqlite:///{database}", "SEND_RATE": "10000"}
        begun = time.perf_counter()
        words = [*command, served.url] if command is ECHO else command
        process = subprocess.Popen(words, env=os.environ | settings, stderr=subprocess.DEVNULL)
        try:
            trip(telegram, 1, "/help")
            start = time.perf_counter() - begun
            time.sleep(2)
            for user in USERS:
                trip(telegram, user, "/add Budi Santoso, Bappenas")
            text = "/log Budi: coffee yesterday, data pilot"
            times = sorted(
                trip(telegram, USERS[number % len(USERS)], text) for number in range(TRIPS)
            )
            memory = Path(f"/proc/{process.pid}/status").read_text().split("VmRSS:")[1].split()[0]
        finally:
            process.kill()
            process.wait()
    print(
        f"{name}: start {start:.2f} s, p50 {median(times):.1f} ms, "
        f"p99 {times[int(TRIPS * 0.99) - 1]:.1f} ms, memory {int(memory) / 1024:.0f} MB",
        flush=True,
    )


def trip(telegram: LocalTelegram, user: int, text: str) -> float:
    """Milliseconds from a message to its answer."""
    seen = len(telegram.messages(user))
    begun = time.perf_counter()
    telegram.say(user, text)
    telegram.wait_for(lambda: len(telegram.messages(user)) >= seen + 2, 60)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure("echo", ECHO, Path(folder) / "echo.db")
        measure("ours", OURS, Path(folder) / "ours.db")
