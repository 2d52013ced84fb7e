"""/network and /tie."""

from tests.chat.conftest import Bot, Chat
from tests.chat.networks import contact_id, fill


async def add(chat: Chat, *names: str) -> None:
    for name in names:
        await chat.says(f"/add {name}")


async def test_two_contacts_are_tied(chat: Chat) -> None:
    await add(chat, "Ani Wulandari", "Budi Santoso")
    answer = await chat.says("/tie Ani, Budi")
    assert "Ani Wulandari and Budi Santoso know each other" in answer.text
    assert "know already" in (await chat.says("/tie Budi, Ani")).text
    assert "Knows Ani Wulandari" in (await chat.says("/contact Budi")).text
    await chat.says("/undo")
    assert "Knows" not in (await chat.says("/contact Budi")).text


async def test_a_tie_needs_two(chat: Chat) -> None:
    await add(chat, "Ani Wulandari")
    assert "Which two" in (await chat.says("/tie Ani")).text
    assert "Which two" in (await chat.says("/tie")).text


async def test_the_summary_is_short_and_names_people(chat: Chat) -> None:
    await fill(chat)
    answer = await chat.says("/network")
    assert "7 people" in answer.text
    assert "Ani Wulandari" in answer.text
    assert "groups of people who know each other, the largest GoTo and LAN" in answer.text
    assert "connects most" in answer.text
    assert answer.text.count("👉") == 1
    assert len([line for line in answer.text.splitlines() if line]) <= 10


async def test_whoever_holds_an_organisation_alone_is_named(chat: Chat) -> None:
    await fill(chat)
    answer = await chat.says("/network")
    assert "If you lose Dedi Kurnia, you lose all of" in answer.text
    assert "GoTo" in answer.text


PARTS = {
    "Strong and weak": "are strong: ",
    "Who connects": "Dedi Kurnia",
    "Groups": "LAN (3): Ani Wulandari, Budi Santoso, and Citra Maharani",
    "Your place": "Most of your closeness goes to a few people",
    "Reach": "You reach 3 people directly.",
    "Alike?": "Organisations: mixed; most are GoTo, LAN, and Bappenas.",
    "Inside and outside": "Where do you work or belong yourself?",
    "Kinds of help": "Too early to say",
    "What changed": "In a month I can tell you",
}


async def test_a_button_tells_more_of_each_part_in_the_same_message(chat: Chat) -> None:
    await fill(chat)
    first = await chat.says("/network")
    for label, said in PARTS.items():
        answer = await chat.taps(label)
        assert said in answer.text
        assert answer.last.message_id == first.last.message_id
        assert "7 people" in (await chat.taps("Back")).text
    assert (await chat.taps("Map")).last.photo is not None


async def test_with_my_organisation_it_tells_inside_from_outside(chat: Chat) -> None:
    await fill(chat)
    await chat.says("/network")
    await chat.taps("Inside and outside")
    assert "Type its name" in (await chat.taps("Name my organisation")).text
    answer = await chat.says("LAN")
    assert "3 inside LAN, 4 outside" in answer.text
    assert "👉" in answer.text


async def test_kinds_of_help_are_told_with_names_and_what_is_missing(chat: Chat) -> None:
    await fill(chat)
    for who, what in (
        ("Ani", "helped me find a venue"),
        ("Ani", "introduced me to her boss"),
        ("Citra", "helped me fix the report"),
        ("Dedi", "told me about a tender"),
    ):
        await chat.says(f"{who} {what}")
    await chat.says("/network")
    answer = await chat.taps("Kinds of help")
    assert "👉" in answer.text


async def test_what_changed_within_a_month_is_told(chat: Chat, bot: Bot) -> None:
    await fill(chat)
    await chat.says("/network")
    bot.clock.on(days=29)
    await add(chat, "Hana Lestari, Telkom")
    await chat.says("/tie Hana, Ani")
    await chat.says("/network")
    answer = await chat.taps("What changed")
    assert "29 days ago" in answer.text
    assert "New: Hana Lestari" in answer.text
    assert "1 more tie between your contacts" in answer.text


async def test_within_a_month_the_first_note_stays_what_it_is_measured_against(
    chat: Chat, bot: Bot
) -> None:
    await fill(chat)
    await chat.says("/network")
    bot.clock.on(days=10)
    await add(chat, "Hana Lestari")
    await chat.says("/network")
    bot.clock.on(days=10)
    await chat.says("/network")
    answer = await chat.taps("What changed")
    assert "20 days ago" in answer.text
    assert "New: Hana Lestari" in answer.text


async def test_below_a_minimum_it_says_what_to_tell_first(chat: Chat) -> None:
    await add(chat, "Ani Wulandari")
    assert "at least three" in (await chat.says("/network")).text
    await add(chat, "Budi Santoso", "Citra Maharani")
    answer = await chat.says("/network")
    assert "people you know, with /add (3 of 5)" in answer.text


async def test_a_part_nobody_made_is_refused(chat: Chat) -> None:
    await fill(chat)
    await chat.says("/network")
    assert "no longer works" in (await chat.sends("network:secrets")).text


async def test_another_owners_people_are_not_in_my_network(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await fill(ayu)
    assert "at least three" in (await eve.says("/network")).text
    assert "do not know Ani" in (await eve.says("/tie Ani, Budi")).text
    assert await contact_id(ayu, "Ani")


async def test_the_summary_speaks_indonesian(bot: Bot) -> None:
    chat = bot.chat(7, language="id")
    await fill(chat)
    answer = await chat.says("/network")
    assert "Ani Wulandari" in answer.text
