"""A large network in one chat does not hold up the others."""

import asyncio
import gc
from datetime import date, timedelta
from random import Random
from time import perf_counter

import pytest

from storage.tables import Contact, Interaction, Participation, StageMove, Tie
from tests.chat.conftest import START, Bot, Chat

PEOPLE, TIES, MEETINGS = 1000, 3000, 3000
LONGEST_STALL_SECONDS = 0.15  # 0.05 on a machine of its own; this one may be shared


def seed(bot: Bot, owner_id: int) -> None:
    """A thousand contacts of fifty organisations, tied mostly within."""
    random = Random(7)
    day = date(2026, 3, 1)
    with bot.app.database.write() as session:
        for number in range(1, PEOPLE + 1):
            session.add(
                Contact(
                    id=number,
                    owner_id=owner_id,
                    name=f"Person {number}",
                    organisation=f"House {number % 50}",
                    stage=random.choice(("know", "like", "trust", "buy")),
                    created_at=START,
                )
            )
        session.flush()
        for number in range(1, PEOPLE + 1):
            session.add(
                StageMove(owner_id=owner_id, contact_id=number, stage="know", on=day, why="added")
            )
        for number in range(1, MEETINGS + 1):
            on = day - timedelta(days=random.randrange(300))
            session.add(Interaction(id=number, owner_id=owner_id, on=on, created_at=START))
        session.flush()
        for number in range(1, MEETINGS + 1):
            session.add(
                Participation(
                    owner_id=owner_id,
                    interaction_id=number,
                    contact_id=random.randrange(1, PEOPLE + 1),
                )
            )
        pairs = set()
        while len(pairs) < TIES:
            a = random.randrange(1, PEOPLE + 1)
            near = (
                a + 50 * random.randrange(1, 19)
                if random.random() < 0.85
                else random.randrange(1, PEOPLE)
            )
            b = (near - 1) % PEOPLE + 1
            if a != b:
                pairs.add((min(a, b), max(a, b)))
        for a, b in sorted(pairs):
            session.add(Tie(owner_id=owner_id, a=a, b=b, created_at=START))


@pytest.mark.parametrize("command", ["/network", "/map", "/intro"])
async def test_a_thousand_contacts_hold_up_nobody_else(bot: Bot, command: str) -> None:
    """The best of three: what we cause comes back each time, what a busy machine does not."""
    chat = bot.chat()
    await chat.says("/settings")
    await asyncio.to_thread(seed, bot, 1)
    gc.collect()
    longest: list[float] = []
    for _ in range(3):
        longest.append(await longest_stall(chat, command))
        if longest[-1] < LONGEST_STALL_SECONDS:
            break
    print(f"{command}: longest stalls {[round(1000 * each) for each in longest]} ms")  # noqa: T201
    assert min(longest) < LONGEST_STALL_SECONDS


async def longest_stall(chat: Chat, command: str) -> float:
    """Seconds for which the event loop came to nothing else while the command was answered."""
    stalls: list[float] = []

    async def watch() -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(0.005)
            stalls.append(perf_counter() - before - 0.005)

    watching = asyncio.create_task(watch())
    answer = await chat.says(command)
    watching.cancel()
    assert answer.last.photo is not None or len(answer.text) > 100
    return max(stalls)
