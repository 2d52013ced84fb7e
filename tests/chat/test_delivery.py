"""Answers arrive, in order, whatever Telegram does; and no update stops the bot."""

import asyncio
import logging
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.pace import Pace
from bot.playground import Fault
from storage import outgoing
from storage.tables import Owner
from tests.chat.conftest import Bot, Chat


@pytest.fixture
async def paced(bot: Bot) -> Bot:
    """A bot that keeps Telegram's own limit of thirty messages a second."""
    bot.app.outbox._lanes._pace = Pace(30, asyncio.get_running_loop().time())
    return bot


def owner_of(bot: Bot, user_id: int) -> Owner:
    with bot.app.database.read() as session:
        query = text("SELECT id FROM owner WHERE telegram_id = :number")
        owner = session.get(Owner, session.execute(query, {"number": user_id}).scalar())
        assert owner is not None
        session.expunge(owner)
        return owner


def waiting(bot: Bot) -> int:
    with bot.app.database.read() as session:
        query = text("SELECT count(*) FROM outgoing WHERE state = 'waiting'")
        return int(session.execute(query).scalar() or 0)


def answers(bot: Bot, user_id: int) -> list[str]:
    return [message.text for message in bot.chat(user_id).heard() if message.text]


async def seconds_to_answer(bot: Bot, user_id: int) -> float:
    began, heard = time.monotonic(), len(bot.chat(user_id).heard())
    bot.telegram.say(user_id, "/help")
    await bot.telegram.until(lambda: len(bot.chat(user_id).heard()) > heard, 20)
    return time.monotonic() - began


async def test_one_chat_that_must_wait_holds_up_no_other(bot: Bot) -> None:
    first = bot.telegram.faults.add(Fault("429", "sendMessage", chat_id=1, retry_after=2, times=1))
    bot.telegram.say(1, "/help")
    await bot.telegram.until(lambda: bot.telegram.faults.struck(first))
    began = time.monotonic()
    assert await seconds_to_answer(bot, 2) < 1.5
    await bot.settled()
    assert time.monotonic() - began > 1.8
    assert len(answers(bot, 1)) == 1
    assert bot.app.outbox.counts["retry_after"] == 1


@pytest.mark.parametrize(
    "kind", ["500", "502", "drop", "slow", "500_after", "502_after", "drop_after"]
)
async def test_answers_come_in_order_in_spite_of_trouble(bot: Bot, kind: Any) -> None:
    chat = bot.chat(1)
    await chat.says("/add Budi Santoso")
    number = bot.telegram.faults.add(Fault(kind, "sendMessage", times=2, delay=0.1))
    for part in range(5):
        bot.telegram.say(1, f"/log Budi: coffee, part {part}")
    await bot.settled()
    assert bot.telegram.faults.struck(number) == 2
    found = [int(each.split("part ")[1][0]) for each in answers(bot, 1) if "part" in each]
    assert sorted(set(found)) == list(range(5))
    assert found == sorted(found)
    repeats = len(found) - 5
    assert repeats == (2 if kind.endswith("_after") else 0)


async def test_a_slow_chat_holds_up_no_other(bot: Bot) -> None:
    bot.telegram.faults.add(Fault("slow", "sendMessage", chat_id=1, delay=3, times=1))
    for _ in range(3):
        bot.telegram.say(1, "/help")
    waits = [await seconds_to_answer(bot, user) for user in range(2, 8)]
    assert max(waits) < 1.5
    await bot.settled()
    assert len(answers(bot, 1)) == 3


async def test_a_flooded_chat_slows_no_other(paced: Bot) -> None:
    alone = await seconds_to_answer(paced, 2)
    for _ in range(100):
        paced.telegram.say(1, "/help")
    waits = [await seconds_to_answer(paced, 2) for _ in range(5)]
    assert sorted(waits)[2] < alone + 1
    await paced.telegram.until(lambda: len(answers(paced, 1)) >= 20, 30)  # a burst goes at once
    await asyncio.sleep(1)
    assert len(answers(paced, 1)) < 40  # and then one a second


async def test_answers_do_not_wait_for_a_thousand_weekly_messages(paced: Bot) -> None:
    await paced.chat(2).says("/help")
    with paced.app.database.write() as session:
        rows = [
            outgoing.add(
                session,
                owner_id=None,
                chat_id=1000 + number,
                method="send_message",
                payload={"chat_id": 1000 + number, "text": "Your week"},
                now=paced.clock(),
                once=f"weekly:{number}",
            )
            for number in range(1000)
        ]
    for number in range(1000):
        paced.telegram.add_user(1000 + number)
    paced.app.outbox.push(rows)
    await paced.telegram.until(lambda: len(paced.telegram.sent("sendMessage")) > 40, 20)
    waits = [await seconds_to_answer(paced, 2) for _ in range(3)]
    assert max(waits) < 2
    assert waiting(paced) > 500  # there still were enough to wait for


