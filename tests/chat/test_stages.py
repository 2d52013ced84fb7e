"""Stages on evidence: a move is proposed with the lines it rests on; /stage shows the funnel."""

import json
from io import BytesIO

import pytest
from PIL import Image

from tests.chat.conftest import Answer, Bot, Chat


async def trusted(bot: Bot, chat: Chat) -> Answer:
    """A tie that grows until the bot says so; the answer that says it."""
    await chat.says("/add Budi Santoso, Bappenas, analyst")
    for told in (
        "/log Budi: coffee today, he told me about his family",
        "/favour Budi: he helped me with the budget sheet",
        "/log Budi: lunch today, he invited me to his wedding",
        "/favour Budi: I reviewed his draft",
        "/favour Budi: he taught me the new rules",
    ):
        bot.clock.on(days=8)
        answer = await chat.says(told)
        if any("seem to" in message.text for message in answer.messages):
            return answer
    raise AssertionError("No move was proposed.")


async def test_a_move_is_proposed_with_the_lines_it_rests_on(bot: Bot, chat: Chat) -> None:
    answer = await trusted(bot, chat)
    assert "You and Budi Santoso seem to" in answer.text
    assert "• " in answer.text
    assert "told me about his family" in answer.text or "budget sheet" in answer.text
    assert answer.buttons == ["Yes, move", "Not yet"]
    moved = await chat.taps("Yes, move")
    assert "Budi Santoso now stands at" in moved.text
    assert "👉" in moved.text
    assert "since today" in (await chat.says("/contact Budi")).text


async def test_taking_the_move_back_puts_the_tie_where_it_stood(bot: Bot, chat: Chat) -> None:
    await trusted(bot, chat)
    await chat.taps("Yes, move")
    await chat.taps("Undo")
    assert "Stage: Know" in (await chat.says("/contact Budi")).text


async def test_not_yet_is_not_asked_again_without_new_evidence(bot: Bot, chat: Chat) -> None:
    await trusted(bot, chat)
    assert "stays at Know" in (await chat.taps("Not yet")).text
    bot.clock.on(days=1)
    assert len((await chat.says("/contact Budi")).messages) == 1
    bot.clock.on(days=3)
    answer = await chat.says("/log Budi: dinner today, he told me about his family and his mother")
    assert "seem to" in answer.text
    assert answer.buttons == ["Yes, move", "Not yet"]


async def test_at_most_one_move_is_proposed_a_day(bot: Bot, chat: Chat) -> None:
    for name in ("Budi Santoso", "Ani Wulandari"):
        await chat.says(f"/add {name}, Bappenas, analyst")
    for _ in range(4):
        bot.clock.on(days=8)
        await chat.says("/favour Budi: he taught me the rules and helped me today")
        await chat.says("/favour Ani: she taught me the rules and helped me today")
        await chat.says("/log Budi, Ani: lunch today, we talked about our families")
    proposals = [m for m in chat.heard() if "seem to" in m.text]
    days = {m.date.date() for m in proposals}
    assert proposals
    assert len(days) == len(proposals)


