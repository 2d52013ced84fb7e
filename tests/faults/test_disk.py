"""A disk that is full or may not be written to: a clear word in the log, and nothing lost."""

import asyncio
import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.playground import LocalTelegram, serve
from tests.chat.conftest import Bot, Clock, running

USERS, EACH = range(1, 6), 6
FULL = "PRAGMA max_page_count = 1"  # which means: no page more than there are
ROOM = "PRAGMA max_page_count = 1000000"


@contextmanager
def trouble(bot: Bot, begin: str, end: str) -> Iterator[None]:
    """Every transaction that is begun in the block has the trouble; those after it have none."""
    now = [begin]

    def have_it(connection: Any, *_: Any) -> None:
        connection.execute(now[0])

    event.listen(bot.app.database.engine.pool, "checkout", have_it)
    try:
        yield
    finally:
        now[0] = end


def notes(bot: Bot) -> list[tuple[int, str]]:
    with bot.app.database.read() as session:
        query = "SELECT owner_id, note FROM interaction ORDER BY owner_id, id"
        return [(owner, note) for owner, note in session.execute(text(query))]


@pytest.mark.parametrize(
    ("begin", "end"),
    [(FULL, ROOM), ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")],
    ids=["full", "read-only"],
)
async def test_messages_wait_for_the_disk_and_are_then_handled_in_order(
    tmp_path: Path,
    begin: str,
    end: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("bot.inbox.LONGEST_PAUSE_SECONDS", 0.5)
    telegram = LocalTelegram()
    path = tmp_path / "test.db"
    padding = "very " * 300  # a page soon is full
    with serve(telegram) as served:
        async with running(telegram, served.url, path, Clock()) as bot:
            for user in USERS:
                await bot.chat(user).says("/add Budi Santoso")
            said = len(telegram.sent("sendMessage"))
            with trouble(bot, begin, end):
                for each in range(EACH):
                    for user in USERS:
                        telegram.say(user, f"/log Budi: coffee, part {each} {padding}")
                while not {"updates_not_stored", "turn_not_stored"} & set(caplog.messages):
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.3)
            await bot.settled()
            found = notes(bot)
            with bot.app.database.read() as session:
                assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert len(telegram.sent("sendMessage")) == said + len(USERS) * EACH
            for user in USERS:
                answers = [m.text for m in bot.chat(user).heard() if "part" in (m.text or "")]
                parts = [answer.split("part ")[1][0] for answer in answers]
                assert parts == [str(each) for each in range(EACH)]
    for _, mine in groupby(found, key=lambda row: row[0]):
        assert [note.split()[1] for _, note in mine] == [str(each) for each in range(EACH)]
    assert len(found) == len(USERS) * EACH
    assert "turn_failed" not in caplog.messages  # nobody was told that something is wrong with them
    assert not any("very very" in record.getMessage() for record in caplog.records)


async def test_a_disk_that_fills_up_between_turns_breaks_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.LONGEST_RECOVERY_SECONDS", 0.05)
    monkeypatch.setattr("bot.inbox.LONGEST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr("bot.outbox.LONGEST_PAUSE_SECONDS", 0.05)
    # Some transactions have no room: turns fail while later ones would succeed.
    telegram, chance = LocalTelegram(), random.Random(3)

    def now_and_then(connection: Any, *_: Any) -> None:
        connection.execute(FULL if chance.random() < 0.3 else ROOM)

    with serve(telegram) as served:
        async with running(telegram, served.url, tmp_path / "test.db", Clock()) as bot:
            for user in USERS:
                await bot.chat(user).says("/add Budi Santoso")
            event.listen(bot.app.database.engine.pool, "checkout", now_and_then)
            for each in range(EACH):
                for user in USERS:
                    telegram.say(user, f"/log Budi: coffee, part {each} {'very ' * 300}")
            await telegram.until(
                lambda: len(telegram.sent("sendMessage")) >= len(USERS) * (EACH + 1), 60
            )
            event.remove(bot.app.database.engine.pool, "checkout", now_and_then)
            await bot.settled()
            found = notes(bot)
    assert len(found) == len(USERS) * EACH
    for _, mine in groupby(found, key=lambda row: row[0]):
        assert [note.split()[1] for _, note in mine] == [str(each) for each in range(EACH)]
