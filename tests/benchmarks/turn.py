"""A turn of the bot against bare echo bots, on a local Bot API server.

    python -m tests.benchmarks.turn [--rounds N]

The bots are processes of their own and take turns, so that what else the machine does meets all
alike; each has a local server of its own. Ours keeps every update and every answer in an SQLite
file and handles `/log`, in a book of 150 contacts and 500 interactions for each user; the echo bots
keep nothing. Figures are medians over the rounds; targets are for a reader to judge.
"""

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tests.benchmarks.turn_book import FIRST_USER, make_book
from tests.benchmarks.turn_processes import BotProcess, Rig, local_telegram, running

USERS = 200
MESSAGES_EACH = 5
TEXT = "/log Budi: coffee yesterday, data pilot"
OURS, SEQUENTIAL, LOCKED = "ours", "echo, sequential", "echo, 16 workers"
# How a right answer begins; ours may say other things besides, such as propose a stage.
OPENINGS = {OURS: "✓ <b>Budi Santoso</b>", SEQUENTIAL: TEXT, LOCKED: TEXT}
ECHOES = {SEQUENTIAL: "sequential", LOCKED: "locked"}
LATENCY_SECONDS = 0.05
TRIPS = 300
BLOCK = 20  # messages to one bot before it is the next one's turn
SETTLING_SECONDS = 1.5  # what a bot does after its first answer


@dataclass
class Figures:
    """What was measured of one bot, a number for each round."""

    start: list[float] = field(default_factory=list)
    round_trips: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)  # messages a second
    at_50_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)  # for a message, under load
    memory_mb: list[float] = field(default_factory=list)


@dataclass
class Contender:
    """A bot under measurement and its server."""

    name: str
    rig: Rig
    command: Sequence[str]
    directory: Path
    environment: dict[str, str]
    figures: Figures = field(default_factory=Figures)

    @contextmanager
    def run(self) -> Iterator[BotProcess]:
        """Start the bot with a message waiting; it has answered when the block begins."""
        self.rig.say(FIRST_USER, TEXT)
        began = time.time()
        with running(self.command, self.directory, **self.environment) as bot:
            self.rig.wait_for_answer(FIRST_USER)
            self.figures.start.append(self.rig.answers(OPENINGS[self.name])[-1][1] - began)
            time.sleep(SETTLING_SECONDS)
            yield bot


def contender(name: str, directory: Path, book: Path, stack: ExitStack) -> Contender:
    rig = stack.enter_context(local_telegram())
    home = directory / name.replace(", ", "-").replace(" ", "-")
    home.mkdir()
    if name != OURS:
        command = ["-m", "tests.benchmarks.echo_bots", ECHOES[name], rig.url]
        return Contender(name, rig, command, home, {})
    shutil.copy(book, home / "bot.db")
    environment = {
        "TELEGRAM_BOT_TOKEN": "1:bench",
        "TELEGRAM_API_URL": rig.url,
        "DATABASE_URL": f"sqlite:///{home / 'bot.db'}",
        "SEND_RATE": "100000",  # Telegram's own limit is not what is measured
        "LOG_LEVEL": "WARNING",
    }
    return Contender(name, rig, ["-m", "bot"], home, environment)


def measure_throughput(who: Contender, bot: BotProcess, latency_seconds: float) -> None:
    """All users at once: the messages wait while the bot is paused, then it is let go."""
    who.rig.set_latency(latency_seconds)
    bot.pause()
    for _ in range(MESSAGES_EACH):
        for user in range(USERS):
            who.rig.say(FIRST_USER + user, TEXT)
    count, before = USERS * MESSAGES_EACH, len(who.rig.answers(OPENINGS[who.name]))
    used, began = bot.cpu_seconds(), time.time()
    bot.go_on()
    answers = who.rig.wait_for_answers(before + count, OPENINGS[who.name])[before:]
    check_answers(who, answers)
    rate = count / (max(moment for _, moment in answers) - began)
    (who.figures.at_50_ms if latency_seconds else who.figures.at_once).append(rate)
    time.sleep(0.2)  # marks what was sent
    if not latency_seconds:
        who.figures.cpu_ms.append((bot.cpu_seconds() - used) / count * 1000)
        who.figures.memory_mb.append(bot.memory_mb())
    who.rig.set_latency(0)


