"""/log, its questions, and taking it back."""

from tests.chat.conftest import Bot, Chat


async def test_one_event_with_many_people_is_logged_with_channel_and_date(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/add Ani Wulandari, LAN")
    answer = await chat.says("/log Budi, Ani: coffee yesterday, data pilot")
    assert "Budi Santoso and Ani Wulandari · coffee · yesterday" in answer.text
    assert "data pilot" in answer.text
    assert answer.buttons == ["Undo", "Helped?"]


async def test_today_and_a_meeting_are_meant_where_nothing_is_said(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    assert "met · today" in (await chat.says("/log Budi: the pilot")).text


async def test_two_of_that_name_make_the_bot_ask(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/add Budi Hartono, LAN")
    question = await chat.says("/log Budi: coffee yesterday")
    assert question.buttons == ["Budi Santoso · Bappenas", "Budi Hartono · LAN"]
    assert "Budi Hartono · coffee · yesterday" in (await chat.taps("Budi Hartono · LAN")).text
    assert "Not in touch yet" in (await chat.says("/contact Budi Santoso")).text


async def test_an_unknown_name_is_offered_to_be_added(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    question = await chat.says("/log Ani, Rudi Hermawan: lunch today")
    assert question.buttons == ["Add Rudi Hermawan", "Leave Rudi Hermawan out", "Cancel"]
    answer = await chat.taps("Add Rudi Hermawan")
    assert "Ani Wulandari and Rudi Hermawan" in answer.text
    assert "New in your network: Rudi Hermawan" in answer.text
    await chat.taps("Undo")
    assert "know nobody" in (await chat.says("/contact Rudi")).text


async def test_nothing_is_written_when_the_question_is_cancelled(chat: Chat) -> None:
    await chat.says("/log Rudi: lunch today")
    assert "never mind" in (await chat.taps("Cancel")).text
    assert "nothing to take back" in (await chat.says("/undo")).text


async def test_log_without_anybody_says_how(chat: Chat) -> None:
    assert "/log Budi, Ani:" in (await chat.says("/log")).text
    assert "/log Budi, Ani:" in (await chat.says("/log : coffee")).text


async def test_what_is_still_to_come_is_not_logged(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    assert "still to come" in (await chat.says("/log Budi: coffee tomorrow")).text


async def test_another_owners_question_cannot_be_answered(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    question = await ayu.says("/log Rudi: lunch today")
    data = question.last.button("Add Rudi").callback_data or ""
    await eve.says("/help")
    assert "no longer works" in (await eve.sends(data)).text
    assert "nothing to take back" in (await eve.says("/undo")).text


async def test_we_talked_on_the_card_asks_when(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.taps("We talked")
    assert "in touch · yesterday" in (await chat.taps("Yesterday")).text


async def test_an_older_write_is_not_undone_under_a_newer_one(chat: Chat) -> None:
    added = (await chat.says("/add Budi Santoso")).last
    await chat.says("/log Budi: coffee")
    assert "newer things back first" in (await chat.taps("Undo", on=added)).text
    await chat.says("/undo")
    assert "Taken back" in (await chat.taps("Undo", on=added)).text
