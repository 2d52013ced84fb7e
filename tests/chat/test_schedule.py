"""The clock's work: the weekly message in the right week, once, whatever the clock does."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.playground import LocalTelegram
from bot.schedule import TICK_SECONDS
from storage.tables import Owner
from tests.chat.conftest import JAKARTA, Bot, Chat, Clock, running

BERLIN = ZoneInfo("Europe/Berlin")


async def talkative(bot: Bot, user_id: int = 101) -> Chat:
    """A chat that gets at least one line every week."""
    chat = bot.chat(user_id)
    await chat.says("/settings")
    await chat.taps("One line even when there is nothing")
    return chat


def weeks(bot: Bot) -> list[str]:
    """The weeks for which a message was queued, of any owner."""
    with bot.app.database.read() as session:
        query = "SELECT once FROM outgoing WHERE once LIKE 'weekly:%' ORDER BY owner_id, id"
        return [once.removeprefix("weekly:") for (once,) in session.execute(text(query))]


async def tick_at(bot: Bot, *when: int, zone: ZoneInfo = JAKARTA) -> int:
    """Set the clock and tick; how many messages came."""
    before = len(bot.telegram.sent("sendMessage"))
    bot.clock.to(*when, zone=zone)
    await bot.tick()
    return len(bot.telegram.sent("sendMessage")) - before


async def test_it_comes_once_a_week_and_not_before_its_hour(bot: Bot) -> None:
    await talkative(bot)
    assert await tick_at(bot, 2026, 3, 23, 7, 59) == 0
    assert await tick_at(bot, 2026, 3, 23, 8, 10) == 1
    for hour in range(9, 24):
        assert await tick_at(bot, 2026, 3, 23, hour) == 0
    assert await tick_at(bot, 2026, 3, 30, 8, 10) == 1
    assert weeks(bot) == ["2026-W13", "2026-W14"]


@pytest.mark.parametrize(
    ("back_at", "came"),
    [
        ((2026, 3, 23, 9, 0), 1),
        ((2026, 3, 24, 9, 0), 1),  # a day late: caught up
        ((2026, 3, 25, 8, 0), 1),  # not quite two days
        ((2026, 3, 25, 9, 0), 0),  # more than two: it waits for the next week
        ((2026, 3, 29, 23, 0), 0),
    ],
)
async def test_what_was_missed_while_down_is_caught_up_once(
    telegram: LocalTelegram, url: str, clock: Clock, tmp_path: Path,
    back_at: tuple[int, ...], came: int,
) -> None:  # fmt: skip
    path = tmp_path / "test.db"
    async with running(telegram, url, path, clock) as bot:
        await talkative(bot)
    clock.to(*back_at)
    async with running(telegram, url, path, clock) as bot:
        assert await tick_at(bot, *back_at) == came
        assert await tick_at(bot, *back_at) == 0
        assert await tick_at(bot, 2026, 3, 30, 8, 10) == 1
        assert weeks(bot) == ["2026-W13", "2026-W14"][1 - came :]


async def test_several_weeks_down_bring_one_message_and_no_burst(bot: Bot) -> None:
    await talkative(bot)
    assert await tick_at(bot, 2026, 4, 14, 7, 0) == 1  # Monday's, a day late
    assert await tick_at(bot, 2026, 4, 14, 8, 10) == 0
    assert weeks(bot) == ["2026-W16"]


async def test_a_clock_that_jumps_back_and_forth_doubles_nothing(bot: Bot) -> None:
    await talkative(bot)
    came = 0
    for day in (23, 22, 23, 24, 16, 23, 30, 23, 30, 29, 30):
        came += await tick_at(bot, 2026, 3, day, 8, 30)
    assert came == 2
    assert weeks(bot) == ["2026-W13", "2026-W14"]


async def test_changing_settings_on_a_clock_set_back_doubles_nothing(bot: Bot) -> None:
    chat = await talkative(bot)
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 1
    bot.clock.to(2026, 3, 22, 12, 0)
    await chat.says("/stop")
    await chat.says("/start")
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 0
    assert await tick_at(bot, 2026, 3, 30, 8, 30) == 1


@pytest.mark.parametrize("week", ["2026-W13", "2026-W43"])
async def test_in_weeks_the_clocks_change_it_comes_at_the_hour_on_the_wall(
    bot: Bot, week: str
) -> None:
    monday = datetime.fromisocalendar(2026, int(week[-2:]), 1)
    bot.clock.now = (monday - timedelta(days=3)).replace(tzinfo=UTC)
    chat = await talkative(bot)
    await set_zone(bot, chat, BERLIN)
    for _ in range(3):
        day = (monday.year, monday.month, monday.day)
        assert await tick_at(bot, *day, 7, 59, zone=BERLIN) == 0
        assert await tick_at(bot, *day, 8, 10, zone=BERLIN) == 1
        monday += timedelta(weeks=1)
        await chat.says("/help")  # who is heard of is not asked whether to go on


async def set_zone(bot: Bot, chat: Chat, zone: ZoneInfo) -> None:
    await chat.sends(f"set:timezone:{zone.key}")
    with bot.app.database.read() as session:
        assert session.execute(text("SELECT timezone FROM owner")).scalar() == zone.key


async def test_whoever_moves_to_another_zone_gets_it_at_the_hour_there(bot: Bot) -> None:
    chat = await talkative(bot)
    bot.clock.to(2026, 3, 22, 20, 0)
    await set_zone(bot, chat, BERLIN)
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 0  # half past two in Berlin
    assert await tick_at(bot, 2026, 3, 23, 8, 10, zone=BERLIN) == 1
    assert weeks(bot) == ["2026-W13"]


async def test_whoever_moves_after_it_came_gets_no_second_one_that_week(bot: Bot) -> None:
    chat = await talkative(bot)
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 1
    await set_zone(bot, chat, ZoneInfo("America/New_York"))
    for day in range(23, 30):
        assert await tick_at(bot, 2026, 3, day, 23, 0) == 0
    assert await tick_at(bot, 2026, 3, 30, 8, 10, zone=ZoneInfo("America/New_York")) == 1


async def test_another_day_of_the_week_brings_no_second_one_that_week(bot: Bot) -> None:
    chat = await talkative(bot)
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 1
    await chat.sends("set:day:3")
    assert await tick_at(bot, 2026, 3, 26, 8, 30) == 0
    assert await tick_at(bot, 2026, 4, 2, 8, 30) == 1
    assert weeks(bot) == ["2026-W13", "2026-W14"]


async def test_whoever_paused_gets_none_and_no_burst_afterwards(bot: Bot) -> None:
    chat = await talkative(bot)
    await chat.says("/stop")
    for day in (23, 30):
        assert await tick_at(bot, 2026, 3, day, 8, 30) == 0
    bot.clock.to(2026, 4, 1, 8, 30)
    await chat.says("/start")
    assert await tick_at(bot, 2026, 4, 1, 8, 31) == 0
    assert await tick_at(bot, 2026, 4, 6, 8, 30) == 1


async def test_whoever_blocked_the_bot_gets_none_and_no_burst_afterwards(bot: Bot) -> None:
    await talkative(bot)
    bot.telegram.block(101)
    await bot.settled()
    calls = len(bot.telegram.calls("sendMessage"))
    for day in (23, 30):
        assert await tick_at(bot, 2026, 3, day, 8, 30) == 0
    assert len(bot.telegram.calls("sendMessage")) == calls  # not even tried
    bot.clock.to(2026, 4, 1, 8, 30)
    bot.telegram.unblock(101)
    await bot.settled()
    assert await tick_at(bot, 2026, 4, 1, 8, 31) == 0
    assert await tick_at(bot, 2026, 4, 6, 8, 30) == 1


async def test_an_owner_whose_block_was_only_seen_when_sending_is_left_alone(bot: Bot) -> None:
    chat = await talkative(bot)
    bot.telegram.updates._allowed = {"message"}  # the word that they blocked us is lost
    bot.telegram.block(101)
    bot.telegram.say(101, "/help")
    await bot.settled()
    calls = len(bot.telegram.calls("sendMessage"))
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 0
    assert len(bot.telegram.calls("sendMessage")) == calls
    assert chat.heard()


async def test_what_comes_up_at_night_waits_for_the_morning_also_across_a_restart(
    telegram: LocalTelegram, url: str, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "test.db"
    async with running(telegram, url, path, clock) as bot:
        await talkative(bot)
        assert await tick_at(bot, 2026, 3, 23, 23, 0) == 0  # it had stood still since morning
        assert weeks(bot) == ["2026-W13"]
    async with running(telegram, url, path, clock) as bot:
        assert await tick_at(bot, 2026, 3, 24, 5, 59) == 0
        assert await tick_at(bot, 2026, 3, 24, 6, 1) == 1
        assert await tick_at(bot, 2026, 3, 24, 6, 2) == 0
        assert weeks(bot) == ["2026-W13"]


async def test_one_owner_whose_message_cannot_be_made_holds_up_nobody_elses(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    for user in (1, 2, 3):
        await talkative(bot, user)
    with bot.app.database.write() as session:
        session.execute(text("UPDATE owner SET timezone = 'Mars/Base' WHERE telegram_id = 1"))
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 2
    assert await tick_at(bot, 2026, 3, 23, 8, 31) == 0
    failed = [each for each in caplog.records if each.getMessage() == "not_queued"]
    assert len(failed) == 1  # it rests a while before it is tried again
    assert failed[0].levelno == logging.ERROR


async def test_many_who_are_due_at_once_all_get_theirs(bot: Bot) -> None:
    async with many(bot, 250):
        assert await tick_at(bot, 2026, 3, 23, 9, 0) == 250
        assert await tick_at(bot, 2026, 3, 23, 9, 1) == 0


@asynccontextmanager
async def many(bot: Bot, count: int) -> AsyncIterator[None]:
    with bot.app.database.write() as session:
        for number in range(1, count + 1):
            bot.telegram.add_user(number)
            session.add(
                Owner(
                    telegram_id=number, chat_id=number, timezone="Asia/Jakarta", quiet_line=True,
                    weekly_due_at=datetime(2026, 3, 23, 1, tzinfo=UTC), created_at=bot.clock(),
                    active_on=bot.clock().date(),
                )
            )  # fmt: skip
    yield


async def test_the_names_of_what_was_sent_are_dropped_when_nothing_is_called_that_any_more(
    bot: Bot,
) -> None:
    await talkative(bot)
    assert await tick_at(bot, 2026, 3, 23, 8, 30) == 1
    for days, left in ((30, ["2026-W13"]), (31, [])):
        bot.clock.on(days=days)
        await bot.app.outbox.prune()
        assert weeks(bot) == left


async def test_the_ticking_goes_on_when_the_systems_clock_is_set_back(bot: Bot) -> None:
    while bot.app.schedule._scheduler is None:
        await asyncio.sleep(0.05)
    (job,) = bot.app.schedule._scheduler.get_jobs()
    job.modify(next_run_time=datetime.now(UTC) + timedelta(days=1))  # as planned before
    bot.app.schedule.keep_ticking()
    (job,) = bot.app.schedule._scheduler.get_jobs()
    assert job.next_run_time <= datetime.now(UTC) + timedelta(seconds=TICK_SECONDS)
