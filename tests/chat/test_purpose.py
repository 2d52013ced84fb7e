"""/purpose: Purpose, Design, Grow, Perform, measured on the network."""

import json

import pytest

from tests.chat.conftest import Bot, Chat
from tests.chat.networks import befriend, contact_id

STATED = "/purpose Start the data pilot by 30 June"


async def test_a_purpose_walks_through_its_four_stages(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari, Bappenas")
    await chat.says("/add Budi Santoso, LAN")
    await chat.says("/add Citra Maharani, GoTo")
    await chat.says("/tie Budi, Citra")

    answer = await chat.says(STATED)
    assert "Start the data pilot · by 30 June" in answer.text
    assert "✓ Purpose → ● Design → ○ Grow → ○ Perform" in answer.text
    assert "Say whom or what it needs" in answer.text

    await chat.taps("Add a need")
    await chat.taps("An organisation")
    answer = await chat.says("Bappenas")
    assert "○ somebody at Bappenas: nobody I see" in answer.text
    assert "Settle how you work together" in answer.text

    await chat.taps("How we work")
    assert "in return" in (await chat.taps("Every month")).text
    answer = await chat.says("I share what we learn")
    assert "✓ Design → ● Grow" in answer.text
    assert "In touch every 30 days" in answer.text
    assert "In return: I share what we learn" in answer.text
    assert "0 of 1 place is filled" in answer.text

    await befriend(chat, "Ani")
    answer = await chat.says("/purpose")
    assert "✓ somebody at Bappenas: Ani Wulandari" in answer.text
    assert "✓ Grow → ● Perform" in answer.text
    assert "Ask one of them for something" in answer.text
    assert "Nothing yet" in (await chat.taps("What it brought")).text

    await chat.sends(f"stage:{await contact_id(chat, 'Ani')}:buy")
    await chat.says("/purpose")
    brought = await chat.taps("What it brought")
    assert "1 agreed to work with you" in brought.text
    assert "Ani Wulandari did most" in brought.text
    assert "It works" in (await chat.taps("Back")).text

    await chat.taps("Finish")
    assert "Well done" in (await chat.taps("Reached")).text
    assert "What would you like to reach" in (await chat.taps("A new purpose")).text


async def test_who_could_help_is_told_with_the_way_to_them(chat: Chat) -> None:
    for person in ("Budi Santoso, LAN", "Citra Maharani, GoTo", "Dedi Kurnia, Telkom"):
        await chat.says(f"/add {person}")
    await chat.says("/tie Budi, Citra")
    await chat.says("/log Budi: coffee yesterday")
    await chat.says("/log Dedi: coffee yesterday")
    await chat.says(STATED)
    for kind, value in (("person", "Citra Maharani"), ("organisation", "2 Telkom")):
        await chat.sends(f"purpose:need:{kind}")
        answer = await chat.says(value)
    await chat.taps("Add a need")
    await chat.taps("A kind of help")
    answer = await chat.taps("Doors opened")
    assert "↗ Citra Maharani: through Budi Santoso" in answer.text
    assert "◐ 2 people at Telkom: perhaps Dedi Kurnia" in answer.text
    assert "○ doors opened: nobody I see" in answer.text
    grow = await chat.taps("Who could help")
    assert "ask Budi Santoso first; that leads to Citra Maharani" in grow.text
    assert "Dedi Kurnia: not yet close" in grow.text
    await chat.taps("Back")
    await chat.taps("Take off a need")
    gone = await chat.taps("✕ doors opened")
    assert "✕ doors opened" not in gone.buttons
    assert "doors opened: nobody" not in (await chat.taps("Back")).text
    await chat.says("/undo")
    assert "doors opened: nobody" in (await chat.says("/purpose")).text


async def test_a_purpose_is_stated_in_answer_to_a_question(chat: Chat) -> None:
    assert "What would you like to reach" in (await chat.says("/purpose")).text
    assert "🎯 Find three mentors" in (await chat.says("Find three mentors")).text
    assert "One at a time" in (await chat.says("/purpose Something else")).text
    await chat.taps("Show")
    await chat.taps("Deadline")
    assert "a day to come" in (await chat.says("1 March 2026")).text
    assert "by 30 June" in (await chat.says("30 June")).text


async def test_what_does_not_fit_is_refused_kindly(chat: Chat) -> None:
    assert "one line of at most 200" in (await chat.says("/purpose " + "x" * 201)).text
    await chat.says(STATED)
    for _ in range(2):
        await chat.sends("purpose:need:sector")
        answer = await chat.says("health")
    assert "on the list already" in answer.text


@pytest.mark.parametrize(
    "data",
    ["purpose:fly", "purpose:need:love", "purpose:help:love", "purpose:every:1",
     "purpose:drop:77", "purpose:drop:x", "purpose:close:won"],
)  # fmt: skip
async def test_a_button_nobody_made_is_refused(chat: Chat, data: str) -> None:
    await chat.says(STATED)
    assert "no longer works" in (await chat.sends(data)).text


async def test_without_a_purpose_its_buttons_offer_to_state_one(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    answer = await chat.sends("purpose:grow")
    assert "no purpose yet" in answer.text
    assert "What would you like to reach" in (await chat.taps("State one")).text


async def test_another_owners_needs_cannot_be_taken_off(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    for chat in (ayu, eve):
        await chat.says(STATED)
    await ayu.sends("purpose:help:access")
    assert "no longer works" in (await eve.sends("purpose:drop:1")).text
    assert "doors opened" in (await ayu.says("/purpose")).text
    assert "doors opened" not in (await eve.says("/purpose")).text


async def test_the_purpose_speaks_indonesian(bot: Bot) -> None:
    assert "🎯" in (await bot.chat(7, language="id").says("/purpose Buka cabang")).text


async def test_a_contact_whom_the_purpose_needs_is_found_and_whom_it_lacks_is_named(
    chat: Chat,
) -> None:
    await chat.says("/add Ani Wulandari, Bappenas")
    await chat.says("/add Budi Santoso, LAN")
    await chat.sends(f"edit:{await contact_id(chat, 'Ani')}:sector")
    await chat.says("government")
    await chat.says(STATED)
    for kind, value in (("sector", "health"), ("organisation", "bappenas")):
        await chat.sends(f"purpose:need:{kind}")
        await chat.says(value)
    for person in ("Citra", "Dedi", "Eko"):
        await chat.says(f"/add {person}, GoTo")
    await chat.says("/network")
    assert "Your purpose needs, and nobody has: health." in (await chat.taps("Alike?")).text


async def test_sector_and_place_are_noted_on_the_card_and_fill_a_need(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari, Dinkes")
    number = await contact_id(chat, "Ani")
    for field, value in (("sector", "health"), ("place", "Bandung")):
        await chat.sends(f"edit:{number}:{field}")
        answer = await chat.says(value)
    assert "health · Bandung" in answer.text
    await befriend(chat, "Ani")
    await chat.says(STATED)
    await chat.sends("purpose:need:sector")
    assert "✓ somebody in Health: Ani Wulandari" in (await chat.says("Health")).text


async def test_the_export_holds_the_purpose_and_what_it_needs(chat: Chat) -> None:
    await chat.says(STATED)
    await chat.sends("purpose:help:access")
    file = (await chat.says("/export")).last.document
    assert file is not None
    (kept,) = json.loads(file.content)["purposes"]
    assert kept["what"] == "Start the data pilot"
    assert kept["due_on"] == "2026-06-30"
    assert kept["needs"] == [{"kind": "help", "value": "access", "count": 1}]
