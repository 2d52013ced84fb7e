"""From the database to Telegram: replies in order within a chat, paced, retried.

An answer is sent until Telegram has taken it: in the one window nobody can see into (sent, and
the process died before it was marked) it may be sent a second time, never not at all. What must
not be repeated (a weekly message) is marked before it is sent; if the answer is lost, it ends as
'unknown' and is left.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.connection import may_have_arrived
from bot.pace import Pace
from storage import outgoing, owners
from storage.tables import Outgoing
from storage.writer import Writer

log = logging.getLogger(__name__)

SENDERS = 16
LONGEST_PAUSE_SECONDS = 60.0
BUSY = {"send_photo": "upload_photo", "send_document": "upload_document"}  # shown meanwhile

Made = dict[str, Any]
#: from what is to be made, and the message whose place it takes, the Bot API call that shows it
Maker = Callable[[Made, int | None], Awaitable[tuple[str, dict[str, Any]]]]


class NotMade(Exception):
    """A document or picture could not be made."""


@dataclass(slots=True)
class Lane:
    """What waits for one chat."""

    rows: deque[Outgoing] = field(default_factory=deque)
    failures: int = 0


class Outbox:
    def __init__(
        self, bot: Bot, writer: Writer, clock: Clock, pace: Pace, makers: dict[str, Maker]
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._clock = clock
        self._pace = pace
        self._makers = makers
        self._lanes: dict[int, Lane] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._sent: list[int] = []
        self._marking: asyncio.Future[None] | None = None
        self.counts: dict[str, int] = {}

    @property
    def is_idle(self) -> bool:
        return not self._lanes and not self._sent and self._marking is None

    async def resume(self) -> None:
        """Take up what was queued and not sent."""
        doubtful = await self._writer.run(outgoing.give_up_half_sent)
        if doubtful:
            self._count("unknown", doubtful)
        self.push(await self._writer.run(outgoing.waiting))

    def push(self, rows: Sequence[Outgoing]) -> None:
        """Queue committed rows; each goes behind what waits for its chat, once its time is come."""
        for row in rows:
            if row.not_before is not None:
                wait = (row.not_before - self._clock()).total_seconds()
                row.not_before = None
                if wait > 0:
                    asyncio.get_running_loop().call_later(wait, self.push, [row])
                    continue
            lane = self._lanes.get(row.chat_id)
            if lane is None:
                lane = self._lanes[row.chat_id] = Lane()
                self._ready.put_nowait(row.chat_id)
            lane.rows.append(row)

    async def run(self) -> None:
        """Send for ever."""
        async with asyncio.TaskGroup() as group:
            for _ in range(SENDERS):
                group.create_task(self._send_on())

    async def _send_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            chat_id = await self._ready.get()
            lane = self._lanes[chat_id]
            wait = self._pace.delay(chat_id, loop.time()) if _counts(lane.rows[0]) else 0.0
            if wait == 0:
                wait = await self._send(lane.rows[0], lane)
            if wait > 0:
                loop.call_later(wait, self._ready.put_nowait, chat_id)
            elif lane.rows:
                self._ready.put_nowait(chat_id)
            else:
                del self._lanes[chat_id]

    async def _send(self, row: Outgoing, lane: Lane) -> float:
        """Send the lane's first row; seconds to wait before it is tried again, 0 if it is done."""
        try:
            method, payload = await self._call(row)
            if row.once:
                await self._writer.run(partial(outgoing.mark, number=row.id, state="sending"))
            await getattr(self._bot, method)(**payload)
        except Forbidden:
            await self._stop_for_blocked(row.chat_id, lane)
            return 0.0
        except RetryAfter as error:
            self._count("retry_after")
            return float(error.retry_after) + random.random()  # type: ignore[arg-type]
        except BadRequest as error:
            return await self._refused(row, lane, error)
        except TelegramError as error:
            return await self._failed(row, lane, error)
        except NotMade as error:  # leave it out rather than stop the chat
            log.error("not_made", extra={"row": row.id, "error": str(error)})
        except Exception as error:  # the database, most likely: nothing was sent
            log.error("not_sent", extra={"row": row.id, "error": type(error).__name__})
            return self._pause(lane)
        self._done(row, lane)
        return 0.0

    async def _call(self, row: Outgoing) -> tuple[str, dict[str, Any]]:
        """The call's method and parameters, with what is made at sending made now."""
        made = row.payload.get("made")
        if not made:
            return row.method, row.payload
        if action := BUSY.get(row.method):
            with suppress(TelegramError):  # a courtesy; the document itself is what counts
                await self._bot.send_chat_action(row.chat_id, action)
        try:
            make = self._makers[made["maker"]]
            method, parameters = await make(made, row.payload.get("message_id"))
        except Exception as error:
            raise NotMade(type(error).__name__) from error
        return method, {"chat_id": row.chat_id, **parameters}

    async def _refused(self, row: Outgoing, lane: Lane, error: BadRequest) -> float:
        """Telegram will never take it like this."""
        reason = error.message.lower()
        if "not modified" in reason or "query is too old" in reason:
            self._done(row, lane)
        elif _edits(row) and "message" in reason and "parse" not in reason:
            # The message to edit is gone or too old: say it anew.
            if "made" not in row.payload:
                row.method = "send_message"
            row.payload = {k: v for k, v in row.payload.items() if k != "message_id"}
        else:
            log.error("refused", extra={"row": row.id, "method": row.method})
            self._count("refused")
            self._done(row, lane)
        return 0.0

    async def _failed(self, row: Outgoing, lane: Lane, error: TelegramError) -> float:
        """No answer, or Telegram is in trouble."""
        self._count("failed")
        if row.once and may_have_arrived(error):
            log.warning("sent_or_not", extra={"row": row.id})
            self._count("unknown")
            await self._writer.run(partial(outgoing.mark, number=row.id, state="unknown"))
            lane.rows.popleft()
            return 0.0
        return self._pause(lane)

    def _pause(self, lane: Lane) -> float:
        lane.failures += 1
        pause = min(0.25 * 2**lane.failures, LONGEST_PAUSE_SECONDS)
        return float(pause * (0.75 + random.random() / 2))

    def _done(self, row: Outgoing, lane: Lane) -> None:
        lane.rows.popleft()
        lane.failures = 0
        self._count("sent")
        self._sent.append(row.id or 0)
        self._mark()

    def _mark(self) -> None:
        """Mark what was sent; what is sent meanwhile goes into the next commit."""
        if self._marking is None and self._sent:
            numbers, self._sent = self._sent, []
            self._marking = self._writer.submit(partial(outgoing.mark_sent, numbers=numbers))
            self._marking.add_done_callback(partial(self._marked, numbers))

    def _marked(self, numbers: list[int], future: asyncio.Future[None]) -> None:
        self._marking = None
        if future.cancelled():
            return
        if error := future.exception():
            log.error("not_marked", extra={"error": type(error).__name__})
            self._sent = numbers + self._sent
            asyncio.get_running_loop().call_later(1, self._mark)
        else:
            self._mark()

    async def _stop_for_blocked(self, chat_id: int, lane: Lane) -> None:
        """The user blocked the bot: pause them, keep their data, drop the replies."""
        self._count("blocked")
        await self._writer.run(partial(owners.mark_blocked, chat_id=chat_id, now=self._clock()))
        lane.rows.clear()

    def _count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by


def _edits(row: Outgoing) -> bool:
    """Whether what is said could be said in a new message as well."""
    made_in_place = "made" in row.payload and "message_id" in row.payload
    return made_in_place or row.method == "edit_message_text"


def _counts(row: Outgoing) -> bool:
    """Whether a call counts towards Telegram's limits on messages."""
    return row.method != "answer_callback_query"
