"""Fetches and reads the files sent to the chat, outside the turn, a few at a time.

Nothing of a file is stored before its owner taps: until then a question holds Telegram's name of
the file, and both the preview and the import fetch it anew. If the process stops in between, the
row in the outbox has it done again; an import that was committed says then what it brought.
"""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.calls import Call, edit_call, send_call
from bot.clock import Clock
from bot.imports.records import Parsed, Reading, Trouble, Unreadable, WhoAreYou
from bot.outbox import Made, Maker
from bot.replies import Reply
from bot.usecases import asking, importing
from storage import owners
from storage.database import Database
from storage.tables import Owner, Question
from storage.writer import Writer

log = logging.getLogger(__name__)

AT_ONCE = 2
MOST_WAITING = 6  # more are asked to come back: a place in the outbox is not for waiting
TRIES = 3
PAUSE_SECONDS = 0.5
IN_MEMORY = 4 * 1024 * 1024

T = TypeVar("T")


class Gone(Exception):
    """The question is answered or too old, or its owner is gone."""


class NotFetched(Exception):
    """Telegram did not hand out the file."""


class Busy(Exception):
    """Too many files at once."""


class Imports:
    """The makers of previews and imports."""

    def __init__(self, bot: Bot, database: Database, clock: Clock, writer: Writer) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._writer = writer
        self._places = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self.makers: dict[str, Maker] = {
            "import_preview": partial(self._answer, self._preview),
            "import": partial(self._answer, self._import),
        }

    async def _answer(
        self, make: Callable[[Made], Any], made: Made, message_id: int | None
    ) -> Call:
        try:
            reply = await make(made)
        except Gone:
            reply = Reply.of("button_expired")
        except WhoAreYou as asked:
            reply = await self._ask_who(made, asked.candidates)
        except Unreadable as refused:
            reply = Reply.of("import_refused", trouble=refused.trouble.value)
        except (Busy, NotFetched) as error:
            busy = isinstance(error, Busy)
            number = made["arguments"]["question"]
            reply = Reply.of("import_later", busy=busy, question=number)
        except Exception as error:  # a file nobody thought of: said, and logged without its words
            log.error("import_failed", extra={"error": type(error).__name__})
            reply = Reply.of("import_refused", trouble=Trouble.BROKEN.value)
        if message_id is None:
            return send_call(0, reply, made["language"], {})
        return edit_call(0, message_id, reply, made["language"], {})

    async def _preview(self, made: Made) -> Reply:
        parsed, reading = await self._parsed(made)
        if parsed.document is not None:
            try_it = partial(_preview_copy, made, parsed.document, self._clock())
            look = await self._writer.run(try_it)
        else:
            look = await asyncio.to_thread(self._read, made, partial(_preview, parsed, reading))
        return Reply.of("import_preview", preview=look, question=made["arguments"]["question"])

    async def _import(self, made: Made) -> Reply:
        done = await asyncio.to_thread(self._read, made, _done)
        if done is None:
            parsed, reading = await self._parsed(made)
            work = partial(_bring_in, made, parsed, reading, self._clock())
            done = await self._writer.run(work)
        return Reply.of("import_done", imported=done)

    async def _parsed(self, made: Made) -> tuple[Parsed, Reading]:
        data, reading = await asyncio.to_thread(self._read, made, _what_to_read)
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._places:
                return await self._fetch_and_read(str(data["file"]), reading), reading
        finally:
            self._waiting -= 1

    async def _fetch_and_read(self, file_id: str, reading: Reading) -> Parsed:
        from bot.imports.recognising import read

        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            await self._fetch(file_id, file)
            parse = asyncio.to_thread(read, file, reading)
            return await parse

    async def _fetch(self, file_id: str, into: Any) -> None:
        for attempt in range(TRIES):
            try:
                told = await self._bot.get_file(file_id)
                into.seek(0)
                into.truncate()
                await told.download_to_memory(into)
                return
            except (BadRequest, Forbidden) as error:
                raise NotFetched from error
            except TelegramError:
                await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
        raise NotFetched

    async def _ask_who(self, made: Made, candidates: tuple[tuple[str, str], ...]) -> Reply:
        def keep(session: Session) -> None:
            _, question = _pending(session, made, self._clock)
            data = {**question.data, "candidates": [list(each) for each in candidates]}
            asking.change(session, question, data)

        try:
            await self._writer.run(keep)
        except Gone:
            return Reply.of("button_expired")
        names = [name for _, name in candidates]
        return Reply.of("import_who", names=names, question=made["arguments"]["question"])

    def _read(self, made: Made, look: Callable[[Session, Owner, Question, Clock], T]) -> T:
        with self._database.read() as session:
            owner, question = _pending(session, made, self._clock)
            return look(session, owner, question, self._clock)


def _pending(session: Session, made: Made, clock: Clock) -> tuple[Owner, Question]:
    arguments = made["arguments"]
    owner = owners.get(session, arguments["owner"])
    question = asking.pending(session, arguments["owner"], arguments["question"], clock())
    if owner is None or question is None:
        raise Gone
    return owner, question


def _what_to_read(
    _: Session, owner: Owner, question: Question, clock: Clock
) -> tuple[dict[str, Any], Reading]:
    today = clock().astimezone(ZoneInfo(owner.timezone)).date()
    data = question.data
    return data, importing.reading_for(owner, today, data.get("names", ()), data.get("me"))


def _preview(
    parsed: Parsed, reading: Reading, session: Session, owner: Owner, _q: Question, _c: Clock
) -> importing.Preview:
    return importing.preview(session, owner, parsed, reading)


def _done(_s: Session, _o: Owner, question: Question, _c: Clock) -> importing.Imported | None:
    """What an import that was committed brought."""
    done = question.data.get("done")
    return importing.Imported(**done) if done else None


def _bring_in(
    made: Made, parsed: Parsed, reading: Reading, now: Any, session: Session
) -> importing.Imported:
    owner, question = _pending(session, made, lambda: now)
    if question.data.get("done"):
        return importing.Imported(**question.data["done"])
    add_unclear = bool(made["arguments"].get("all"))
    if parsed.document is not None:
        done = importing.bring_copy(session, owner, parsed.document, now)
    else:
        done = importing.bring_in(session, owner, parsed, reading, now, add_unclear=add_unclear)
    asking.change(session, question, {"done": asdict(done)})
    return done


def _preview_copy(made: Made, document: object, now: Any, session: Session) -> importing.Preview:
    owner, _ = _pending(session, made, lambda: now)
    return importing.preview_copy(session, owner, document, now)
