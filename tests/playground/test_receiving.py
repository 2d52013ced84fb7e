"""Updates reach the bot as Telegram hands them out."""

import asyncio

import pytest
import telegram
from telegram.error import BadRequest, Conflict, InvalidToken

from tests.playground.conftest import USER, make_bot


async def test_a_message_arrives_as_an_update(bot, rig):
    update_id = rig.say(USER, "/add Budi Santoso")
    (update,) = await bot.get_updates()
    assert update.update_id == update_id
    assert update.message.text == "/add Budi Santoso"
    assert update.message.from_user.first_name == "Ayu"
    assert update.message.from_user.language_code == "en"
    assert update.message.parse_entities() == {update.message.entities[0]: "/add"}
    assert update.message.chat.type == "private"


async def test_an_offset_forgets_all_below_it(bot, rig):
    ids = [rig.say(USER, str(number)) for number in range(3)]
    assert [u.update_id for u in await bot.get_updates()] == ids
    assert [u.update_id for u in await bot.get_updates()] == ids
    assert [u.update_id for u in await bot.get_updates(offset=ids[2])] == ids[2:]
    assert [u.update_id for u in await bot.get_updates(offset=ids[0])] == ids[2:]
    assert [u["update_id"] for u in rig.updates.pending] == ids[2:]


async def test_a_negative_offset_keeps_the_last(bot, rig):
    ids = [rig.say(USER, str(number)) for number in range(3)]
    assert [u.update_id for u in await bot.get_updates(offset=-1)] == ids[2:]
    assert len(rig.updates.pending) == 1


async def test_a_limit_is_kept(bot, rig):
    ids = [rig.say(USER, str(number)) for number in range(3)]
    assert [u.update_id for u in await bot.get_updates(limit=2)] == ids[:2]


async def test_a_long_poll_ends_with_the_first_update(bot, rig):
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    rig.say(USER, "now")
    async with asyncio.timeout(2):
        assert [u.message.text for u in await poll] == ["now"]


async def test_a_long_poll_without_updates_ends_empty(bot):
    assert await bot.get_updates(timeout=1) == ()


async def test_other_calls_are_answered_while_a_poll_waits(bot):
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(2):
        await bot.send_message(USER, "still here")
    assert not poll.done()
    poll.cancel()


async def test_a_second_poll_ends_the_first_with_a_conflict(bot, served, rig):
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with make_bot(served) as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        rig.say(USER, "for the second")
        assert [u.message.text for u in await second] == ["for the second"]


async def test_only_wanted_kinds_are_queued_once_asked_for(bot, rig):
    await bot.get_updates(allowed_updates=["message"])
    rig.block(USER)
    rig.say(USER, "hello")
    assert [u.message.text for u in await bot.get_updates()] == ["hello"]


async def test_a_webhook_excludes_polling(bot, rig):
    await bot.set_webhook("https://example.org/hook", secret_token="s3cret")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    assert rig.webhook["secret_token"] == "s3cret"
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_must_be_https(bot):
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided for webhook"):
        await bot.set_webhook("http://example.org/hook")


async def test_pending_updates_are_dropped_on_request(bot, rig):
    rig.say(USER, "old")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_tap_arrives_with_its_message_and_data(bot, rig):
    sent = await bot.send_message(USER, "Stage?", reply_markup=keyboard(("Like", "s:2")))
    rig.tap(USER, sent.message_id, "s:2")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "s:2"
    assert update.callback_query.message.text == "Stage?"
    assert update.callback_query.from_user.id == USER


async def test_a_contact_card_a_file_a_place_and_a_forward_arrive(bot, rig):
    rig.share_contact(USER, "+62811", "Budi", "Santoso", contact_user_id=77)
    rig.send_document(USER, "people.vcf", b"BEGIN:VCARD", caption="/import")
    rig.share_location(USER, -6.2, 106.8)
    rig.forward(USER, "see you", {"type": "hidden_user", "sender_user_name": "Budi"})
    card, document, place, forward = [u.message for u in await bot.get_updates()]
    assert (card.contact.first_name, card.contact.user_id) == ("Budi", 77)
    assert document.document.file_name == "people.vcf"
    assert document.parse_caption_entities() == {document.caption_entities[0]: "/import"}
    assert place.location.longitude == 106.8
    assert forward.forward_origin.sender_user_name == "Budi"


async def test_an_edited_message_arrives_as_such(bot, rig):
    rig.say(USER, "/add Budi")
    rig.edit(USER, rig.messages(USER)[-1].message_id, "/add Budi S")
    _, update = await bot.get_updates()
    assert update.edited_message.text == "/add Budi S"
    assert update.edited_message.edit_date is not None


async def test_blocking_arrives_as_a_change_of_membership(bot, rig):
    rig.block(USER)
    rig.unblock(USER)
    blocked, back = [u.my_chat_member for u in await bot.get_updates()]
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert (back.old_chat_member.status, back.new_chat_member.status) == ("kicked", "member")


async def test_a_raw_update_keeps_its_id(bot, rig):
    assert rig.push({"update_id": 2_000_000_000, "poll": {"id": "1"}}) == 2_000_000_000
    assert rig.say(USER, "next") == 2_000_000_001


async def test_ids_grow_from_one_run_of_the_server_to_the_next(rig):
    from bot.playground import LocalTelegram

    await asyncio.sleep(0.11)
    assert LocalTelegram().say(USER, "x") > rig.updates.last_id


async def test_a_malformed_token_is_refused(served):
    bot = make_bot(served, "nonsense")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_only_one_token_is_accepted_once_it_is_set(served, rig):
    rig.token = "1:right"
    right, wrong = make_bot(served, "1:right"), make_bot(served, "1:wrong")
    async with right:
        assert right.username == "jejaring_bot"
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await wrong.initialize()
    await wrong.shutdown()


async def test_an_unknown_method_is_not_found(bot):
    with pytest.raises(telegram.error.EndPointNotFound):
        await bot.do_api_request("notAMethod")


async def test_the_users_own_file_can_be_downloaded(bot, rig):
    rig.send_document(USER, "people.csv", b"name\nBudi\n")
    (update,) = await bot.get_updates()
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"name\nBudi\n"


async def test_a_file_over_20_mb_cannot_be_downloaded(bot, rig):
    rig.send_document(USER, "big.bin", bytes(20 * 1024 * 1024 + 1))
    (update,) = await bot.get_updates()
    with pytest.raises(BadRequest, match="File is too big"):
        await update.message.document.get_file()


def keyboard(*buttons: tuple[str, str]) -> telegram.InlineKeyboardMarkup:
    return telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton(label, callback_data=data) for label, data in buttons]]
    )
