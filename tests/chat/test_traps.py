"""What reminders and digests elsewhere get wrong, and the weekly message must not."""

from datetime import date, timedelta

from tests.chat.conftest import Bot, Chat


async def met_every_nine_days(chat: Chat, name: str = "Budi Santoso") -> None:
    """Met every 9 days until 31 days ago."""
    await chat.says(f"/add {name}, Bappenas")
    for back in range(4, -1, -1):
        day = date(2026, 2, 15) - timedelta(days=9 * back)
        await chat.says(f"/log {name}: coffee {day:%d/%m/%Y}")


async def monday(bot: Bot, *day: int) -> list[str]:
    """The texts that come on a Monday morning, unasked."""
    chat = bot.chat()
    before = len(chat.heard())
    bot.clock.to(2026, *day, 8, 15)
    await bot.tick()
    return [message.text for message in chat.heard()[before:]]


async def test_who_was_talked_to_and_logged_is_not_brought_up(bot: Bot) -> None:
    chat = bot.chat()
    await met_every_nine_days(chat)
    await chat.says("/log Budi: call today")
    assert not any("Budi" in text for text in await monday(bot, 3, 23))


async def test_somebody_never_talked_to_comes_up(bot: Bot) -> None:
    await bot.chat().says("/add Citra Halim, Astra")
    assert any("Citra Halim" in text for text in await monday(bot, 3, 23))


async def test_an_old_meeting_logged_late_does_not_dismiss_who_is_fading(bot: Bot) -> None:
    chat = bot.chat()
    await met_every_nine_days(chat)
    await chat.says("/log Budi: coffee 06/02/2026")
    assert any("it has been 36" in text for text in await monday(bot, 3, 23))


async def test_a_message_composed_anew_keeps_a_snooze(bot: Bot) -> None:
    chat = bot.chat()
    await met_every_nine_days(chat)
    await chat.says("/digest")
    await chat.taps("Snooze")
    await chat.taps("1 month")
    for day in ((3, 23), (3, 30)):
        await chat.says("/digest")
        assert not any("Budi" in text for text in await monday(bot, *day))


async def test_weeks_do_not_overlap_so_sundays_line_is_not_mondays_too(bot: Bot) -> None:
    chat = bot.chat()
    await met_every_nine_days(chat)
    bot.clock.to(2026, 3, 22, 20, 0)
    assert "Budi" in (await chat.says("/digest")).text
    assert not any("Budi" in text for text in await monday(bot, 3, 23))


async def test_nothing_is_lost_where_a_message_cannot_be_delivered(bot: Bot) -> None:
    chat = bot.chat()
    await met_every_nine_days(chat)
    await chat.says("/remind call the printer on 24 March 2026")
    bot.telegram.block(chat.user_id)
    assert await monday(bot, 3, 23) == []
    bot.telegram.unblock(chat.user_id)
    bot.clock.to(2026, 3, 23, 18, 0)
    assert "Budi Santoso" in (await chat.says("/contact Budi")).text
    assert "call the printer" in (await chat.says("/remind")).text
    assert "Budi Santoso" in (await chat.says("/fading")).text


async def test_a_reminder_that_was_sent_is_not_yet_done(bot: Bot) -> None:
    chat = bot.chat()
    await chat.says("/remind call the printer tomorrow at 9")
    bot.clock.to(2026, 3, 19, 9, 1)
    await bot.tick()
    assert "call the printer" in (await chat.says("/remind")).text
    await chat.taps("1 · Done")
    assert "call the printer" not in (await chat.says("/remind")).text
