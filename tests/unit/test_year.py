"""A year of weekly messages: short, without repeats that pile up, and worth it."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import upgrade
from tests.benchmarks.year import KINDS, Year, live_a_year

CONTACTS = 24


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Year]:
    result = {}
    for number, (name, person) in enumerate(KINDS.items()):
        folder: Path = tmp_path_factory.mktemp(f"year{number}")
        database = Database(f"sqlite:///{folder / 'year.db'}")
        upgrade(database)
        result[name] = live_a_year(person, database, CONTACTS)
        database.close()
    return result


def test_no_message_is_longer_than_five_people(years: dict[str, Year]) -> None:
    assert max(year.longest for year in years.values()) <= 5
    assert years["acts on all"].longest >= 2


def test_nobody_is_named_in_vain_more_than_five_times_a_year(years: dict[str, Year]) -> None:
    assert 1 <= years["acts on none"].most_named_in_vain <= 5


def test_acting_on_the_lines_keeps_the_close_ties(years: dict[str, Year]) -> None:
    assert years["acts on all"].strong_kept >= 0.9
    assert years["acts on all"].strong_kept > years["acts on none"].strong_kept


def test_who_stops_answering_is_soon_left_in_peace(years: dict[str, Year]) -> None:
    assert 1 <= years["stops after 4 weeks"].messages <= 6


def test_there_is_at_most_one_message_a_week(years: dict[str, Year]) -> None:
    assert all(year.messages <= 52 for year in years.values())
