"""Whatever is typed, the reader answers, quickly, the same each time, and keeps the words."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import pieces
from bot.language.book import AddressBook, Person
from bot.language.phrases import lexicon_phrases
from bot.language.reading import read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
BOOK = AddressBook(
    [
        Person(1, "Agung Wirawan", (), "Kemenparekraf"),
        Person(2, "Agung Prabowo", ("Gung",), "Bank BCA"),
        Person(3, "Rose Miller", (), "Oxfam"),
        Person(4, "June Park"),
        Person(5, "Telkomsel", ("Tsel",), None, "organisation"),
    ]
)
SLOWEST_SECONDS = 0.05
PHRASES = sorted({phrase for _, phrase in lexicon_phrases()})
NAMES = ["Agung", "rose", "Kevin Wijaya", "june", "Telkomsel", "bu Ani", "Gung"]
SMALL = ["yesterday", "kmrn", "14/3", "jam 9", ",", ".", "?", "-", ":", "\n", "and", "sama", "with"]
SPEECH = st.lists(st.sampled_from([*PHRASES, *NAMES, *SMALL]), max_size=40).map(" ".join)


@given(st.text(max_size=4096))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_kept(text: str) -> None:
    reading = read(text, BOOK, NOW)
    assert reading.note == text
    assert 0 <= reading.confidence <= 1


@given(SPEECH)
@settings(max_examples=300, deadline=None)
def test_any_row_of_words_of_the_lists_is_read_the_same_twice(text: str) -> None:
    first = read(text, BOOK, NOW)
    assert first == read(text, BOOK, NOW)
    for mention in (*first.people, *first.mentioned):
        assert mention.at.words(text) == mention.typed


@given(st.one_of(st.text(max_size=200), SPEECH))
@settings(max_examples=200, deadline=None)
def test_the_pieces_answer_any_text(text: str) -> None:
    pieces.read_date(text, NOW)
    pieces.read_span(text, NOW)
    pieces.read_time(text)
    pieces.read_channel(text)
    pieces.read_cadence(text)
    pieces.read_birthday(text)
    pieces.find_people(text, BOOK)


@pytest.mark.parametrize(
    "unit",
    [
        "a", "a ", "met ", "met Agung ", "1", "1 ", "1/", "1-", "12:", "tgl 3 ", "tgl ", "the ",
        "with ", "sama ", "Agung, ", "Pak ", "Pak. ", "di ", "@", "a@", "a.", "a@b.", "+62 ", "()",
        "((", "0 ", "-", ",", ".", "\n", "é", "ß", "𝔘", "👍", "\u0301", "who ", "remind me ", "#a",
        "jam ", "setengah ", "X ", "Xy ", "kemarin ", "not ", "he ", "and I ", "nya", "'s", "a'",
        "a-", "is a manager at ",
        "add ", "minggu ", "yang ", "in 3 ", "dr. ", "w/", "bukan ", ", kevin ",
    ],
)  # fmt: skip
def test_no_repetition_makes_it_slow(unit: str) -> None:
    text = (unit * 4096)[:4096]
    read(text, BOOK, NOW)
    spent = []
    for _ in range(3):
        started = time.process_time()
        read(text, BOOK, NOW)
        spent.append(time.process_time() - started)
    assert min(spent) < SLOWEST_SECONDS
