"""/needs and /offers, needs told in words, and where a need is met."""

import pytest

from tests.chat.conftest import Bot, Chat


async def test_what_the_owner_offers_is_listed_and_taken_off(chat: Chat) -> None:
    assert "Nothing that I know of" in (await chat.says("/offers")).text
    noted = await chat.says("/offers data analysis; teaching statistics")
    assert "You offer: data analysis; teaching statistics" in noted.text
    listed = await chat.says("/offers")
    assert "• data analysis" in listed.text
    after = await chat.taps("✕ data analysis")
    assert "data analysis" not in after.text
    assert "teaching statistics" in after.text
    await chat.says("/undo")
    assert "• data analysis" in (await chat.says("/offers")).text


async def test_a_need_met_by_a_contact_is_said_right_away(chat: Chat) -> None:
    await chat.says("/add Rio Pratama")
    await chat.says("/offers Rio: help with permits")
    noted = await chat.says("/needs permits for the workshop")
    assert "You need “permits for the workshop”, and Rio Pratama offers" in noted.text
    assert "Rio Pratama offers" in (await chat.says("/needs")).text
    assert "💡 You need" in (await chat.says("/contact Rio")).text
    steps = await chat.says("/next Rio")
    assert "permits for the workshop" in steps.text


async def test_a_need_of_one_contact_is_met_by_another(chat: Chat) -> None:
    await chat.says("/add Citra Maharani")
    await chat.says("/add Dedi Kurnia")
    await chat.says("/offers Dedi: data engineer")
    noted = await chat.says("/needs Citra: data engineer")
    assert "Citra Maharani needs “data engineer”, and Dedi Kurnia offers" in noted.text
    await chat.taps("Undo")
    assert "data engineer" not in (await chat.says("/contact Citra")).text


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Citra is looking for a data engineer", "Citra Maharani needs: a data engineer"),
        ("Rio bisa bantu perizinan", "Rio Pratama offers: perizinan"),
        (
            "Coffee with Citra yesterday, she is looking for a data engineer",
            "Citra Maharani needs: a data engineer",
        ),
    ],
)
async def test_a_need_or_an_offer_is_heard_in_plain_words(chat: Chat, told: str, kept: str) -> None:
    await chat.says("/add Citra Maharani")
    await chat.says("/add Rio Pratama")
    answer = await chat.says(told)
    assert any(kept in message.text for message in answer.messages)


async def test_a_need_is_added_from_the_card(chat: Chat) -> None:
    await chat.says("/add Citra Maharani")
    await chat.says("/contact Citra")
    await chat.taps("Edit")
    question = await chat.taps("Needs")
    assert "What is Citra Maharani looking for?" in question.text
    assert "Citra Maharani needs: an illustrator" in (await chat.says("an illustrator")).text
    assert "Needs: an illustrator" in (await chat.says("/contact Citra")).text


async def test_needs_of_somebody_unknown_offer_to_add_them(chat: Chat) -> None:
    question = await chat.says("/needs Citra Maharani: data engineer")
    assert "Add Citra Maharani" in question.buttons
    answer = await chat.taps("Add Citra Maharani")
    assert "Citra Maharani needs: data engineer" in answer.text


async def test_words_missing_are_asked_for(chat: Chat) -> None:
    for words in ("/needs Citra:", "/needs : data", "/needs ;"):
        assert "Tell me what you need" in (await chat.says(words)).text
    assert "Tell me what you offer" in (await chat.says("/offers ;")).text


async def test_the_same_need_is_kept_once(chat: Chat) -> None:
    await chat.says("/needs a venue")
    assert (await chat.says("/needs A Venue")).buttons == []
    assert (await chat.says("/needs")).text.lower().count("a venue") == 1


async def test_another_owners_needs_are_not_seen_met_or_dropped(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Rio Pratama")
    await ayu.says("/offers Rio: help with permits")
    await ayu.says("/needs permits")
    listed = await ayu.says("/needs")
    drop = listed.last.button("✕ permits").callback_data or ""
    noted = await eve.says("/needs permits for the workshop")
    assert "Rio" not in noted.text
    assert "no longer works" in (await eve.sends(drop)).text
    assert "gone" in (await eve.sends("wants:1:need")).text or "no longer" in eve.last().text
    assert "• permits" in (await ayu.says("/needs")).text


@pytest.mark.parametrize("data", ["drop", "drop:x", "wants:1:gold"])
async def test_a_forged_button_is_refused(chat: Chat, data: str) -> None:
    await chat.says("/add Citra Maharani")
    assert "no longer works" in (await chat.sends(data)).text
