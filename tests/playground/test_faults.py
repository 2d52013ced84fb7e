"""Faults strike the calls they are meant for, before or after the effect."""

import time
from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.playground import Fault
from tests.playground.conftest import USER


async def test_too_many_requests_says_how_long_to_wait(bot, rig, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB warns that this will come
    rig.faults.add(Fault("429", times=1, retry_after=3))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(USER, "x")
    assert refused.value.retry_after == timedelta(seconds=3)
    assert rig.messages(USER) == []
    await bot.send_message(USER, "x")


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("500", NetworkError, "Internal Server Error"),
        ("502", NetworkError, "Bad Gateway"),
        ("403", Forbidden, "bot was blocked by the user"),
        ("400", BadRequest, "Something is wrong"),
        ("drop", NetworkError, "RemoteProtocolError|ReadError"),
    ],
)
async def test_a_fault_before_the_effect_leaves_nothing_behind(bot, rig, kind, error, words):
    number = rig.faults.add(Fault(kind, times=1))
    with pytest.raises(error, match=words):
        await bot.send_message(USER, "x")
    assert rig.messages(USER) == []
    assert rig.faults.struck(number) == 1
    assert [call.outcome for call in rig.calls()] == [f"fault {kind}"]
    await bot.send_message(USER, "y")
    assert [message.text for message in rig.messages(USER)] == ["y"]


@pytest.mark.parametrize("kind", ["500_after", "502_after", "drop_after"])
async def test_a_fault_after_the_effect_loses_only_the_answer(bot, rig, kind):
    rig.faults.add(Fault(kind, times=1))
    with pytest.raises(NetworkError):
        await bot.send_message(USER, "x")
    assert [message.text for message in rig.messages(USER)] == ["x"]
    assert [call.outcome for call in rig.calls()] == ["ok"]


async def test_slow_waits_before_the_effect_and_slow_after_behind_it(bot, rig):
    rig.faults.add(Fault("slow", times=1, delay=0.1))
    begun = time.monotonic()
    await bot.send_message(USER, "x")
    assert time.monotonic() - begun >= 0.1
    rig.faults.add(Fault("slow_after", times=1, delay=5))
    with pytest.raises(NetworkError, match="Timed out"):
        await bot.send_message(USER, "y", read_timeout=0.1)
    assert [message.text for message in rig.messages(USER)] == ["x", "y"]


async def test_a_fault_strikes_only_the_chats_and_methods_it_names(bot, rig):
    rig.add_user(1002)
    rig.faults.add(Fault("500", method="send*", chat_id=1002))
    await bot.send_message(USER, "x")
    await bot.get_chat(1002)
    with pytest.raises(NetworkError):
        await bot.send_message(1002, "x")


async def test_a_described_fault_says_its_words(bot, rig):
    rig.faults.add(Fault("403", description="Forbidden: user is deactivated"))
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(USER, "x")


async def test_probability_zero_never_strikes_and_cleared_faults_are_over(bot, rig):
    rig.faults.add(Fault("500", probability=0.0))
    await bot.send_message(USER, "x")
    number = rig.faults.add(Fault("500"))
    rig.faults.remove(number)
    await bot.send_message(USER, "x")
    rig.faults.add(Fault("500"))
    rig.faults.clear()
    await bot.send_message(USER, "x")


async def test_polling_can_be_struck_too(bot, rig):
    rig.say(USER, "x")
    rig.faults.add(Fault("drop_after", method="getUpdates", times=1))
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1


async def test_downloads_can_be_struck(bot, rig):
    sent = await bot.send_document(USER, b"x", filename="x.txt")
    rig.faults.add(Fault("500", method="file", times=1))
    file = await sent.document.get_file()
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert await file.download_as_bytearray() == b"x"


async def test_every_call_takes_the_set_time(bot, rig):
    rig.latency_seconds = 0.05
    begun = time.monotonic()
    await bot.get_me()
    assert time.monotonic() - begun >= 0.05


def test_a_fault_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="unknown kind of fault: 'typo'"):
        Fault("typo")  # type: ignore[arg-type]
