"""Days of a month, months and their parts in words and figures."""

from datetime import date

from bot.language import calendar
from bot.language.calendar import Days, one
from bot.language.dates import Hit, Line, vocabulary
from bot.language.lexicon_files import word_set

ORDINALS = frozenset(("st", "nd", "rd", "th"))
SHORT_MONTHS = word_set("dates_of_month", "short_months")
NO_DAY_AFTER = word_set("dates_of_month", "no_day_after")
IN_MONTH = word_set("dates_of_month", "in_month")
BEGIN = frozenset(("awal", "early", "beginning", "start"))
MIDDLE = frozenset(("pertengahan", "tengah", "mid", "middle"))
END = frozenset(("akhir", "late", "end", "penghujung"))


def day_number(word: str) -> int | None:
    """1..31 from '5' or the first of '5-7'."""
    head = word.split("-")[0] if word[:1].isdecimal() else ""
    return int(head) if head.isdecimal() and len(head) <= 2 and 1 <= int(head) <= 31 else None


def month_at(line: Line, i: int) -> int | None:
    months: dict[str, int] = vocabulary()["months"]
    return months.get(line.at(i))


def year_at(line: Line, i: int) -> tuple[int | None, int]:
    """A year of four figures there, and where it ends."""
    i += line.at(i) == "," and line.at(i + 1).isdecimal() and len(line.at(i + 1)) == 4
    word = line.at(i)
    if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2200:
        return int(word), i + 1
    return None, i


def both(line: Line, low: int, high: int, month: int, day: int, year: int | None) -> Hit | None:
    """The hit of a day and month, in the year told or the nearest before and after today."""
    if year is not None:
        exact = calendar.dated(year, month, day)
        if exact is None:
            return None
        return Hit(
            low,
            high,
            one(exact) if exact <= line.today else None,
            one(exact) if exact >= line.today else None,
        )
    past = calendar.yearly_before(line.today, month, day)
    future = calendar.yearly_after(line.today, month, day)
    if past is None or future is None:
        return None
    return Hit(low, high, one(past), one(future))


def read_day_month(line: Line, i: int) -> Hit | None:
    """'6 March', 'the 5th of March 2026', 'tgl 5 Februari', 'March 5th', 'Feb 3'."""
    low = i
    while line.at(i) in ("on", "the", "tanggal", "pada") and i - low < 3:
        i += 1
    day = day_number(line.at(i))
    if day:
        end = i + 1 + (line.at(i + 1) in ORDINALS)
        end += line.at(end) in ("of", "bulan")
        month = month_at(line, end)
        if month:
            year, end = year_at(line, end + 1)
            return closed(line, both(line, low, end, month, day, year))
    month = month_at(line, i)
    after = i + 1 + (line.at(i + 1) in ("the", "tanggal"))
    day = day_number(line.at(after)) if month else None
    if month and day and line.at(after + 1) not in (":", "am", "pm", "people", "orang"):
        end = after + 1 + (line.at(after + 1) in ORDINALS)
        year, end = year_at(line, end)
        return closed(line, both(line, low, end, month, day, year))
    return None


def closed(line: Line, hit: Hit | None) -> Hit | None:
    """Takes in 'kemarin', 'lalu' or 'nanti' after a date: they fix its side."""
    if hit is None:
        return None
    if line.at(hit.high) in ("kemarin", "lalu"):
        return Hit(hit.low, hit.high + 1, hit.past, None)
    if line.at(hit.high) in ("nanti", "mendatang", "depan"):
        return Hit(hit.low, hit.high + 1, None, hit.future)
    return hit


def read_day(line: Line, i: int) -> Hit | None:
    """'tgl 3', 'tanggal 28 kemarin', 'the 5th', 'on the 12th of last month', 'tgl 5 bulan lalu'."""
    low = i
    while line.at(i) in ("on", "the", "tanggal", "pada", "by") and i - low < 3:
        i += 1
    day = day_number(line.at(i))
    if not day:
        return None
    ordinal = line.at(i + 1) in ORDINALS
    if line.at(i - 1) == "tanggal":
        end = i + 1
    elif ordinal and i > low and line.at(i - 1) in ("the", "on"):
        end = i + 2
    else:
        return None
    if ordinal and line.at(end) in NO_DAY_AFTER:
        return None
    return in_told_month(line, low, end, day)


