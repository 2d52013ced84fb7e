"""Forwarding somebody's message logs contact with them on the day it was written."""

from datetime import UTC, date, datetime
from typing import Any

from storage.tables import Contact, Interaction
from tests.chat.conftest import Answer, Bot, Chat
from tests.chat.test_import import rows

WRITTEN = int(datetime(2026, 3, 9, 22, 30, tzinfo=UTC).timestamp())  # the 10th in Jakarta
HIDDEN = {"type": "hidden_user", "sender_user_name": "Dewi Lestari", "date": WRITTEN}


def by(number: int = 77, name: str = "Dewi", *, is_bot: bool = False) -> dict[str, Any]:
    sender = {"id": number, "is_bot": is_bot, "first_name": name, "username": "dewil"}
    return {"type": "user", "sender_user": sender, "date": WRITTEN}


async def forwards(chat: Chat, origin: dict[str, Any], text: str = "a secret") -> Answer:
    before = chat._seen()
    chat.telegram.forward(chat.user_id, text, origin)
    return await chat._answer(before)


async def test_somebody_new_is_added_with_the_account_on_the_day_of_writing(
    bot: Bot, chat: Chat
) -> None:
    asked = await forwards(chat, by())
    assert "A message of Dewi, written" in asked.text
    assert asked.buttons == ["Somebody new", "Do not log it"]
    assert rows(bot, Interaction) == []
    assert "10 March" in (await chat.taps("Somebody new")).text
    (dewi,) = rows(bot, Contact)
    assert (dewi.telegram_id, dewi.username) == (77, "dewil")
    (logged,) = rows(bot, Interaction)
    assert (logged.on, logged.channel, logged.started_by) == (date(2026, 3, 10), "message", "them")
    assert logged.note is None
    await chat.says("/undo")
    assert rows(bot, Interaction) == rows(bot, Contact) == []


async def test_a_known_account_is_logged_at_once_and_only_once_a_day(bot: Bot, chat: Chat) -> None:
    await chat.shares(phone="+62811", first_name="Dewi", last_name="L", contact_user_id=77)
    assert "Dewi L" in (await forwards(chat, by())).text
    assert "logged for that day already" in (await forwards(chat, by())).text
    assert len(rows(bot, Interaction)) == 1


async def test_a_hidden_sender_is_asked_about_by_name(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Dewi Lestari, LAN")
    asked = await forwards(chat, HIDDEN)
    assert asked.buttons == ["Dewi Lestari · LAN", "Somebody new", "Do not log it"]
    await chat.taps("Dewi Lestari · LAN")
    assert len(rows(bot, Contact)) == len(rows(bot, Interaction)) == 1
    await forwards(chat, {**HIDDEN, "sender_user_name": "Bayu"})
    await chat.taps("Do not log it")
    assert len(rows(bot, Interaction)) == 1


async def test_channels_bots_and_oneself_are_no_contact(bot: Bot, chat: Chat) -> None:
    channel = {"type": "channel", "chat": {"id": -1001, "type": "channel", "title": "News"},
               "message_id": 4, "date": WRITTEN}  # fmt: skip
    assert "channel, a group or a bot" in (await forwards(chat, channel)).text
    assert "channel, a group or a bot" in (await forwards(chat, by(is_bot=True))).text
    assert "wrote that yourself" in (await forwards(chat, by(chat.user_id))).text
    assert rows(bot, Interaction) == []


async def test_anothers_question_and_contact_are_out_of_reach(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Dewi Lestari")
    asked = await forwards(ayu, HIDDEN)
    data = asked.last.button("Dewi Lestari").callback_data or ""
    await eve.says("/help")
    assert "no longer works" in (await eve.sends(data)).text
    await forwards(eve, HIDDEN)
    mine = eve.last().button("Somebody new").callback_data or ""
    theirs = data.rsplit(":", 1)[1]
    await eve.sends(mine.replace("new", theirs))
    assert rows(bot, Interaction, 1) == rows(bot, Interaction, 2) == []


async def test_a_picture_with_words_is_logged_by_its_words(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    before = chat._seen()
    picture = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
        b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99="
        b"\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    chat.telegram.send_photo(chat.user_id, picture, "coffee with Budi yesterday")
    assert "Budi Santoso" in (await chat._answer(before)).text
    (logged,) = rows(bot, Interaction)
    assert logged.on == date(2026, 3, 17)
