"""Read a trace of contacts: `ego,alter,timestamp_unix`, one contact a line, plain or gzipped."""

import csv
import gzip
import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SECONDS_A_DAY = 86_400
COLUMNS = ("ego", "alter", "timestamp_unix")


class BadTraceError(Exception):
    """The trace cannot be read; the message says why and, where it can, on which line."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie of one ego: its contact days in order (UTC days since 1970), without repeats."""

    ego: int
    days: Sequence[int]


@dataclass(frozen=True, slots=True)
class Trace:
    """All ties, and the last day on which each ego was in contact with anybody."""

    ties: tuple[Tie, ...]
    ego_last_day: tuple[int, ...]
    first_day: int
    last_day: int
    contacts: int


def read_trace(path: Path) -> Trace:
    """The ties in a file. Raises BadTraceError when it is missing, malformed or empty.

    Only the days of each tie are kept, so memory follows ties and days, not messages.
    """
    numbers: dict[str, int] = {}
    days: dict[tuple[int, str], array[int]] = {}
    last_days: list[int] = []
    contacts = 0
    for ego_name, alter, day in _contacts(path):
        ego = numbers.setdefault(ego_name, len(numbers))
        if ego == len(last_days):
            last_days.append(day)
        last_days[ego] = max(last_days[ego], day)
        seen = days.setdefault((ego, alter), array("q"))
        if not seen or seen[-1] != day:
            seen.append(day)
        contacts += 1
    if not contacts:
        raise BadTraceError(f"{path}: no contacts in it")
    ties = tuple(Tie(ego, array("q", sorted(set(found)))) for (ego, _), found in days.items())
    return Trace(
        ties=ties,
        ego_last_day=tuple(last_days),
        first_day=min(tie.days[0] for tie in ties),
        last_day=max(last_days),
        contacts=contacts,
    )


def _contacts(path: Path) -> Iterator[tuple[str, str, int]]:
    try:
        with _open(path) as lines:
            yield from _rows(lines, path)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as cause:
        raise BadTraceError(f"{path}: cannot be read: {cause}") from cause


def _open(path: Path) -> IO[str]:
    """Gzip is told by its first bytes, whatever the file is called."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    if zipped:
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(lines: IO[str], path: Path) -> Iterator[tuple[str, str, int]]:
    positions = (0, 1, 2)
    for number, row in enumerate(csv.reader(lines), 1):
        if not row:
            continue
        if number == 1:
            names = [name.strip().lower() for name in row]
            if set(COLUMNS) <= set(names):
                positions = tuple(names.index(name) for name in COLUMNS)
                continue
        try:
            ego, alter, stamp = (row[position].strip() for position in positions)
            day = int(float(stamp) // SECONDS_A_DAY)
        except (IndexError, ValueError, OverflowError):
            found = ",".join(row)[:60]
            raise BadTraceError(
                f"{path}, line {number}: expected ego,alter,timestamp_unix, found {found!r}"
            ) from None
        if ego and alter and ego != alter:
            yield ego, alter, day
