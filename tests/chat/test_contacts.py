"""/add, /who, /contact and the buttons on a card."""

from tests.chat.conftest import Bot, Chat


async def test_adding_somebody_answers_with_all_that_was_understood(chat: Chat) -> None:
    answer = await chat.says("/add Budi Santoso, Bappenas, analyst #pilot met at the LAN training")
    for words in ("Budi Santoso", "analyst · Bappenas", "#pilot", "met at the LAN training"):
        assert words in answer.text
    assert "Stage: Know" in answer.text
    assert answer.buttons == ["Undo", "We talked"]


async def test_undo_takes_an_added_contact_back_by_editing_the_message(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    said = len(chat.heard())
    answer = await chat.taps("Undo")
    assert "Taken back" in answer.text
    assert len(chat.heard()) == said
    assert "I know nobody called Budi" in (await chat.says("/contact Budi")).text


async def test_add_without_a_name_says_how(chat: Chat) -> None:
    assert "/add Budi Santoso" in (await chat.says("/add")).text
    assert "/add Budi Santoso" in (await chat.says("/add , #x")).text


async def test_the_same_name_again_asks_whether_it_is_the_same_person(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    answer = await chat.says("/add budi santoso, LAN")
    assert answer.buttons == ["Yes, Budi Santoso · Bappenas", "No, add another"]
    assert "Added" in (await chat.taps("No, add another")).text
    card = await chat.says("/contact Budi")
    assert card.buttons == ["Budi Santoso · Bappenas", "budi santoso · LAN"]


async def test_names_are_shown_as_typed_and_never_as_markup(chat: Chat) -> None:
    answer = await chat.says("/add <b>Eve</b> & Co, <script>")
    assert "<b>Eve</b> & Co" in answer.text


async def test_a_shared_contact_card_becomes_a_contact(chat: Chat) -> None:
    answer = await chat.shares(phone="+62811222333", first_name="Rina", last_name="Kusuma")
    assert "Rina Kusuma" in answer.text
    assert "+62811222333" in answer.text
    again = await chat.shares(phone="+62 811-222-333", first_name="Rina")
    assert again.buttons[0] == "Yes, Rina Kusuma"


async def test_who_forgives_accents_and_one_typo(chat: Chat) -> None:
    await chat.says("/add José Hernández, Médecins, doctor #health")
    for words in ("jose", "hernandes", "medecins", "#health", "docter"):
        assert "José Hernández" in (await chat.says(f"/who {words}")).text
    assert "nobody" in (await chat.says("/who zzz")).text


async def test_one_never_finds_another_owners_people(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Budi Santoso, Bappenas")
    card = (await ayu.says("/contact Budi")).last
    assert "nobody" in (await eve.says("/who Budi")).text
    assert "know nobody" in (await eve.says("/contact Budi")).text
    await eve.says("/help")
    for row in card.buttons:
        for button in row:
            answer = await eve.sends(button.callback_data or "")
            assert "Budi" not in answer.text
            assert "no longer" in answer.text


async def test_the_card_shows_and_moves_the_stage(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    card = await chat.says("/contact Budi")
    assert "Stage: Know, since today" in card.text
    assert card.buttons == ["Log", "Stage", "Next", "Snooze", "Edit", "Archive"]
    choice = await chat.taps("Stage")
    assert "● Know" in choice.buttons
    moved = await chat.taps("Trust")
    assert "now stands at Trust" in moved.text
    assert "👉" in moved.text
    assert "Stage: Trust" in (await chat.taps("Card")).text
    await chat.says("/undo")
    assert "Stage: Know" in (await chat.says("/contact Budi")).text


async def test_a_field_is_edited_by_typing_it(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/contact Budi")
    await chat.taps("Edit")
    await chat.taps("Birthday")
    assert "could not read" in (await chat.says("soonish")).text
    assert "up to date" in (await chat.says("14 March 1990")).text
    await chat.taps("Card")
    await chat.taps("Edit")
    await chat.taps("How often")
    await chat.says("every 2 weeks")
    assert "every 14 days" in (await chat.says("/contact Budi")).text


async def test_archived_people_are_kept_but_not_brought_up(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    await chat.says("/contact Budi")
    assert "archived" in (await chat.taps("Archive")).text
    assert "nobody" in (await chat.says("/who Budi")).text
    await chat.says("/undo")
    assert "Budi" in (await chat.says("/who Budi")).text
