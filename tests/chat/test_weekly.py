"""/fading, /digest and the weekly message."""

from datetime import date, timedelta

from tests.chat.conftest import Bot, Chat

DAYS = [date(2026, 2, 15) - timedelta(days=9 * n) for n in range(6)]  # 31 days before today


async def log_regularly(chat: Chat, name: str = "Budi", organisation: str = "Bappenas") -> None:
    """A tie met every 9 days, the last time 31 days ago."""
    await chat.says(f"/add {name} Santoso, {organisation}")
    for day in reversed(DAYS):
        await chat.says(f"/log {name}: coffee {day:%d/%m/%Y}, data pilot")


async def test_a_tie_quieter_than_its_rhythm_is_named_with_the_numbers(chat: Chat) -> None:
    await log_regularly(chat)
    answer = await chat.says("/fading")
    assert "Budi Santoso · Bappenas" in answer.text
    assert "You usually talk every ~9 days; it has been 31" in answer.text
    assert "👉" in answer.text
    assert answer.buttons == ["1 · Budi Santoso"]


async def test_nobody_fades_where_too_little_is_known(chat: Chat) -> None:
    assert "I know nobody yet" in (await chat.says("/fading")).text
    await chat.says("/add Budi Santoso")
    assert "too early to say" in (await chat.says("/fading")).text


async def test_the_weekly_message_comes_at_the_owners_hour_once(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    said = len(chat.heard())
    bot.clock.to(2026, 3, 23, 7, 59)
    await bot.tick()
    assert len(chat.heard()) == said
    bot.clock.to(2026, 3, 23, 8, 15)
    await bot.tick()
    await bot.tick()
    assert len(chat.heard()) == said + 1
    message = chat.last()
    assert "You usually talk every ~9 days; it has been 36" in message.text
    assert message.labels == ["1 · Talked", "Draft", "Snooze", "Less often"]


async def test_a_line_not_acted_on_does_not_come_again_the_next_week(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    bot.clock.to(2026, 3, 23, 8, 15)
    await bot.tick()
    said = len(chat.heard())
    bot.clock.to(2026, 3, 30, 8, 15)
    await bot.tick()
    assert len(chat.heard()) == said


async def test_after_a_silent_month_it_asks_once_whether_to_go_on_and_then_is_quiet(
    bot: Bot,
) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    for day in ((3, 23), (3, 30), (4, 6), (4, 13)):
        bot.clock.to(2026, *day, 8, 15)
        await bot.tick()
    heard = len(chat.heard())
    for day in ((4, 20), (4, 27), (5, 4)):
        bot.clock.to(2026, *day, 8, 15)
        await bot.tick()
    assert len(chat.heard()) == heard + 1
    assert "Shall I go on" in chat.last().text
    assert "tell me in a line" in (await chat.taps("Yes, go on")).text
    bot.clock.to(2026, 5, 11, 8, 15)
    await bot.tick()
    assert len(chat.heard()) == heard + 2


async def test_a_draft_is_one_tap_away_and_never_sent_by_the_bot(chat: Chat) -> None:
    await log_regularly(chat)
    await chat.says("/digest")
    draft = await chat.taps("Draft")
    assert "to change as you like" in draft.text
    assert "Budi" in draft.text.split("\n\n")[1]


async def test_with_a_phone_number_the_chat_with_that_person_opens_with_the_draft(
    chat: Chat,
) -> None:
    await chat.shares(phone="+628111222333", first_name="Budi", last_name="Santoso")
    for day in reversed(DAYS):
        await chat.says(f"/log Budi: coffee {day:%d/%m/%Y}, data pilot")
    message = (await chat.says("/digest")).last
    url = message.button("Write").url or ""
    assert url.startswith("https://wa.me/628111222333?text=")


async def test_leave_in_peace_is_kept_and_never_brought_up(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    await chat.says("/digest")
    await chat.taps("Snooze")
    assert "leave them in peace" in (await chat.taps("Leave in peace")).text
    assert "No tie is quieter" in (await chat.says("/fading")).text


async def test_snoozed_until_a_day_that_is_typed(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    await chat.says("/digest")
    await chat.taps("Snooze")
    await chat.taps("Until …")
    assert "could not read" in (await chat.says("banana")).text
    assert "rests until 3 April" in (await chat.says("3 April")).text
    assert "No tie is quieter" in (await chat.says("/fading")).text


async def test_talked_asks_when_and_edits_the_message_in_place(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    await chat.says("/digest")
    said = len(chat.heard())
    asked = await chat.taps("1 · Talked")
    assert asked.buttons == ["1 · Today", "Yesterday", "3 days ago", "A week ago"]
    done = await chat.taps("Yesterday")
    assert "You talked" in done.text
    assert done.buttons == []
    assert len(chat.heard()) == said
    assert "Last in touch: yesterday" in (await chat.says("/contact Budi")).text
    assert "No tie is quieter" in (await chat.says("/fading")).text


async def test_snoozed_people_are_not_brought_up_until_they_are_rested(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    await chat.says("/digest")
    await chat.taps("Snooze")
    assert "Resting" in (await chat.taps("1 · 1 week")).text
    assert "No tie is quieter" in (await chat.says("/fading")).text
    bot.clock.on(days=8)
    assert "Budi Santoso" in (await chat.says("/fading")).text


async def test_less_often_doubles_the_cadence(chat: Chat) -> None:
    await log_regularly(chat)
    await chat.says("/digest")
    assert "half as often" in (await chat.taps("Less often")).text
    assert "No tie is quieter" in (await chat.says("/fading")).text
    await chat.says("/undo")
    assert "Budi Santoso" in (await chat.says("/fading")).text


async def test_at_most_five_people_stand_in_a_message(chat: Chat) -> None:
    for name in ("Ani", "Budi", "Citra", "Dedi", "Eko", "Fajar", "Gita"):
        await log_regularly(chat, name)
    answer = await chat.says("/digest")
    assert answer.text.count("👉") == 5
    assert "7 ties are quieter than usual" in (await chat.says("/fading")).text


async def test_nothing_to_say_is_not_said_unless_wished(bot: Bot) -> None:
    chat = bot.chat()
    await chat.says("/help")
    said = len(chat.heard())
    bot.clock.to(2026, 3, 23, 9, 0)
    await bot.tick()
    assert len(chat.heard()) == said
    await chat.says("/settings")
    await chat.taps("One line even when there is nothing")
    said = len(chat.heard())
    bot.clock.to(2026, 3, 30, 9, 0)
    await bot.tick()
    assert "quiet week" in chat.last().text
    assert len(chat.heard()) == said + 1


async def test_a_silent_log_is_asked_for_instead_of_calling_every_tie_faded(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    for day in (23, 30):
        bot.clock.to(2026, 3, day, 9, 0)
        await bot.tick()
    bot.clock.to(2026, 4, 6, 9, 0)
    await bot.tick()
    assert "Nothing new in your log" in chat.last().text


async def test_a_paused_owner_gets_nothing(bot: Bot) -> None:
    chat = bot.chat()
    await log_regularly(chat)
    await chat.says("/stop")
    said = len(chat.heard())
    bot.clock.to(2026, 3, 23, 9, 0)
    await bot.tick()
    assert len(chat.heard()) == said


async def test_another_owners_line_cannot_be_answered(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await log_regularly(ayu)
    data = (await ayu.says("/digest")).last.button("Less often").callback_data or ""
    await eve.says("/help")
    assert "no longer works" in (await eve.sends(data)).text
    assert "Budi Santoso" in (await ayu.says("/fading")).text
