"""Dates in words, English and Indonesian: every place in a message that names a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.language import calendar
from bot.language.calendar import Days, one
from bot.language.lexicon_files import listed, load_table
from bot.language.words import Word, cut


@dataclass(frozen=True, slots=True)
class Hit:
    """Words low..high (high excluded) name a day: which, if it is past; which, if to come."""

    low: int
    high: int
    past: Days | None
    future: Days | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The words' norms, and the day they are read on."""

    norms: Sequence[str]
    capitals: Sequence[bool]
    today: date

    def at(self, i: int) -> str:
        return self.norms[i] if 0 <= i < len(self.norms) else ""


Rule = Callable[[Line, int], Hit | None]


@cache
def vocabulary() -> dict[str, Any]:
    """time.toml turned round: word -> number, by section."""
    table = load_table("time")
    turned: dict[str, Any] = {}
    for section in ("weekdays", "months", "numbers"):
        turned[section] = {
            word: float(key) if "." in key else int(key)
            for key, words in table[section].items()
            for word in words.split()
        }
    for section in ("units", "single", "parts", "marks"):
        turned[section] = {
            word: key for key, words in table[section].items() for word in words.split()
        }
    turned["vague"] = frozenset(table["vague_numbers"]["words"].split())
    return turned


@cache
def day_phrases() -> dict[str, list[tuple[tuple[str, ...], int | None, tuple[int, int] | None]]]:
    """First word -> (phrase, offset in days or None if weak, month and day of a holiday)."""
    table = load_table("time")
    index: dict[str, list[tuple[tuple[str, ...], int | None, tuple[int, int] | None]]] = {}

    def add(entries: str, offset: int | None, holiday: tuple[int, int] | None) -> None:
        for phrase in listed(entries):
            norms = tuple(word.norm for word in cut(phrase))
            index.setdefault(norms[0], []).append((norms, offset, holiday))

    for key, entries in table["offsets"].items():
        add(entries, int(key), None)
    add(table["weak_today"]["past"], None, None)
    for key, entries in table["holidays"].items():
        month, day = key.split("-")
        add(entries, None, (int(month), int(day)))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def number_at(line: Line, i: int) -> tuple[float, int] | None:
    """A count of something and where it ends: 'a couple of', '2', '2-3', 'dua'."""
    word = line.at(i)
    if word[:1].isdecimal():
        head = word.replace("-", " ").split()[0]
        return (float(head), i + 1) if head.isdecimal() and len(head) <= 4 else None
    numbers = vocabulary()["numbers"]
    if word in ("a", "the") and line.at(i + 1) in ("couple", "few"):
        i, word = i + 1, line.at(i + 1)
    if word not in numbers:
        return None
    value = float(numbers[word])
    end = i + 1
    if word == "half" and line.at(end) in ("a", "an"):
        end += 1
    if line.at(end) == "of" and word in ("couple", "few"):
        end += 1
    if line.at(end) in ("belas", "puluh") and value >= 1:
        value, end = (value + 10 if line.at(end) == "belas" else value * 10), end + 1
    return value, end


def read_phrase(line: Line, i: int) -> Hit | None:
    """'yesterday', 'tadi malam', 'lusa', 'natal'."""
    for phrase, offset, holiday in day_phrases().get(line.at(i), ()):
        end = i + len(phrase)
        if tuple(line.norms[i:end]) != phrase:
            continue
        if holiday:
            past = calendar.yearly_before(line.today, *holiday)
            future = calendar.yearly_after(line.today, *holiday)
            return Hit(i, end, one(past) if past else None, one(future) if future else None)
        if offset is None:
            return Hit(i, end, one(line.today), None, weak=True)
        day = one(calendar.shift(line.today, offset))
        end = skip_part(line, end)
        return Hit(i, end, day if offset <= 0 else None, day if offset >= 0 else None)
    return None


