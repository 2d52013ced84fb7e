"""A year of weekly messages for three kinds of people: `python -m tests.benchmarks.year`.

Contacts with rhythms of their own; with two in five of them, contact dries up at some point of the
year unless a nudge brings it back. One person acts on every line, one on about a third, one on
none, and one stops answering after some weeks.
"""

import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import Session, select

from bot.schedule import queue_weekly
from bot.settings import Settings
from bot.usecases import owners, weekly
from bot.usecases.meetings import Happened, log_interaction
from bot.usecases.people import NewContact, add_contact
from bot.usecases.standing import stand
from bot.usecases.weeks import week_of
from storage import nudges
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import Outgoing, Owner

FIRST_MONDAY = date(2026, 1, 5)
WEEKS = 52
CONTACTS = 60
DRIES_UP = 0.4
STRONG_GAP_DAYS = 14  # who is met this often is a tie to keep


@dataclass
class Year:
    """What a year brought."""

    messages: int = 0
    longest: int = 0  # lines in one message
    named: Counter[int] = field(default_factory=Counter)  # how often each person was named
    acted_on: set[int] = field(default_factory=set)
    strong_kept: float = 0.0  # share of close ties not silent for 60 days and 8 gaps at the end

    @property
    def most_named_in_vain(self) -> int:
        return max((n for who, n in self.named.items() if who not in self.acted_on), default=0)


@dataclass
class Person:
    """A user: acts on a line with this chance, and not at all from some week on."""

    acts: float
    until_week: int = WEEKS


@dataclass
class Tie:
    contact_id: int
    gap_days: int
    dries_up_in_week: int


def live_a_year(
    person: Person, database: Database, contacts: int = CONTACTS, seed: int = 1
) -> Year:
    """Let the person receive every weekly message of a year."""
    chance, settings, year = random.Random(seed), Settings(_env_file=None), Year()
    with database.write() as session:
        owner = _owner(session, settings)
        ties = [_tie(session, owner, number, chance) for number in range(contacts)]
    for week in range(WEEKS):
        monday = FIRST_MONDAY + timedelta(weeks=week)
        with database.write() as session:
            now = datetime.combine(monday, time(2), tzinfo=UTC)  # 09:00 in Jakarta
            mine = session.get(Owner, owner.id)
            assert mine is not None
            _receive(session, mine, now, settings, year)
            if week < person.until_week:
                _act(session, mine, person, monday, now, year, chance)
                _meet(session, mine, ties, week, monday, now, chance)
    with database.read() as session:
        year.strong_kept = _kept(session, owner, ties)
    return year


def _owner(session: Session, settings: Settings) -> Owner:
    start = datetime.combine(FIRST_MONDAY - timedelta(days=1), time(2), tzinfo=UTC)
    return owners.welcome(session, 1, 1, "en", settings, start)


def _tie(session: Session, owner: Owner, number: int, chance: random.Random) -> Tie:
    """Somebody known for months, met at a rhythm of their own."""
    gap = chance.choice([7, 10, 14, 21, 30, 45])
    start = datetime.combine(FIRST_MONDAY, time(1), tzinfo=UTC)
    new = NewContact(f"Person {number}", organisation=f"Office {number % 12}")
    contact = add_contact(session, owner.id or 0, new, FIRST_MONDAY, start).contact
    for back in range(8, 0, -1):
        on = FIRST_MONDAY - timedelta(days=gap * back - chance.randrange(gap))
        _log(session, owner, contact.id or 0, on, start)
    dries_up = chance.randrange(4, WEEKS) if chance.random() < DRIES_UP else WEEKS
    return Tie(contact.id or 0, gap, dries_up)


def _receive(session: Session, owner: Owner, now: datetime, settings: Settings, year: Year) -> None:
    rows = queue_weekly(session, owner.id or 0, now, settings)
    year.messages += len(rows)
    lines = nudges.of_week(session, owner.id or 0, week_of(now.date()))
    if rows and lines:
        year.longest = max(year.longest, len(lines))
        year.named.update(line.contact_id for line in lines)
    for row in session.exec(select(Outgoing)):
        row.state = "sent"


def _act(
    session: Session,
    owner: Owner,
    person: Person,
    today: date,
    now: datetime,
    year: Year,
    chance: random.Random,
) -> None:
    owners.notice(owner, now)
    for line in nudges.of_week(session, owner.id or 0, week_of(today)):
        if line.outcome is None and chance.random() < person.acts:
            weekly.talked(session, owner, line, today, today, now)
            year.acted_on.add(line.contact_id)


def _meet(
    session: Session,
    owner: Owner,
    ties: list[Tie],
    week: int,
    monday: date,
    now: datetime,
    chance: random.Random,
) -> None:
    """Contact that happens of its own accord, until it dries up."""
    for tie in ties:
        if week < tie.dries_up_in_week and chance.random() < 7 / tie.gap_days:
            on = monday + timedelta(days=chance.randrange(7))
            _log(session, owner, tie.contact_id, on, now)


def _log(session: Session, owner: Owner, contact_id: int, on: date, now: datetime) -> None:
    happened = Happened((contact_id,), on, channel="coffee")
    log_interaction(session, owner.id or 0, happened, on, now)


def _kept(session: Session, owner: Owner, ties: list[Tie]) -> float:
    end = FIRST_MONDAY + timedelta(weeks=WEEKS)
    silent = {
        each.contact.id: each.fading.silent_days or 0
        for each in stand(session, owner, end).everybody
    }
    close = [tie for tie in ties if tie.gap_days <= STRONG_GAP_DAYS]
    return sum(silent[tie.contact_id] < max(60, 8 * tie.gap_days) for tie in close) / len(close)


KINDS = {
    "acts on all": Person(1.0),
    "acts on a third": Person(0.33),
    "acts on none": Person(0.0),
    "stops after 4 weeks": Person(0.33, until_week=4),
}


def main() -> int:
    print(f"A year, {CONTACTS} contacts{'':12} messages  longest  named in vain  close ties kept")
    for name, person in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'year.db'}")
            upgrade(database)
            year = live_a_year(person, database)
            database.close()
        print(
            f"{name:<32} {year.messages:>8} {year.longest:>8} {year.most_named_in_vain:>14}"
            f" {year.strong_kept:>16.0%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
