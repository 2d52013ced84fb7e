"""From the database to Telegram: replies in order within a chat, paced, retried.

An answer is sent until Telegram has taken it: in the one window nobody can see into (sent, and
the process died before it was marked) it may be sent a second time, never not at all. What must
not be repeated (a weekly message) is marked before it is sent; if the answer is lost, it ends as
'unknown' and is left.
"""

import asyncio
import html
import logging
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.connection import UNSENT
from bot.lanes import Lane, Lanes
from bot.pace import Pace, longer_each_time, seconds_asked
from storage import outgoing, owners
from storage.tables import Outgoing
from storage.writer import Writer

log = logging.getLogger(__name__)

SENDERS = 16
MARKED_AT_ONCE = 500
LONGEST_PAUSE_SECONDS = 60.0
KEPT_FOR = timedelta(days=60)  # the names of what must not be sent twice
ANSWER_SECONDS = 30.0  # a call without an answer is made again: rather late than twice
BUSY = {"send_photo": "upload_photo", "send_document": "upload_document"}  # shown meanwhile

Made = dict[str, Any]
#: from what is to be made, and the message whose place it takes, the Bot API call that shows it
Maker = Callable[[Made, int | None], Awaitable[tuple[str, dict[str, Any]]]]
Ended = tuple[Lane, Outgoing, str]


class NotMade(Exception):
    """A document or picture could not be made."""


