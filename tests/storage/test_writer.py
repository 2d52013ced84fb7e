"""Writes that share a commit, and what one that fails does to the others."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from storage import incoming
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import Incoming
from storage.writer import Writer

NOW = datetime(2026, 3, 18, 3, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    writer = Writer(database)
    yield writer
    writer.close()


def keeping(*numbers: int, error: Exception | None = None) -> Callable[[Session], int]:
    """Work that stores updates, and then fails if told to."""

    def work(session: Session) -> int:
        incoming.keep(session, [incoming.Received(each, each, {}) for each in numbers], NOW)
        if error is not None:
            raise error
        return sum(numbers)

    return work


def kept(database: Database) -> list[int]:
    with database.read() as session:
        return sorted(session.exec(select(Incoming.update_id)))


async def test_work_that_waits_together_is_done_together(
    writer: Writer, database: Database
) -> None:
    futures = [writer.submit(keeping(number), key=number) for number in range(100)]
    writer.start()
    assert [await each for each in futures] == list(range(100))
    assert kept(database) == list(range(100))


async def test_a_piece_that_fails_takes_nothing_with_it(writer: Writer, database: Database) -> None:
    problem = ValueError("no")
    futures = [
        writer.submit(keeping(number, error=problem if number in (3, 4) else None), key=number)
        for number in range(6)
    ]
    writer.start()
    for number, future in enumerate(futures):
        if number in (3, 4):
            with pytest.raises(ValueError):
                await future
        else:
            assert await future == number
    assert kept(database) == [0, 1, 2, 5]


async def test_pieces_of_one_key_keep_their_order(writer: Writer) -> None:
    done: list[int] = []
    futures = [writer.submit(lambda _, n=number: done.append(n), key=7) for number in range(9)]
    writer.start()
    for each in futures:
        await each
    assert done == list(range(9))


async def test_a_long_queue_of_one_key_holds_up_no_other(writer: Writer) -> None:
    done: list[int] = []
    futures = [writer.submit(lambda _: done.append(1), key=1) for _ in range(50)]
    futures.append(writer.submit(lambda _: done.append(2), key=2))
    writer.start()
    for each in futures:
        await each
    assert done.index(2) <= 1


async def test_a_database_that_takes_nothing_fails_all_that_waits(
    writer: Writer, database: Database
) -> None:
    writer.start()
    await writer.run(keeping(1))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE incoming")
        connection.commit()
    for future in [writer.submit(keeping(number), key=number) for number in (2, 3)]:
        with pytest.raises(Exception, match="no such table"):
            await future
    assert await writer.run(lambda _: "still here") == "still here"