def skip_part(line: Line, end: int) -> int:
    """Past the part of the day: 'yesterday [morning]', 'kemarin [sore]'."""
    parts = vocabulary()["parts"]
    if line.at(end) in ("in", "at") and line.at(end + 1) in ("the", "night"):
        after = end + 2 if line.at(end + 1) == "the" else end + 1
        return after + 1 if line.at(after) in parts else end
    return end + 1 if line.at(end) in parts else end


def unit_days(line: Line, value: float, unit: str, sign: int) -> Days:
    """So many units before (sign -1) or after today, with the days it may mean."""
    today = line.today
    if unit in ("hour", "minute"):
        return one(today)
    if unit == "day":
        return one(calendar.shift(today, sign * int(value)))
    if unit in ("week", "fortnight"):
        weeks = value * (2 if unit == "fortnight" else 1)
        day = calendar.shift(today, sign * round(7 * weeks))
        return Days(day, *calendar.week_of(day))
    months = value * (12 if unit == "year" else 1)
    if months < 1:
        day = calendar.shift(today, sign * 15)
    else:
        day = calendar.shift_months(today, sign * int(months))
    return Days(day, *calendar.month_of(day))


def read_distance(line: Line, i: int) -> Hit | None:
    """'3 days ago', 'dua minggu lalu', 'seminggu yang lalu', 'in two weeks', '3 hari lagi'."""
    words = vocabulary()
    start = i
    ahead = line.at(i) in ("in", "within", "dalam")
    if ahead:
        i += 1
    single = words["single"].get(line.at(i))
    number = number_at(line, i)
    if single:
        value, unit, end = 1.0, single, i + 1
    elif number and line.at(number[1]) in words["units"]:
        value, end = number
        unit, end = words["units"][line.at(end)], end + 1
    else:
        return None
    few = any(line.at(k) in words["vague"] for k in range(i, end))
    return distance_hit(line, (start, end), (value, unit), ahead, few)


def distance_hit(
    line: Line, at: tuple[int, int], amount: tuple[float, str], ahead: bool, few: bool
) -> Hit | None:
    """The direction of a count of units, from the words after it."""
    start, end = at
    value, unit = amount
    mark = end + 1 if line.at(end) == "yang" else end
    word = line.at(mark)
    if word in ("lalu", "silam", "ago", "back", "kemarin", "earlier", "sebelumnya", "belakangan"):
        days = unit_days(line, value, unit, -1)
        if few and unit == "day":
            days = Days(days.best, calendar.shift(line.today, -6), calendar.shift(line.today, -2))
        return Hit(start, mark + 1, days, None, weak=unit in ("hour", "minute"))
    from_now = word == "from" and line.at(mark + 1) in ("now", "today", "sekarang")
    ahead_id = word in ("lagi", "mendatang", "later", "kedepan") or (
        word == "ke" and line.at(mark + 1) == "depan"
    )
    if ahead or from_now or ahead_id:
        after = mark + (2 if from_now or word == "ke" else 1 if ahead_id else 0)
        return Hit(start, after, None, unit_days(line, value, unit, 1))
    return None


def find_dates(words: list[Word], today: date, taken: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """All dates of the words, left to right; `taken` words (names) are not read."""
    from bot.language.dates_of_month import MONTH_RULES
    from bot.language.dates_of_week import WEEK_RULES

    norms = [word.norm for word in words]
    for low, high in taken:
        norms[low:high] = ["@"] * (high - low)
    line = Line(norms, [word.capital for word in words], today)
    rules: tuple[Rule, ...] = (*MONTH_RULES, *WEEK_RULES, read_distance, read_phrase)
    hits: list[Hit] = []
    i = 0
    while i < len(norms):
        hit = None if norms[i] in ("@", ",", ".") else longest(line, i, rules)
        if hit:
            hits.append(hit)
            i = hit.high
        else:
            i += 1
    return hits


def longest(line: Line, i: int, rules: Sequence[Rule]) -> Hit | None:
    found = [hit for rule in rules if (hit := rule(line, i))]
    return max(found, key=lambda hit: (hit.high, not hit.weak), default=None)
