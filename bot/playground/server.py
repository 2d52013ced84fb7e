"""The local Bot API over HTTP, in a thread of its own."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.api import BotApi
from bot.playground.pages import make_pages
from bot.playground.telegram import LocalTelegram


@dataclass(frozen=True)
class Served:
    """Where a running server is found."""

    url: str
    telegram: LocalTelegram


class _Connection(H11Protocol):
    """Knows its transport by the client's address, so that a fault can cut the line."""

    open: dict[tuple[str, int], asyncio.Transport] = {}  # noqa: RUF012 - one per process is meant

    @classmethod
    def cut(cls, client: tuple[str, int]) -> None:
        """Drops a connection at once; nothing happens where it has gone."""
        if transport := cls.open.get(client):
            transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # Head and body go out in two writes: without this the second waits 40 ms for an answer.
        connection: socket.socket = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.client:
            self.open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client:
            self.open.pop(self.client, None)
        super().connection_lost(exc)


class _Server(uvicorn.Server):
    """Stops at once: whoever stops a local server waits for it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopped = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    async def main_loop(self) -> None:
        await self._stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for sock in sockets or []:
            sock.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # lets the application notice that nobody listens any more
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)


@contextmanager
def serve(telegram: LocalTelegram, host: str = "127.0.0.1", port: int = 0) -> Iterator[Served]:
    """Serves in a thread of its own while the block runs; port 0 takes a free one.

    Bot API methods are found under `{url}/bot<token>/`, files under `{url}/file/bot<token>/`.
    Raises OSError where the port is taken.
    """
    listening = socket.create_server((host, port), backlog=1024)
    url = f"http://{host}:{listening.getsockname()[1]}"
    app = BotApi(telegram, make_pages(telegram), _Connection.cut)
    config = uvicorn.Config(
        app, http=_Connection, ws="none", lifespan="off",
        log_config=None, access_log=False, server_header=False, date_header=False,
        proxy_headers=False, timeout_keep_alive=75, backlog=1024,
    )  # fmt: skip
    server: list[_Server] = []
    started = threading.Event()

    async def run() -> None:
        server.append(_Server(config))
        started.set()
        await server[0].serve(sockets=[listening])

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="playground", daemon=True)
    thread.start()
    started.wait()
    try:
        yield Served(url, telegram)
    finally:
        server[0].stop()
        thread.join()
