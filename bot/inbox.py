"""From Telegram to the turns: an update is stored before it is acknowledged.

Telegram forgets an update as soon as a later offset is asked for, so the offset only moves on
once the updates are committed. What is stored and not handled is taken up again at the start.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.pace import longer_each_time, seconds_asked
from bot.transaction import Turns, chat_of
from storage import incoming
from storage.database import is_unavailable
from storage.incoming import Received
from storage.tables import Outgoing
from storage.writer import Writer

log = logging.getLogger(__name__)

KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 50
MOST_UPDATES = 100
KEPT_FOR = timedelta(days=3)  # Telegram repeats an update for a day at most
LONGEST_PAUSE_SECONDS = 30.0


class Inbox:
    """Keeps updates, has each one handled in its chat's order, and passes on the replies."""

    def __init__(
        self,
        bot: Bot,
        writer: Writer,
        turns: Turns,
        clock: Clock,
        replies: Callable[[Sequence[Outgoing]], None],
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._turns = turns
        self._clock = clock
        self._replies = replies
        # Chats with a turn under way, and what waits behind it. Chats take turns by themselves:
        # each has one piece at most in the writer's queue.
        self._lanes: dict[int | None, deque[int]] = {}
        self._lining_up = asyncio.Lock()
        self.is_stalled = False

    @property
    def is_idle(self) -> bool:
        return not self._lanes and not self.is_stalled

    @property
    def can_resume(self) -> bool:
        """Whether the database did not take a turn, and no other is under way."""
        return self.is_stalled and not self._lanes

    def stop(self) -> None:
        """Begin no more turns; what waits is stored."""
        self.is_stalled = True

    async def resume(self) -> None:
        """Take up what was stored and not handled, in order. Only while no turn is under way."""
        async with self._lining_up:
            waiting = await self._writer.run(incoming.unhandled)
            self.is_stalled = False
            self._line_up(waiting)

    async def poll(self) -> None:
        """Fetch updates for ever. Raises InvalidToken when Telegram does not know the token."""
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._fetch(offset)
            except InvalidToken:
                raise
            except TelegramError as error:
                failures += 1
                await self._rest(error, failures)
                continue
            failures = 0
            numbered = [each for each in updates if isinstance(each.get("update_id"), int)]
            if numbered:
                await self.keep(numbered)
                offset = max(each["update_id"] for each in numbered) + 1

    async def _rest(self, error: TelegramError, failures: int) -> None:
        if isinstance(error, RetryAfter):
            pause = seconds_asked(error)
        else:
            pause = longer_each_time(0.5, failures, LONGEST_PAUSE_SECONDS)
        if isinstance(error, Conflict):
            log.warning("another_poller_runs")
        log.info("poll_failed", extra={"error": type(error).__name__, "pause": pause})
        await asyncio.sleep(pause)

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        # Raw, as Telegram sent it: what this version does not know is kept as well.
        result = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": offset,
                "limit": MOST_UPDATES,
                "timeout": POLL_SECONDS,
                "allowed_updates": KINDS,
            },
            read_timeout=POLL_SECONDS + 10,
        )
        return list(result)

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates for good, then have them handled. Waits for the database if it must."""
        now = self._clock()
        received = [Received(each["update_id"], chat_of(each), each) for each in updates]
        async with self._lining_up:
            new = await self._store(received, now)
            if not self.is_stalled:  # else they wait in the database, behind what failed
                self._line_up((each.update_id, each.chat_id) for each in new)

    async def _store(self, updates: Sequence[Received], now: datetime) -> list[Received]:
        failures = 0
        while True:
            try:
                return await self._writer.run(partial(incoming.keep, updates=updates, now=now))
            except Exception as error:
                if not is_unavailable(error):
                    return await self._store_one_by_one(updates, now, error)
                failures += 1
                log.error("updates_not_stored", extra={"error": type(error).__name__})
                await asyncio.sleep(longer_each_time(0.25, failures, LONGEST_PAUSE_SECONDS))

    async def _store_one_by_one(
        self, updates: Sequence[Received], now: datetime, error: Exception
    ) -> list[Received]:
        """One update that no database would take must not hold up all others for ever."""
        if len(updates) == 1:
            fields = {"update_id": updates[0].update_id, "error": type(error).__name__}
            log.error("update_cannot_be_stored", extra=fields)
            return []
        return [new for each in updates for new in await self._store([each], now)]

    def _line_up(self, updates: Iterable[tuple[int, int | None]]) -> None:
        for update_id, chat_id in updates:
            if chat_id in self._lanes:
                self._lanes[chat_id].append(update_id)
            else:
                self._lanes[chat_id] = deque()
                self._handle(update_id, chat_id)

    def _handle(self, update_id: int, chat_id: int | None) -> None:
        future = self._writer.submit(partial(_turn, self._turns, update_id))
        future.add_done_callback(partial(self._handled, chat_id))

    def _handled(self, chat_id: int | None, future: asyncio.Future[list[Outgoing]]) -> None:
        if error := future.exception():
            # The database did not take it (a full disk, say). Nothing is lost: all chats stop
            # here, and start again from what is stored.
            log.error("turn_not_stored", extra={"error": type(error).__name__})
            self.is_stalled = True
        else:
            self._replies(future.result())
        lane = self._lanes[chat_id]
        if lane and not self.is_stalled:
            self._handle(lane.popleft(), chat_id)
        else:
            del self._lanes[chat_id]

    async def prune(self) -> None:
        """Drop the numbers of updates that Telegram no longer repeats."""
        before = self._clock() - KEPT_FOR
        await self._writer.run(partial(incoming.prune, before=before))


def _turn(turns: Turns, update_id: int, session: Session) -> list[Outgoing]:
    return turns.handle(session, update_id)
