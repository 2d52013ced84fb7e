"""Free talk in English and Indonesian: done at once when sure, asked about when not."""

from pathlib import Path

import pytest

from bot.playground import LocalTelegram
from tests.chat.conftest import Bot, Chat, Clock, running


@pytest.fixture
async def known(chat: Chat) -> Chat:
    """A chat whose bot knows a few people."""
    for person in (
        "Budi Santoso, Bappenas",
        "Budi Hartono, Telkom",
        "Ani Wulandari, Universitas Indonesia",
        "Dedi Kurniawan, Astra",
        "Rio Siregar, Tokopedia",
    ):
        await chat.says(f"/add {person}")
    return chat


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (
            "Had coffee with Ani yesterday, about the data pilot",
            "Ani Wulandari · coffee · yesterday",
        ),
        ("kemarin ngopi sama Ani bahas pilot data", "Ani Wulandari · coffee · yesterday"),
        ("lunch with dedi and rio today", "Dedi Kurniawan and Rio Siregar · meal · today"),
        ("td pagi telponan sm Rio", "Rio Siregar · call · today"),
        ("Met Budi from Telkom on Monday", "Budi Hartono · met · Monday 16 March"),
    ],
)
async def test_a_contact_told_in_words_is_logged_at_once(
    known: Chat, said: str, understood: str
) -> None:
    answer = await known.says(said)
    assert understood in answer.text
    assert answer.buttons[0] == "Undo"
    await known.taps("Undo")
    assert (
        "Not in touch yet"
        in (await known.says(f"/contact {understood.split(' ·')[0].split(' and ')[0]}")).text
    )


@pytest.mark.parametrize("said", ["coffee with Budi yesterday", "kemarin ngopi sama Budi"])
async def test_two_of_that_name_make_the_bot_ask_which_one(known: Chat, said: str) -> None:
    answer = await known.says(said)
    assert answer.buttons == ["Budi Santoso · Bappenas", "Budi Hartono · Telkom"]
    assert "Budi Hartono · coffee · yesterday" in (await known.taps("Budi Hartono · Telkom")).text


@pytest.mark.parametrize(
    "said",
    [
        "thanks, you're awesome!",
        "makasih ya",
        "I hope to meet Ani soon",
        "batal ketemu Rio",
        "I didn't call Dedi after all",
        "katanya Ani ketemu Rio kemarin",
        "semoga Dedi cepat sembuh",
    ],
)
async def test_small_talk_wishes_negations_and_hearsay_write_nothing(
    known: Chat, said: str
) -> None:
    before = (await known.says("/export")).last.document
    await known.says(said)
    after = (await known.says("/export")).last.document
    assert before is not None
    assert after is not None
    assert before.content == after.content


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("who do I know at Bappenas?", "Budi Santoso · Bappenas"),
        ("siapa aja kenalan saya di Telkom?", "Budi Hartono · Telkom"),
        ("when did I last talk to Ani?", "Ani Wulandari"),
        ("kapan terakhir ketemu Dedi?", "Dedi Kurniawan"),
        ("siapa yang sudah lama tidak saya hubungi?", "too early to say"),
    ],
)
async def test_questions_are_answered(known: Chat, said: str, shown: str) -> None:
    assert shown in (await known.says(said)).text


@pytest.mark.parametrize("said", ["Ani knows Rio", "Ani kenal sama Rio"])
async def test_a_tie_between_two_contacts_is_kept(known: Chat, said: str) -> None:
    assert "Ani Wulandari and Rio Siregar know each other" in (await known.says(said)).text


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("I sent Ani the dataset", "You helped Ani Wulandari"),
        ("Dedi bantuin revisi proposal saya kemarin", "Dedi Kurniawan helped you · yesterday"),
    ],
)
async def test_a_favour_is_kept_with_its_direction(known: Chat, said: str, understood: str) -> None:
    assert understood in (await known.says(said)).text


