"""The process is killed at many moments under load: nothing is lost, nothing applied twice."""

import json
import os
import random
import re
import signal
import threading
from collections import Counter
from itertools import groupby

from tests.faults.conftest import Rig

USERS = range(1, 21)
EACH = 20
KILLS = int(os.environ.get("JEJARING_KILLS", "10"))
NOTE = re.compile(r"note (\d+)x(\d+)")


def texts(user: int) -> list[str]:
    logs = [f"/log Budi: coffee today, note {user}x{number:02}" for number in range(1, EACH)]
    return ["/add Budi Santoso", *logs]


def answered(rig: Rig) -> int:
    """How many updates have their answer."""
    found = {call.params["text"] for call in rig.telegram.sent("sendMessage")}
    notes = {match[0] for match in map(NOTE.search, found) if match}
    return len(notes) + len({call.chat_id for call in rig.telegram.sent("sendMessage")})


def kill_during_call(rig: Rig, number: int) -> None:
    """Kill the process while its Nth call from now is being answered."""
    assert rig.process is not None
    process, enough = rig.process, threading.Event()
    last = len(rig.telegram.calls("sendMessage")) + number

    def look() -> None:
        if not enough.is_set() and len(rig.telegram.calls("sendMessage")) >= last:
            os.kill(process.pid, signal.SIGKILL)
            enough.set()

    with rig.telegram.heard_by(look):
        assert enough.wait(60), rig.log()
    assert rig.wait() == -signal.SIGKILL


def test_nothing_is_lost_and_nothing_done_twice_however_often_it_is_killed(rig: Rig) -> None:
    chance = random.Random(20260318)
    left = [(user, text) for user in USERS for text in texts(user)]
    said = 0
    for user in USERS:
        rig.telegram.add_user(user)
    for _ in range(KILLS):
        for _ in range(-(-len(USERS) * EACH // KILLS)):
            user = chance.choice(left)[0] if left else 0
            if user:
                left.remove(first := next(each for each in left if each[0] == user))
                rig.telegram.say(*first)
                said += 1
        rig.start()
        kill_during_call(rig, chance.randint(1, max(1, said - answered(rig))))
    assert not left
    rig.start()
    rig.settle(120)
    check_database(rig)
    repeats = check_replies(rig)
    check_exports(rig)
    # Of what 16 senders had sent and not marked, at most one call a chat is repeated.
    assert sum(repeats.values()) <= 16 * KILLS
    assert max(repeats.values(), default=0) <= KILLS
    print(f"{KILLS} kills, {said} updates, {sum(repeats.values())} replies repeated")  # noqa: T201


def check_database(rig: Rig) -> None:
    kept = rig.rows(
        "SELECT owner.telegram_id, note FROM interaction JOIN owner ON owner.id = owner_id"
        " ORDER BY owner_id, interaction.id"
    )
    expected = [f"note {user}x{number:02}" for user in USERS for number in range(1, EACH)]
    assert sorted(note for _, note in kept) == sorted(expected)
    for user, notes in groupby(kept, key=lambda row: row[0]):
        found = [note for _, note in notes]
        assert found == [f"note {user}x{number:02}" for number in range(1, EACH)]
    assert rig.rows("SELECT count(*) FROM contact") == [(len(USERS),)]
    assert rig.rows("PRAGMA integrity_check") == [("ok",)]
    assert rig.rows("PRAGMA foreign_key_check") == []


def check_replies(rig: Rig) -> Counter[int]:
    """Every reply is there, in order; how many are there twice, by user."""
    repeats: Counter[int] = Counter()
    for user in USERS:
        said = [message for message in rig.telegram.messages(user) if message.from_bot]
        found = [NOTE.search(message.text or "") for message in said]
        numbers = [int(match[2]) if match else 0 for match in found]
        assert [number for number, _ in groupby(numbers)] == list(range(EACH))
        repeats[user] = len(numbers) - EACH
    return repeats


def check_exports(rig: Rig) -> None:
    for user in (1, len(USERS)):
        rig.telegram.say(user, "/export")
        rig.until(lambda user=user: rig.telegram.messages(user)[-1].document)
        document = rig.telegram.messages(user)[-1].document
        assert document is not None
        notes = [each["note"] for each in json.loads(document.content)["interactions"]]
        assert notes == [f"note {user}x{number:02}" for number in range(1, EACH)]
