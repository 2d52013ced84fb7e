"""Single parts for the commands: a date, a channel, names, a rhythm, a birthday."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from bot.language import calendar, details
from bot.language.book import AddressBook, name_words
from bot.language.calendar import Days
from bot.language.channels import channel_of
from bot.language.choosing import mention
from bot.language.dates import Hit, Line, find_dates, number_at, vocabulary
from bot.language.dates_of_month import month_at, year_at
from bot.language.message import Message
from bot.language.model import (
    Ambiguous,
    Birthday,
    Cadence,
    Channel,
    Found,
    FoundTime,
    Guess,
    Known,
    Mention,
    New,
    Span,
)
from bot.language.naming import general_organisation
from bot.language.phrases import find_cues, find_events
from bot.language.reading import set_scene
from bot.language.words import Word, cut, fold

DAYS_OF = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "year": 365.0}
PARTS_OF_LIST = re.compile(
    r"\s*(?:,|;|\n|&|\+|/|\band\b|\bdan\b|\bserta\b|\bsama\b|\bplus\b)\s*", re.IGNORECASE
)
ONCE = {
    "daily": 1,
    "weekly": 7,
    "biweekly": 14,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 91,
    "yearly": 365,
    "annually": 365,
    "harian": 1,
    "mingguan": 7,
    "bulanan": 30,
    "tahunan": 365,
    "triwulanan": 91,
}
EVERY = frozenset(["every", "each", "tiap", "setiap", "once", "per", "sekali"])


def read_date(text: str, now: datetime, prefer: str = "past") -> Found | None:
    """The first date of the text; open days ('Friday') fall on the preferred side of today."""
    words = cut(text)
    hits = find_dates(words, now.date())
    for hit in sorted(hits, key=lambda hit: hit.weak):
        days = (hit.future or hit.past) if prefer == "future" else (hit.past or hit.future)
        if days:
            return found(words, hit, days)
    return None


def found(words: list[Word], hit: Hit, days: Days) -> Found:
    at = Span(words[hit.low].start, words[hit.high - 1].end)
    return Found(days.best, days.first, days.last, at)


def read_time(text: str) -> FoundTime | None:
    return details.find_time(text)


def read_span(text: str, now: datetime) -> Found | None:
    """Days to come, for putting off: 'next 2 weeks', '2 minggu', 'sampai 3 April'."""
    words = cut(text)
    line = Line([word.norm for word in words], [word.capital for word in words], now.date())
    for i in range(len(words)):
        single = vocabulary()["single"].get(line.at(i))
        number = number_at(line, i)
        unit = single or (number and vocabulary()["units"].get(line.at(number[1])))
        end = i + 1 if single else number[1] + 1 if number else 0
        if unit in DAYS_OF and line.at(end) not in ("ago", "lalu", "yang", "silam"):
            last = until(now, number[0] if number and not single else 1.0, unit)
            at = Span(words[i].start, words[end - 1].end)
            return Found(last.best, now.date(), last.best, at)
    dated = read_date(text, now, "future")
    return Found(dated.day, now.date(), dated.last, dated.at) if dated else None


def until(now: datetime, count: float, unit: str) -> Days:
    if unit in ("month", "year") and count >= 1:
        months = int(count) * (12 if unit == "year" else 1)
        return calendar.one(calendar.shift_months(now.date(), months))
    return calendar.one(calendar.shift(now.date(), round(count * DAYS_OF[unit])))


def read_channel(text: str) -> Channel | None:
    """The most specific channel the text names, else None."""
    words = cut(text)
    cues = find_cues(words)
    message = Message(text, words, cues, find_events(cues))
    return channel_of(message, 0, len(words), None)


def find_people(text: str | Sequence[str], book: AddressBook) -> tuple[Mention, ...]:
    """Each name of a list ('Budi, Ani and Pak Joko') as Known, Ambiguous, Guess or New.

    The places are those in the text given; for a sequence, in each of its parts.
    """
    if not isinstance(text, str):
        return tuple(found for part in text for found in find_people(part, book))
    people: list[Mention] = []
    at = 0
    for part in PARTS_OF_LIST.split(text[:2000]):
        if name_words(part):
            start = text.find(part, at)
            at = start + len(part)
            people.append(one_person(part.strip(), start, book))
    return tuple(people)


def one_person(part: str, start: int, book: AddressBook) -> Mention:
    """Who a name told on its own is: a name is expected here, whatever word it looks like."""
    words = name_words(part)
    at = Span(start, start + len(part))
    form = book.forms.get(words)
    if form:
        ids = form.strongest()
        return Known(ids[0], part, at) if len(ids) == 1 else Ambiguous(ids, part, at)
    organisation = book.organisations.get(words)
    if organisation in book.partners:
        return Known(book.partners[organisation], part, at)
    close = near_one(words, book)
    if close:
        return Guess(close, part, at)
    scene = set_scene(f"with {part}", book, date.min)
    people = [spot for spot in scene.people if spot.ids]
    if len(people) == 1 and scene.spots[0] is people[0]:
        told = mention(scene, people[0])
        if isinstance(told, Known):
            return Known(told.id, part, at)
        if isinstance(told, Ambiguous):
            return Ambiguous(told.ids, part, at)
    name = " ".join(part.split()[len(part.split()) - len(words) :]) if words else part
    return New(name if not name.islower() else name.title(), part, at)


def near_one(words: tuple[str, ...], book: AddressBook) -> tuple[int, ...]:
    if len(words) != 1 or general_organisation(words):
        return ()
    nicknamed = book.nicknamed(fold(words[0]))
    owners = {i for name in book.near(words[0]) for i in book.forms[(name,)].strongest()}
    return nicknamed or tuple(sorted(owners))


def read_cadence(text: str) -> Cadence | None:
    """'every 2 weeks', 'tiap bulan', 'weekly', 'sebulan sekali', 'twice a month' as days."""
    words = cut(text)
    line = Line([word.norm for word in words], [word.capital for word in words], date.min)
    whole = Span(words[0].start, words[-1].end) if words else Span(0, 0)
    often = next((2.0 for word in words if word.norm in ("twice", "dua kali", "2x")), 1.0)
    if "dua kali" in text.casefold() or "2 kali" in text.casefold():
        often = 2.0
    for i, word in enumerate(words):
        if word.norm in ONCE:
            return Cadence(round(ONCE[word.norm]), Span(word.start, word.end))
        single = vocabulary()["single"].get(word.norm)
        number = number_at(line, i)
        unit = single or vocabulary()["units"].get(word.norm)
        count = 1.0
        if number and line.at(number[1]) in vocabulary()["units"]:
            unit, count = vocabulary()["units"][line.at(number[1])], number[0]
        if word.norm == "other" and vocabulary()["units"].get(line.at(i + 1)) in DAYS_OF:
            unit, count = vocabulary()["units"][line.at(i + 1)], 2.0
        if word.norm == "quarter":
            unit, count = "month", 3.0
        if unit in DAYS_OF:
            return Cadence(max(1, round(count * DAYS_OF[unit] / often)), whole)
    return None


def read_birthday(text: str) -> Birthday | None:
    """'14 March 1990', '29 Feb', '14 Maret', 'March 14', '14/3', '1990-03-14'."""
    words = cut(text)
    line = Line([word.norm for word in words], [word.capital for word in words], date.min)
    for i, word in enumerate(words):
        figures = [
            int(part)
            for part in re.split(r"[/.\-]", word.norm)
            if part.isdecimal() and len(part) <= 4
        ]
        if len(figures) in (2, 3) and word.norm[0].isdecimal():
            return birthday_of(figures)
        month = month_at(line, i)
        if month is None:
            continue
        before = i - 1 - (line.at(i - 1) in ("of", "st", "nd", "rd", "th"))
        before -= line.at(before) in ("st", "nd", "rd", "th")
        after = i + 1 + (line.at(i + 1) == "the")
        for place, end in ((before, i + 1), (after, after + 1)):
            if line.at(place).isdecimal() and 1 <= int(line.at(place)[:4]) <= 31:
                end += line.at(end) in ("st", "nd", "rd", "th")
                return valid(month, int(line.at(place)), year_at(line, end)[0])
    return None


def birthday_of(figures: list[int]) -> Birthday | None:
    """Day first, or year first where it has four figures."""
    if figures[0] > 31:
        figures.reverse()
    year = figures[2] if len(figures) == 3 else None
    if year is not None and year < 100:
        year += 1900 if year > 30 else 2000
    return valid(figures[1], figures[0], year)


def valid(month: int, day: int, year: int | None) -> Birthday | None:
    real = calendar.dated(year or 2000, month, day)
    return Birthday(month, day, year) if real else None
