"""The owner's weeks: when the weekly message is due, and which week a day belongs to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.tables import Owner

SPREAD_MINUTES = 10  # so that not everybody's message goes out in the same second


def week_of(day: date) -> str:
    """The ISO week of a local day, such as 2026-W12."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def next_weekly(owner: Owner, after: datetime) -> datetime:
    """The first moment after `after` at the owner's weekday and hour, in UTC.

    A few minutes past the hour, always the same for one owner. An hour that does not exist on the
    day the clocks go forward comes as much later; of an hour that comes twice the first counts.
    """
    zone = ZoneInfo(owner.timezone)
    spread = timedelta(minutes=(owner.id or 0) * 7 % SPREAD_MINUTES)
    day = after.astimezone(zone).date()
    day += timedelta(days=(owner.weekly_day - day.weekday()) % 7)
    while True:
        local = datetime.combine(day, owner.weekly_time, tzinfo=zone)
        due = local.astimezone(UTC) + spread
        if due > after:
            return due
        day += timedelta(days=7)
