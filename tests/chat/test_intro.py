"""/intro and /whatif: bring two together, find a way to somebody, see what a change would do."""

import pytest

from tests.chat.conftest import Bot, Chat
from tests.chat.networks import contact_id, fill


async def test_two_whom_i_know_well_from_different_circles_are_suggested(chat: Chat) -> None:
    await fill(chat)
    answer = await chat.says("/intro")
    assert "Ani Wulandari and Dedi Kurnia" in answer.text
    assert "would join LAN and GoTo" in answer.text
    assert answer.buttons == ["1 · Messages", "What if?", "1 · Introduced", "Not these two"]

    draft = await chat.taps("1 · Messages")
    assert "Hi Ani, I would like to introduce you to Dedi Kurnia of GoTo." in draft.text
    assert "Hi Dedi, I would like to introduce you to Ani Wulandari of LAN." in draft.text
    assert "only after two yeses" in draft.text
    assert "Ani Wulandari and Dedi Kurnia" in (await chat.taps("Back")).text

    change = await chat.taps("What if?")
    assert "If Ani Wulandari and Dedi Kurnia knew each other" in change.text
    await chat.taps("Back")

    made = await chat.taps("1 · Introduced")
    assert "You introduced Ani Wulandari to Dedi Kurnia" in made.text
    assert "Dedi Kurnia" in (await chat.says("/contact Ani")).text
    assert "Nobody to bring together" in (await chat.says("/intro")).text
    await chat.says("/undo")
    assert "Ani Wulandari and Dedi Kurnia" in (await chat.says("/intro")).text

    declined = await chat.taps("Not these two")
    assert "not suggest Ani Wulandari and Dedi Kurnia again" in declined.text
    assert "Nobody to bring together" in (await chat.says("/intro")).text
    await chat.says("/undo")
    assert "Ani Wulandari and Dedi Kurnia" in (await chat.says("/intro")).text


async def test_the_way_to_somebody_starts_with_whom_to_ask_first(chat: Chat) -> None:
    await fill(chat)
    answer = await chat.says("/intro Gita")
    assert "Ask Dedi Kurnia first" in answer.text
    assert "Dedi Kurnia knows Eko Prasetyo" in answer.text
    assert "Eko Prasetyo knows Gita Savitri" in answer.text
    assert "Hi Dedi, may I ask you a favour? I would like to get to know Gita" in answer.text
    assert "Ask Dedi Kurnia first" in (await chat.says("/intro bappenas")).text
    assert "in touch with Dedi Kurnia yourself" in (await chat.says("/intro GoTo")).text
    assert "in touch with Ani Wulandari yourself" in (await chat.says("/intro Ani")).text

    left = await chat.says("/whatif without Dedi")
    assert "no longer get to Eko Prasetyo, Fitri Handayani, and Gita Savitri" in left.text
    assert "lose all of Bappenas and GoTo" in left.text
    assert "Ask Dedi Kurnia first" in (await chat.taps("Eko Prasetyo")).text
    assert left.text == (await chat.says("/intro what if Dedi leaves?")).text

    tied = await chat.says("/whatif Ani and Dedi")
    assert "If Ani Wulandari and Dedi Kurnia knew each other" in tied.text
    assert tied.buttons == ["Messages", "Back"]


async def test_without_a_way_it_says_what_to_tell(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari, LAN")
    answer = await chat.says("/intro LAN")
    assert "I see no way to LAN yet" in answer.text
    assert "/tie" in answer.text
    assert "too few people" in (await chat.says("/intro")).text


async def test_of_two_budis_it_asks_which(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, LAN")
    await chat.says("/add Budi Hartono, Bappenas")
    answer = await chat.says("/intro Budi")
    assert answer.buttons == ["Budi Santoso · LAN", "Budi Hartono · Bappenas"]
    assert "no way to Budi Hartono" in (await chat.taps("Budi Hartono · Bappenas")).text


async def test_whoever_is_unknown_is_not_imagined(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    assert "I know nobody called" in (await chat.says("/intro Zaki Anwar")).text
    assert "I know nobody called" in (await chat.says("/whatif without Zaki")).text
    assert "What shall I imagine?" in (await chat.says("/whatif")).text
    assert "What shall I imagine?" in (await chat.says("/whatif without?")).text


@pytest.mark.parametrize("verb", ["introdraft", "introduced", "intronot", "whatif", "lead"])
async def test_another_owners_contacts_are_out_of_reach(bot: Bot, verb: str) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Ani Wulandari")
    await ayu.says("/add Budi Santoso")
    one = await contact_id(ayu, "Ani")
    two = await contact_id(ayu, "Budi")
    await eve.says("/add Eko Prasetyo")
    assert "no longer have that contact" in (await eve.sends(f"{verb}:{one}:{two}")).text


@pytest.mark.parametrize("verb", ["introduced", "intronot", "whatif"])
async def test_nobody_is_brought_together_with_themselves(chat: Chat, verb: str) -> None:
    await chat.says("/add Ani Wulandari")
    number = await contact_id(chat, "Ani")
    assert "no longer works" in (await chat.sends(f"{verb}:{number}:{number}")).text


async def test_the_messages_are_in_the_language_spoken_with_them(bot: Bot) -> None:
    chat = bot.chat(7, language="id")
    await chat.says("/add Ani Wulandari, LAN")
    await chat.says("/add Dedi Kurnia, GoTo")
    one, two = await contact_id(chat, "Ani"), await contact_id(chat, "Dedi")
    answer = await chat.sends(f"introdraft:{one}:{two}")
    assert "Halo Ani, saya ingin mengenalkan" in answer.text
