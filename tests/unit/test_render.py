"""Templates become tidy, escaped texts and keyboards, in words and dates of the language."""

import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateNotFound, UndefinedError
from markupsafe import Markup

from bot import render as renderer
from bot.playground import formatting
from bot.playground.markup import parse_html
from bot.render import (
    Button,
    WholeLines,
    button,
    chat_link,
    link,
    render,
    shorten,
    utf16_length,
)

TODAY = date(2026, 3, 18)


def say(source: str, language: str = "en", **values: object) -> str:
    """A template's text as the bot's own environment makes it."""
    return renderer._environment(language).from_string(source).render(**values)


def whole_lines(source: str, **values: object) -> str:
    environment = Environment(
        autoescape=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", WholeLines],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return environment.from_string(source).render(row=lambda *buttons: "", **values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A\n{% if yes %}\nB\n{% endif %}\nC\n", "A\nB\nC\n"),
        ("A\n{% if no %}\nB\n{% endif %}\nC\n", "A\nC\n"),
        ("A\n  {% if no %}\nB\n  {% else %}{# why #}\nC\n{% endif %}\n", "A\nC\n"),
        ("A\n{# a remark #}\nB\n", "A\nB\n"),
        ('A\n{{ row(button("B", 1)) }}\nC\n', "A\nC\n"),
        ('A\n{% do row("B") %}\nC\n', "A\nC\n"),
        ("{% set a = 1 %}\n{{ a }}\n", "1\n"),
        ("A\n\nB\n", "A\n\nB\n"),
    ],
)
def test_lines_of_statements_leave_no_line_behind(source: str, text: str) -> None:
    assert whole_lines(source, yes=True, no=False, button=lambda *_: "") == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% trans %}A{% endtrans %}\nB\n", "A\nB\n"),
        ("A{% if yes %} b{% endif %}\nB\n", "A b\nB\n"),
        ("{% if yes %}A{% endif %}\nB\n", "A\nB\n"),
        ("{{ a }}\nB\n", "A\nB\n"),
        ("{% trans n=2 %}one{% pluralize n %}{{ n }}{% endtrans %}\nB\n", "2\nB\n"),
        ("A {# a remark #}\nB\n", "A \nB\n"),
    ],
)
def test_lines_that_say_something_stay_whole(source: str, text: str) -> None:
    assert whole_lines(source, yes=True, a="A") == text


@given(st.lists(st.sampled_from(["word", "", "{% if yes %}x{% endif %}", "{{ a }}"])))
def test_wrapping_lines_in_conditions_changes_none_of_them(lines: list[str]) -> None:
    wrapped = "".join(f"{{% if yes %}}\n{line}\n{{% endif %}}\n" for line in lines)
    plain = "".join(f"{line}\n" for line in lines)
    assert whole_lines(wrapped, yes=True, a="A") == whole_lines(plain, yes=True, a="A")


def test_names_are_escaped_in_texts() -> None:
    message = render("nobody_found", "en", words='<b>"R&D"</b>')
    assert "&lt;b&gt;" in message.text
    text, _ = parse_html(message.text)
    assert '<b>"R&D"</b>' in text


def test_names_in_a_list_are_escaped_once() -> None:
    assert say("{{ names | listed }}", names=["R&D", "<Ani>"]) == "R&amp;D and &lt;Ani&gt;"


def test_names_on_buttons_are_as_they_are() -> None:
    values = {"name": "R&D <O'Brien>", "others": True, "question": 1, "index": 0}
    labels = [
        each.label for row in render("unknown_person", "en", **values).keyboard for each in row
    ]
    assert labels[:2] == ["Add R&D <O'Brien>", "Leave R&D <O'Brien> out"]


def test_a_row_of_buttons_keeps_its_place_and_drops_those_that_are_none() -> None:
    message = render("unknown_person", "id", name="Rudi", others=False, question=5, index=2)
    assert [[each.data for each in row] for row in message.keyboard] == [
        ["pick:5:2:new"],
        ["pick:5:2:cancel"],
    ]


def test_a_value_that_is_missing_is_an_error_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        render("nobody_found", "en")


def test_a_template_that_is_not_there_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        render("no_such_message", "en")


def test_button_data_are_joined_and_at_most_64_bytes() -> None:
    assert button("Undo", "undo", 5) == Button("Undo", data="undo:5")
    assert button("x", "a" * 64).data == "a" * 64
    with pytest.raises(ValueError, match="64 bytes"):
        button("x", "é" * 33)
    assert link("Open", "https://t.me/budi") == Button("Open", url="https://t.me/budi")


