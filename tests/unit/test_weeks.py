"""When the weekly message is due, in any zone and on both sides of a change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.usecases.weeks import SPREAD_MINUTES, next_weekly, week_of
from storage.tables import Owner

ZONES = (
    "Asia/Jakarta", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns",
    "America/Havana", "America/Nuuk", "America/Asuncion", "Africa/Cairo", "Africa/Casablanca",
    "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia",
    "Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll", "UTC",
)  # fmt: skip
moments = st.datetimes(datetime(2010, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def owner(zone: str = "Asia/Jakarta", day: int = 0, hour: int = 8, number: int = 10) -> Owner:
    return Owner(
        id=number,
        telegram_id=1,
        chat_id=1,
        timezone=zone,
        weekly_day=day,
        weekly_time=time(hour),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


owners = st.builds(
    owner, st.sampled_from(ZONES), st.integers(0, 6), st.integers(0, 23), st.integers(1, 10**6)
)


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    local = datetime.combine(day, at, tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


@given(owners, moments)
@example(owner("Europe/Berlin", 6, 2), datetime(2026, 3, 28, tzinfo=UTC))
@example(owner("America/Havana", 6, 0), datetime(2026, 3, 7, tzinfo=UTC))
@example(owner("Pacific/Apia", 4, 9), datetime(2011, 12, 29, tzinfo=UTC))
def test_it_is_due_later_on_the_owners_day_a_few_minutes_past_the_hour(
    owner: Owner, after: datetime
) -> None:
    due = next_weekly(owner, after)
    zone = ZoneInfo(owner.timezone)
    local = due.astimezone(zone)
    assert after < due <= after + timedelta(days=8)
    meant = local.date() - timedelta(days=(local.weekday() - owner.weekly_day) % 7)
    if exists(meant, owner.weekly_time, zone):
        assert local.date() == meant
        assert local.hour == owner.weekly_time.hour
        assert local.minute < SPREAD_MINUTES
    else:  # the clocks leap over it, by a day at most
        assert local.date() - meant <= timedelta(days=1)


@given(owners, moments)
def test_no_week_is_left_out_and_none_has_two(owner: Owner, after: datetime) -> None:
    zone = ZoneInfo(owner.timezone)
    weeks = []
    for _ in range(56):
        after = next_weekly(owner, after)
        weeks.append(after.astimezone(zone).date())
    mondays = [day - timedelta(days=day.weekday()) for day in weeks]
    assert mondays == [mondays[0] + timedelta(weeks=number) for number in range(56)]
    assert len({week_of(day) for day in weeks}) == 56


@given(owners, moments, st.floats(0, 0.9999))
def test_asked_again_before_it_is_due_it_is_the_same_moment(
    owner: Owner, after: datetime, share: float
) -> None:
    due = next_weekly(owner, after)
    assert next_weekly(owner, after + (due - after) * share) == due


@given(owners, moments, moments)
def test_later_is_never_due_earlier(owner: Owner, one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert next_weekly(owner, first) <= next_weekly(owner, second)


def test_not_everybody_is_due_in_the_same_minute() -> None:
    now = datetime(2026, 3, 18, tzinfo=UTC)
    minutes = {next_weekly(owner(number=number), now).minute for number in range(1, 101)}
    assert len(minutes) == SPREAD_MINUTES


@pytest.mark.parametrize(
    ("zone", "day", "hour", "after", "due"),
    [
        ("Asia/Jakarta", 0, 8, "2026-03-18T03:30", "2026-03-23T01:00"),
        # Clocks go forward at 02:00: the hour of two does not exist and comes an hour later.
        ("Europe/Berlin", 6, 2, "2026-03-28T12:00", "2026-03-29T01:00"),
        ("America/New_York", 6, 2, "2026-03-07T12:00", "2026-03-08T07:00"),
        # Clocks go back: the hour comes twice, and the first counts.
        ("Europe/Berlin", 6, 2, "2026-10-24T12:00", "2026-10-25T00:00"),
        ("America/New_York", 6, 1, "2026-10-31T12:00", "2026-11-01T05:00"),
        # By half an hour.
        ("Australia/Lord_Howe", 6, 2, "2026-10-03T00:00", "2026-10-03T15:30"),
        # The same hour in summer and in winter.
        ("Europe/London", 0, 8, "2026-03-23T12:00", "2026-03-30T07:00"),
        ("Europe/London", 0, 8, "2026-10-19T12:00", "2026-10-26T08:00"),
    ],
)
def test_the_hour_is_that_of_the_clock_on_the_owners_wall(
    zone: str, day: int, hour: int, after: str, due: str
) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_weekly(owner(zone, day, hour), moment) == datetime.fromisoformat(due).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 3, 18), "2026-W12"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_bears_the_year_of_its_thursday(day: date, week: str) -> None:
    assert week_of(day) == week
