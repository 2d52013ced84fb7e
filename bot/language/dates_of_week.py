"""Weekdays, weeks and weekends in words."""

from datetime import date

from bot.language import calendar
from bot.language.calendar import Days, one
from bot.language.dates import Hit, Line, number_at, vocabulary
from bot.language.lexicon_files import word_set

LAST = frozenset(("last", "previous", "past", "lalu", "kemarin", "silam", "kemarinnya"))
NEXT = word_set("dates_of_week", "next")
THIS = frozenset(("this", "ini"))
WEEKS = frozenset(("week", "minggu", "pekan"))
SHORT_WEEKDAYS = {"mon": 0, "wed": 2, "sat": 5, "sun": 6, "sen": 0, "sel": 1, "kam": 3, "sab": 5}
EVERY = frozenset(("tiap", "setiap", "per", "every", "each", "se"))
SUNDAY_BEFORE = frozenset(("hari", "malam", "besok"))


def weekday_at(line: Line, i: int) -> int | None:
    """The weekday a word names there; 'minggu' and short forms only in a fitting place."""
    word = line.at(i)
    weekdays: dict[str, int] = vocabulary()["weekdays"]
    if word in weekdays:
        return weekdays[word]
    if word == "minggu":
        return 6 if is_sunday(line, i) else None
    if word in SHORT_WEEKDAYS and short_fits(line, i):
        return SHORT_WEEKDAYS[word]
    return None


def is_sunday(line: Line, i: int) -> bool:
    """'minggu' as Sunday, not as week."""
    before, after = line.at(i - 1), line.at(i + 1)
    words = vocabulary()
    if before in SUNDAY_BEFORE or after in words["parts"] or after in ("tanggal", "besok"):
        return True
    if before in words["weekdays"] and after not in ("lalu", "depan", "ini", "kemarin", "yang"):
        return True
    if before in EVERY or before in ("akhir", "awal", "tengah") or number_at(line, i - 1):
        return False
    if after == "kemarin":
        return before not in words["weekdays"]
    return after not in ("lalu", "depan", "ini", "yang", "mendatang", "sekali", "silam", "nya")


def short_fits(line: Line, i: int) -> bool:
    """'sat', 'sun', 'wed' as days: beside a word of time, or last in the message."""
    before, after = line.at(i - 1), line.at(i + 1)
    words = vocabulary()
    if before in ("i", "we", "he", "she", "and", "the", "just", "got"):
        return False
    if after in ("down", "in", "at", "with", "next", "on", "through", "beside") and word_sat(
        line, i
    ):
        return False
    if after == "next" and line.at(i + 2) == "to":
        return False
    beside = before in ("on", "last", "this", "next", "hari", "by", "until", "besok", "malam")
    follows = after in words["parts"] or after in LAST or after in NEXT or after == "week"
    return beside or follows or after in ("", ",", ".", "?") or (i == 0 and line.capitals[0])


def word_sat(line: Line, i: int) -> bool:
    return line.at(i) == "sat"


def read_weekday(line: Line, i: int) -> Hit | None:
    """'last Tuesday', 'Selasa minggu lalu', 'malam minggu', 'jumat depan', 'Senin tgl 16'."""
    low = i
    mark = ""
    eve = False
    while line.at(i) in LAST | NEXT | THIS | {"hari", "malam", "on", "pada"} and i - low < 4:
        eve = line.at(i) == "malam"
        if line.at(i) not in ("hari", "malam", "on", "pada"):
            mark = "last" if line.at(i) == "past" else line.at(i)
        i += 1
    weekday = weekday_at(line, i)
    if weekday is None or (low > 0 and line.at(low - 1) in EVERY):
        return None
    if line.at(low) == "nanti" and low + 1 == i:
        mark = "nanti"
    number = (weekday - 1) % 7 if eve else weekday
    return weekday_hit(line, low, i + 1, number, mark)


def weekday_hit(line: Line, low: int, end: int, weekday: int, mark: str) -> Hit:
    """Reads on after the weekday: part of the day, 'lalu', 'minggu lalu', a date."""
    end, mark, weeks = read_after(line, end, mark)
    today = line.today
    exact = exact_after(line, end)
    if exact:
        return Hit(low, exact.high, exact.past, exact.future)
    if weeks is not None:
        monday = calendar.week_of(calendar.shift(today, 7 * weeks))[0]
        that = one(calendar.shift(monday, weekday))
        return Hit(low, end, that if that.best <= today else None, that if weeks >= 0 else None)
    before, after = calendar.weekday_before(today, weekday), calendar.weekday_after(today, weekday)
    if mark in LAST:
        return Hit(low, end, one(before), None)
    if mark in NEXT:
        return Hit(low, end, None, Days(after, after, calendar.shift(after, 7)))
    if mark in THIS:
        day = calendar.shift(calendar.week_of(today)[0], weekday)
        past, ahead = one(day) if day <= today else None, one(day) if day >= today else None
        return Hit(low, end, past, ahead)
    return Hit(low, end, one(before), one(after))


def read_after(line: Line, end: int, mark: str) -> tuple[int, str, int | None]:
    """(end, mark, weeks from this one) after the words that follow a weekday."""
    parts = vocabulary()["parts"]
    weeks: int | None = None
    for _ in range(4):
        word = line.at(end)
        if word in parts:
            end += 1
            continue
        found = week_at(line, end)
        if found:
            weeks, end = found
            continue
        step = 1 if word == "yang" and line.at(end + 1) in LAST else 0
        if line.at(end + step) in LAST | NEXT | THIS and line.at(end + step) not in (
            "this",
            "past",
        ):
            following = line.at(end + step + 1)
            if line.at(end + step) in ("last", "next", "previous") and following not in ("", ","):
                break
            mark = line.at(end + step)
            end += step + 1
            continue
        break
    return end, mark, weeks


