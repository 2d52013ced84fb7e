"""One place where writes happen: a thread that runs work in transactions.

Work that waits at the same time is done in one transaction, so that many pieces cost one commit.
Should one fail, all are taken back, and done again without it: a piece that fails takes nothing
with it. So work does nothing but read and write the database. Pieces are done, and answered, in
the order in which they were handed in; those that are to come first, before all others.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from storage.database import Database, is_unavailable

MOST_AT_ONCE = 32
LONGEST_SECONDS = 0.02  # of a transaction: those who wait for its commit should not wait long
T = TypeVar("T")


@dataclass(slots=True)
class _Piece:
    work: Callable[[Session], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs `work(session)` in a database thread and answers after the commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._first: deque[_Piece] = deque()
        self._waiting: deque[_Piece] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    async def run(self, work: Callable[[Session], T]) -> T:
        """The result of `work(session)`, once it is committed. Raises what the work raised."""
        return await self.submit(work)

    def submit(self, work: Callable[[Session], T], *, first: bool = False) -> asyncio.Future[T]:
        """Like `run`, for callers that do not wait. Call it on the event loop."""
        loop = asyncio.get_running_loop()
        piece = _Piece(work, loop, loop.create_future())
        with self._changed:
            if self._closing:
                raise RuntimeError("The writer is closed.")
            (self._first if first else self._waiting).append(piece)
            self._changed.notify()
        return piece.future

    def _take(self) -> list[_Piece]:
        """The next pieces; empty when it is time to end."""
        with self._changed:
            while not self._first and not self._waiting and not self._closing:
                self._changed.wait()
            pieces: list[_Piece] = []
            while len(pieces) < MOST_AT_ONCE and (self._first or self._waiting):
                pieces.append((self._first or self._waiting).popleft())
            return pieces

    def _give_back(self, pieces: Sequence[_Piece]) -> None:
        """Pieces there was no time for are the next."""
        with self._changed:
            self._waiting.extendleft(reversed(pieces))

    def _run(self) -> None:
        while pieces := self._take():
            done = self._commit(pieces)
            self._give_back(pieces[done:])
            for loop in {piece.loop for piece in pieces[:done]}:
                _hand_back(loop, [piece for piece in pieces[:done] if piece.loop is loop])

    def _commit(self, pieces: Sequence[_Piece]) -> int:
        """Do pieces in one transaction, as many as there is time for; how many that were.

        One that fails is done alone, in its place among the others.
        """
        done, end = 0, time.monotonic() + LONGEST_SECONDS
        try:
            with self._database.engine.connect() as connection, connection.begin():
                while done < len(pieces) and (done == 0 or time.monotonic() < end):
                    _do(pieces[done], connection)
                    done += 1
            return done
        except Exception as error:
            # The commit, or the database is in trouble, or there is nobody to be spared.
            if done == len(pieces) or len(pieces) == 1 or is_unavailable(error):
                for piece in pieces:
                    piece.error = error
                return len(pieces)
            return self._commit(pieces[: done or 1])


def _do(piece: _Piece, connection: Connection) -> None:
    with Session(
        connection, expire_on_commit=False, join_transaction_mode="rollback_only"
    ) as session:
        piece.result = piece.work(session)
        session.flush()


def _hand_back(loop: asyncio.AbstractEventLoop, pieces: Sequence[_Piece]) -> None:
    def settle() -> None:
        for piece in pieces:
            piece.settle()

    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(settle)
