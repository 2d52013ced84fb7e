"""/start, /settings, the commands about the account itself."""

import json
from pathlib import Path

from bot.playground import LocalTelegram
from tests.chat.conftest import Bot, Chat, Clock, running


async def test_the_onboarding_asks_language_zone_day_and_hour(chat: Chat) -> None:
    first = await chat.says("/start")
    assert first.buttons == ["English", "Bahasa Indonesia", "Skip"]
    zone = await chat.taps("English")
    assert "Jakarta · WIB" in zone.buttons
    await chat.taps("Makassar · WITA")
    await chat.taps("Friday")
    ready = await chat.taps("17:00")
    assert "on Friday at 17:00" in ready.text
    assert "/add Budi Santoso" in ready.text
    assert len(chat.heard()) == 1
    settings = await chat.says("/settings")
    assert "Time zone: Asia/Makassar" in settings.text
    assert "Weekly message: Friday, 17:00" in settings.text


async def test_every_step_of_the_onboarding_can_be_skipped(chat: Chat) -> None:
    await chat.says("/start")
    for _ in range(4):
        last = await chat.taps("Skip")
    assert "on Monday at 08:00" in last.text
    assert "Good to see you again" in (await chat.says("/start")).text


async def test_a_city_can_be_typed(chat: Chat) -> None:
    await chat.says("/start")
    await chat.taps("Skip")
    await chat.taps("Another city")
    assert "do not know that city" in (await chat.says("Atlantis")).text
    assert "On which day?" in (await chat.says("bandung")).text
    assert "Time zone: Asia/Jakarta" in (await chat.says("/settings")).text


async def test_the_bot_follows_telegrams_language_until_one_is_chosen(bot: Bot) -> None:
    rina = bot.chat(7, language="id-ID")
    assert "Bantuan" in (await rina.says("/help")).text or "Ceritakan" in rina.last().text
    await rina.says("/settings")
    await rina.sends("set:language:en")
    assert "Tell me" in (await rina.says("/help")).text


async def test_stop_pauses_and_start_resumes(chat: Chat) -> None:
    assert "Paused" in (await chat.says("/stop")).text
    assert "Paused" in (await chat.says("/settings")).text
    assert "weekly message comes again" in (await chat.says("/start")).text
    assert "Paused" not in (await chat.says("/settings")).text


async def test_forged_settings_are_refused(chat: Chat) -> None:
    before = (await chat.says("/settings")).text
    for data in ("set:day:9", "set:time:99", "set:language:xx", "set:timezone:nowhere", "set:x:y"):
        assert "no longer works" in (await chat.sends(data)).text
    assert (await chat.says("/settings")).text == before


async def test_export_is_one_json_document_of_everything(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas, analyst #pilot met at the LAN training")
    await chat.says("/add Ani Wulandari, LAN")
    await chat.says("/log Budi, Ani: coffee yesterday, data pilot")
    await chat.says("/tie Ani, Budi")
    answer = await chat.says("/export")
    assert answer.last.document is not None
    document = json.loads(answer.last.document.content)
    assert document["format"] == "jejaring.export"
    assert document["version"] == 1
    assert document["settings"]["timezone"] == "Asia/Jakarta"
    budi, ani = document["contacts"]
    assert budi["organisation"] == "Bappenas"
    assert budi["role"] == "analyst"
    assert budi["tags"] == ["pilot"]
    assert budi["how_met"] == "met at the LAN training"
    assert budi["stage_history"] == [{"stage": "know", "on": "2026-03-18", "why": "added"}]
    (interaction,) = document["interactions"]
    assert interaction["on"] == "2026-03-17"
    assert interaction["contacts"] == [budi["id"], ani["id"]]
    assert interaction["channel"] == "coffee"
    assert interaction["note"] == "data pilot"
    tie = {"a": budi["id"], "b": ani["id"], "kind": "knows", "source": "stated"}
    assert document["ties"] == [tie]


async def test_export_holds_nothing_of_others(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    await ayu.says("/add Budi Santoso")
    answer = await eve.says("/export")
    assert answer.last.document is not None
    assert json.loads(answer.last.document.content)["contacts"] == []


async def test_forget_asks_once_and_then_leaves_nothing(bot: Bot) -> None:
    ayu, eve = bot.chat(1), bot.chat(2)
    for chat in (ayu, eve):
        await chat.says("/add Budi Santoso, Bappenas")
        await chat.says("/log Budi: coffee")
    await ayu.says("/forget")
    assert "Nothing was deleted" in (await ayu.taps("No, keep it")).text
    await ayu.says("/forget")
    assert "Everything is deleted" in (await ayu.taps("Yes, delete everything")).text
    assert "know nobody" in (await ayu.says("/contact Budi")).text
    assert "Budi Santoso" in (await eve.says("/contact Budi")).text


async def test_privacy_help_cancel_and_unknown_commands_answer(chat: Chat) -> None:
    assert "/forget deletes everything" in (await chat.says("/privacy")).text
    assert "/fading" in (await chat.says("/help")).text
    assert "nothing waiting" in (await chat.says("/cancel")).text
    assert "I do not know /frobnicate" in (await chat.says("/frobnicate")).text


async def test_only_allowed_users_are_served(
    telegram: LocalTelegram, url: str, clock: Clock, tmp_path: Path
) -> None:
    async with running(telegram, url, tmp_path / "a.db", clock, allowed_users="5") as bot:
        assert "private bot" in (await bot.chat(6).says("/start")).text
        assert "Which language" in (await bot.chat(5).says("/start")).text


async def test_menus_and_descriptions_are_set_in_both_languages(bot: Bot) -> None:
    await bot.telegram.until(lambda: bot.telegram.sent("setChatMenuButton"), 10)
    languages = [call.params.get("language_code") for call in bot.telegram.sent("setMyCommands")]
    assert languages == [None, "id"]
    assert len(bot.telegram.sent("setMyDescription")) == 2