async def test_a_tie_that_faded_falls_back_gently(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/log Budi: coffee today")
    await chat.says("/stage Budi")
    await chat.taps("Trust")
    bot.clock.on(days=800)
    card = await chat.says("/contact Budi")
    assert "have not been in touch for 800 days" in card.text
    assert "Move back to Like for now?" in card.text
    assert card.buttons == ["Yes, move", "Leave it"]
    assert "now stands at Like" in (await chat.taps("Yes, move")).text
    history = await chat.says("/stage Budi")
    assert "today: Like, when it had gone quiet" in history.text
    assert "Trust, as you set it" in history.text


async def test_working_together_is_put_on_record_and_ended(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/favour Budi: he helped me with the budget sheet")
    bot.clock.on(days=3)
    await chat.says("/stage Budi")
    await chat.taps("Working together")
    assert "What do you and Budi Santoso do together" in (await chat.taps("Partnership")).text
    answer = await chat.says("the data pilot")
    assert "Budi Santoso · partnership · since today" in answer.messages[0].text
    assert "Move to Buy?" in answer.text
    assert "you cooperate, the data pilot" in answer.text
    assert "now stands at Buy" in (await chat.taps("Yes, move")).text
    card = (await chat.says("/contact Budi")).messages[0]
    assert "Partnership: the data pilot, since today" in card.text
    exported = await chat.says("/export")
    assert exported.last.document is not None
    (told,) = json.loads(exported.last.document.content)["cooperations"]
    assert (told["form"], told["what"], told["ended_on"]) == ("partnership", "the data pilot", None)
    bot.clock.on(days=30)
    await chat.says("/stage Budi")
    await chat.taps("Working together")
    assert "ended today" in (await chat.taps("Ended: the data pilot")).text
    assert "Partnership" not in (await chat.says("/contact Budi")).messages[0].text


async def test_another_owners_cooperation_cannot_be_touched(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Budi Santoso")
    await ayu.says("/stage Budi")
    await ayu.taps("Working together")
    await ayu.taps("Alliance")
    await ayu.says("open data")
    await eve.says("/help")
    for data in ("together:1", "together:1:alliance", "ended:1"):
        answer = await eve.sends(data)
        assert "no longer" in answer.text
        assert "Budi" not in answer.text


async def test_the_funnel_shows_who_stands_where_in_words_and_as_a_picture(
    bot: Bot, chat: Chat
) -> None:
    for name in ("Budi Santoso", "Ani Wulandari", "Citra Maharani"):
        await chat.says(f"/add {name}")
    await chat.says("/stage Ani")
    await chat.taps("Like")
    answer = await chat.says("/stage")
    words, picture = answer.messages
    assert "Where your 3 contacts stand" in words.text
    assert "Know · 2: Budi Santoso, Citra Maharani" in words.text
    assert "Like · 1: Ani Wulandari" in words.text
    assert "↗ Ani Wulandari to Like, today" in words.text
    assert "stand still" not in words.text
    assert picture.photo is not None
    shown = Image.open(BytesIO(picture.photo.content))
    assert shown.format == "JPEG"
    assert shown.width == 1000


async def test_where_people_stall_is_said(bot: Bot, chat: Chat) -> None:
    for name in ("Budi Santoso", "Ani Wulandari"):
        await chat.says(f"/add {name}")
    bot.clock.on(days=200)
    words = (await chat.says("/stage")).messages[0]
    assert "Most stand still at Know: 2 contacts" in words.text
    assert "Budi Santoso, 200 days" in words.text
    assert "Next with Budi Santoso" in (await chat.taps("Budi Santoso", on=words)).text


async def test_an_empty_funnel_says_how_to_begin(chat: Chat) -> None:
    answer = await chat.says("/stage")
    assert "I know nobody yet" in answer.text
    assert len(answer.messages) == 1


async def test_a_name_opens_the_stage_of_one(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    assert "Budi Santoso stands at Know" in (await chat.says("/stage Budi")).text
    assert "nobody" in (await chat.says("/stage Zzz")).text


async def test_the_export_holds_each_move_with_what_it_rests_on(bot: Bot, chat: Chat) -> None:
    await trusted(bot, chat)
    await chat.taps("Yes, move")
    document = (await chat.says("/export")).last.document
    assert document is not None
    exported = json.loads(document.content)
    history = exported["contacts"][0]["stage_history"]
    assert [move["why"] for move in history] == ["added", "evidence"]
    evidence = history[-1]["evidence"]
    assert evidence
    rows = {"interaction": "interactions", "favour": "favours"}
    for piece in evidence:
        if piece["table"] in rows:
            assert piece["id"] in {row["id"] for row in exported[rows[piece["table"]]]}


async def test_another_owners_proposal_cannot_be_answered(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    proposed = await trusted(bot, ayu)
    data = proposed.last.button("Yes, move").callback_data or ""
    await eve.says("/help")
    answer = await eve.sends(data)
    assert "no longer works" in answer.text
    assert "Budi" not in answer.text
    assert "Stage: Know" in (await ayu.says("/contact Budi")).text


@pytest.mark.parametrize("data", ["move", "move:1:yes", "move:x:yes", "together", "ended:x"])
async def test_a_forged_button_is_refused(chat: Chat, data: str) -> None:
    await chat.says("/help")
    assert "no longer works" in (await chat.sends(data)).text
