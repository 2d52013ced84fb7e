"""What waits to be sent, a lane for each chat, and which lane is next.

Every chat has two lanes: its answers, and what nobody asked for just now (the weekly message, a
reminder). Answers come first, so that they never wait for a thousand weekly messages.
"""

import asyncio
from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import count

from bot.pace import Pace
from storage.tables import Outgoing


@dataclass(slots=True)
class Lane:
    """Calls to one chat, in order.

    At any time a lane waits for its turn, or rests, or is in hand: its first call is being made
    or marked. The next call waits for that, so that a process that is killed repeats one call of
    a lane at most.
    """

    chat_id: int
    is_unasked: bool
    rows: deque[Outgoing] = field(default_factory=deque)
    failures: int = 0  # of the first row
    in_hand: bool = False


class Lanes:
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._lanes: dict[tuple[int, bool], Lane] = {}
        self._numbers: set[int | None] = set()  # of all rows in the lanes
        self._ready: asyncio.PriorityQueue[tuple[bool, int, Lane]] = asyncio.PriorityQueue()
        self._entries = count()
        self._choosing = asyncio.Lock()
        self._is_closed = False

    @property
    def is_empty(self) -> bool:
        return not self._lanes

    @property
    def in_hand(self) -> int:
        return sum(lane.in_hand for lane in self._lanes.values())

    def push(self, rows: Sequence[Outgoing]) -> None:
        """Queue rows that are not queued yet, each behind what waits in its lane."""
        for row in rows:
            if row.id in self._numbers:
                continue
            self._numbers.add(row.id)
            key = (row.chat_id, row.once is not None)
            lane = self._lanes.get(key)
            if lane is None:
                lane = self._lanes[key] = Lane(*key)
                self._enter(lane)
            lane.rows.append(row)

    async def next(self) -> Lane:
        """The lane to take in hand, once a message may go out."""
        loop = asyncio.get_running_loop()
        async with self._choosing:  # so that only one waits for the pace of all
            while True:
                if wait := self._pace.delay(loop.time()):
                    await asyncio.sleep(wait)
                *_, lane = await self._ready.get()
                if not lane.rows:
                    self._remove(lane)
                elif wait := self._wait(lane, loop.time()):
                    self.rest(lane, wait)
                else:
                    lane.in_hand = True
                    return lane

    def rest(self, lane: Lane, seconds: float) -> None:
        """Let go of a lane; its first row is tried again later."""
        lane.in_hand = False
        asyncio.get_running_loop().call_later(seconds, self._enter, lane)

    def go_on(self, lane: Lane) -> None:
        """The first row is done."""
        self._numbers.discard(lane.rows.popleft().id)
        lane.failures = 0
        lane.in_hand = False
        if lane.rows:
            self._enter(lane)
        else:
            self._remove(lane)

    def drop(self, chat_id: int, numbers: Set[int | None]) -> None:
        """Take rows of a chat out; what is in hand goes on."""
        for is_unasked in (False, True):
            if lane := self._lanes.get((chat_id, is_unasked)):
                gone = numbers - {lane.rows[0].id if lane.in_hand else None}
                lane.rows = deque(row for row in lane.rows if row.id not in gone)
                self._numbers -= gone

    def close(self) -> None:
        """Begin nothing more; what is in hand goes on."""
        self._is_closed = True
        while not self._ready.empty():
            self._ready.get_nowait()

    def _wait(self, lane: Lane, now: float) -> float:
        """Seconds until the lane's first call may be made; where that is now, it is counted."""
        if lane.rows[0].method == "answer_callback_query":
            return 0.0  # no message: it does not count towards Telegram's limits
        wait = self._pace.chat_delay(lane.chat_id, now)
        if wait == 0:
            self._pace.count(lane.chat_id, now)
        return wait

    def _enter(self, lane: Lane) -> None:
        if not self._is_closed:
            self._ready.put_nowait((lane.is_unasked, next(self._entries), lane))

    def _remove(self, lane: Lane) -> None:
        del self._lanes[lane.chat_id, lane.is_unasked]
