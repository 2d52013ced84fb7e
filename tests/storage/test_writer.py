"""The writer: many pieces in one commit, in order, each for itself."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from storage.database import Database
from storage.tables import Owner
from storage.writer import Writer
from tests.storage.conftest import new_owner


def add(number: int, session: Session) -> int:
    session.add(new_owner(number))
    return number


def add_and_fail(number: int, session: Session) -> None:
    session.add(new_owner(number))
    session.flush()
    raise LookupError(number)


def kept(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.exec(select(Owner.telegram_id).order_by("id")))


class Commits:
    """How many transactions were committed, and whether the next ones fail."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        self.fail = False
        event.listen(database.engine, "commit", self._committing)

    def _committing(self, connection: Any) -> None:
        if self.fail:
            raise OperationalError("COMMIT", None, Exception("disk full"))
        self.count += 1


@pytest.fixture
def commits(database: Database) -> Commits:
    return Commits(database)


@pytest.fixture
async def held(writer: Writer) -> AsyncIterator[Callable[[], None]]:
    """The writer, busy with a piece of work until it is told to let go."""
    busy, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        busy.set()
        go_on.wait(10)

    writer.start()
    holding = writer.submit(hold)
    await asyncio.to_thread(busy.wait, 10)
    yield go_on.set
    go_on.set()
    await asyncio.wait([holding])
    holding.exception()  # where commits fail, this one fails too


async def test_work_that_waits_at_the_same_time_costs_one_commit(
    writer: Writer,
    database: Database,
    commits: Commits,
    held: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.writer.LONGEST_SECONDS", 10)
    waiting = [writer.submit(partial(add, number)) for number in range(20)]
    held()
    assert await asyncio.gather(*waiting) == list(range(20))
    assert commits.count == 2  # the one that held it up, and all the rest
    assert kept(database) == list(range(20))


async def test_work_is_done_and_answered_in_the_order_it_was_handed_in(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    answered: list[int] = []
    waiting = [writer.submit(partial(add, number)) for number in range(100)]
    for future in waiting:
        future.add_done_callback(lambda done: answered.append(done.result()))
    held()
    await asyncio.gather(*waiting)
    assert answered == kept(database) == list(range(100))


async def test_long_work_does_not_make_others_wait_for_its_commit(
    writer: Writer, commits: Commits, held: Callable[[], None]
) -> None:
    def take_long(session: Session) -> int:
        time.sleep(0.03)
        session.execute(text("SELECT 1"))
        return commits.count

    waiting = [writer.submit(take_long) for _ in range(4)]
    held()
    assert await asyncio.gather(*waiting) == [1, 2, 3, 4]


async def test_what_is_to_come_first_does(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    waiting = [writer.submit(partial(add, number)) for number in range(50)]
    waiting += [writer.submit(partial(add, number), first=True) for number in (100, 101)]
    held()
    await asyncio.gather(*waiting)
    assert kept(database) == [100, 101, *range(50)]


async def test_a_piece_that_fails_takes_nothing_with_it_and_leaves_nothing(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    waiting: list[asyncio.Future[Any]] = [
        writer.submit(partial(add_and_fail if number % 3 == 1 else add, number))
        for number in range(9)
    ]
    held()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(each, LookupError) for each in results] == [
        number % 3 == 1 for number in range(9)
    ]
    assert kept(database) == [0, 2, 3, 5, 6, 8]


async def test_a_piece_that_cannot_be_stored_fails_alone(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    waiting = [writer.submit(partial(add, number)) for number in (1, 1, 2)]
    held()
    first, second, third = await asyncio.gather(*waiting, return_exceptions=True)
    assert (first, third) == (1, 2)
    assert isinstance(second, IntegrityError)
    assert kept(database) == [1, 2]


async def test_a_commit_that_fails_is_told_to_all_whose_work_it_held(
    writer: Writer, database: Database, commits: Commits, held: Callable[[], None]
) -> None:
    commits.fail = True
    waiting = [writer.submit(partial(add, number)) for number in range(3)]
    held()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(each, OperationalError) for each in results)
    assert kept(database) == []
    commits.fail = False
    assert await writer.run(partial(add, 7)) == 7
    assert kept(database) == [7]


async def test_a_transaction_the_database_ended_by_itself_fails_nobody_else(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    # As SQLite does on some errors.
    def end_it(session: Session) -> None:
        session.connection().connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
        raise LookupError

    waiting: list[asyncio.Future[Any]] = [
        writer.submit(work) for work in (partial(add, 1), end_it, partial(add, 2))
    ]
    held()
    first, second, third = await asyncio.gather(*waiting, return_exceptions=True)
    assert (first, third) == (1, 2)
    assert isinstance(second, Exception)
    assert kept(database) == [1, 2]


async def test_trouble_with_the_database_is_told_to_all_at_once(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    tries: list[int] = []

    def fill_the_disk(number: int, session: Session) -> None:
        tries.append(number)
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("INSERT", None, full)

    waiting = [writer.submit(partial(fill_the_disk, number)) for number in range(9)]
    held()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(each, OperationalError) for each in results)
    assert tries == [0]


async def test_closing_finishes_what_waits(
    writer: Writer, database: Database, held: Callable[[], None]
) -> None:
    waiting = [writer.submit(partial(add, number)) for number in range(50)]
    closing = asyncio.create_task(asyncio.to_thread(writer.close))
    held()
    await closing
    assert await asyncio.gather(*waiting) == list(range(50))
    assert kept(database) == list(range(50))
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(partial(add, 51))


async def test_nobody_need_wait_for_the_answer(writer: Writer, database: Database) -> None:
    writer.start()
    writer.submit(partial(add, 1)).cancel()
    assert await writer.run(partial(add, 2)) == 2
    assert kept(database) == [1, 2]


def test_a_loop_that_is_gone_does_not_stop_the_writer(writer: Writer, database: Database) -> None:
    writer.start()

    async def leave() -> None:
        writer.submit(lambda session: session.execute(text("SELECT 1")).scalar())
        writer.submit(partial(add, 1))

    for _ in range(5):
        asyncio.run(leave())
        with database.write() as session:
            session.execute(text("DELETE FROM owner"))

    async def stay() -> int:
        return await writer.run(partial(add, 2))

    assert asyncio.run(stay()) == 2
