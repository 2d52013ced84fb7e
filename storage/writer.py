"""One place where writes happen: a thread that runs work in transactions.

Work that waits at the same time is done in one transaction, so that many pieces cost one commit.
Should one fail, all are taken back, and done again without it: a piece that fails takes nothing
with it. So work does nothing but read and write the database. Pieces with the same key keep their
order; keys take turns, so that a long queue of one key holds up no other.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from storage.database import Database

MOST_AT_ONCE = 32
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
        self._queues: dict[int | None, deque[_Piece]] = {}
        self._turns: deque[int | None] = deque()
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

    async def run(self, work: Callable[[Session], T], key: int | None = None) -> T:
        """The result of `work(session)`, once it is committed. Raises what the work raised."""
        return await self.submit(work, key)

    def submit(self, work: Callable[[Session], T], key: int | None = None) -> asyncio.Future[T]:
        """Like `run`, for callers that do not wait. Call it on the event loop."""
        loop = asyncio.get_running_loop()
        piece = _Piece(work, loop, loop.create_future())
        with self._changed:
            if self._closing:
                raise RuntimeError("The writer is closed.")
            if key not in self._queues:
                self._queues[key] = deque()
                self._turns.append(key)
            self._queues[key].append(piece)
            self._changed.notify()
        return piece.future

    def waiting(self, key: int | None) -> int:
        """How many pieces of a key wait."""
        with self._changed:
            return len(self._queues.get(key, ()))

    def _take(self) -> list[_Piece]:
        """The next pieces, at most one of each key; empty when it is time to end."""
        with self._changed:
            while not self._turns and not self._closing:
                self._changed.wait()
            pieces = []
            for _ in range(min(len(self._turns), MOST_AT_ONCE)):
                key = self._turns.popleft()
                queue = self._queues[key]
                pieces.append(queue.popleft())
                if queue:
                    self._turns.append(key)
                else:
                    del self._queues[key]
            return pieces

    def _run(self) -> None:
        while pieces := self._take():
            self._commit(pieces)
            for loop in {piece.loop for piece in pieces}:
                mine = [piece for piece in pieces if piece.loop is loop]
                _hand_back(loop, mine)

    def _commit(self, pieces: list[_Piece]) -> None:
        """Do pieces in one transaction; those that fail alone, each in one of its own."""
        under_way: _Piece | None = None
        try:
            with self._database.engine.connect() as connection, connection.begin():
                for under_way in pieces:
                    _do(under_way, connection)
                under_way = None
        except Exception as error:
            if under_way is None or len(pieces) == 1:  # the database, or nobody else is hit
                for piece in pieces:
                    piece.error = error
                return
            self._commit([under_way])
            self._commit([piece for piece in pieces if piece is not under_way])


def _do(piece: _Piece, connection: Connection) -> None:
    with Session(
        connection, expire_on_commit=False, join_transaction_mode="rollback_only"
    ) as session:
        piece.result = piece.work(session)
        session.flush()


def _hand_back(loop: asyncio.AbstractEventLoop, pieces: list[_Piece]) -> None:
    def settle() -> None:
        for piece in pieces:
            piece.settle()

    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)
