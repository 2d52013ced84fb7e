"""Edits, deletions and answers to taps behave as Telegram's."""

import pytest
from telegram import InputMediaPhoto
from telegram.error import BadRequest

from tests.playground.conftest import USER
from tests.playground.test_receiving import keyboard
from tests.playground.test_sending import picture


async def test_an_edit_changes_the_message_in_place(bot, rig):
    sent = await bot.send_message(USER, "Logged", reply_markup=keyboard(("Undo", "u")))
    edited = await bot.edit_message_text("<s>Logged</s>", USER, sent.message_id, parse_mode="HTML")
    (message,) = rig.messages(USER)
    assert (message.html, message.edits) == ("<s>Logged</s>", 1)
    assert message.labels == []
    assert edited.edit_date is not None


async def test_an_edit_that_changes_nothing_is_refused(bot):
    sent = await bot.send_message(USER, "<b>x</b>", "HTML", reply_markup=keyboard(("a", "1")))
    with pytest.raises(
        BadRequest, match=r"^Message is not modified: specified new message content"
    ):
        await bot.edit_message_text(
            "<strong>x</strong>", USER, sent.message_id, parse_mode="HTML",
            reply_markup=keyboard(("a", "1")),
        )  # fmt: skip


async def test_a_changed_keyboard_is_a_change(bot, rig):
    sent = await bot.send_message(USER, "x", reply_markup=keyboard(("a", "1")))
    await bot.edit_message_reply_markup(USER, sent.message_id, reply_markup=keyboard(("b", "1")))
    assert rig.messages(USER)[0].labels == ["b"]
    await bot.edit_message_reply_markup(USER, sent.message_id)
    assert rig.messages(USER)[0].labels == []
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(USER, sent.message_id)


async def test_what_is_not_there_cannot_be_edited_or_deleted(bot):
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", USER, 5)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(USER, 5)


async def test_a_users_own_message_cannot_be_edited(bot, rig):
    rig.say(USER, "mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", USER, rig.messages(USER)[0].message_id)


async def test_captions_and_pictures_are_replaced(bot, rig):
    sent = await bot.send_photo(USER, picture(), caption="before")
    await bot.edit_message_caption(USER, sent.message_id, caption="after")
    assert rig.messages(USER)[0].caption == "after"
    assert rig.messages(USER)[0].photo.width == 40
    await bot.edit_message_media(InputMediaPhoto(picture(50, 60)), USER, sent.message_id)
    (message,) = rig.messages(USER)
    assert (message.photo.width, message.caption, message.edits) == (50, None, 2)


async def test_text_and_caption_are_not_exchanged(bot):
    text = await bot.send_message(USER, "x")
    photo = await bot.send_photo(USER, picture())
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(USER, text.message_id, caption="y")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("y", USER, photo.message_id)


async def test_a_deleted_message_is_gone(bot, rig):
    sent = await bot.send_message(USER, "x")
    await bot.delete_message(USER, sent.message_id)
    assert rig.messages(USER) == []


async def test_a_tap_is_answered(bot, rig):
    sent = await bot.send_message(USER, "x", reply_markup=keyboard(("a", "1")))
    rig.tap(USER, sent.message_id, "1")
    (update,) = await bot.get_updates()
    await bot.answer_callback_query(update.callback_query.id, "Done", show_alert=True)
    (answer,) = rig.callback_answers
    assert (answer.user_id, answer.data, answer.text, answer.alert) == (USER, "1", "Done", True)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(update.callback_query.id, "x" * 201)


async def test_a_tap_answered_too_late_is_refused(bot, rig):
    sent = await bot.send_message(USER, "x", reply_markup=keyboard(("a", "1")))
    rig.tap(USER, sent.message_id, "1")
    (update,) = await bot.get_updates()
    rig.callback_lifetime_seconds = -1.0
    for query_id in (update.callback_query.id, "12345"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(query_id)
