"""Who introduced whom to whom, told in words; thanks for it; all of it exported and forgotten."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from storage import tables  # noqa: F401 - the tables stand in the metadata
from tests.chat.conftest import Bot, Chat


@pytest.mark.parametrize(
    "told",
    [
        "Ani introduced me to Budi yesterday",
        "Ani ngenalin saya ke Budi kemarin",
        "yesterday Ani put me in touch with Budi",
    ],
)
async def test_a_door_opened_for_the_owner_is_credited_to_who_opened_it(
    chat: Chat, told: str
) -> None:
    await chat.says("/add Ani Wulandari")
    await chat.says("/add Budi Santoso")
    answer = await chat.says(told)
    assert "Ani Wulandari introduced you to Budi Santoso, yesterday" in answer.text
    ani = (await chat.says("/contact Ani")).messages[0]
    assert "Introduced you to Budi Santoso" in ani.text
    assert "They helped you once (opening a door)" in ani.text
    assert "Thanks owed for introducing you to Budi Santoso" in ani.text
    assert "Knows Budi Santoso" in ani.text
    assert "You met through Ani Wulandari" in (await chat.says("/contact Budi")).messages[0].text


async def test_somebody_new_is_added_with_the_introduction(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    question = await chat.says("Ani introduced me to Rudi Hermawan")
    assert "Add Rudi Hermawan" in question.buttons
    answer = await chat.taps("Add Rudi Hermawan")
    assert "Ani Wulandari introduced you to Rudi Hermawan" in answer.text
    assert "New in your network: Rudi Hermawan" in answer.text
    await chat.taps("Undo")
    assert "know nobody" in (await chat.says("/contact Rudi")).text
    assert "Introduced you" not in (await chat.says("/contact Ani")).text


async def test_a_door_the_owner_opened_is_on_both_cards(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    await chat.says("/add Budi Santoso")
    answer = await chat.says("I introduced Ani to Budi yesterday")
    assert "You introduced Ani Wulandari to Budi Santoso" in answer.text
    for name, other in (("Ani", "Budi Santoso"), ("Budi", "Ani Wulandari")):
        card = (await chat.says(f"/contact {name}")).messages[0].text
        assert f"You introduced them to {other}" in card
        assert f"Knows {other}" in card


async def test_thanks_for_a_door_are_owed_until_they_were_said(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    await chat.says("/add Budi Santoso")
    await chat.says("Ani introduced me to Budi yesterday")
    assert "Thank Ani" in (await chat.says("/next Ani")).text
    card = (await chat.says("/contact Ani")).messages[0]
    thanked = await chat.taps("Thanked", on=card)
    assert "Thanked." in thanked.text
    assert "Thanks owed" not in (await chat.says("/contact Ani")).messages[0].text


async def test_what_came_of_a_door_is_asked_and_shown(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    await chat.says("/add Budi Santoso")
    await chat.says("Ani introduced me to Budi yesterday")
    await chat.taps("Thanked")
    for _ in range(8):
        bot.clock.on(days=8)
        steps = await chat.says("/next Ani")
        lines = [line for line in steps.text.splitlines() if "👉" in line]
        told = [n for n, line in enumerate(lines, 1) if "Budi Santoso" in line]
        if told:
            break
    answer = await chat.taps(f"{told[0]} · Done")
    assert "What came of the introduction" in answer.text
    assert "Kept what came of it" in (await chat.says("we run a workshop together")).text
    card = (await chat.says("/contact Ani")).messages[0].text
    assert "Introduced you to Budi Santoso: we run a workshop together" in card


async def test_help_to_two_people_is_no_introduction(chat: Chat) -> None:
    await chat.says("/add Ani Wulandari")
    await chat.says("/add Budi Santoso")
    answer = await chat.says("/favour Ani, Budi: I fixed their laptops")
    assert "You helped Ani Wulandari and Budi Santoso" in answer.text
    for name in ("Ani", "Budi"):
        assert "You helped them once" in (await chat.says(f"/contact {name}")).messages[0].text


async def test_another_owners_doors_cannot_be_touched(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    for name in ("Ani Wulandari", "Budi Santoso"):
        await ayu.says(f"/add {name}")
    made = await ayu.says("Ani introduced me to Budi yesterday")
    await eve.says("/help")
    answer = await eve.sends(made.last.button("Thanked").callback_data or "")
    assert "no longer works" in answer.text
    assert "Ani" not in answer.text


async def told_everything(chat: Chat) -> None:
    """One of each thing that give and take keeps."""
    for name in ("Ani Wulandari", "Budi Santoso", "Citra Maharani"):
        await chat.says(f"/add {name}")
    await chat.says("Ani introduced me to Budi yesterday")
    await chat.says("/favour Citra: she taught me statistics")
    await chat.says("/offers data analysis")
    await chat.says("/needs Citra: data analysis")
    await chat.says("coffee with Budi yesterday, I promised to send the dataset by Friday")
    await chat.says("/next")


async def test_the_export_holds_give_and_take(chat: Chat) -> None:
    await told_everything(chat)
    document = (await chat.says("/export")).last.document
    assert document is not None
    exported: dict[str, Any] = json.loads(document.content)
    ids = {each["name"].split()[0]: each["id"] for each in exported["contacts"]}
    assert exported["version"] == 1
    (favour,) = exported["favours"]
    assert (favour["contact"], favour["direction"]) == (ids["Citra"], "received")
    assert favour["kind"] == "knowledge"
    (door,) = exported["introductions"]
    assert (door["introducer"], door["whom"], door["to"]) == (ids["Ani"], None, ids["Budi"])
    assert door["made_on"] == "2026-03-17"
    (offer,), (need,) = exported["offers"], exported["needs"]
    assert (offer["contact"], offer["what"]) == (None, "data analysis")
    assert (need["contact"], need["what"]) == (ids["Citra"], "data analysis")
    (promise,) = exported["promises"]
    assert (promise["by"], promise["due_on"]) == ("me", "2026-03-20")
    assert exported["cooperations"] == []


async def test_forgetting_leaves_no_row_of_it(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await told_everything(ayu)
    await told_everything(eve)
    before = _rows(bot)
    assert before["favour"] == before["introduction"] == 2
    assert before["exchange_item"] == 4
    assert before["suggestion"] >= 2
    await ayu.says("/forget")
    await ayu.taps("Yes, delete everything")
    after = _rows(bot)
    for table in ("favour", "introduction", "exchange_item", "suggestion", "promise", "contact"):
        assert after[table] * 2 == before[table], table


def _rows(bot: Bot) -> dict[str, int]:
    with bot.app.database.read() as session:
        return {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
        }
