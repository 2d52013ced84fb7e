"""The development utterances are understood, and nothing is written that did not happen."""

from pathlib import Path

import pytest

from bot.language.reading import read
from tests.benchmarks.understanding import Contacts, Row, load_lines, predict, wrong_fields

HERE = Path(__file__).parent
ADDRESS_BOOKS = {
    "utterances": Contacts(HERE / "contacts.json"),
    "like_words": Contacts(HERE / "contacts_like_words.json"),  # Hope, Will, Bunga, Fajar ...
}
SETS = sorted(path for name in ADDRESS_BOOKS for path in HERE.glob(f"{name}_*.jsonl"))
RIGHT_AT_LEAST = 0.97


def contacts_of(path: Path) -> Contacts:
    return ADDRESS_BOOKS[path.stem.rpartition("_")[0]]


def told(row: Row, contacts: Contacts) -> Row:
    return predict(contacts, row, read(row["text"], contacts.book, contacts.now))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_nearly_all_utterances_are_fully_right(path: Path) -> None:
    rows, contacts = load_lines(path), contacts_of(path)
    right = sum(not wrong_fields(row, told(row, contacts), contacts) for row in rows)
    assert right / len(rows) >= RIGHT_AT_LEAST


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_chatter_and_questions_write_no_interaction(path: Path) -> None:
    contacts = contacts_of(path)
    rows = [row for row in load_lines(path) if row["intent"] in ("chatter", "query")]
    written = [row["text"] for row in rows if told(row, contacts)["intent"] in ("log", "favour")]
    assert written == []