@pytest.mark.parametrize(
    ("username", "phone", "url"),
    [
        ("budi", "+62 812-34", "https://t.me/budi?text=R%26D%20%E2%80%93%20hi"),
        (None, "+62 812-34", "https://wa.me/6281234?text=R%26D%20%E2%80%93%20hi"),
        (None, "0812 34", None),
        (None, None, None),
    ],
)
def test_a_draft_is_typed_into_the_chat_with_the_person(
    username: str | None, phone: str | None, url: str | None
) -> None:
    assert chat_link(username, phone, Markup("R&amp;D – hi")) == url


@pytest.mark.parametrize(
    ("day", "form", "english", "indonesian"),
    [
        (date(2026, 3, 3), "d MMMM", "3 March", "3 Maret"),
        (date(2024, 2, 29), "d MMMM y", "29 February 2024", "29 Februari 2024"),
        (date(2026, 8, 17), "EEEE d MMMM", "Monday 17 August", "Senin 17 Agustus"),
    ],
)
def test_dates_are_written_in_the_language(
    day: date, form: str, english: str, indonesian: str
) -> None:
    source = "{{ day | date(form) }}"
    assert say(source, "en", day=day, form=form) == english
    assert say(source, "id", day=day, form=form) == indonesian


def test_a_day_of_another_year_names_it() -> None:
    source = "{{ day | day }}"
    assert say(source, "id", day=date(2026, 5, 1), today=TODAY) == "1 Mei"
    assert say(source, "id", day=date(2025, 5, 1), today=TODAY) == "1 Mei 2025"
    assert say(source, "en", day=date(2026, 5, 1)) == "1 May 2026"


@pytest.mark.parametrize(
    ("on", "english", "indonesian"),
    [
        (date(2026, 3, 18), "today", "hari ini"),
        (date(2026, 3, 17), "yesterday", "kemarin"),
        (date(2026, 3, 19), "tomorrow", "besok"),
        (date(2026, 3, 13), "Friday 13 March", "Jumat 13 Maret"),
        (date(2026, 3, 11), "11 March", "11 Maret"),
        (date(2026, 4, 2), "2 April", "2 April"),
        (date(2024, 2, 29), "29 February 2024", "29 Februari 2024"),
    ],
)
def test_a_day_is_told_as_one_would_say_it(on: date, english: str, indonesian: str) -> None:
    source = '{% import "words.j2" as words with context %}{{ words.day(on) }}'
    assert say(source, "en", on=on, today=TODAY).strip() == english
    assert say(source, "id", on=on, today=TODAY).strip() == indonesian


def test_names_are_listed_as_the_language_does() -> None:
    source, names = "{{ names | listed }}", ["Ani", "Budi", "Citra"]
    assert say(source, "en", names=names) == "Ani, Budi, and Citra"
    assert say(source, "id", names=names) == "Ani, Budi, dan Citra"
    assert say(source, "id", names=names[:2]) == "Ani dan Budi"
    assert say(source, "en", names=[]) == ""


def test_time_and_capitals() -> None:
    assert say("{{ at | clock }}", at=time(8, 5)) == "08:05"
    assert say("{{ text | initial_upper }}", text="élan vital") == "Élan vital"
    assert say("{{ text | initial_upper }}", text="") == ""


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("coffee with Budi", 20, "coffee with Budi"),
        ("  coffee\n with\tBudi ", 20, "coffee with Budi"),
        ("coffee with Budi", 13, "coffee with…"),
        ("coffee, with Budi", 9, "coffee…"),
        ("Mangunkusumo", 6, "Mangu…"),
        ("", 6, ""),
    ],
)
def test_a_long_text_is_cut_at_a_word(text: str, most: int, short: str) -> None:
    assert shorten(text, most) == short


@pytest.mark.parametrize(
    "letter",
    ["e\u0301", "👩🏽\u200d🚀", "❤\ufe0f", "कि"],
    ids=["accent", "joined emoji", "variation", "vowel sign"],
)
def test_a_letter_and_what_belongs_to_it_are_not_cut_apart(letter: str) -> None:
    for most in range(2, 12):
        cut = shorten(letter * 12, most).removesuffix("…")
        assert cut == letter * (len(cut) // len(letter))


@given(st.text(max_size=300), st.integers(2, 100))
def test_a_short_text_is_short_on_one_line_and_starts_as_the_long_one(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == " ".join(short.split())
    whole = " ".join(text.split())
    start = short if short == whole else short.removesuffix("…")
    assert whole.startswith(start)
    assert not unicodedata.combining(whole[len(start) :][:1] or "x")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_length_is_counted_as_telegram_counts(text: str) -> None:
    assert utf16_length(text) == formatting.utf16_length(text)
    assert utf16_length(text) == sum(2 if ord(each) > 0xFFFF else 1 for each in text)
