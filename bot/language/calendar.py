"""Days counted from a day: arithmetic only, no words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """The best day, and the first and last that were possible."""

    best: date
    first: date
    last: date


def one(day: date) -> Days:
    return Days(day, day, day)


def shift(today: date, days: int) -> date:
    """Days later (earlier below zero), held within the calendar."""
    ordinal = min(max(today.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = shift(day, -day.weekday())
    return monday, shift(monday, 6)


def month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def shift_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    count = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def dated(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday_before(today: date, weekday: int) -> date:
    """The latest such weekday before today."""
    return shift(today, -((today.weekday() - weekday - 1) % 7 + 1))


def weekday_after(today: date, weekday: int) -> date:
    return shift(today, (weekday - today.weekday() - 1) % 7 + 1)


def day_of_month_before(today: date, number: int) -> date | None:
    """The latest such day of a month, today included."""
    return next(filter(None, (_in_month(today, -back, number, today) for back in range(13))), None)


def day_of_month_after(today: date, number: int) -> date | None:
    for ahead in range(13):
        day = _in_month(today, ahead, number, None)
        if day and day >= today:
            return day
    return None


def _in_month(today: date, months: int, number: int, latest: date | None) -> date | None:
    month = shift_months(today.replace(day=1), months)
    day = dated(month.year, month.month, number)
    return day if day and (latest is None or day <= latest) else None


def yearly_before(today: date, month: int, number: int) -> date | None:
    """The latest such day and month, today included; leap days look back eight years."""
    days = (dated(today.year - back, month, number) for back in range(9))
    return next((day for day in days if day and day <= today), None)


def yearly_after(today: date, month: int, number: int) -> date | None:
    days = (dated(today.year + ahead, month, number) for ahead in range(9))
    return next((day for day in days if day and day >= today), None)


def span_around(first: date, last: date, best: date | None = None) -> Days:
    middle = first + timedelta(days=(last - first).days // 2)
    return Days(best or middle, first, last)
