"""What single messages mean, in the parts that the labelled sets do not hold."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language import pieces
from bot.language.book import AddressBook, Person
from bot.language.model import (
    SURE,
    Ambiguous,
    Birthday,
    Channel,
    Direction,
    Guess,
    Intent,
    Known,
    New,
    Party,
    Question,
    Reading,
    Relation,
)
from bot.language.reading import read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
BOOK = AddressBook(
    [
        Person(1, "Agung Wirawan", (), "Kemenparekraf"),
        Person(2, "Agung Prabowo", (), "Bank BCA"),
        Person(3, "Rose Miller", (), "Oxfam"),
        Person(4, "Ratna Dewanti", ("Bu Ratna",), "IPB"),
        Person(5, "Yusuf Rahman", (), "PLN"),
        Person(6, "Bank BCA", ("BCA",), None, "organisation"),
    ]
)


def told(text: str) -> Reading:
    return read(text, BOOK, NOW)


def who(text: str) -> list[object]:
    found: list[object] = []
    for person in told(text).people:
        if isinstance(person, Known):
            found.append(person.id)
        elif isinstance(person, New):
            found.append(person.name)
        else:
            found.append((type(person).__name__, person.ids))
    return found


def test_a_name_of_two_is_ambiguous_until_an_organisation_tells_which() -> None:
    assert who("met Agung yesterday") == [("Ambiguous", (1, 2))]
    assert who("met Agung from BCA yesterday") == [2]
    assert who("ketemu agung kemenparekraf kmrn") == [1]


def test_a_slip_of_a_name_is_only_a_guess() -> None:
    assert who("met Ratan yesterday") in ([("Guess", (4,))], ["Ratan"])
    assert who("ketemu Yusup kemarin") == [("Guess", (5,))]
    assert who("met Rose Millar yesterday") == [("Guess", (3,))]


def test_a_promise_in_a_log_is_heard_with_its_day() -> None:
    reading = told("Met Rose yesterday, I promised to send the draft on Friday")
    assert reading.intent is Intent.LOG
    assert reading.when == date(2026, 3, 17)
    assert reading.promise is not None
    assert reading.promise.by is Party.ME
    assert reading.promise.due == date(2026, 3, 20)
    assert "draft" in reading.promise.what


def test_a_promise_in_indonesian_is_heard() -> None:
    promise = told("ketemu bu Ratna kemarin, janji kirim draf Jumat").promise
    assert promise is not None
    assert promise.due == date(2026, 3, 20)
    assert "draf" in promise.what


def test_a_need_in_a_log_is_heard() -> None:
    need = told("coffee with Rose yesterday, she is looking for a data engineer").need
    assert need is not None
    assert (need.what, need.offered, need.who) == ("a data engineer", False, Party.THEM)


def test_who_began_the_contact_is_told() -> None:
    assert told("Rose called me yesterday").started_by is Party.THEM
    assert told("I called Rose yesterday").started_by is Party.ME
    assert told("lunch with Rose yesterday").started_by is None


@pytest.mark.parametrize(
    "text", ["no, it was Tuesday", "actually it was on Tuesday", "maksudku selasa", "ralat, selasa"]
)
def test_another_day_corrects_the_last_write(text: str) -> None:
    reading = told(text)
    assert reading.intent is Intent.CORRECT
    assert reading.correction is not None
    assert reading.correction.when is not None
    assert reading.correction.when.day == date(2026, 3, 17)


def test_another_person_corrects_the_last_write() -> None:
    correction = told("bukan Agung Wirawan, Agung Prabowo").correction
    assert correction is not None
    assert isinstance(correction.person, Known)
    assert isinstance(correction.instead_of, Known)
    assert (correction.person.id, correction.instead_of.id) == (2, 1)


def test_another_channel_corrects_the_last_write() -> None:
    correction = told("actually it was a call").correction
    assert correction is not None
    assert correction.channel is Channel.CALL


def test_undo_takes_the_last_write_back() -> None:
    correction = told("undo that").correction
    assert correction is not None
    assert correction.undo


def test_questions_are_told_apart() -> None:
    kinds = {
        "who do I know at Oxfam?": Question.WHO_AT_ORGANISATION,
        "kapan terakhir ketemu Rose?": Question.LAST_CONTACT,
        "siapa yang sudah lama tidak saya hubungi?": Question.QUIET,
        "who is Rose Miller?": Question.WHO_IS,
        "how many people did I meet last month?": Question.HOW_MANY,
    }
    found = {text: query.kind for text in kinds if (query := told(text).query)}
    assert found == kinds


def test_a_new_contact_keeps_what_was_told_of_it() -> None:
    reading = told(
        "add Kevin Wijaya, product manager at Xendit, kevin@xendit.co, 0812-3456-7890 #fintech"
    )
    assert reading.intent is Intent.ADD_CONTACT
    assert (reading.role, reading.organisation) == ("product manager", "Xendit")
    assert (reading.email, reading.phone) == ("kevin@xendit.co", "0812-3456-7890")
    assert reading.tags == ("fintech",)


def test_a_reminder_keeps_its_time() -> None:
    reading = told("ingatkan telepon Rose besok jam 9")
    assert (reading.when, reading.time) == (date(2026, 3, 19), time(9))


def test_a_relation_between_contacts_is_named() -> None:
    assert told("Rose is married to Yusuf Rahman").relation is Relation.FAMILY
    assert told("bu Ratna sekantor sama Rose").relation is Relation.COLLEAGUES


def test_help_has_a_direction() -> None:
    assert told("Rose helped me with the visa").direction is Direction.RECEIVED
    assert told("bantuin Rose pindahan kemarin").direction is Direction.GIVEN
    assert told("tukeran data sama Rose").direction is Direction.MUTUAL


def test_a_plain_log_is_sure_and_small_talk_is_no_log() -> None:
    assert told("lunch with Rose yesterday").confidence >= SURE
    assert told("I hope to see Rose soon").intent is Intent.CHATTER


def test_a_list_of_names_is_resolved_name_by_name() -> None:
    found = pieces.find_people("Rose, agung and Pak Kevin Tan & rsoe", BOOK)
    assert isinstance(found[0], Known)
    assert isinstance(found[1], Ambiguous)
    assert isinstance(found[2], New)
    assert found[2].name == "Kevin Tan"
    assert isinstance(found[3], Guess)


def test_birthdays_need_a_real_day() -> None:
    assert pieces.read_birthday("14 Maret 1990") == Birthday(3, 14, 1990)
    assert pieces.read_birthday("29 Feb") == Birthday(2, 29)
    assert pieces.read_birthday("31 Feb") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("every 2 weeks", 14), ("tiap 2 minggu", 14), ("sebulan sekali", 30), ("weekly", 7)],
)
def test_a_rhythm_is_read_as_days(text: str, days: int) -> None:
    cadence = pieces.read_cadence(text)
    assert cadence is not None
    assert cadence.days == days