def in_told_month(line: Line, low: int, end: int, day: int) -> Hit | None:
    """The day in 'bulan lalu', 'last month', 'bulan ini', 'next month', or open to both sides."""
    step = end + (line.at(end) in ("of", ",", "di"))
    two = (line.at(step), line.at(step + 1))
    if two == ("bulan", "yang"):
        two, step = ("bulan", line.at(step + 2)), step + 1
    months = {
        ("bulan", "lalu"): -1, ("bulan", "kemarin"): -1, ("last", "month"): -1,
        ("bulan", "ini"): 0, ("this", "month"): 0,
        ("bulan", "depan"): 1, ("next", "month"): 1,
    }.get(two)  # fmt: skip
    if months is not None:
        month = calendar.shift_months(line.today.replace(day=1), months)
        exact = calendar.dated(month.year, month.month, day)
        return Hit(low, step + 2, *sides(line.today, exact)) if exact else None
    past = calendar.day_of_month_before(line.today, day)
    future = calendar.day_of_month_after(line.today, day)
    if past is None or future is None:
        return None
    return closed(line, Hit(low, end, one(past), one(future)))


def sides(today: date, day: date) -> tuple[Days | None, Days | None]:
    return (one(day) if day <= today else None, one(day) if day >= today else None)


def read_figures(line: Line, i: int) -> Hit | None:
    """'14/3', '14/3/2026', '14-03-2026', '2026-03-14', and '14.3' or '14-3' after 'tgl'."""
    low = i
    while line.at(i) in ("on", "the", "tanggal", "pada") and i - low < 3:
        i += 1
    word = line.at(i)
    if not word[:1].isdecimal():
        return None
    for joint in "/-.":
        parts = word.split(joint)
        if len(parts) in (2, 3) and all(part.isdecimal() and len(part) <= 4 for part in parts):
            break
    else:
        return None
    if len(parts) == 2 and joint != "/" and line.at(i - 1) != "tanggal":
        return None
    if len(parts) == 2 and (line.at(i + 1) in vocabulary()["units"] or word in ("24/7", "50/50")):
        return None
    return figures_hit(line, low, i + 1, [int(part) for part in parts])


def figures_hit(line: Line, low: int, end: int, parts: list[int]) -> Hit | None:
    year: int | None = None
    if len(parts) == 3:
        if parts[0] > 31:
            parts.reverse()
        year = parts[2] + (2000 if parts[2] < 100 else 0)
    if not 1 <= parts[1] <= 12 or not 1 <= parts[0] <= 31 or year == 0:
        return None
    return closed(line, both(line, low, end, parts[1], parts[0], year))


def read_month_part(line: Line, i: int) -> Hit | None:
    """'awal bulan', 'akhir bulan lalu', 'early March', 'the end of the month', 'mid February'."""
    low = i
    i += line.at(i) in ("the", "at")
    i += line.at(i) == "the"
    word = line.at(i)
    part = BEGIN if word in BEGIN else MIDDLE if word in MIDDLE else END if word in END else None
    if part is None:
        return None
    end = i + 1 + (line.at(i + 1) in ("of", "in", "-"))
    end += line.at(end) == "the"
    months, end = months_told(line, end)
    if not months:
        return year_part(line, low, end, part)
    past, future = months
    cuts = {BEGIN: (1, 10), MIDDLE: (11, 20), END: (21, 31)}[part]
    return Hit(low, end, cut_month(past, cuts), cut_month(future, cuts))


def year_part(line: Line, low: int, end: int, part: frozenset[str]) -> Hit | None:
    """'awal tahun', 'end of last year', 'early this year'."""
    before = line.at(end) in ("last", "this", "next")
    mark = line.at(end) if before else line.at(end + 1)
    if line.at(end + before) not in ("tahun", "year"):
        return None
    after = end + 2 if before or mark in ("ini", "lalu", "depan", "kemarin") else end + 1
    back = mark in ("last", "lalu", "kemarin") or (part is END and mark not in ("this", "ini"))
    year = line.today.year + (mark in ("next", "depan")) - back
    month = {BEGIN: 1, MIDDLE: 6, END: 12}[part]
    first = date(year, month, 1)
    days = Days(first, first, calendar.month_of(first)[1])
    return Hit(low, after, days if first <= line.today else None, days)