class Outbox:
    def __init__(
        self, bot: Bot, writer: Writer, clock: Clock, pace: Pace, makers: dict[str, Maker]
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._clock = clock
        self._makers = makers
        self._lanes = Lanes(pace)
        self._ended: list[Ended] = []  # calls that ended and are not marked yet
        self._is_marking = False
        self._in_trouble = False  # the last call got no answer, or that of a broken server
        self.counts: Counter[str] = Counter()

    @property
    def is_idle(self) -> bool:
        return self._lanes.is_empty

    async def give_up_half_sent(self) -> None:
        """At the start: what an earlier process may have sent and must not repeat is left."""
        if doubtful := await self._writer.run(outgoing.give_up_half_sent):
            log.warning("sent_or_not", extra={"rows": doubtful})
            self.counts["unknown"] += doubtful

    async def resume(self) -> None:
        """Take up what waits in the database."""
        self.push(await self._writer.run(partial(outgoing.waiting, now=self._clock())))

    def push(self, rows: Sequence[Outgoing]) -> None:
        """Queue committed rows, each behind what waits for its chat.

        Rows that are queued here already are left out, as are those whose time is not come: they
        wait in the database, and the clock brings them.
        """
        now = self._clock()
        self._lanes.push([row for row in rows if row.not_before is None or row.not_before <= now])

    async def run(self) -> None:
        """Send for ever."""
        async with asyncio.TaskGroup() as group:
            for _ in range(SENDERS):
                group.create_task(self._send_on())

    async def prune(self) -> None:
        """Drop the names of what was sent long ago."""
        before = self._clock() - KEPT_FOR
        await self._writer.run(partial(outgoing.prune, before=before))

    async def stop(self) -> None:
        """Begin no more calls, and wait for those that run; what is left is in the database."""
        self._lanes.close()
        while self._lanes.in_hand:
            await asyncio.sleep(0.002)

    def close(self) -> None:
        """Hand in what is sent and not marked, before the writer is closed."""
        self._is_marking = False
        self._mark()

    async def _send_on(self) -> None:
        while True:
            lane = await self._lanes.next()
            try:
                rest = await self._send(lane.rows[0], lane)
            except Exception as error:  # the database, most likely: try again later
                log.error("not_sent", extra={"error": type(error).__name__})
                rest = self._pause(lane)
            if rest is not None:
                self._lanes.rest(lane, rest)

    async def _send(self, row: Outgoing, lane: Lane) -> float | None:
        """Send a lane's first row; seconds to wait before it is tried again, None if it is done."""
        try:
            method, payload = await self._call(row)
            if row.once:
                await self._prepare(row)
            await getattr(self._bot, method)(**payload, read_timeout=ANSWER_SECONDS)
        except Forbidden:
            return await self._stop_for_blocked(lane)
        except RetryAfter as error:
            self.counts["retry_after"] += 1
            await self._take_back(row)
            return seconds_asked(error) + random.random() / 4
        except BadRequest as error:
            return self._refused(row, lane, error)
        except TelegramError as error:
            return await self._failed(row, lane, error)
        except NotMade as error:  # leave it out rather than stop the chat
            log.error("not_made", extra={"row": row.id, "error": str(error)})
            return self._end(row, lane, "refused")
        except (TypeError, ValueError) as error:  # no call of the Bot API: it never will be one
            log.error("no_such_call", extra={"row": row.id, "error": type(error).__name__})
            return self._end(row, lane, "refused")
        self._in_trouble = False
        return self._end(row, lane, "sent")

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
        return method, {**parameters, "chat_id": row.chat_id}

    async def _prepare(self, row: Outgoing) -> None:
        """Before a call that must not be repeated: is anybody there? Then note that it begins."""
        if self._in_trouble:
            await self._bot.get_me()
        await self._note(row, "sending")

    async def _take_back(self, row: Outgoing) -> None:
        """It surely did not arrive: a later process may send it."""
        if row.state == "sending":
            await self._note(row, "waiting")

    async def _note(self, row: Outgoing, state: str) -> None:
        await self._writer.run(partial(outgoing.mark, number=row.id or 0, state=state))
        row.state = state

    def _refused(self, row: Outgoing, lane: Lane, error: BadRequest) -> float | None:
        """Telegram will never take it like this."""
        reason = error.message.lower()
        if "not modified" in reason or "query is too old" in reason:
            return self._end(row, lane, "sent")
        if "parse entities" in reason and "text" in row.payload and "parse_mode" in row.payload:
            log.error("broken_markup", extra={"row": row.id})
            row.payload = _in_plain_text(row.payload)
            return 0.0
        if _edits(row) and "message" in reason:
            # The message to edit is gone or too old: say it anew.
            if "made" not in row.payload:
                row.method = "send_message"
            row.payload = {k: v for k, v in row.payload.items() if k != "message_id"}
            return 0.0
        log.error("refused", extra={"row": row.id, "method": row.method})
        return self._end(row, lane, "refused")

    async def _failed(self, row: Outgoing, lane: Lane, error: TelegramError) -> float | None:
        """No answer, or Telegram is in trouble."""
        self.counts["failed"] += 1
        self._in_trouble = True
        if row.state == "sending" and _may_have_arrived(error):
            log.warning("sent_or_not", extra={"row": row.id, "error": type(error).__name__})
            return self._end(row, lane, "unknown")
        await self._take_back(row)
        return self._pause(lane)

    async def _stop_for_blocked(self, lane: Lane) -> float:
        """The user blocked the bot: pause them, keep their data, drop what was to go to them."""
        self.counts["blocked"] += 1
        stop = partial(_block, chat_id=lane.chat_id, now=self._clock())
        numbers = await self._writer.run(stop)
        lane.in_hand = False
        self._lanes.drop(lane.chat_id, numbers)
        return 0.0

    def _pause(self, lane: Lane) -> float:
        lane.failures += 1
        pause = longer_each_time(0.25, lane.failures, LONGEST_PAUSE_SECONDS)
        return pause * (0.75 + random.random() / 2)

    def _end(self, row: Outgoing, lane: Lane, state: str) -> float | None:
        """The row is done, it needs no rest; the lane goes on when that is marked."""
        self.counts[state] += 1
        self._ended.append((lane, row, state))
        self._mark()
        return None

    def _mark(self) -> None:
        """Mark what ended; what ends meanwhile goes into the next commit."""
        if self._is_marking or not self._ended:
            return
        marked = self._ended[:MARKED_AT_ONCE]
        self._is_marking = True
        work = partial(outgoing.finish, ended=_states(marked))
        future = self._writer.submit(work, first=True)  # the sooner, the less is repeated
        future.add_done_callback(partial(self._marked, marked))

    def _marked(self, marked: list[Ended], future: asyncio.Future[None]) -> None:
        self._is_marking = False
        if error := future.exception():
            log.error("not_marked", extra={"error": type(error).__name__})
            asyncio.get_running_loop().call_later(1, self._mark)
            return
        del self._ended[: len(marked)]
        for lane, _, _ in marked:
            self._lanes.go_on(lane)
        self._mark()


def _states(ended: Sequence[Ended]) -> dict[int, str]:
    return {row.id or 0: state for _, row, state in ended}


def _may_have_arrived(error: TelegramError) -> bool:
    """Whether a call that failed may have taken effect: so it may also behind a 500 or a 502."""
    surely_not = isinstance(error, InvalidToken) or isinstance(error.__cause__, UNSENT)
    return not surely_not


def _edits(row: Outgoing) -> bool:
    """Whether what is said could be said in a new message as well."""
    made_in_place = "made" in row.payload and "message_id" in row.payload
    return made_in_place or row.method == "edit_message_text"


def _in_plain_text(payload: dict[str, Any]) -> dict[str, Any]:
    """A message without its markup, where Telegram does not understand that."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", payload["text"]))
    return {k: v for k, v in payload.items() if k != "parse_mode"} | {"text": text}


def _block(session: Session, chat_id: int, now: datetime) -> set[int]:
    numbers = outgoing.drop_chat(session, chat_id)
    owners.mark_blocked(session, chat_id, now)
    return numbers
