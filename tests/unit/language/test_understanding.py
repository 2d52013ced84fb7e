"""The development utterances are understood, and nothing is written that did not happen."""

from pathlib import Path

import pytest

from bot.language.reading import read
from tests.benchmarks.understanding import Contacts, Row, load_lines, predict, wrong_fields

HERE = Path(__file__).parent
SETS = sorted(HERE.glob("utterances_*.jsonl"))
CONTACTS = Contacts(HERE / "contacts.json")
RIGHT_AT_LEAST = 0.97


def told(row: Row) -> Row:
    return predict(CONTACTS, row, read(row["text"], CONTACTS.book, CONTACTS.now))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_nearly_all_utterances_are_fully_right(path: Path) -> None:
    rows = load_lines(path)
    right = sum(not wrong_fields(row, told(row), CONTACTS) for row in rows)
    assert right / len(rows) >= RIGHT_AT_LEAST


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_chatter_and_questions_write_no_interaction(path: Path) -> None:
    rows = [row for row in load_lines(path) if row["intent"] in ("chatter", "query")]
    assert [row["text"] for row in rows if told(row)["intent"] in ("log", "favour")] == []
