"""From Telegram to the turns: an update is stored before it is acknowledged.

Telegram forgets an update as soon as a later offset is asked for, so the offset only moves on
once the updates are committed. What is stored and not handled is taken up again at the start.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import Session
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.transaction import Turns, chat_of
from storage import incoming
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
        self._handling: set[asyncio.Future[list[Outgoing]]] = set()
        self._stalled = False

    @property
    def is_idle(self) -> bool:
        return not self._handling and not self._stalled

    async def resume(self) -> None:
        """Take up what was stored and not handled. Pieces of one chat keep their order."""
        self._stalled = False
        for update_id, chat_id in await self._writer.run(incoming.unhandled):
            self._handle(update_id, chat_id)

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
                pause = min(0.5 * 2**failures, LONGEST_PAUSE_SECONDS)
                if isinstance(error, RetryAfter):
                    pause = float(error.retry_after)  # type: ignore[arg-type]
                if isinstance(error, Conflict):
                    log.warning("another_poller_runs")
                log.info("poll_failed", extra={"error": type(error).__name__, "pause": pause})
                await asyncio.sleep(pause)
                continue
            failures = 0
            if updates:
                await self.keep(updates)
                offset = updates[-1]["update_id"] + 1

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
        pause = 0.5
        while True:
            try:
                new = await self._writer.run(partial(incoming.keep, updates=received, now=now))
                break
            except Exception as error:
                log.error("updates_not_stored", extra={"error": type(error).__name__})
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        for row in new:
            self._handle(row.update_id, row.chat_id)

    def _handle(self, update_id: int, chat_id: int | None) -> None:
        if self._stalled:
            return  # it waits in the database, behind the ones that failed
        work = partial(_turn, self._turns, update_id)
        future = self._writer.submit(work, key=chat_id)
        self._handling.add(future)
        future.add_done_callback(self._handled)

    def _handled(self, future: asyncio.Future[list[Outgoing]]) -> None:
        self._handling.discard(future)
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._replies(future.result())
            return
        # The database did not take it (a full disk, say): nothing is lost, try again in order.
        log.error("turn_not_stored", extra={"error": type(error).__name__})
        self._stalled = True

    async def recover(self) -> None:
        """Take up again what the database did not take, once nothing is under way."""
        while True:
            await asyncio.sleep(1)
            if self._stalled and not self._handling:
                try:
                    await self.resume()
                except Exception as error:
                    self._stalled = True
                    log.error("database_unavailable", extra={"error": type(error).__name__})

    async def prune(self) -> None:
        """Drop the numbers of updates that Telegram no longer repeats."""
        before = self._clock() - KEPT_FOR
        await self._writer.run(partial(incoming.prune, before=before))


def _turn(turns: Turns, update_id: int, session: Session) -> list[Outgoing]:
    return turns.handle(session, update_id)
