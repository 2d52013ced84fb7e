"""What is made when it is sent, outside the turn: documents, pictures, long looks at the network.

All reading and drawing happens in threads. The summary of a large network goes to a process of its
own, since the code that counts shortest paths holds the interpreter while it does.
"""

import asyncio
import json
import logging
import multiprocessing
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

from analysis.diagnosis import Summary, summarise
from bot import pictures
from bot.calls import Call, edit_call, send_call
from bot.clock import Clock
from bot.funnel_picture import draw_funnel
from bot.handlers.network import compose, read
from bot.handlers.views import VIEWS
from bot.look import Look
from bot.outbox import Made, Maker
from bot.replies import Reply, UserError
from bot.usecases import exporting
from bot.usecases import network as networks
from storage import owners
from storage.database import Database
from storage.writer import Writer

log = logging.getLogger(__name__)

MOST_IN_A_THREAD = 300  # contacts; see docs/network.md


class Documents:
    """The makers the outbox calls, by name."""

    def __init__(self, database: Database, clock: Clock, writer: Writer) -> None:
        self._database = database
        self._clock = clock
        self._writer = writer
        self._processes: ProcessPoolExecutor | None = None
        self.makers: dict[str, Maker] = {
            "export": self._guarded(self._in_a_thread(_export)),
            "funnel": self._guarded(self._in_a_thread(draw_funnel)),
            "map": self._guarded(self._in_a_thread(pictures.draw_map)),
            "map_file": self._guarded(self._in_a_thread(pictures.draw_file)),
            "network": self._guarded(self._network),
            "view": self._guarded(self._in_a_thread(_view)),
        }

    def close(self) -> None:
        if self._processes is not None:
            self._processes.shutdown(wait=False, cancel_futures=True)

    def _guarded(self, make: Maker) -> Maker:
        """Whoever waits for what cannot be made is told so."""

        async def guarded(made: Made, message_id: int | None) -> Call:
            try:
                return await make(made, message_id)
            except Exception as error:
                number = secrets.token_hex(3)
                place = extract_tb(error.__traceback__)[-1]
                what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
                fields = {"maker": made["maker"], "number": number, "error": what}
                log.error("not_made", extra=fields)
                return send_call(0, Reply.of("sorry", number=number), made["language"], {})

        return guarded

    def _in_a_thread(self, make: Callable[[Look, int | None], Call]) -> Maker:
        def make_it(made: Made, message_id: int | None) -> Call:
            with self._look(made) as look:
                return make(look, message_id)

        async def in_a_thread(made: Made, message_id: int | None) -> Call:
            return await asyncio.to_thread(make_it, made, message_id)

        return in_a_thread

    @contextmanager
    def _look(self, made: Made) -> Iterator[Look]:
        """A look at the records of the owner who asked."""
        arguments: dict[str, Any] = dict(made["arguments"])
        with self._database.read() as session:
            owner = owners.get(session, arguments.pop("owner"))
            if owner is None:
                raise LookupError("No such owner.")
            yield Look(session, owner, made["language"], self._clock(), arguments)

    async def _network(self, made: Made, message_id: int | None) -> Call:
        """Read, sum up (the long part, away from everybody else), keep a snapshot, put in words."""

        def read_it() -> networks.Network:
            with self._look(made) as look:
                return read(look)

        def say(summary: Summary) -> tuple[Call, bool]:
            with self._look(made) as look:
                due = networks.is_snapshot_due(look.session, look.owner_id, look.today)
                return _say(look, compose(look, network, summary), message_id), due

        network = await asyncio.to_thread(read_it)
        summary = await self._sum_up(network)
        call, due = await asyncio.to_thread(say, summary)
        if due:
            with self._look(made) as look:
                owner_id, today = look.owner_id, look.today
            await self._writer.run(
                partial(networks.keep_snapshot, owner_id=owner_id, summary=summary, today=today)
            )
        return call

    async def _sum_up(self, network: networks.Network) -> Summary:
        record = (network.alters, network.ties, network.events, network.favours, network.view)
        if len(network.alters) <= MOST_IN_A_THREAD:
            return await asyncio.to_thread(summarise, *record)
        if self._processes is None:
            spawn = multiprocessing.get_context("spawn")  # to fork a process of threads is unsafe
            self._processes = ProcessPoolExecutor(1, mp_context=spawn)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._processes, summarise, *record)


def _view(look: Look, message_id: int | None) -> Call:
    try:
        reply = VIEWS[look.arguments["view"]](look)
    except UserError as error:
        return _say(look, Reply.of(error.template, **error.values), None)
    return _say(look, reply, message_id)


def _say(look: Look, reply: Reply, message_id: int | None) -> Call:
    chat_id, common = look.owner.chat_id, {"today": look.today}
    if message_id is None:
        return send_call(chat_id, reply, look.language, common)
    return edit_call(chat_id, message_id, reply, look.language, common)


def _export(look: Look, _: int | None) -> Call:
    from telegram import InputFile

    document = exporting.export(look.session, look.owner_id, look.language, look.now)
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    filename = f"jejaring-{look.now:%Y-%m-%d}.json"
    return "send_document", {"document": InputFile(content, filename=filename)}