def week_at(line: Line, i: int) -> tuple[int, int] | None:
    """Weeks from this one, and where that ends: 'minggu lalu' (-1), 'two weeks ago' (-2)."""
    i += line.at(i) in ("of", "di", "pada", ",")
    first, second = line.at(i), line.at(i + 1)
    if first in WEEKS:
        step = 2 if second == "yang" else 1
        mark = line.at(i + step)
        if mark in ("lalu", "silam", "kemarin"):
            return -1, i + step + 1
        if second in ("depan", "mendatang"):
            return 1, i + 2
        if second == "ini":
            return 0, i + 2
    if second == "week" and first in ("last", "previous", "this", "next"):
        return {"last": -1, "previous": -1, "this": 0, "next": 1}[first], i + 2
    if first == "the" and line.at(i + 1) == "week" and line.at(i + 2) == "before":
        return -2, i + (4 if line.at(i + 3) == "last" else 3)
    number = number_at(line, i)
    if number and line.at(number[1]) in (*WEEKS, "weeks"):
        after = number[1] + 1 + (line.at(number[1] + 1) == "yang")
        if line.at(after) in ("lalu", "ago", "silam", "back"):
            return -int(number[0]), after + 1
    return None


def exact_after(line: Line, end: int) -> Hit | None:
    """The date that follows a weekday: 'Monday [16 March]', 'Senin [tgl 16]'."""
    from bot.language.dates_of_month import MONTH_RULES

    end += line.at(end) in (",", "(")
    found = [hit for rule in MONTH_RULES if (hit := rule(line, end))]
    exact = [hit for hit in found if hit.past is None or hit.past.first == hit.past.last]
    return max(exact, key=lambda hit: hit.high, default=None)


def read_week(line: Line, i: int) -> Hit | None:
    """'last week', 'minggu depan', 'earlier this week', 'the week before last', then a weekday."""
    if line.at(i) in ("the", "of", "di", "pada", ",") and line.at(i + 1) != "week":
        return None
    found = week_at(line, i)
    if not found or number_at(line, i):
        return None
    weeks, end = found
    step = end + (line.at(end) in ("on", "hari", ",", "pada"))
    if line.at(step) == "hari":
        step += 1
    weekday = weekday_at(line, step)
    if weekday is not None and line.at(step + 1) not in (*LAST, *NEXT):
        hit = weekday_hit(line, i, step + 1, weekday, "")
        monday = calendar.week_of(calendar.shift(line.today, 7 * weeks))[0]
        that = one(calendar.shift(monday, weekday))
        return Hit(i, hit.high, that if weeks <= 0 else None, that if weeks >= 0 else None)
    day = calendar.shift(line.today, 7 * weeks)
    first, last = calendar.week_of(day)
    if weeks == 0:
        return this_week(line.today, first, last, (i, end))
    days = Days(day, first, last)
    return Hit(i, end, days if weeks < 0 else None, days if weeks > 0 else None)


def this_week(today: date, first: date, last: date, at: tuple[int, int]) -> Hit:
    past = Days(max(first, calendar.shift(today, -1)), first, today)
    friday = max(today, calendar.shift(first, 4))
    return Hit(*at, past, Days(friday, today, last))


def read_weekend(line: Line, i: int) -> Hit | None:
    """'last weekend', 'weekend kemarin', 'akhir pekan depan', 'this weekend'."""
    low, mark = i, ""
    if line.at(i) in LAST | NEXT | THIS | {"the", "over"}:
        mark = line.at(i)
        i += 1
        if line.at(i) in LAST | NEXT | THIS:
            mark = line.at(i)
            i += 1
    if line.at(i) == "weekend":
        i += 1
    elif line.at(i) == "akhir" and line.at(i + 1) in ("pekan", "minggu"):
        i += 2
    else:
        return None
    step = i + (line.at(i) == "yang")
    if line.at(step) in LAST | NEXT | {"ini"}:
        mark = line.at(step)
        i = step + 1
    saturday = calendar.weekday_before(line.today, 5)
    coming = calendar.shift(saturday, 7)
    past = Days(saturday, saturday, calendar.shift(saturday, 1))
    extra = 7 if mark in NEXT else 0
    future = Days(coming, coming, calendar.shift(coming, 1 + extra))
    return Hit(low, i, None if mark in NEXT else past, None if mark in LAST else future)


def read_short_ago(line: Line, i: int) -> Hit | None:
    """'the other day', 'tempo hari', 'kapan hari', 'beberapa waktu lalu': the days before."""
    two = (line.at(i), line.at(i + 1))
    three = (*two, line.at(i + 2))
    if three == ("the", "other", "day"):
        end = i + 3
    elif two in (("tempo", "hari"), ("kapan", "hari"), ("other", "day")):
        end = i + 2
    elif three == ("beberapa", "waktu", "lalu") or three == ("belum", "lama", "ini"):
        end = i + 3
    else:
        return None
    back = [calendar.shift(line.today, -days) for days in (2, 7, 1)]
    return Hit(i, end, Days(*back), None)


WEEK_RULES = (read_weekday, read_week, read_weekend, read_short_ago)
