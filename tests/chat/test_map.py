"""/map: the picture, its buttons, the documents."""

from io import BytesIO

import pytest
from PIL import Image

from bot.playground import Fault
from tests.chat.conftest import Answer, Bot, Chat

PEOPLE = (
    "Ani Wulandari, LAN #pilot",
    "Budi Santoso, LAN",
    "Citra Maharani, GoTo #pilot",
    "Dedi Kurnia",
)


@pytest.fixture
async def drawn(chat: Chat) -> Answer:
    for person in PEOPLE:
        await chat.says(f"/add {person}")
    await chat.says("/tie Ani, Citra")
    return await chat.says("/map")


def picture(answer: Answer) -> Image.Image:
    assert answer.last.photo is not None
    return Image.open(BytesIO(answer.last.photo.content))


async def test_the_map_is_a_picture_for_a_phone_with_a_sentence_and_buttons(drawn: Answer) -> None:
    shown = picture(drawn)
    assert (shown.format, shown.size) == ("JPEG", (1280, 1280))
    assert "Your network: 4 contacts" in drawn.text
    assert "Most are with LAN" in drawn.text
    assert drawn.buttons[:3] == ["• All", "Fading", "Strong only"]
    assert {"Know", "Like", "Trust", "Buy", "Organisation or tag", "Full map"} <= {*drawn.buttons}


async def test_a_filter_takes_the_place_of_the_picture(chat: Chat, drawn: Answer) -> None:
    before = picture(drawn).tobytes()
    answer = await chat.taps("Know")
    assert answer.last.message_id == drawn.last.message_id
    assert picture(answer).tobytes() != before
    assert "Know: 4 contacts" in answer.text
    assert "• Know" in answer.buttons
    assert "Your network" in (await chat.taps("All")).text


async def test_dark_colours(chat: Chat, drawn: Answer) -> None:
    light = picture(drawn).convert("L").getpixel((5, 5))
    dark = picture(await chat.taps("Dark")).convert("L").getpixel((5, 5))
    assert isinstance(light, int)
    assert isinstance(dark, int)
    assert dark < 80 < light
    assert "Light" in chat.last().labels


async def test_an_organisation_or_tag_is_chosen_below_the_picture(
    chat: Chat, drawn: Answer
) -> None:
    answer = await chat.taps("Organisation or tag")
    assert "Which organisation or tag" in answer.text
    assert answer.last.photo is not None
    assert answer.buttons == ["#pilot (2)", "LAN (2)", "GoTo (1)", "Back"]
    shown = await chat.taps("#pilot (2)")
    assert "#pilot: 2 contacts" in shown.text
    assert shown.last.message_id == drawn.last.message_id


async def test_the_map_of_an_organisation_a_tag_and_around_somebody(
    chat: Chat, drawn: Answer
) -> None:
    assert "LAN: 2 contacts" in (await chat.says("/map lan")).text
    assert "#pilot: 2 contacts" in (await chat.says("/map pilot")).text
    assert "Ani Wulandari and the one they know" in (await chat.says("/map around Ani")).text
    assert "Ani Wulandari and the one they know" in (await chat.says("/map sekitar Ani")).text


async def test_of_two_budis_the_map_asks_which(chat: Chat, drawn: Answer) -> None:
    await chat.says("/add Budi Hartono, Bappenas")
    answer = await chat.says("/map around Budi")
    assert answer.buttons == ["Budi Santoso · LAN", "Budi Hartono · Bappenas"]
    assert "Budi Hartono" in (await chat.taps("Budi Hartono · Bappenas")).text


async def test_the_full_map_is_a_page_that_needs_nothing(chat: Chat, drawn: Answer) -> None:
    answer = await chat.taps("Full map")
    file = answer.last.document
    assert file is not None
    page = file.content.decode()
    assert (file.name or "").endswith(".html")
    assert page.startswith("<!")
    assert "Ani Wulandari" in page


async def test_a_picture_twice_as_sharp(chat: Chat, drawn: Answer) -> None:
    file = (await chat.taps("Sharper picture")).last.document
    assert file is not None
    shown = Image.open(BytesIO(file.content))
    assert (shown.format, shown.size) == ("PNG", (2560, 2560))


async def test_without_contacts_there_are_kind_words_and_no_picture(chat: Chat) -> None:
    answer = await chat.says("/map")
    assert answer.last.photo is None
    assert "still empty" in answer.text


async def test_nobody_to_draw_is_said_and_the_picture_stays(chat: Chat, drawn: Answer) -> None:
    answer = await chat.taps("Fading")
    assert answer.last.photo is None
    assert "no tie has gone quieter" in answer.text
    assert "Your network" in (await chat.taps("Whole map")).text


async def test_a_name_in_a_script_without_letters_at_hand_is_in_the_sentence(chat: Chat) -> None:
    await chat.says("/add ᚠᚢᚦ")
    assert "ᚠᚢᚦ" in (await chat.says("/map")).text


async def test_whoever_is_unknown_is_not_drawn(chat: Chat, drawn: Answer) -> None:
    assert "I know nobody called" in (await chat.says("/map around Zaki")).text


@pytest.mark.parametrize(
    "data",
    ["map", "map:all", "map:all:pink", "map:stage.love:light", "map:around.x:light",
     "map:all.5:light", "map:group.1:light", "mapfile:exe:all:light", "mapfile:page:all",
     "mapgroups:all"],
)  # fmt: skip
async def test_a_button_nobody_made_is_refused(chat: Chat, drawn: Answer, data: str) -> None:
    assert "no longer works" in (await chat.sends(data)).text


async def test_another_owners_people_are_not_drawn(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Ani Wulandari, Secret")
    await eve.says("/add Eko Prasetyo")
    mine = await ayu.says("/map Secret")
    secret = mine.last.button("Dark").callback_data or ""
    theirs = await eve.says("/map")
    assert "no longer have that contact" in (await eve.sends("map:around.1:light")).text
    await eve.sends(secret, theirs.last)
    assert all("Secret" not in (message.caption or message.text) for message in eve.heard())
    assert "those contacts are gone" in eve.last().text


async def test_a_picture_that_is_gone_is_sent_anew(chat: Chat, drawn: Answer) -> None:
    refusal = "Bad Request: message to edit not found"
    chat.telegram.faults.add(Fault("400", method="editMessageMedia", times=1, description=refusal))
    answer = await chat.taps("Know")
    assert "Know: 4 contacts" in answer.text
    assert answer.last.message_id != drawn.last.message_id


async def test_the_map_speaks_indonesian(bot: Bot) -> None:
    chat = bot.chat(7, language="id")
    await chat.says("/add Ani Wulandari, LAN")
    assert (await chat.says("/map")).last.photo is not None
