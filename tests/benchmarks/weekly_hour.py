"""All weekly messages due in one hour: `python -m tests.benchmarks.weekly_hour`.

Each user knows 150 contacts, has logged 2,000 interactions over three years, and was sent twenty
weekly messages. What is timed is what the schedule does for a user who is due: read all of this,
choose, keep the lines, queue the message, commit. Beside it, reading the same rows and no more
with plain sqlite3, all columns: contacts, interactions, participations, moves between stages,
favours, promises, and lines of weekly messages.
"""

import argparse
import asyncio
import json
import resource
import sqlite3
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.schedule import Schedule
from bot.settings import Settings
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import (
    Contact,
    Favour,
    Interaction,
    Nudge,
    Owner,
    Participation,
    Promise,
    StageMove,
)
from storage.writer import Writer

CONTACTS = 150
INTERACTIONS = 2_000
DAYS = 3 * 365
WEEKS_BEFORE = 20
IN_ALL = 10_000
WARM_UP = 2
MONDAY = date(2026, 11, 23)
NOW = datetime.combine(MONDAY, time(1, 30), tzinfo=UTC)  # half past eight in Jakarta
NAMES = ("Ani", "Citra", "Dewi", "Endah", "Fajar", "Galuh", "Hendra", "Indra", "Joko", "Kartika")
SURNAMES = ("Wijaya", "Lestari", "Nugroho", "Pratama", "Halim", "Siregar", "Wibowo", "Utami")
ORGANISATIONS = ("Bappenas", "LAN", "Kominfo", "Telkom", "Bank Mandiri", "Universitas Indonesia")
CHANNELS = ("meeting", "call", "message", "coffee", "meal", "event")
NOTES = ("talked about the data pilot", "asked for the report", None, "met at the training", None)
READ = ("contact", "interaction", "participation", "stage_move", "favour", "promise", "nudge")

Rows = list[dict[str, Any]]


def fill(database: Database, users: int) -> None:
    """Write the users, each with rows of the same number and of much the same shape."""
    for number in range(1, users + 1):
        with database.write() as session:
            for model, rows in _rows_of(number).items():
                unsaid = _defaults(model)
                session.execute(insert(model), [unsaid | row for row in rows])


def _rows_of(owner_id: int) -> dict[Any, Rows]:
    chance = Random(owner_id)
    owner = {
        "id": owner_id,
        "telegram_id": owner_id,
        "chat_id": owner_id,
        "language": ("en", "id")[owner_id % 2],
        "timezone": "Asia/Jakarta",
        "active_on": MONDAY - timedelta(days=1),
        "welcomed_at": NOW,
        "created_at": NOW - timedelta(days=DAYS),
    }
    mine = [owner_id * CONTACTS + number for number in range(CONTACTS)]
    contacts = [_contact(chance, key) for key in mine]
    happened, took_part = _interactions(chance, owner_id, mine)
    tables: dict[Any, Rows] = {
        Contact: contacts,
        StageMove: _moves(chance, contacts),
        Interaction: happened,
        Participation: took_part,
        Favour: [_favour(chance, mine) for _ in range(60)],
        Promise: [_promise(chance, mine) for _ in range(40)],
        Nudge: _nudges(chance, mine),
    }
    owned = {
        model: [{"owner_id": owner_id} | row for row in rows] for model, rows in tables.items()
    }
    return {Owner: [owner], **owned}


def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    """What a row holds where nothing is said."""
    return {
        name: each.get_default(call_default_factory=True)
        for name, each in model.model_fields.items()
        if not each.is_required() and name != "id"
    }


def _contact(chance: Random, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "name": f"{chance.choice(NAMES)} {chance.choice(SURNAMES)} {key}",
        "organisation": chance.choice([*ORGANISATIONS, None, f"Office {key}"]),
        "role": chance.choice(["analyst", "head of unit", None]),
        "tags": chance.choice([["pilot"], [], ["training", "data"]]),
        "phone": chance.choice(["+6281112223", None]),
        "birthday": f"--{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "stage": chance.choices(["know", "like", "trust", "buy"], [6, 3, 2, 1])[0],
        "cadence_days": chance.choice([None] * 9 + [30]),
        "created_at": NOW - timedelta(days=chance.randrange(30, DAYS)),
    }


def _moves(chance: Random, contacts: Rows) -> Rows:
    added = [
        {"contact_id": each["id"], "stage": "know", "on": each["created_at"].date(), "why": "added"}
        for each in contacts
    ]
    moved = [
        {"contact_id": each["id"], "stage": each["stage"], "on": _back(chance, 200), "why": "set"}
        for each in contacts
        if each["stage"] != "know"
    ]
    return [*added, *moved]


def _interactions(chance: Random, owner_id: int, mine: list[int]) -> tuple[Rows, Rows]:
    """A few are met all the time and most seldom; one in five interactions is with two or three."""
    weights = [1 / (place + 5) for place in range(CONTACTS)]
    happened, took_part = [], []
    for key in range(owner_id * INTERACTIONS, (owner_id + 1) * INTERACTIONS):
        on = _back(chance, DAYS)
        happened.append(
            {
                "id": key,
                "on": on,
                "channel": chance.choice(CHANNELS),
                "note": chance.choice(NOTES),
                "started_by": chance.choice(["me", "them", None]),
                "created_at": datetime.combine(on, time(8), tzinfo=UTC),
            }
        )
        with_whom = set(chance.choices(mine, weights, k=chance.choice([1, 1, 1, 1, 2, 3])))
        took_part += [{"interaction_id": key, "contact_id": who} for who in sorted(with_whom)]
    return happened, took_part


