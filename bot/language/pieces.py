"""The pieces that commands read: names, a day, a time, a channel, a rhythm, a birthday."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.language.book import AddressBook, name_words
from bot.language.calendar import Days
from bot.language.channels import RANK
from bot.language.choosing import plain_name
from bot.language.dates import Hit, Line, find_dates, number_at, vocabulary
from bot.language.details import find_time
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
from bot.language.phrases import find_cues, find_events
from bot.language.words import Word, cut

SEPARATOR = re.compile(r"[,;&+\n]|\b(?:and|dan|with|sama|bersama)\b", re.IGNORECASE)
BELONGS = re.compile(r"\s*(?:\(|·|\bfrom\b|\bdari\b|\bat\b|\bdi\b)\s*", re.IGNORECASE)
LONGEST_CADENCE_DAYS = 3660
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
OFTEN = {
    "daily": 1,
    "weekly": 7,
    "biweekly": 14,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 90,
    "yearly": 365,
    "annually": 365,
}
EVERY = frozenset(["every", "each", "tiap", "setiap", "once", "per", "sekali", "a", "an"])


@dataclass(frozen=True, slots=True)
class FoundChannel:
    """A channel and the words that name it."""

    channel: Channel
    at: Span


def find_people(text: str, book: AddressBook) -> tuple[Mention, ...]:
    """Each name of a list, resolved: 'Budi, Ani and Pak Joko'. Nobody is named twice."""
    found: list[Mention] = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in SEPARATOR.finditer(text)), (len(text), 0)]:
        found += _named(text, start, end, book)
        start = after
    return _once(found)


def _named(text: str, start: int, end: int, book: AddressBook) -> list[Mention]:
    piece = text[start:end]
    typed = piece.strip(" .:!?'\"()")
    if not any(character.isalpha() for character in typed):
        return []
    start += piece.index(typed)
    at = Span(start, start + len(typed))
    ids = _ids(typed, book)
    if ids:
        return [Known(ids[0], typed, at) if len(ids) == 1 else Ambiguous(ids, typed, at)]
    several = _several(typed, start, book)
    if several:
        return several
    words = name_words(typed)
    if len(words) == 1:
        near = tuple(sorted({i for name in book.near(words[0]) for i in _ids(name, book)}))
        if close := near or book.nicknamed(words[0]):
            return [Guess(close, typed, at)]
    return [New(plain_name(typed), typed, at)]


def _ids(typed: str, book: AddressBook) -> tuple[int, ...]:
    """Who goes by this name; an organisation behind it says which."""
    form = book.forms.get(name_words(typed))
    if form:
        return form.strongest()
    partner = book.partners.get(book.organisations.get(name_words(typed), ""))
    if partner is not None:
        return (partner,)
    parts = BELONGS.split(typed, maxsplit=1)
    if len(parts) < 2 or not all(part.strip() for part in parts):
        return ()
    return book.at_organisation(_ids(parts[0], book), parts[1].strip(" )"))


def _several(typed: str, start: int, book: AddressBook) -> list[Mention]:
    """'Ani Budi': names side by side; empty where a word of it is nobody's."""
    words = [word for word in cut(typed) if not word.mark]
    found: list[Mention] = []
    i = 0
    while i < len(words):
        for length in range(min(book.longest, len(words) - i), 0, -1):
            low, high = words[i].start, words[i + length - 1].end
            if ids := _ids(typed[low:high], book):
                at = Span(start + low, start + high)
                name = typed[low:high]
                found.append(Known(ids[0], name, at) if len(ids) == 1 else Ambiguous(ids, name, at))
                i += length
                break
        else:
            return []
    return found if len(found) > 1 else []


def _once(mentions: list[Mention]) -> tuple[Mention, ...]:
    seen: set[object] = set()
    result = []
    for mention in mentions:
        key: object = mention.name.casefold() if isinstance(mention, New) else None
        if isinstance(mention, Known):
            key = mention.id
        if key is None or key not in seen:
            seen.add(key)
            result.append(mention)
    return tuple(result)


def read_date(
    text: str, now: datetime, prefer: Literal["past", "future"] = "past"
) -> Found | None:
    """The first day a text names; of two it could mean, the past or the coming one."""
    words = cut(text)
    hits = find_dates(words, now.date())
    for hit in sorted(hits, key=lambda hit: hit.weak):
        days = (hit.past or hit.future) if prefer == "past" else (hit.future or hit.past)
        if days is not None:
            return _found(days, hit, words)
    return None


def read_span(text: str, now: datetime) -> Found | None:
    """Until when: 'sampai 3 April', '2 weeks', 'the end of May'; `last` is the day to wake."""
    found = read_date(text, now, prefer="future")
    if found is not None and found.last > now.date():
        return found
    cadence = read_cadence(text)
    if cadence is None:
        return None
    ordinal = min(now.date().toordinal() + cadence.days, date.max.toordinal())
    until = date.fromordinal(ordinal)
    return Found(until, until, until, cadence.at)


def _found(days: Days, hit: Hit, words: list[Word]) -> Found:
    at = Span(words[hit.low].start, words[hit.high - 1].end)
    return Found(days.best, days.first, days.last, at)


def read_time(text: str) -> FoundTime | None:
    """The first time of day a text names."""
    return find_time(text)


def read_channel(text: str) -> FoundChannel | None:
    """How they were in touch: the most specific channel of the words."""
    words = cut(text)
    events = [event for event in find_events(find_cues(words)) if event.kind in RANK]
    if not events:
        return None
    event = min(events, key=lambda event: RANK[event.kind])
    at = Span(words[event.low].start, words[event.high - 1].end)
    return FoundChannel(Channel(event.kind), at)


def read_cadence(text: str) -> Cadence | None:
    """'every 2 weeks', 'tiap 2 minggu', 'sebulan sekali', 'weekly', '10 days'."""
    words = [word for word in cut(text) if not word.mark]
    if not words:
        return None
    at = Span(words[0].start, words[-1].end)
    norms = [word.norm for word in words]
    for norm in norms:
        if norm in OFTEN:
            return Cadence(OFTEN[norm], at)
    line = Line(norms, [False] * len(norms), date.min)
    for i in range(len(norms)):
        if norms[i] in EVERY and norms[i] not in ("a", "an"):
            continue
        days = _days_at(line, i)
        if days is not None:
            return Cadence(days, at) if 1 <= days <= LONGEST_CADENCE_DAYS else None
    return None


def _days_at(line: Line, i: int) -> int | None:
    """A length of time at this word, in days."""
    table = vocabulary()
    if single := table["single"].get(line.at(i)):
        return UNIT_DAYS.get(single)
    value, end = number_at(line, i) or (1.0, i)
    unit = table["units"].get(line.at(end)) if "units" in table else None
    return round(value * UNIT_DAYS[unit]) if unit in UNIT_DAYS else None


def read_birthday(text: str) -> Birthday | None:
    """'14 March 1990', '29 Feb', '14 Maret', '14/3': a day of the year, with or without it."""
    leap = datetime(2024, 12, 31)  # noqa: DTZ001 - only its calendar counts: it has a 29 February
    found = read_date(text, leap)
    if found is None or found.vague:
        return None
    if not re.search(r"\d", text):
        return None
    year = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return Birthday(found.day.month, found.day.day, int(year[0]) if year else None)