def cut_month(month: date | None, cuts: tuple[int, int]) -> Days | None:
    if month is None:
        return None
    first, last = calendar.month_of(month)
    low = first.replace(day=cuts[0])
    high = min(last, calendar.shift(first, cuts[1] - 1))
    best = {1: 2, 11: 15, 21: 28}[cuts[0]]
    return Days(first.replace(day=best), low, high)


def months_told(line: Line, i: int) -> tuple[tuple[date | None, date | None] | None, int]:
    """First days of the month meant, past and future: 'bulan lalu', 'this month', 'Maret'."""
    this = line.today.replace(day=1)
    two = (line.at(i), line.at(i + 1))
    if two in (("last", "month"), ("bulan", "lalu"), ("bulan", "kemarin")):
        return (calendar.shift_months(this, -1), None), i + 2
    if two in (("next", "month"), ("bulan", "depan")):
        return (None, calendar.shift_months(this, 1)), i + 2
    if two in (("this", "month"), ("bulan", "ini")):
        return (this, this), i + 2
    if two[0] in ("month", "bulan") and month_at(line, i + 1) is None:
        return (this, this), i + 1
    i += two[0] == "bulan"
    month = month_at(line, i)
    if month is None:
        return None, i
    year, end = year_at(line, i + 1)
    if year:
        exact = date(year, month, 1)
        return (exact if exact <= this else None, exact if exact >= this else None), end
    past = calendar.yearly_before(line.today, month, 1)
    future = this if month == this.month else calendar.yearly_after(line.today, month, 1)
    return (past, future), end


def read_month(line: Line, i: int) -> Hit | None:
    """'last month', 'bulan lalu', 'in February', 'bulan Maret', 'last year', 'next month'."""
    low = i
    if line.at(i) in ("last", "next", "this") and line.at(i + 1) == "year":
        return year_hit(line, low, i + 2, line.at(i))
    if line.at(i) == "tahun" and line.at(i + 1) in ("lalu", "depan", "kemarin"):
        return year_hit(line, low, i + 2, line.at(i + 1))
    told = line.at(i) in IN_MONTH
    if line.at(i) in ("in", "since", "during", "of") or (
        line.at(i) == "last" and month_at(line, i + 1)
    ):
        i += 1
    if month_at(line, i) and not told:
        return None
    if line.at(i) == "month" or (line.at(i) == "bulan" and not bulan_fits(line, i)):
        return None
    months, end = months_told(line, i)
    if not months:
        return None
    return Hit(low, end, whole_month(line, months[0], -1), whole_month(line, months[1], 1))


def bulan_fits(line: Line, i: int) -> bool:
    return month_at(line, i + 1) is not None or line.at(i + 1) in (
        "lalu", "kemarin", "depan", "ini",
    )  # fmt: skip


def whole_month(line: Line, month: date | None, sign: int) -> Days | None:
    """The month's days on the told side of today, best at today's day of the month."""
    if month is None:
        return None
    first, last = calendar.month_of(month)
    if (first.year, first.month) == (line.today.year, line.today.month):
        return Days(line.today, first, line.today) if sign < 0 else Days(last, line.today, last)
    best = first.replace(day=min(line.today.day, last.day))
    return Days(best, first, last)


def year_hit(line: Line, low: int, end: int, mark: str) -> Hit:
    if mark == "this":
        return Hit(low, end, None, None, weak=True)
    sign = 1 if mark in ("next", "depan") else -1
    day = calendar.shift_months(line.today, 12 * sign)
    days = Days(day, day.replace(month=1, day=1), day.replace(month=12, day=31))
    return Hit(low, end, days if sign < 0 else None, days if sign > 0 else None)


MONTH_RULES = (read_day_month, read_figures, read_day, read_month_part, read_month)