async def test_somebody_new_is_added_with_organisation_and_role(known: Chat) -> None:
    answer = await known.says(
        "save new contact Teguh Wibowo, engineer at PLN, phone 0812-3456-7890"
    )
    assert "Added Teguh Wibowo" in answer.text
    assert "engineer · PLN" in answer.text
    answer = await known.says("tambah kontak Rudi Hermawan, analis di OJK")
    assert "Added Rudi Hermawan" in answer.text
    assert "analis · OJK" in answer.text


async def test_an_unknown_name_in_a_meeting_is_offered_to_be_added(known: Chat) -> None:
    answer = await known.says("kemarin makan siang sama Ani dan Kevin")
    assert answer.buttons == ["Add Kevin", "Leave Kevin out", "Cancel"]
    assert "Ani Wulandari and Kevin · meal · yesterday" in (await known.taps("Add Kevin")).text


@pytest.mark.parametrize("said", ["no, it was Monday", "bukan, hari Senin"])
async def test_the_last_write_is_put_right(known: Chat, said: str) -> None:
    await known.says("coffee with Ani yesterday")
    answer = await known.says(said)
    assert "Put right: Ani Wulandari · coffee" in answer.text
    assert "Monday 16 March" in answer.text


async def test_the_right_person_takes_the_wrong_ones_place(known: Chat) -> None:
    await known.says("coffee with Budi Santoso yesterday")
    answer = await known.says("bukan Budi Santoso, Budi Hartono")
    assert "Put right: Budi Hartono · coffee · yesterday" in answer.text
    assert "Not in touch yet" in (await known.says("/contact Budi Santoso")).text
    await known.says("/undo")
    assert "Last in touch: yesterday" in (await known.says("/contact Budi Santoso")).text


@pytest.mark.parametrize("said", ["blub", "gak jelas blabla"])
async def test_what_is_not_understood_is_said_with_two_examples(known: Chat, said: str) -> None:
    answer = await known.says(said)
    assert "did not get that" in answer.text
    assert "Coffee with Budi yesterday" in answer.text
    assert "Who do I know at Bappenas?" in answer.text


async def test_small_talk_and_what_did_not_happen_get_a_word(known: Chat) -> None:
    assert "I am here" in (await known.says("makasih ya")).text
    assert "wrote nothing down" in (await known.says("batal ketemu Rio")).text


async def test_a_pending_question_survives_a_restart(
    telegram: LocalTelegram, url: str, clock: Clock, tmp_path: Path
) -> None:
    async with running(telegram, url, tmp_path / "a.db", clock) as bot:
        chat = bot.chat()
        await chat.says("/add Budi Santoso, Bappenas")
        await chat.says("/add Budi Hartono, Telkom")
        await chat.says("coffee with Budi yesterday")
    async with running(telegram, url, tmp_path / "a.db", clock) as bot:
        answer = await bot.chat().taps("Budi Hartono · Telkom")
        assert "Budi Hartono · coffee · yesterday" in answer.text


async def test_news_is_never_swallowed_as_the_answer_to_a_question(known: Chat) -> None:
    await known.says("/contact Ani")
    await known.taps("Edit")
    await known.taps("Role")
    assert "Rio Siregar · coffee" in (await known.says("coffee with Rio yesterday")).text
    assert "up to date" in (await known.says("senior lecturer")).text


async def test_a_promise_heard_in_a_log_becomes_a_reminder_with_one_tap(
    bot: Bot, known: Chat
) -> None:
    answer = await known.says("coffee with Ani today, I promised to send the draft on Friday")
    assert "You promised" in answer.text
    assert "Remind me" in answer.buttons
    planned = await known.taps("Remind me")
    assert "I will remind you on Friday 20 March at 08:00" in planned.text
    bot.clock.to(2026, 3, 20, 8, 1)
    await bot.tick()
    assert "draft" in known.last().text
    assert known.last().labels[:3] == ["Done", "Tomorrow", "Next week"]
    assert "✓" in (await known.taps("Done")).text
    assert "nothing to remember" in (await known.says("/remind")).text
