"""A file sent to the chat: shown first, brought in on one tap, taken back with one."""

import io
import json
import zipfile
from types import SimpleNamespace
from typing import Any

from sqlmodel import select

from storage.tables import Contact, Handle, Interaction, Owner, StageMove
from tests.chat.conftest import Answer, Bot, Chat

LINKEDIN = """Notes:
"Some addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Dewi,Lestari,https://www.linkedin.com/in/dewi-l,dewi@example.com,Kopi Jaya,Founder,05 Mar 2024
Agus,Pratama,https://www.linkedin.com/in/agusp,,Bappenas,,nonsense
,,https://www.linkedin.com/in/ghost,,,Haunting,01 Jan 2020
"""
NEWER = LINKEDIN.replace("Kopi Jaya,Founder", "Teh Botol,Director")


async def sends(chat: Chat, content: str | bytes, name: str = "file") -> Answer:
    before = chat._seen()
    data = content.encode() if isinstance(content, str) else content
    chat.telegram.send_document(chat.user_id, name, data)
    return await chat._answer(before)


def rows(bot: Bot, model: Any, user_id: int = 101) -> list[SimpleNamespace]:
    """The owner's rows of a table."""
    with bot.app.database.read() as session:
        owner = session.exec(select(Owner).where(Owner.telegram_id == user_id)).one()
        found = session.exec(select(model).where(model.owner_id == owner.id))
        return [SimpleNamespace(**each.model_dump()) for each in found]


def messages(days: int = 2, name: str = "Bayu Aji") -> str:
    told = [
        {
            "type": "message",
            "date_unixtime": str(1767294000 + day * 86400),
            "text": "a secret",
            "from_id": "user20" if day % 2 else "user1",
        }
        for day in range(days)
    ]
    return json.dumps({"name": name, "type": "personal_chat", "id": 20, "messages": told})


async def test_a_file_is_shown_first_and_nothing_is_kept_until_the_tap(
    bot: Bot, chat: Chat
) -> None:
    shown = await sends(chat, LINKEDIN)
    assert "LinkedIn" in shown.text
    assert "2 new contacts: Dewi Lestari and Agus Pratama" in shown.text
    assert "1 × without a name (row 3: https://www.linkedin.com/in/ghost)" in shown.text
    assert shown.buttons == ["Import", "No"]
    assert rows(bot, Contact) == []
    done = await chat.taps("Import")
    assert "Imported: 2 new contacts." in done.text
    assert done.last.message_id == shown.last.message_id
    assert "Kopi Jaya" in (await chat.says("/contact Dewi")).text
    assert "Founder" in chat.last().text


async def test_undo_takes_the_whole_import_back(bot: Bot, chat: Chat) -> None:
    await sends(chat, LINKEDIN)
    await chat.taps("Import")
    assert "the whole import" in (await chat.says("/undo")).text
    for model in (Contact, Handle, StageMove, Interaction):
        assert rows(bot, model) == []
    await sends(chat, LINKEDIN)
    assert "Imported: 2" in (await chat.taps("Import")).text
    assert "the whole import" in (await chat.taps("Undo")).text
    assert rows(bot, Contact) == []


async def test_no_keeps_nothing(bot: Bot, chat: Chat) -> None:
    await sends(chat, LINKEDIN)
    assert "kept nothing" in (await chat.taps("No")).text
    assert rows(bot, Contact) == []


async def test_the_same_file_again_changes_nothing_even_for_a_name_alone(
    bot: Bot, chat: Chat
) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ketut\nEND:VCARD\n"
    for content in (LINKEDIN, card, messages()):
        await sends(chat, content)
        await chat.taps("Import")
    before = [vars(each) for model in (Contact, Handle, Interaction) for each in rows(bot, model)]
    for content in (LINKEDIN, card, messages()):
        again = await sends(chat, content)
        assert "nothing new" in again.text
        assert again.buttons == []
    after = [vars(each) for model in (Contact, Handle, Interaction) for each in rows(bot, model)]
    assert after == before


async def test_a_newer_file_updates_what_the_file_said_and_not_what_the_owner_wrote(
    chat: Chat,
) -> None:
    await sends(chat, LINKEDIN)
    await chat.taps("Import")
    shown = await sends(chat, NEWER)
    assert "2 you have already; 1 of them with news" in shown.text
    assert "1 brought up to date" in (await chat.taps("Import")).text
    assert "Teh Botol" in (await chat.says("/contact Dewi")).text
    await chat.says("/undo")
    assert "Kopi Jaya" in (await chat.says("/contact Dewi")).text


async def test_somebody_known_by_number_is_completed_and_not_doubled(bot: Bot, chat: Chat) -> None:
    await chat.shares(phone="0812 3456 789", first_name="Dewi", last_name="L")
    card = "BEGIN:VCARD\nFN:Dewi Lestari\nTEL:+628123456789\nEMAIL:dewi@example.com\nEND:VCARD\n"
    assert "1 you have already; 1 of them with news" in (await sends(chat, card)).text
    await chat.taps("Import")
    (dewi,) = rows(bot, Contact)
    assert (dewi.name, dewi.email) == ("Dewi L", "dewi@example.com")


async def test_the_same_name_alone_is_unclear_and_added_only_on_request(
    bot: Bot, chat: Chat
) -> None:
    await chat.says("/add Dewi Lestari, LAN")
    shown = await sends(chat, LINKEDIN)
    assert "1 new contact: Agus Pratama" in shown.text
    assert "– Dewi Lestari · Kopi Jaya = Dewi Lestari · LAN?" in shown.text
    assert "1 unclear person was left out" in (await chat.taps("Import")).text
    assert len(rows(bot, Contact)) == 2
    await sends(chat, LINKEDIN)
    await chat.taps("Import, the unclear ones as new people too")
    assert len(rows(bot, Contact)) == 3
    assert "nothing new" in (await sends(chat, LINKEDIN)).text