async def test_whoever_blocked_the_bot_is_paused_with_all_data_kept(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/add Budi Santoso")
    bot.telegram.faults.add(Fault("403", "send*", chat_id=1))
    for part in range(3):
        bot.telegram.say(1, f"/log Budi: coffee, part {part}")
    await bot.settled()
    owner = owner_of(bot, 1)
    assert owner.blocked_at is not None
    assert waiting(bot) == 0
    with bot.app.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM interaction")).scalar() == 3


async def test_whoever_lets_the_bot_in_again_is_resumed(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    bot.telegram.block(1)
    await bot.settled()
    assert owner_of(bot, 1).blocked_at is not None
    assert owner_of(bot, 1).weekly_due_at is None
    bot.telegram.unblock(1)
    await bot.settled()
    assert owner_of(bot, 1).blocked_at is None
    assert owner_of(bot, 1).weekly_due_at is not None


async def test_whoever_writes_again_is_resumed_and_answered(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    number = bot.telegram.faults.add(Fault("403", "send*", chat_id=1))
    bot.telegram.say(1, "/help")
    await bot.settled()
    assert owner_of(bot, 1).blocked_at is not None
    bot.telegram.faults.remove(number)
    assert (await bot.chat(1).says("/help")).text
    assert owner_of(bot, 1).blocked_at is None


async def test_an_answer_made_while_a_block_is_noted_is_not_dropped(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    for _ in range(10):
        number = bot.telegram.faults.add(Fault("403", "send*", chat_id=1, times=1))
        bot.telegram.say(1, "/help")
        await bot.telegram.until(lambda number=number: bot.telegram.faults.struck(number))
        heard = len(answers(bot, 1))
        bot.telegram.say(1, "/privacy")
        await bot.settled()
        assert len(answers(bot, 1)) == heard + 1
        assert owner_of(bot, 1).blocked_at is None
    assert waiting(bot) == 0


async def test_what_cannot_be_edited_is_said_anew(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/settings")
    said = len(chat.heard())
    words = "Bad Request: message to edit not found"
    bot.telegram.faults.add(Fault("400", "editMessageText", times=1, description=words))
    answer = await chat.taps("One line even when there is nothing")
    assert len(chat.heard()) == said + 1
    assert answer.buttons


async def test_an_edit_that_changes_nothing_is_no_trouble(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat(1)
    await chat.says("/settings")
    await chat.sends("set:show")
    await chat.sends("set:show")
    assert len(bot.telegram.callback_answers) == 2
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "Settings" in (await chat.says("/settings")).text


async def test_markup_telegram_does_not_understand_arrives_as_plain_text(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    with bot.app.database.write() as session:
        row = outgoing.add(
            session,
            owner_id=None,
            chat_id=1,
            method="send_message",
            payload={"chat_id": 1, "text": "<b>Budi &amp; Ani", "parse_mode": "HTML"},
            now=bot.clock(),
        )
    bot.app.outbox.push([row])
    await bot.settled()
    assert answers(bot, 1)[-1] == "Budi & Ani"


async def test_a_call_that_telegram_will_never_take_stops_nobody(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    said = len(answers(bot, 1))
    wrong: list[dict[str, Any]] = [
        {"chat_id": 1, "text": "x" * 5000},
        {"chat_id": 1, "text": ""},
        {"chat_id": 1, "nonsense": True},
    ]
    for payload in wrong:
        with bot.app.database.write() as session:
            row = outgoing.add(
                session, owner_id=None, chat_id=1, method="send_message", payload=payload,
                now=bot.clock(),
            )  # fmt: skip
        bot.app.outbox.push([row])
    await bot.chat(1).says("/help")
    assert len(answers(bot, 1)) == said + 1
    assert waiting(bot) == 0


async def test_a_fault_of_ours_ends_in_an_apology_and_logs_nothing_that_was_said(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    chat = bot.chat(1)
    answer = await chat.says("/add Budi \ud83d Rahasia")  # half a letter cannot be stored
    number = answer.text.rpartition("number ")[2].split(".")[0]
    assert "went wrong" in answer.text
    record = next(each for each in caplog.records if each.getMessage() == "turn_failed")
    assert record.__dict__["number"] == number
    told = " ".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.records)
    assert "Rahasia" not in told
    assert "Ani Wulandari" in (await chat.says("/add Ani Wulandari")).text


async def test_a_tap_that_fails_is_answered_as_well(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/help")
    answer = await chat.sends("undo:" + "9" * 30)
    assert answer.text
    assert len(bot.telegram.callback_answers) == 1


USER = {"id": 1, "is_bot": False, "first_name": "Ayu", "language_code": "en"}
PRIVATE = {"id": 1, "type": "private", "first_name": "Ayu"}
GROUP = {"id": -100, "type": "supergroup", "title": "Tim"}
HEAD = {"message_id": 5, "date": 1_770_000_000}
ODD: dict[str, dict[str, Any]] = {
    "an unknown kind": {"something_new": {"chat": PRIVATE, "from": USER}},
    "a message of nothing": {"message": {}},
    "a message that is a word": {"message": "hello"},
    "a tap on a word": {
        "callback_query": {"id": "1", "from": USER, "message": "x", "data": "undo:1"}
    },
    "a tap on nothing": {"callback_query": {"id": "1", "from": USER, "data": "undo:1"}},
    "a chat that is a word": {"message": {**HEAD, "chat": "x", "from": USER, "text": "/help"}},
    "a number too long": {"message": {**HEAD, "chat": {**PRIVATE, "id": 2**70}, "text": "/help"}},
    "a message in a group": {"message": {**HEAD, "chat": GROUP, "from": USER, "text": "/help"}},
    "a broken message in a group": {"message": {"chat": GROUP, "from": {}, "text": "/help"}},
    "a channel post": {"channel_post": {**HEAD, "chat": {**GROUP, "type": "channel"}, "text": "x"}},
    "a bot that writes": {"message": {**HEAD, "chat": PRIVATE, "from": {**USER, "is_bot": True}}},
    "an edited message": {
        "edited_message": {**HEAD, "chat": PRIVATE, "from": USER, "text": "/add Eve"}
    },
    "nobody": {"message": {**HEAD, "chat": PRIVATE, "text": "/help"}},
    "nothing at all": {},
}


@pytest.mark.parametrize("name", ODD)
async def test_an_odd_update_is_not_answered_and_stops_nothing(bot: Bot, name: str) -> None:
    for user in (1, 2):
        await bot.chat(user).says("/help")
    calls = len(bot.telegram.calls())
    bot.telegram.updates._allowed = None  # Telegram's filter is not what is tried here
    bot.telegram.push(ODD[name])
    await bot.settled()
    assert len(bot.telegram.calls()) == calls
    assert (await bot.chat(1).says("/help")).text
    assert (await bot.chat(2).says("/help")).text


async def test_a_broken_message_in_a_private_chat_is_apologised_for(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/help")
    bot.telegram.push({"message": {"chat": PRIVATE, "from": USER, "text": "/help"}})
    await bot.settled()
    assert "went wrong" in answers(bot, 1)[-1]


async def test_an_update_that_comes_twice_is_handled_once(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/add Budi Santoso")
    message = {**HEAD, "chat": PRIVATE, "from": USER, "text": "/log Budi: coffee"}
    update = {"update_id": bot.telegram.push({"message": message}), "message": message}
    await bot.settled()
    said = len(chat.heard())
    for _ in range(3):
        bot.telegram.push(update)  # after it was handled
    twice = {"update_id": update["update_id"] + 1, "message": message}
    bot.telegram.push(twice)
    bot.telegram.push(twice)  # in the same batch
    await bot.settled()
    assert len(chat.heard()) == said + 1
    with bot.app.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM interaction")).scalar() == 2


async def test_after_forgetting_an_update_that_comes_again_brings_nothing_back(bot: Bot) -> None:
    chat = bot.chat(1)
    await chat.says("/add Budi Santoso")
    asked = await chat.says("/forget")
    data = next(
        button.callback_data
        for row in asked.last.buttons
        for button in row
        if button.callback_data == "forget:yes"
    )
    last = bot.telegram.tap(1, asked.last.message_id, data or "")
    update = bot.telegram.updates.pending
    await bot.settled()
    for raw in update:
        assert raw["update_id"] == last
        bot.telegram.push(raw)
    await bot.settled()
    with bot.app.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM owner")).scalar() == 0


async def test_updates_are_stored_before_they_are_acknowledged(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    missing: list[int] = []
    known: set[int] = set()

    def look() -> None:
        now = {update["update_id"] for update in bot.telegram.updates.pending}
        for number in known - now:  # acknowledged by an offset
            with bot.app.database.read() as session:
                query = text("SELECT count(*) FROM incoming WHERE update_id = :number")
                if not session.execute(query, {"number": number}).scalar():
                    missing.append(number)
        known.clear()
        known.update(now)

    with bot.telegram.heard_by(look):
        for user in range(1, 30):
            bot.telegram.say(user, "/help")
            await asyncio.sleep(0.005)
        await bot.settled()
    assert missing == []


async def test_numbers_of_updates_are_dropped_after_some_days(bot: Bot) -> None:
    await bot.chat(1).says("/help")
    query = text("SELECT count(*) FROM incoming")
    bot.clock.now += timedelta(days=2)
    await bot.app.inbox.prune()
    with bot.app.database.read() as session:
        assert session.execute(query).scalar() == 1
    bot.clock.now += timedelta(days=2)
    await bot.app.inbox.prune()
    with bot.app.database.read() as session:
        assert session.execute(query).scalar() == 0


async def test_what_was_answered_leaves_no_words_in_the_queues(bot: Bot) -> None:
    chat: Chat = bot.chat(1)
    await chat.says("/add Budi Santoso")
    await chat.says("/log Budi: coffee, data pilot")
    with bot.app.database.read() as session:
        left = session.execute(text("SELECT body, chat_id FROM incoming")).all()
        assert {tuple(row) for row in left} == {(None, None)}
        assert session.execute(text("SELECT count(*) FROM outgoing")).scalar() == 0
