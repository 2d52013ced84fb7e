"""What the bot gives as an example, the bot understands, in either language."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.handlers.reading import read_field, read_new_contact
from bot.language.book import AddressBook, Person
from bot.language.model import Channel, Intent
from bot.language.pieces import read_date
from bot.language.reading import read
from bot.language.telling import read_details
from bot.render import LANGUAGES, render
from tests.unit.samples import EVERYDAY, TODAY, contact

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
BOOK = AddressBook(
    [
        Person(id=1, name="Budi Santoso", aliases=(), organisation="Bappenas", kind="person"),
        Person(id=2, name="Dedi Kurnia", aliases=(), organisation=None, kind="person"),
    ]
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def examples(template: str, language: str, tag: str = "code", **values: object) -> list[str]:
    text = render(template, language, today=TODAY, **values).text
    return re.findall(f"<{tag}>(.*?)</{tag}>", text)


@every_language
def test_the_person_to_add(language: str) -> None:
    person, organisation = examples("add_usage", language)
    read_person = read_new_contact(person.removeprefix("/add "))
    assert read_person is not None
    assert (read_person.name, read_person.organisation) == ("Budi Santoso", "Bappenas")
    assert read_person.role
    assert read_person.tags == ("pilot",)
    assert "LAN" in (read_person.how_met or "")
    firm = read_new_contact(organisation.removeprefix("/add "))
    assert firm is not None
    assert (firm.name, firm.kind) == ("Yayasan Kehati", "organisation")


@every_language
@pytest.mark.parametrize("template", ["log_usage", "log_when", "help"])
def test_the_meeting_to_log(template: str, language: str) -> None:
    said = next(
        each
        for each in examples(template, language, contact=contact(EVERYDAY))
        if each.startswith("/log")
    )
    details = read_details(said.partition(":")[2], NOW)
    assert details.on == TODAY - timedelta(days=1)
    assert details.channel == "coffee"
    assert "pilot" in details.note
    assert len(details.note.split()) <= 3


@every_language
def test_the_free_words(language: str) -> None:
    told, asked = examples("not_understood", language)
    logged = read(told, BOOK, NOW)
    assert logged.intent is Intent.LOG
    assert (logged.when, logged.channel) == (TODAY - timedelta(days=1), Channel.COFFEE)
    assert read(asked, BOOK, NOW).intent is Intent.QUERY


@every_language
def test_the_reminder(language: str) -> None:
    for template, values in (("remind_usage", {}), ("reminders", {"planned": ()})):
        (said,) = examples(template, language, **values)
        asked = read(said, BOOK, NOW)
        assert asked.intent is Intent.REMIND
        assert asked.when is not None
        assert asked.when > TODAY
        assert asked.when.weekday() == 4


@every_language
@pytest.mark.parametrize("template", ["edit_field", "wrong_field"])
def test_the_fields(template: str, language: str) -> None:
    values = {"contact": contact(EVERYDAY)}
    for day in examples(template, language, "i", field="birthday", **values):
        assert read_field("birthday", day).endswith("03-14")
    for often in examples(template, language, "i", field="cadence_days", **values):
        assert read_field("cadence_days", often) in (10, 14)
    for address in examples("wrong_field", language, "i", field="email"):
        assert read_field("email", address) == address


@every_language
@pytest.mark.parametrize(
    ("template", "days"),
    [
        ("snooze_until", (date(2026, 4, 3), date(2026, 5, 31))),
        ("unknown_day", (date(2026, 4, 3), TODAY + timedelta(days=14))),
    ],
)
def test_the_days_to_come(template: str, days: tuple[date, ...], language: str) -> None:
    for said, day in zip(examples(template, language, "i"), days, strict=True):
        found = read_date(said, NOW, prefer="future")
        assert found is not None, said
        assert abs((found.day - day).days) <= 10, said