async def test_the_same_name_at_the_same_organisation_is_the_same_person(
    bot: Bot, chat: Chat
) -> None:
    await chat.says("/add dewi lestari, kopi jaya")
    assert "1 you have already" in (await sends(chat, LINKEDIN)).text
    await chat.taps("Import")
    assert len(rows(bot, Contact)) == 2


async def test_messages_become_days_without_a_word_of_them(bot: Bot, chat: Chat) -> None:
    shown = await sends(chat, messages(3))
    assert "3 days of contact" in shown.text
    await chat.taps("Import")
    logged = rows(bot, Interaction)
    assert [each.started_by for each in logged] == ["me", "them", "me"]
    assert [each.note for each in logged] == [None] * 3
    assert "2 days of contact" in (await sends(chat, messages(5))).text
    with bot.app.database.read() as session:
        everything = "".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "secret" not in everything


async def test_a_file_that_does_not_tell_whose_it_is_asks(bot: Bot, chat: Chat) -> None:
    text = (
        "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n"
        "c,Rina,https://www.linkedin.com/in/rina,Dewi,https://www.linkedin.com/in/dewi,"
        "2026-01-05 03:00:00 UTC,words\n"
    )
    asked = await sends(chat, text)
    assert sorted(asked.buttons) == ["Dewi", "None of them", "Rina"]
    shown = await chat.taps("Rina")
    assert "1 new contact: Dewi" in shown.text
    await chat.taps("Import")
    (dewi,) = rows(bot, Contact)
    assert dewi.name == "Dewi"


async def test_what_cannot_be_read_is_refused_in_words(chat: Chat) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", bytes(30_000_000))
    assert "unpacks to far more" in (await sends(chat, bomb.getvalue())).text
    assert "do not know this kind" in (await sends(chat, "just words")).text
    assert "do not know this kind" in (await sends(chat, bytes(range(256)) * 40)).text
    assert "nothing in this file" in (await sends(chat, " ")).text
    assert "damaged" in (await sends(chat, '{"chats": {"list": [{"na')).text
    assert "Bayu" in (await sends(chat, messages())).text


async def test_html_in_a_name_is_shown_as_letters(bot: Bot, chat: Chat) -> None:
    await sends(chat, "BEGIN:VCARD\nFN:<b>Eve</b> & Co\nEND:VCARD\n")
    assert "<b>Eve</b> & Co" in chat.last().text
    await chat.taps("Import")
    (eve,) = rows(bot, Contact)
    assert eve.name == "<b>Eve</b> & Co"


async def test_a_file_over_telegrams_limit_is_sent_to_the_command_line(chat: Chat) -> None:
    before = chat._seen()
    user = {"id": chat.user_id, "is_bot": False, "first_name": "User"}
    chat.telegram.push(
        {
            "message": {
                "message_id": 10**9,
                "date": 1767294000,
                "chat": {"id": chat.user_id, "type": "private"},
                "from": user,
                "document": {"file_id": "x", "file_unique_id": "y", "file_size": 30_000_000},
            }
        }
    )
    assert "jejaring import FILE" in (await chat._answer(before)).text


async def test_a_file_telegram_does_not_give_can_be_asked_for_again(chat: Chat) -> None:
    before = chat._seen()
    user = {"id": chat.user_id, "is_bot": False, "first_name": "User"}
    chat.telegram.push(
        {
            "message": {
                "message_id": 10**9,
                "date": 1767294000,
                "chat": {"id": chat.user_id, "type": "private"},
                "from": user,
                "document": {"file_id": "gone", "file_unique_id": "y"},
            }
        }
    )
    answer = await chat._answer(before)
    assert "did not give me this file" in answer.text
    await chat.taps("Try again")
    assert chat.last().labels == ["Try again"]


async def test_a_double_tap_imports_once(bot: Bot, chat: Chat) -> None:
    shown = await sends(chat, LINKEDIN)
    data = shown.last.button("Import").callback_data or ""
    await chat.sends(data, shown.last)
    again = await chat.sends(data, shown.last)
    assert "Imported: 2 new contacts" in chat.last().text
    assert again.messages == []
    assert len(rows(bot, Contact)) == 2


async def test_anothers_file_and_forged_buttons_are_refused(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    shown = await sends(ayu, LINKEDIN)
    data = shown.last.button("Import").callback_data or ""
    await eve.says("/help")
    for forged in (data, data.replace("yes", "no"), "import:99:yes", "import:x", "import"):
        assert "no longer works" in (await eve.sends(forged)).text
    for forged in (data.replace("yes", "me:0"), data.replace("yes", "maybe")):
        assert "no longer works" in (await ayu.sends(forged)).text
    assert rows(bot, Contact, 2) == []
    assert rows(bot, Contact, 1) == []


async def test_others_are_answered_while_a_large_file_is_read(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    large = "First Name,Last Name,URL,Company,Connected On\n" + "".join(
        f"Nama{n},Orang,https://www.linkedin.com/in/p{n},Kantor {n % 50},\n" for n in range(4000)
    )
    ayu.telegram.send_document(1, "large.csv", large.encode())
    answered = bot.telegram.until(lambda: bool(eve.heard()), 10)  # while the file is being read
    eve.telegram.say(2, "/help")
    await answered
    await bot.settled()
    assert "4000 new contacts" in ayu.last().text
    assert "Imported: 4000" in (await ayu.taps("Import")).text
