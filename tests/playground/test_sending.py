"""What a bot sends is kept, shown and checked as by Telegram."""

import io
import random

import pytest
from PIL import Image
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest, Forbidden

from tests.playground.conftest import USER
from tests.playground.test_receiving import keyboard


def picture(width: int = 40, height: int = 30) -> bytes:
    with io.BytesIO() as out:
        Image.new("RGB", (width, height), "teal").save(out, "PNG")
        return out.getvalue()


async def test_a_message_is_kept_as_sent(bot, rig):
    sent = await bot.send_message(
        USER, "<b>Budi</b> &amp; Ani", "HTML", disable_notification=True,
        reply_markup=keyboard(("Undo", "u:1")),
    )  # fmt: skip
    (message,) = rig.messages(USER)
    assert message.message_id == sent.message_id
    assert (message.text, message.html) == ("Budi & Ani", "<b>Budi</b> &amp; Ani")
    assert message.from_bot
    assert message.silent
    assert message.labels == ["Undo"]
    assert message.button("Undo").callback_data == "u:1"
    assert sent.entities[0].type == "bold"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("😀" * 2049, "Message is too long"),
        ("x" * 4097, "Message is too long"),
        ("<b></b>", "Message text is empty"),
        (" \n ", "Message text is empty"),
        ("<b>x", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("a < b", 'Can\'t parse entities: unsupported start tag "" at byte offset 2'),
    ],
)
async def test_text_telegram_would_refuse_is_refused(bot, rig, text, words):
    with pytest.raises(BadRequest, match="^" + words.replace("(", r"\(")):
        await bot.send_message(USER, text, "HTML")
    assert rig.messages(USER) == []
    assert rig.sent() == []
    assert [call.outcome for call in rig.calls()] != ["ok"]


async def test_length_is_counted_after_parsing(bot, rig):
    await bot.send_message(USER, f"<b>{'😀' * 2048}</b>", "HTML")
    assert len(rig.messages(USER)[0].text) == 2048


async def test_markdown_is_not_spoken_here(bot):
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(USER, "*x*", "MarkdownV2")


async def test_unknown_chats_are_refused(bot):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "anyone?")


async def test_a_user_who_blocked_the_bot_cannot_be_written_to(bot, rig):
    rig.block(USER)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(USER, "hello?")
    rig.unblock(USER)
    await bot.send_message(USER, "hello again")


@pytest.mark.parametrize("data", ["x" * 65, "é" * 33])
async def test_callback_data_over_64_bytes_is_refused(bot, data):
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(USER, "x", reply_markup=keyboard(("label", data)))


async def test_callback_data_of_64_bytes_is_accepted(bot, rig):
    await bot.send_message(USER, "x", reply_markup=keyboard(("label", "é" * 32)))
    assert rig.messages(USER)[0].button("label").callback_data == "é" * 32


@pytest.mark.parametrize("rows", [[101], [1] * 101, [9]])
async def test_too_many_buttons_are_refused(bot, rows):
    button = InlineKeyboardButton("x", callback_data="x")
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(
            USER, "x", reply_markup=InlineKeyboardMarkup([[button] * count for count in rows])
        )


@pytest.mark.parametrize(
    ("button", "words"),
    [
        (InlineKeyboardButton("x"), "Text buttons are unallowed in the inline keyboard"),
        (InlineKeyboardButton("x", url="not a link"), "Wrong HTTP URL"),
        (InlineKeyboardButton(" ", callback_data="x"), "Button text must be non-empty"),
    ],
)
async def test_buttons_that_do_nothing_are_refused(bot, button, words):
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.send_message(USER, "x", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_a_reply_names_the_message_answered(bot, rig):
    rig.say(USER, "hello")
    hello = rig.messages(USER)[0].message_id
    sent = await bot.send_message(USER, "hi", reply_parameters=ReplyParameters(hello))
    assert sent.reply_to_message.text == "hello"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(USER, "hi", reply_parameters=ReplyParameters(5))


async def test_a_picture_is_uploaded_shown_and_sent_again_by_its_id(bot, rig):
    sent = await bot.send_photo(USER, picture(), caption="<i>map</i>", parse_mode="HTML")
    again = await bot.send_photo(USER, sent.photo[-1].file_id)
    first, second = rig.messages(USER)
    assert (first.photo.width, first.photo.height) == (40, 30)
    assert (first.caption, first.html) == ("map", "<i>map</i>")
    assert first.photo.content == second.photo.content == picture()
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_a_document_is_uploaded_with_its_name_whatever_its_bytes(bot, rig):
    content = random.Random(1).randbytes(300_000) + b"\r\n--\r\n"
    sent = await bot.send_document(USER, content, filename='rapat "besar" é.json')
    (message,) = rig.messages(USER)
    assert message.document.content == content
    assert sent.document.file_name == 'rapat "besar" é.json'
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no picture", "Image_process_failed"), (picture(6000, 4001), "Photo_invalid_dimensions"),
     (picture(100, 2), "Photo_invalid_dimensions"), (b"", "File must be non-empty")],
)  # fmt: skip
async def test_what_is_no_picture_is_refused(bot, content, words):
    with pytest.raises(BadRequest, match=words):
        await bot.send_photo(USER, content)


async def test_files_are_not_fetched_from_elsewhere_nor_invented(bot):
    with pytest.raises(BadRequest, match=r"(?i)failed to get HTTP URL content"):
        await bot.send_photo(USER, "https://example.org/x.png")
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier/HTTP URL specified"):
        await bot.send_document(USER, "BQACnothing")


async def test_a_document_cannot_be_sent_as_a_picture(bot):
    sent = await bot.send_document(USER, b"x", filename="x.txt")
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Document as Photo"):
        await bot.send_photo(USER, sent.document.file_id)


async def test_captions_have_1024_units(bot):
    await bot.send_photo(USER, picture(), caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(USER, picture(), caption="x" * 1025)


async def test_an_album_arrives_as_its_pictures(bot, rig):
    media = [InputMediaPhoto(picture(), caption=caption) for caption in ("one", "two")]
    await bot.send_media_group(USER, media)
    assert [message.caption for message in rig.messages(USER)] == ["one", "two"]


async def test_a_contact_card_is_sent(bot, rig):
    await bot.send_contact(USER, "+62811", "Budi")
    assert rig.messages(USER)[0].contact == {"phone_number": "+62811", "first_name": "Budi"}


async def test_a_chat_action_lasts_until_the_next_message(bot, rig):
    await bot.send_chat_action(USER, "upload_photo")
    assert rig.chats[USER].action == "upload_photo"
    await bot.send_message(USER, "done")
    assert rig.chats[USER].action is None


async def test_calls_are_logged_in_order_with_their_parameters(bot, rig):
    await bot.send_message(USER, "one")
    await bot.send_document(USER, b"x", filename="x.txt")
    with pytest.raises(BadRequest):
        await bot.send_message(999, "two")
    assert [(c.method, c.outcome) for c in rig.calls()] == [
        ("sendMessage", "ok"),
        ("sendDocument", "ok"),
        ("sendMessage", "Bad Request: chat not found"),
    ]
    assert rig.sent("sendDocument")[0].params["document"] == "x.txt"
    assert rig.sent("sendMessage", USER)[0].params["text"] == "one"
