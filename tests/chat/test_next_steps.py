"""/next: the best next steps, and what their buttons do."""

import re

import pytest

from tests.chat.conftest import Bot, Chat


async def test_the_best_step_of_each_is_shown_with_its_reason(chat: Chat) -> None:
    for name in ("Budi Santoso", "Ani Wulandari", "Citra Maharani"):
        await chat.says(f"/add {name}")
    answer = await chat.says("/next")
    assert answer.text.startswith("Your next steps")
    assert 2 <= answer.text.count("👉") <= 3
    assert "1 · Done" in answer.buttons
    assert "Not this" in answer.buttons
    assert "Later" in answer.buttons


async def test_five_at_most_one_each(chat: Chat) -> None:
    for number in range(8):
        await chat.says(f"/add Person{'abcdefgh'[number]} Known")
        await chat.says(f"/log Person{'abcdefgh'[number]}: coffee, he started a new project today")
    answer = await chat.says("/next")
    assert answer.text.count("👉") <= 5
    names = re.findall(r"^\d\. (.+)$", answer.text, re.MULTILINE)
    assert len(names) == len(set(names))


async def test_one_person_gets_a_best_step_and_two_alternatives(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/log Budi: coffee yesterday about the data pilot")
    answer = await chat.says("/next Budi")
    assert answer.text.startswith("Next with Budi Santoso")
    assert answer.text.count("👉") == 3


async def test_done_puts_on_record_what_fits(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("coffee with Budi yesterday, I promised to send the dataset by Friday")
    first = await chat.says("/next Budi")
    assert "dataset" in first.text
    after = await chat.taps("1 · Done")
    assert "✓ " in after.messages[0].text
    card = await chat.says("/contact Budi")
    assert "Last in touch: today" in card.text
    assert "👉 Give Budi what you promised" not in card.text
    await chat.says("/undo")
    assert "Last in touch: yesterday" in (await chat.says("/contact Budi")).text


async def test_a_step_that_is_done_is_done_once(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    shown = await chat.says("/next Budi")
    done = shown.last.button("1 · Done").callback_data or ""
    await chat.sends(done)
    for data in (done, done.replace("done", "later")):
        assert "no longer works" in (await chat.sends(data)).text
    assert (await chat.says("/contact Budi")).text.count("• today") == 1


async def test_the_same_step_does_not_come_back_for_three_weeks(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/log Budi: coffee yesterday about the data pilot")
    before = _steps((await chat.says("/next Budi")).text)
    await chat.taps("Not this")
    seen: set[str] = set()
    for _ in range(4):
        bot.clock.on(days=5)
        seen |= set(_steps((await chat.says("/next Budi")).text))
    assert before[0] not in seen


async def test_not_this_and_later_are_said_in_place(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/log Budi: coffee yesterday about the data pilot")
    await chat.says("/next Budi")
    said = len(chat.heard())
    answer = await chat.taps("Not this")
    assert "Left out" in answer.text
    answer = await chat.taps("Later")
    assert "Put off" in answer.text
    assert len(chat.heard()) == said
    later = await chat.says("/next Budi")
    assert len(_steps(later.text)) == 3


async def test_a_draft_is_shown_to_copy_with_a_link_where_there_is_a_way(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas @budisantoso")
    await chat.says("/log Budi: coffee yesterday about the data pilot")
    await chat.says("/next Budi")
    draft = await chat.taps("Draft")
    assert "<code>" in draft.html
    assert draft.buttons == ["Write"]
    url = draft.last.button("Write").url or ""
    assert url.startswith("https://t.me/budisantoso?text=")
    assert "&#39;" not in draft.text


async def test_help_given_is_asked_about_when_the_step_is_done(chat: Chat) -> None:
    await chat.says("/add Citra Maharani")
    await chat.says("/offers data analysis")
    await chat.says("/needs Citra: data analysis")
    steps = await chat.says("/next Citra")
    number = next(n for n, step in enumerate(_steps(steps.text), 1) if "data analysis" in step)
    answer = await chat.taps(f"{number} · Done")
    assert "With what did you help Citra Maharani?" in answer.text
    assert "You helped Citra Maharani" in (await chat.says("cleaned her survey data")).text


async def test_a_tie_at_rest_gets_no_step(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/contact Budi")
    await chat.taps("Snooze")
    await chat.taps("1 month")
    assert "Nothing for now" in (await chat.says("/next Budi")).text
    assert "nothing to suggest" in (await chat.says("/next")).text


async def test_nobody_known_and_nobody_found_are_said(chat: Chat) -> None:
    assert "nothing to suggest" in (await chat.says("/next")).text
    assert "nobody" in (await chat.says("/next Budi")).text


async def test_two_of_a_name_are_asked_about(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/add Budi Hartono")
    question = await chat.says("/next Budi")
    assert question.buttons == ["Budi Santoso", "Budi Hartono"]
    assert "Next with Budi Hartono" in (await chat.taps("Budi Hartono")).text


async def test_another_owners_steps_cannot_be_touched(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Budi Santoso, Bappenas")
    shown = await ayu.says("/next Budi")
    tapped = [button.callback_data or "" for row in shown.last.buttons for button in row]
    await eve.says("/help")
    for data in [*tapped, "next:1"]:
        answer = await eve.sends(data)
        assert "Budi" not in answer.text
        assert "no longer" in answer.text
    assert "nothing to take back" in (await eve.says("/undo")).text


@pytest.mark.parametrize("data", ["step", "step:1:gold", "step:x:done", "next:99"])
async def test_a_forged_button_is_refused(chat: Chat, data: str) -> None:
    await chat.says("/help")
    assert "no longer" in (await chat.sends(data)).text


def _steps(text: str) -> list[str]:
    return re.findall(r"👉 (.+)", text)
