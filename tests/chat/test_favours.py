"""Help that went one way or both: in words, by /favour, and by a button after a log."""

import pytest

from tests.chat.conftest import Bot, Chat


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ("he helped me with the report", "Budi Santoso helped you"),
        ("I read his draft yesterday", "You helped Budi Santoso"),
        ("we swapped notes, helped each other", "You and Budi Santoso helped each other"),
        ("bantu saya pindahan", "Budi Santoso helped you"),
        ("saya bantu pindahan", "You helped Budi Santoso"),
    ],
)
async def test_a_favour_is_kept_the_way_it_is_told(chat: Chat, told: str, understood: str) -> None:
    await chat.says("/add Budi Santoso")
    answer = await chat.says(f"/favour Budi: {told}")
    assert understood in answer.text
    await chat.taps("Undo")
    assert "Not in touch yet" in (await chat.says("/contact Budi")).text


async def test_which_way_it_went_is_asked_when_it_is_not_plain(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    question = await chat.says("/favour Budi: the budget sheet")
    assert question.buttons == ["I helped", "They helped", "Both"]
    assert "nothing to take back" not in (await chat.says("/undo")).text  # only the contact
    await chat.says("/add Budi Santoso")
    await chat.says("/favour Budi: the budget sheet")
    assert "You helped Budi Santoso" in (await chat.taps("I helped")).text


async def test_the_kind_of_help_is_guessed_and_can_be_changed(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    answer = await chat.says("/favour Budi: he taught me how to read the budget")
    assert "knowledge" in answer.text
    await chat.taps("Kind")
    assert "solving a problem" in (await chat.taps("Solving a problem")).text


async def test_thanks_owed_are_known_until_they_were_said(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    answer = await chat.says("/favour Budi: he helped me with the report yesterday")
    assert "Thanked" in answer.buttons
    assert "Thanks owed" in (await chat.says("/contact Budi")).text
    thanked = await chat.taps("Thanked", on=answer.last)
    assert "Thanked." in thanked.text
    assert "Thanked" not in thanked.buttons
    assert "Thanks owed" not in (await chat.says("/contact Budi")).text


async def test_after_a_log_one_tap_and_a_few_words_keep_the_help(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/log Budi: coffee yesterday")
    await chat.taps("Helped?")
    question = await chat.taps("They helped")
    assert "With what did Budi Santoso help you?" in question.text
    answer = await chat.says("found me a venue for the workshop")
    assert "Budi Santoso helped you · yesterday" in answer.text
    card = await chat.says("/contact Budi")
    assert "They helped you once" in card.text
    assert card.text.count("coffee") == 1  # no second time in touch


async def test_after_a_log_the_note_may_say_it_already(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/add Ani Wulandari")
    await chat.says("/log Budi, Ani: coffee yesterday, went through the slides")
    await chat.taps("Helped?")
    await chat.taps("I helped")
    await chat.taps("Ani Wulandari")
    answer = await chat.taps("As in the note")
    assert "You helped Ani Wulandari" in answer.text
    assert "went through the slides" in answer.text


async def test_the_card_tells_in_words_which_way_it_leans(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("/favour Budi: I read his draft yesterday")
    await chat.says("/favour Budi: I taught his team today")
    card = await chat.says("/contact Budi")
    assert "You helped them 2 times" in card.text
    assert "one way: from you to them" in card.text


async def test_promises_stand_on_the_card_until_they_are_kept(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    await chat.says("coffee with Budi yesterday, he promised to send the list of districts")
    card = await chat.says("/contact Budi")
    assert "They promised:" in card.text
    kept = next(label for label in card.buttons if label.startswith("Kept: "))
    after = await chat.taps(kept)
    assert "They promised:" not in after.messages[0].text
    eve = bot.chat(2)
    await eve.says("/help")
    assert "no longer works" in (await eve.sends("kept:1")).text
    await chat.says("/undo")
    assert "They promised:" in (await chat.says("/contact Budi")).text


async def test_a_favour_needs_a_name_and_words(chat: Chat) -> None:
    for words in ("/favour", "/favour : helped me", "/favour Budi:", "/favour Budi"):
        assert "/favour Budi: he helped me" in (await chat.says(words)).text
    assert "still to come" in (await chat.says("/favour Budi: I help him tomorrow")).text


async def test_a_favour_in_free_text_is_kept(chat: Chat) -> None:
    await chat.says("/add Budi Santoso")
    assert "Budi Santoso helped you" in (await chat.says("Budi helped me with the slides")).text


async def test_another_owners_favours_cannot_be_touched(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Budi Santoso")
    asked = await ayu.says("/favour Budi: the budget sheet")
    kept = await ayu.says("/favour Budi: he helped me with the report")
    logged = await ayu.says("/log Budi: coffee")
    tapped = [
        asked.last.button("I helped").callback_data,
        kept.last.button("Kind").callback_data,
        f"{kept.last.button('Kind').callback_data}:access",
        kept.last.button("Thanked").callback_data,
        logged.last.button("Helped?").callback_data,
        f"{logged.last.button('Helped?').callback_data}:given",
    ]
    await eve.says("/help")
    for data in tapped:
        answer = await eve.sends(data or "")
        assert "Budi" not in answer.text
        assert "no longer" in answer.text
    assert "nothing to take back" in (await eve.says("/undo")).text


@pytest.mark.parametrize(
    "data", ["gave", "gave:x:given", "help:1:sideways", "kind:1:gold", "thanks", "kept:9"]
)
async def test_a_forged_button_is_refused(chat: Chat, data: str) -> None:
    await chat.says("/help")
    assert "no longer works" in (await chat.sends(data)).text
