"""Messages: a jinja2 template and its values become a text and a keyboard, in a language.

A template holds all that a user sees, the buttons too: `{{ row(button(_("Undo"), "undo", 5)) }}`
puts a row under the message and prints nothing.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup

HERE = Path(__file__).parent
LANGUAGES = ("en", "id")
LONGEST_TEXT = 4096  # UTF-16 units, after the markup is read
LONGEST_DATA = 64  # bytes
LONGEST_DRAFT = 400  # characters typed into a link
TAG = re.compile(r"<[^>]*>")
JOINER, SKIN_TONES = "\u200d", "\U0001f3fb\U0001f3ff"
SILENT_LINE = re.compile(
    r"(?:\{%-?\s*(?!trans\b|endtrans\b|pluralize\b)(?:(?!%\}).)*%\}\s*|\{#.*#\}"
    r"|\{\{\s*row\(.*\)\s*\}\}\s*)+"
)


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    text: str  # Telegram's HTML
    keyboard: tuple[tuple[Button, ...], ...] = ()


def render(template: str, language: str, **values: Any) -> Message:
    """The message a template makes. `today` is among the values where days are spoken of."""
    rows: list[tuple[Button, ...]] = []

    def row(*buttons: Button | None) -> str:
        shown = tuple(button for button in buttons if button)
        if shown:
            rows.append(shown)
        return ""

    text = _environment(language).get_template(f"{template}.j2").render(row=row, **values)
    return Message(_fit(_tidy(text)), tuple(rows))


def button(label: str, *data: Any) -> Button:
    """A button that comes back as `data`, its parts joined by colons. At most 64 bytes."""
    joined = ":".join(str(part) for part in data)
    if len(joined.encode()) > LONGEST_DATA:
        raise ValueError(f"Callback data over {LONGEST_DATA} bytes: {joined}")
    return Button(_plain(label), data=joined)


def link(label: str, url: str) -> Button:
    return Button(_plain(label), url=url)


def _plain(label: str) -> str:
    """A label is no HTML, though a translated one comes with its values escaped."""
    return label.unescape() if isinstance(label, Markup) else label


class WholeLines(Extension):
    """Lines that hold nothing but statements, or a row of buttons, leave no line behind.

    All others stay whole lines: jinja's own trimming would join a line that ends with a
    statement, such as a translated sentence, to the next.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(
            line.strip() if SILENT_LINE.fullmatch(line.strip()) else line
            for line in source.splitlines(keepends=True)
        )


def chat_link(username: str | None, phone: str | None, text: str | Markup) -> str | None:
    """A link that opens a chat with somebody, the text typed in; None without a way to them."""
    words = Markup(text).unescape()[:LONGEST_DRAFT]  # noqa: S704 - for an address, where nothing is markup
    if username:
        return f"https://t.me/{quote(username)}?text={quote(words)}"
    if phone and phone.strip().startswith("+"):
        return f"https://wa.me/{re.sub(r'[^0-9]', '', phone)}?text={quote(words)}"
    return None


@lru_cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", WholeLines],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translations(language), newstyle=True
    )
    environment.globals.update(button=button, link=link, chat_link=chat_link, language=language)
    environment.filters.update(
        date=lambda day, form="d MMMM": _format_date(day, form, language),
        day=_day,
        clock=_format_time,
        listed=lambda names: _list(names, language),
        shorten=shorten,
        initial_upper=lambda text: text[:1].upper() + text[1:],
    )
    return environment


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    if language == LANGUAGES[0]:  # English is the source
        return gettext.NullTranslations()
    return gettext.translation("jejaring", HERE / "locales", [language])


def _format_date(day: date, form: str, language: str) -> str:
    from babel.dates import format_date  # loads locale data: only when a date is written

    return format_date(day, form, locale=language)


@pass_context
def _day(context: Context, day: date) -> str:
    """A day without words for it: 3 March, with the year unless it is this one."""
    today = context.get("today")
    form = "d MMMM" if today is not None and today.year == day.year else "d MMMM y"
    return _format_date(day, form, context["language"])


def _format_time(moment: time) -> str:
    return moment.strftime("%H:%M")


def _list(names: Iterable[Any], language: str) -> Markup:
    from babel.lists import format_list

    escaped = [str(Markup.escape(name)) for name in names]
    return Markup(format_list(escaped, locale=language))  # noqa: S704 - each part is escaped


def shorten(text: str, most: int = 200) -> str:
    """The text in one line, cut at a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    while cut and _belong_together(line[len(cut) - 1], line[len(cut)]):
        cut = cut[:-1]
    word = cut.rsplit(" ", 1)[0]
    return (word if len(word) > most // 2 else cut).rstrip(" ,.;:") + "…"


def _belong_together(one: str, other: str) -> bool:
    """Whether the second is a mark on the first, or both are parts of one emoji."""
    joined = JOINER in (one, other) or SKIN_TONES[0] <= other <= SKIN_TONES[1]
    return joined or unicodedata.category(other).startswith("M")


def _fit(text: str) -> str:
    """The text; where Telegram would not take it, its beginning without markup."""
    plain = unescape(TAG.sub("", text))
    if utf16_length(plain) <= LONGEST_TEXT:
        return text
    units = plain.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)]
    return str(Markup.escape(units.decode("utf-16-le", "ignore").rstrip() + "…"))


def _tidy(text: str) -> str:
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
