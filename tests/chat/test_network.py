"""/network and /tie."""

from tests.chat.conftest import Bot, Chat


async def add(chat: Chat, *names: str) -> None:
    for name in names:
        await chat.says(f"/add {name}")


async def test_two_contacts_are_tied(chat: Chat) -> None:
    await add(chat, "Ani Wulandari", "Budi Santoso")
    answer = await chat.says("/tie Ani Budi")
    assert "Ani Wulandari and Budi Santoso know each other" in answer.text
    assert "know already" in (await chat.says("/tie Budi, Ani")).text
    assert "Knows Ani Wulandari" in (await chat.says("/contact Budi")).text
    await chat.says("/undo")
    assert "Knows" not in (await chat.says("/contact Budi")).text


async def test_a_tie_needs_two(chat: Chat) -> None:
    await add(chat, "Ani Wulandari")
    assert "Which two" in (await chat.says("/tie Ani")).text
    assert "Which two" in (await chat.says("/tie")).text


async def test_the_network_is_summed_up_in_words_with_names(chat: Chat) -> None:
    await add(
        chat, "Ani Wulandari, LAN", "Budi Santoso, LAN", "Citra Maharani, GoTo", "Dedi Kurnia"
    )
    await chat.says("/tie Ani, Budi")
    await chat.says("/log Ani, Citra: lunch yesterday")
    answer = await chat.says("/network")
    assert "4 people" in answer.text
    assert "2 ties between your contacts" in answer.text
    assert "33 of 100" in answer.text
    assert "Who connects: Ani Wulandari" in answer.text
    assert "1 contact is tied to no other" in answer.text


async def test_below_a_minimum_it_says_what_to_tell_first(chat: Chat) -> None:
    await add(chat, "Ani Wulandari")
    assert "at least three" in (await chat.says("/network")).text


async def test_another_owners_people_are_not_in_my_network(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await add(ayu, "Ani Wulandari", "Budi Santoso", "Citra Maharani")
    assert "at least three" in (await eve.says("/network")).text
    assert "do not know Ani" in (await eve.says("/tie Ani, Budi")).text