def _favour(chance: Random, mine: list[int]) -> dict[str, Any]:
    return {
        "contact_id": chance.choice(mine),
        "on": _back(chance, DAYS),
        "direction": chance.choice(["given", "received"]),
        "what": "looked over the data of the pilot",
        "created_at": NOW,
    }


def _promise(chance: Random, mine: list[int]) -> dict[str, Any]:
    made_on = _back(chance, DAYS)
    return {
        "contact_id": chance.choice(mine),
        "by": chance.choice(["me", "them"]),
        "what": "send the report",
        "made_on": made_on,
        "kept_on": chance.choice([made_on, None]),
    }


def _nudges(chance: Random, mine: list[int]) -> Rows:
    facts = {
        "usual": 9,
        "silent": 40,
        "why": "silent",
        "why_values": {},
        "step": "ask_news",
        "values": {"name": "Budi", "on": {"day": "2026-10-01"}},
        "draft": {"key": "news", "language": "en", "variant": 1, "values": {"called": "Budi"}},
    }
    rows = []
    for back in range(1, WEEKS_BEFORE + 1):
        on = MONDAY - timedelta(weeks=back)
        year, week, _ = on.isocalendar()
        rows += [
            {
                "contact_id": who,
                "week": f"{year}-W{week:02}",
                "position": position,
                "kind": "fading",
                "facts": facts,
                "outcome": chance.choice(["talked", None, None]),
                "suggested_on": on,
            }
            for position, who in enumerate(chance.sample(mine, 5))
        ]
    return rows


def _back(chance: Random, days: int) -> date:
    return MONDAY - timedelta(days=chance.randrange(1, days))


def read_plainly(path: Path, users: int) -> tuple[float, int]:
    """CPU seconds and rows per user of reading with sqlite3 what a message is composed from."""
    connection = sqlite3.connect(path)
    began, rows = process_time(), 0
    for owner_id in range(1, users + 1):
        for table in READ:
            query = f"SELECT * FROM {table} WHERE owner_id = ?"  # noqa: S608 - our own names
            rows += len(connection.execute(query, (owner_id,)).fetchall())
    spent = process_time() - began
    connection.close()
    return spent / users, rows // users


async def compose(database: Database) -> tuple[float, float]:
    """CPU and wall seconds of one look of the schedule at all who are due."""
    writer = Writer(database)
    writer.start()
    schedule = Schedule(writer, lambda: NOW, Settings(_env_file=None), lambda rows: None)
    began, clock = process_time(), perf_counter()
    await schedule.tick()
    spent = process_time() - began, perf_counter() - clock
    writer.close()
    return spent


def resident_mb() -> float:
    """Memory the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def measure(users: int, folder: Path) -> dict[str, float]:
    path = folder / "weekly.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    fill(database, users + WARM_UP)
    warm_up(database, path)
    plain, rows = min(read_plainly(path, users) for _ in range(3))
    before = resident_mb()
    cpu, wall = asyncio.run(compose(database))
    after = resident_mb()
    with sqlite3.connect(path) as connection:
        (messages,) = connection.execute("SELECT count(*) FROM outgoing").fetchone()
    database.close()
    if messages != users + WARM_UP:
        raise RuntimeError(f"{messages} messages were queued for {users + WARM_UP} users")
    return {
        "users": users,
        "rows": rows,
        "plain_ms": plain * 1000,
        "cpu_ms": cpu / users * 1000,
        "wall_ms": wall / users * 1000,
        "ratio": cpu / users / plain,
        "minutes_in_all": wall / users * IN_ALL / 60,
        "resident_before_mb": before,
        "resident_after_mb": after,
    }


def warm_up(database: Database, path: Path) -> None:
    """Compose in each language first, so that what is loaded and compiled once is not counted."""
    set_due(path, "id <= ?", NOW)
    set_due(path, "id > ?", None)
    asyncio.run(compose(database))
    set_due(path, "id > ?", NOW)


def set_due(path: Path, which: str, when: datetime | None) -> None:
    due = when.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") if when else None
    connection = sqlite3.connect(path)
    with connection:
        query = f"UPDATE owner SET weekly_due_at = ? WHERE {which}"  # noqa: S608 - our own words
        connection.execute(query, (due, WARM_UP))
    connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.users, Path(folder))
    if chosen.json:
        print(json.dumps(found))
        return 0
    print(f"{found['users']} users due, {CONTACTS} contacts and {INTERACTIONS:,} interactions each")
    print(f"composing and queueing, CPU      {found['cpu_ms']:8.1f} ms a user")
    print(f"  from due to committed          {found['wall_ms']:8.1f} ms a user")
    print(f"reading {found['rows']:,} rows with sqlite3 {found['plain_ms']:8.1f} ms a user")
    print(f"ratio                            {found['ratio']:8.1f}")
    print(f"{IN_ALL:,} users, one after another  {found['minutes_in_all']:8.1f} minutes")
    before, after = found["resident_before_mb"], found["resident_after_mb"]
    print(f"memory before and after          {before:8.1f} and {after:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
