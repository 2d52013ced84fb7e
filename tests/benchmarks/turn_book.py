"""A database as some hundred people have it after half a year: contacts and interactions."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrate import upgrade
from storage.tables import Contact, Interaction, Owner, Participation, StageMove

FIRST_USER = 1001
CONTACTS = 150
INTERACTIONS = 500
NAMES = ("Ani", "Citra", "Dewi", "Endah", "Fajar", "Galuh", "Hendra", "Indra", "Joko", "Kartika")
MIDDLE = ("Ayu", "Bagus", "Dwi", "Eka", "Gita", "Intan", "Made", "Putu", "Tri", "Wahyu")
SURNAMES = ("Wijaya", "Lestari", "Nugroho", "Pratama", "Halim", "Siregar", "Wibowo", "Utami")
ORGANISATIONS = ["Bappenas", "LAN", "Kominfo", "Telkom", "Bank Mandiri", "Universitas Indonesia"]
CHANNELS = ["meeting", "call", "message", "coffee", "meal", "event"]
NOTES = ["talked about the data pilot", "asked for the report", None, "met at the training", None]

Rows = list[dict[str, Any]]


def make_book(path: Path, users: int) -> None:
    """Writes a database in which each user knows one Budi and 149 others."""
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    now = datetime.now(UTC)
    with database.write() as session:
        for user in range(users):
            for model, rows in _rows_of(user, now).items():
                unsaid = _defaults(model)
                session.execute(insert(model), [unsaid | row for row in rows])
    database.close()


def _rows_of(user: int, now: datetime) -> dict[type[SQLModel], Rows]:
    random = Random(user)
    owner_id, today = user + 1, now.date()
    mine = [owner_id * 1000 + number for number in range(CONTACTS)]
    interactions = [owner_id * 1000 + number for number in range(INTERACTIONS)]
    owner = {
        "id": owner_id,
        "telegram_id": FIRST_USER + user,
        "chat_id": FIRST_USER + user,
        "language": ("en", "id")[user % 2],
        "timezone": "Asia/Jakarta",
        "weekly_due_at": now + timedelta(days=5),
        "welcomed_at": now,
        "created_at": now,
    }
    contacts = [_contact(random, owner_id, key, now) for key in mine]
    contacts[0] |= {"name": "Budi Santoso"}
    moves = [_owned(owner_id, contact_id=key, stage="know", on=today, why="added") for key in mine]
    happened = [_interaction(random, owner_id, key, today, now) for key in interactions]
    took_part = [
        _owned(owner_id, interaction_id=key, contact_id=contact)
        for key in interactions
        for contact in sorted(random.sample(mine, random.choice([1, 1, 1, 2, 3])))
    ]
    return {
        Owner: [owner],
        Contact: contacts,
        StageMove: moves,
        Interaction: happened,
        Participation: took_part,
    }


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    """What a row holds where nothing is said."""
    return {
        name: each.get_default(call_default_factory=True)
        for name, each in model.model_fields.items()
        if not each.is_required() and name != "id"
    }


def _owned(owner_id: int, **values: Any) -> dict[str, Any]:
    return {"owner_id": owner_id, **values}


def _contact(random: Random, owner_id: int, key: int, now: datetime) -> dict[str, Any]:
    return _owned(
        owner_id,
        id=key,
        name=" ".join(map(random.choice, (NAMES, MIDDLE, SURNAMES))),
        kind="person",
        aliases=[],
        organisation=random.choice([*ORGANISATIONS, None]),
        role=random.choice(["analyst", "head of unit", None]),
        tags=random.choice([["pilot"], [], ["training", "data"]]),
        how_met=random.choice(["met at the LAN training", None]),
        created_at=now,
    )


def _interaction(
    random: Random, owner_id: int, key: int, today: date, now: datetime
) -> dict[str, Any]:
    return _owned(
        owner_id,
        id=key,
        on=today - timedelta(days=random.randrange(180)),
        channel=random.choice(CHANNELS),
        note=random.choice(NOTES),
        created_at=now,
    )
