"""What is made when it is sent, outside the turn: documents, pictures, long looks at the network.

They are made in threads; those of a large network in a process of its own. There the code that
counts shortest paths, and the collector of garbage, would stop all the others for long.
"""

import asyncio
import json
import logging
import multiprocessing
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from traceback import extract_tb

from analysis.diagnosis import summarise
from analysis.snapshot import Snapshot, take_snapshot
from bot import pictures
from bot.calls import Call, edit_call, send_call
from bot.clock import Clock
from bot.exported import write_file
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

Product = tuple[Call, Snapshot | None]  # the call, and the network of today if it is to be kept


class Documents:
    """The makers the outbox calls, by name."""

    def __init__(self, database: Database, clock: Clock, writer: Writer) -> None:
        self._database = database
        self._clock = clock
        self._writer = writer
        self._processes: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()
        self.makers: dict[str, Maker] = dict.fromkeys(MAKES, self._make)

    def close(self) -> None:
        if self._processes is not None:
            self._processes.shutdown(wait=False, cancel_futures=True)
            self._processes = None

    async def _make(self, made: Made, message_id: int | None) -> Call:
        """Whoever waits for what cannot be made is told so."""
        try:
            call, snapshot = await self._product(made, message_id)
            if snapshot is not None:
                owner_id = made["arguments"]["owner"]
                keep = partial(networks.keep_snapshot, owner_id=owner_id, snapshot=snapshot)
                await self._writer.run(keep)
        except Exception as error:
            number = secrets.token_hex(3)
            place = extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            fields = {"maker": made["maker"], "number": number, "error": what}
            log.error("not_made", extra=fields)
            return send_call(0, Reply.of("sorry", number=number), made["language"], {})
        return call

    async def _product(self, made: Made, message_id: int | None) -> Product:
        now = self._clock()
        if not await asyncio.to_thread(self._is_large, made["arguments"]["owner"]):
            return await asyncio.to_thread(make, self._database, made, message_id, now)
        url = self._database.url.render_as_string(hide_password=False)
        begin = partial(self._begin, make_apart, url, made, message_id, now)
        try:
            return await asyncio.wrap_future(await asyncio.to_thread(begin))
        except BrokenExecutor:
            self.close()  # the next one gets a new process
            raise

    def _begin(self, work: Callable[..., Product], *arguments: object) -> Future[Product]:
        """Hand work to the process. To start one may take long: never on the event loop."""
        with self._starting:
            if self._processes is None:
                spawn = multiprocessing.get_context("spawn")  # to fork with threads is unsafe
                self._processes = ProcessPoolExecutor(1, mp_context=spawn)
            return self._processes.submit(work, *arguments)

    def _is_large(self, owner_id: int) -> bool:
        with self._database.read() as session:
            return networks.is_large(session, owner_id)


def make(database: Database, made: Made, message_id: int | None, now: datetime) -> Product:
    """Make it, from the records of the owner who asked."""
    arguments = dict(made["arguments"])
    with database.read() as session:
        owner = owners.get(session, arguments.pop("owner"))
        if owner is None:
            raise LookupError("No such owner.")
        return MAKES[made["maker"]](
            Look(session, owner, made["language"], now, arguments), message_id
        )


def make_apart(url: str, made: Made, message_id: int | None, now: datetime) -> Product:
    """The same in another process."""
    return make(_open(url), made, message_id, now)


@lru_cache
def _open(url: str) -> Database:
    return Database(url)


def _network(look: Look, message_id: int | None) -> Product:
    """The summary in words, and what to keep of it once a month."""
    network = read(look)
    summary = summarise(network.alters, network.ties, network.events, network.favours, network.view)
    call = _say(look, compose(look, network, summary), message_id)
    if not networks.is_snapshot_due(look.session, look.owner_id, look.today):
        return call, None
    return call, take_snapshot(summary, look.today)


def _view(look: Look, message_id: int | None) -> Product:
    try:
        reply = VIEWS[look.arguments["view"]](look)
    except UserError as error:
        return _say(look, Reply.of(error.template, **error.values), None), None
    return _say(look, reply, message_id), None


def _say(look: Look, reply: Reply, message_id: int | None) -> Call:
    chat_id, common = look.owner.chat_id, {"today": look.today}
    if message_id is None:
        return send_call(chat_id, reply, look.language, common)
    return edit_call(chat_id, message_id, reply, look.language, common)


def _draw_map(look: Look, message_id: int | None) -> Product:
    return pictures.draw_map(look, message_id), None


def _draw_file(look: Look, message_id: int | None) -> Product:
    return pictures.draw_file(look, message_id), None


def _draw_funnel(look: Look, message_id: int | None) -> Product:
    return draw_funnel(look, message_id), None


def _export(look: Look, _: int | None) -> Product:
    from telegram import InputFile

    document = exporting.export(look.session, look.owner_id, look.language, look.now)
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    filename = f"jejaring-{look.now:%Y-%m-%d}.json"
    return ("send_document", {"document": InputFile(content, filename=filename)}), None


MAKES: dict[str, Callable[[Look, int | None], Product]] = {
    "export": _export,
    "export_file": lambda look, message_id: (write_file(look, message_id), None),
    "funnel": _draw_funnel,
    "map": _draw_map,
    "map_file": _draw_file,
    "network": _network,
    "view": _view,
}
