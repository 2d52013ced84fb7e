"""One-off reminders: /remind and 'remind me to ...'."""

import pytest

from tests.chat.conftest import Bot, Chat


@pytest.mark.parametrize(
    "said",
    [
        "remind me to call Dedi next Friday",
        "ingatkan telepon Dedi Jumat depan",
        "/remind call Dedi next Friday",
    ],
)
async def test_a_reminder_is_sent_once_at_the_owners_hour(bot: Bot, said: str) -> None:
    chat = bot.chat()
    await chat.says("/add Dedi Kurniawan, Astra")
    answer = await chat.says(said)
    assert "I will remind you on Friday 20 March at 08:00" in answer.text
    said_before = len(chat.heard())
    bot.clock.to(2026, 3, 20, 7, 59)
    await bot.tick()
    assert len(chat.heard()) == said_before
    bot.clock.to(2026, 3, 20, 8, 1)
    await bot.tick()
    await bot.tick()
    assert len(chat.heard()) == said_before + 1
    assert "Dedi" in chat.last().text
    assert chat.last().labels == ["Done", "Tomorrow", "Next week", "Dedi Kurniawan · Astra"]


async def test_put_off_until_tomorrow_it_comes_again(bot: Bot) -> None:
    chat = bot.chat()
    await chat.says("/remind call the printer tomorrow at 9")
    bot.clock.to(2026, 3, 19, 9, 1)
    await bot.tick()
    assert "I will remind you tomorrow at 08:00" in (await chat.taps("Tomorrow")).text
    heard = len(chat.heard())
    bot.clock.to(2026, 3, 20, 8, 1)
    await bot.tick()
    assert len(chat.heard()) == heard + 1


async def test_remind_lists_what_is_to_come(chat: Chat) -> None:
    assert "nothing to remember" in (await chat.says("/remind")).text
    await chat.says("/remind call the printer tomorrow")
    assert "call the printer" in (await chat.says("/remind")).text
    assert "✓" in (await chat.taps("1 · Done")).text
    assert "nothing to remember" in (await chat.says("/remind")).text


async def test_a_reminder_without_a_day_or_in_the_past_is_asked_about(chat: Chat) -> None:
    assert "When shall I remind you" in (await chat.says("/remind call the printer")).text
    assert "That day is over" in (await chat.says("/remind call the printer on 3 March 2026")).text


async def test_another_owners_reminder_cannot_be_answered(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/remind call the printer tomorrow")
    listed = await ayu.says("/remind")
    data = listed.last.button("1 · Done").callback_data or ""
    await eve.says("/help")
    assert "no longer works" in (await eve.sends(data)).text
    assert "call the printer" in (await ayu.says("/remind")).text


async def test_a_birthday_is_brought_up_on_the_morning_and_again_next_year(bot: Bot) -> None:
    chat = bot.chat()
    await chat.says("/add Ani Wulandari")
    await chat.says("/contact Ani")
    await chat.taps("Edit")
    await chat.taps("Birthday")
    await chat.says("29 February")
    for year in (2027, 2028):
        heard = len(chat.heard())
        bot.clock.to(year, 2, 28 if year == 2027 else 29, 8, 5)
        await bot.tick()
        await bot.tick()
        birthdays = [m for m in chat.heard()[heard:] if "birthday today" in m.text]
        assert len(birthdays) == 1
