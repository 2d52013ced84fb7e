"""Asked to stop, the process finishes what runs, in time, and the next one goes on from there."""

import signal
import time
from itertools import groupby

import pytest

from bot.playground import Fault
from tests.faults.conftest import Rig

USERS, EACH = range(1, 13), 6
SECONDS = 5.0


def start(rig: Rig) -> None:
    """The command as it is installed; it is up when it says so in its log."""
    before = rig.log().count("bot serving")
    rig.start("bot", wait=False)
    rig.until(lambda: rig.log().count("bot serving") > before)


def stop(rig: Rig, number: int = signal.SIGTERM) -> float:
    """Seconds until it ended; its status is 0."""
    began = time.monotonic()
    assert rig.stop(number, seconds=20) == 0, rig.log()
    return time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_under_load_it_stops_in_time_and_nothing_is_lost_or_repeated(rig: Rig, number: int) -> None:
    rig.telegram.latency_seconds = 0.01
    for each in range(EACH):
        for user in USERS:
            text = f"/log Budi: coffee, part {each}" if each else "/add Budi Santoso"
            rig.telegram.say(user, text)
    start(rig)
    rig.until(lambda: len(rig.telegram.sent("sendMessage")) >= 5)
    assert stop(rig, number) < SECONDS
    start(rig)
    rig.until(lambda: len(rig.telegram.sent("sendMessage")) >= len(USERS) * EACH, 60)
    rig.settle(60)
    assert len(rig.telegram.sent("sendMessage")) == len(USERS) * EACH
    kept = rig.rows("SELECT owner_id, note FROM interaction ORDER BY owner_id, id")
    for _, notes in groupby(kept, key=lambda row: row[0]):
        assert [note for _, note in notes] == [f"part {each}" for each in range(1, EACH)]
    stop(rig, number)


def test_a_call_that_takes_long_does_not_hold_up_the_stop(rig: Rig) -> None:
    rig.telegram.faults.add(Fault("slow", method="sendMessage", chat_id=1, delay=60))
    start(rig)
    rig.telegram.say(1, "/help")
    rig.telegram.say(2, "/help")
    rig.until(lambda: rig.telegram.sent("sendMessage", 2))
    assert stop(rig) < SECONDS
    rig.telegram.faults.clear()
    start(rig)
    rig.until(lambda: rig.telegram.sent("sendMessage", 1))
    stop(rig)


def test_it_waits_for_telegram_at_the_start_and_can_be_stopped_meanwhile(rig: Rig) -> None:
    number = rig.telegram.faults.add(Fault("502"))
    rig.start("bot", wait=False)
    rig.until(lambda: "telegram_unreachable" in rig.log())
    assert rig.telegram.faults.struck(number)
    assert stop(rig) < 1.5


def test_a_token_telegram_does_not_know_ends_it_with_a_clear_word(rig: Rig) -> None:
    rig.telegram.token = "2:another"
    rig.start("bot", wait=False)
    assert rig.wait(20) == 2
    assert "TELEGRAM_BOT_TOKEN" in rig.log()
    assert "Traceback" not in rig.log()