def check_answers(who: Contender, answers: Sequence[tuple[int, float]]) -> None:
    """Each user got as many right answers as they asked for."""
    chats = Counter(chat for chat, _ in answers)
    wrong = {
        user: chats[FIRST_USER + user]
        for user in range(USERS)
        if chats[FIRST_USER + user] != MESSAGES_EACH
    }
    if wrong:
        raise AssertionError(f"{who.name}: not {MESSAGES_EACH} answers but {wrong}")


def measure(rounds: int) -> dict[str, Figures]:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory()))
        book = directory / "book.db"
        make_book(book, USERS)
        names = (SEQUENTIAL, LOCKED, OURS)
        bots = [contender(name, directory, book, stack) for name in names]
        for who in bots:
            warm_up(who)
        for number in range(rounds):
            _say(f"round {number + 1} of {rounds}")
            measure_round(bots, slow=number == 0)
        return {who.name: who.figures for who in bots}


def warm_up(who: Contender) -> None:
    """The first start compiles; to each user's first message ours may add what it has noticed."""
    with who.run() as bot:
        measure_throughput(who, bot, 0)
    who.figures = Figures()


def measure_round(bots: Sequence[Contender], *, slow: bool) -> None:
    """All figures once, each bot in a fresh process. The sequential bot is slow at 50 ms a call."""
    with ExitStack() as stack:
        pairs = [(who, stack.enter_context(who.run())) for who in bots]
        for who, bot in pairs:
            measure_throughput(who, bot, 0)
        for first in range(0, TRIPS, BLOCK):
            users = [FIRST_USER + number % USERS for number in range(first, first + BLOCK)]
            for who, _ in pairs:
                who.figures.round_trips += who.rig.round_trips(users, TEXT)
        for who, bot in pairs:
            if slow or who.name != SEQUENTIAL:
                measure_throughput(who, bot, LATENCY_SECONDS)


def report(figures: dict[str, Figures]) -> str:
    rows = [
        ("start to first answer, s", "start", _middle, 2.5, 2),
        ("round trip p50, ms", "round_trips", lambda values: _middle(values) * 1000, 2.0, 1),
        ("round trip p99, ms", "round_trips", lambda values: _p99(values) * 1000, None, 1),
        ("answers a second, at once", "at_once", _middle, 0.7, 0),
        ("answers a second, 50 ms a call", "at_50_ms", _middle, 0.9, 0),
        ("CPU for an answer, ms", "cpu_ms", _middle, None, 1),
        ("resident memory, MB", "memory_mb", _middle, 2.0, 0),
    ]
    lines = [
        f"{'':32}{OURS:>8}{SEQUENTIAL:>18}{LOCKED:>18}{'ratio':>8}  aim",
    ]
    for title, name, figure, aim, digits in rows:
        ours, *echoes = (figure(getattr(figures[n], name)) for n in (OURS, SEQUENTIAL, LOCKED))
        more_is_better = name.startswith("at_")
        ratio = ours / (max(echoes) if more_is_better else min(echoes))
        aimed = f"{'≥' if more_is_better else '≤'} {aim}" if aim else "–"
        lines.append(
            f"{title:32}{ours:8.{digits}f}{echoes[0]:18.{digits}f}{echoes[1]:18.{digits}f}"
            f"{ratio:8.2f}  {aimed}"
        )
    return "\n".join(lines)


def _middle(values: Sequence[float]) -> float:
    return median(values)


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100)[98]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.turn")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args(arguments).rounds
    print(report(measure(rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
