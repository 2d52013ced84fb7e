"""Made-up people and talk to fill the messages with: everyday values, and the worst allowed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from analysis.fading import assess
from analysis.history import Promise, Side
from bot.usecases.exchange import Exchange
from bot.usecases.people import LONGEST_NAME, Named
from bot.usecases.record import Record
from bot.usecases.standing import Standing
from storage.contacts import Move
from storage.tables import Contact
from storage.tables import Interaction as InteractionRow

TODAY = date(2026, 3, 18)  # a Wednesday
NOW = datetime(2026, 3, 18, 3, 30, tzinfo=UTC)
LONGEST_FIELD, LONGEST_NOTE, LONGEST_PLAN = 200, 2000, 300
HUGE = 9_000_000_000_000_000_000


@dataclass(frozen=True)
class Said:
    """What a user typed, as it comes back in messages."""

    name: str
    other: str
    organisation: str
    role: str
    tag: str
    tags: int
    how_met: str
    note: str
    topic: str
    plan: str
    typed: str
    people: int  # how many where there may be many
    id: int


EVERYDAY = Said(
    name="Budi Santoso",
    other="Ani Wulandari",
    organisation="Bappenas",
    role="analyst",
    tag="pilot",
    tags=2,
    how_met="met at the LAN training",
    note="data pilot, she will send the list of districts",
    topic="the data pilot",
    plan="call Dedi about the budget",
    typed="Budi",
    people=3,
    id=7,
)


def worst(letters: str) -> Said:
    """The longest of everything, made of these letters over and over."""

    def long(most: int) -> str:
        return (letters * most)[:most]

    return Said(
        name=long(LONGEST_NAME),
        other=long(LONGEST_NAME),
        organisation=long(LONGEST_FIELD),
        role=long(LONGEST_FIELD),
        tag=long(LONGEST_NAME),
        tags=30,
        how_met=long(LONGEST_FIELD),
        note=long(LONGEST_NOTE),
        topic=long(LONGEST_NOTE),
        plan=long(LONGEST_PLAN),
        typed=long(LONGEST_NOTE),
        people=25,
        id=HUGE,
    )


WORST = {
    "letters": worst("Mangunkusumo "),
    "one word": worst("W"),
    "emoji": worst("👩🏽‍🚀"),
    "markup": worst("<b>&\"'"),
}


def contact(said: Said, kind: str = "person", **values: object) -> Contact:
    """A contact with all that can be known of one."""
    known: dict[str, object] = {
        "id": said.id,
        "owner_id": 1,
        "name": said.name,
        "kind": kind,
        "organisation": said.organisation,
        "role": said.role,
        "tags": [f"{said.tag}{number or ''}" for number in range(said.tags)],
        "how_met": said.how_met,
        "phone": "+62 812 3456 7890",
        "email": "budi@example.org",
        "username": "budisantoso",
        "created_at": NOW - timedelta(days=200),
    }
    return Contact(**{**known, **values})


def stranger(said: Said) -> Contact:
    """A contact of whom only the name is known."""
    return Contact(id=said.id, owner_id=1, name=said.name, created_at=NOW)


def named(said: Said) -> Named:
    return Named(said.id, said.name, said.organisation)


def many(said: Said) -> tuple[Named, ...]:
    names = [said.name, said.other]
    return tuple(
        Named(said.id - number, names[number % 2], said.organisation)
        for number in range(said.people)
    )


def standing(said: Said, who: Contact, days_ago: tuple[int, ...] = (58, 49, 40, 31)) -> Standing:
    """Where the user stands with `who` after contacts so many days ago; the usual gap is 9 days."""
    told = [
        (number, TODAY - timedelta(days=ago), "coffee", said.note, None, said.id)
        for number, ago in enumerate(days_ago)
    ]
    present = dict.fromkeys(range(len(told)), 1)
    since = TODAY - timedelta(days=days_ago[0] + 3 if days_ago else 1)
    moves = [
        Move(said.id, "know", since, "added"),
        Move(said.id, who.stage, TODAY, "set"),
    ]
    promises = [Promise(1, Side.ME, said.plan, since)] if told else []
    record = Record(present, told, moves if told else [], promises=promises)
    fading = assess(record.days, TODAY, cadence_days=who.cadence_days, known_since=since)
    return Standing(
        contact=who,
        record=record,
        fading=fading,
        known_since=since,
        today=TODAY,
        language="en",
        exchange=Exchange((), {}),
    )


def row(said: Said, days_ago: int, channel: str, note: str | None) -> InteractionRow:
    """An interaction as it is stored."""
    on = TODAY - timedelta(days=days_ago)
    return InteractionRow(id=said.id, owner_id=1, on=on, channel=channel, note=note, created_at=NOW)
