"""Somebody kept twice: proposed side by side, put together on a tap, never on a name alone."""

from storage import owned
from storage.tables import Contact, Interaction, Owner, Participation, Tie
from tests.chat.conftest import Bot, Chat
from tests.chat.test_import import rows, sends


async def two(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas #pilot")
    await chat.says("/add Ani Wulandari, LAN")
    await chat.says("/tie Ani, Budi")
    await chat.says("/log Budi, Ani: coffee yesterday, data pilot")
    await chat.says("/add Budi Santosa, Bappenas, analyst #data")
    await chat.says("/log Budi Santosa: call 3 days ago, budget")


def everything(bot: Bot) -> list[object]:
    with bot.app.database.read() as session:
        owner = session.get(Owner, 1)
        assert owner is not None
        return [
            row.model_dump(mode="json")
            for model in owned.models()
            for row in owned.rows(session, 1, model)
        ]


async def test_a_similar_name_at_one_organisation_is_proposed_side_by_side(chat: Chat) -> None:
    await two(chat)
    shown = await chat.says("/merge")
    assert "1. Budi Santoso" in shown.text
    assert "2. Budi Santosa" in shown.text
    assert shown.buttons == ["One person, keep as 1", "One person, keep as 2", "Two people"]


async def test_merging_joins_all_records_and_undo_parts_them_exactly(bot: Bot, chat: Chat) -> None:
    await two(chat)
    before = everything(bot)
    await chat.says("/merge")
    assert "are one now" in (await chat.taps("One person, keep as 1")).text
    budi, ani = rows(bot, Contact)
    assert (budi.name, budi.role, budi.aliases) == ("Budi Santoso", "analyst", ["Budi Santosa"])
    assert budi.tags == ["pilot", "data"]
    assert len(rows(bot, Interaction)) == 2
    assert {each.contact_id for each in rows(bot, Participation)} == {budi.id, ani.id}
    card = (await chat.says("/contact Budi Santosa")).text
    assert "budget" in card
    assert "data pilot" in card
    assert "two again" in (await chat.says("/undo")).text
    assert everything(bot) == before


async def test_those_who_met_and_knew_one_another_leave_no_tie_to_oneself(
    bot: Bot, chat: Chat
) -> None:
    await two(chat)
    await chat.says("/tie Budi Santoso, Budi Santosa")
    await chat.says("/tie Ani, Budi Santosa")
    await chat.says("/log Budi Santoso, Budi Santosa: lunch today")
    before = everything(bot)
    await chat.says("/merge")
    await chat.taps("One person, keep as 2")
    ani, budi = rows(bot, Contact)
    assert [(each.a, each.b) for each in rows(bot, Tie)] == [(ani.id, budi.id)]
    assert len(rows(bot, Participation)) == 4
    await chat.taps("Undo")
    assert everything(bot) == before


async def test_a_refused_pair_is_not_proposed_again(chat: Chat) -> None:
    await two(chat)
    await chat.says("/merge")
    assert "stay two" in (await chat.taps("Two people")).text
    assert "nobody twice" in (await chat.taps("Next pair")).text
    assert "nobody twice" in (await chat.says("/merge")).text


async def test_a_number_both_have_gives_the_pair_away_however_it_is_written(chat: Chat) -> None:
    card = "BEGIN:VCARD\nFN:Dewi Lestari\nTEL:+62 811 222 333\nTEL:+628123456789\nEND:VCARD\n"
    await sends(chat, card)
    await chat.taps("Import")
    await chat.shares(phone="0812 3456 789", first_name="Ibu", last_name="Guru")
    shown = await chat.says("/merge")
    assert "They share a phone number" in shown.text
    assert "2. Ibu Guru" in shown.text


async def test_different_people_are_not_proposed(chat: Chat) -> None:
    await chat.says("/add Sri Wahyuni, LAN")
    await chat.says("/add Siti Wulandari, LAN")
    assert "nobody twice" in (await chat.says("/merge")).text


async def test_anothers_contacts_cannot_be_merged(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await two(ayu)
    await eve.says("/add Budi Santoso, Bappenas")
    before = everything(bot)
    for forged in (
        "merge:1:3",
        "merge:4:1",
        "merge:1:4",
        "merge:4:4",
        "merge:1:3:apart",
        "merge:x",
        "merge:4:4:no",
    ):
        await eve.sends(forged)
    assert everything(bot) == before
    assert len(rows(bot, Contact, 2)) == 1
