"""The local Bot API over HTTP: an ASGI application, and a thread to run it in."""

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.faults import DESCRIPTIONS, Fault
from bot.playground.methods import METHODS
from bot.playground.model import Call
from bot.playground.parameters import Parameters, decode
from bot.playground.refusals import Refused
from bot.playground.telegram import LocalTelegram

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
_HTML_502 = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    b"</body>\r\n</html>\r\n"
)
_LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Served:
    """Where a running server is found."""

    url: str
    telegram: LocalTelegram


@dataclass
class _Answer:
    status: int
    body: bytes
    content_type: bytes = b"application/json"


class BotApi:
    """The ASGI application: the Bot API itself; everything else is handed to `pages`."""

    def __init__(self, telegram: LocalTelegram, pages: App) -> None:
        self._telegram = telegram
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError):  # the server stops: nobody waits for an answer
            await self._route(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if not _is_local(scope):
            await _write(send, _Answer(421, b"Answered on this machine only.", b"text/plain"))
        elif _is_foreign(scope):
            await _write(send, _Answer(403, b"Not for other pages.", b"text/plain"))
        elif path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            await self._call(token, method, scope, receive, send)
        elif path.startswith("/file/bot"):
            token, _, file_path = path[9:].partition("/")
            await self._download(token, file_path, scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _call(
        self, token: str, method: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        name = "getUpdates" if method.lower() == "getupdates" else ""
        known = METHODS.get(method.lower())
        name = name or (known[0] if known else method)
        params = Parameters({})
        try:
            body = await _read_body(receive)
            params = decode(scope["query_string"], _header(scope, b"content-type"), body)
            if not self._telegram.knows(token):
                raise Refused(401, "Unauthorized")
            if self._telegram.latency_seconds:
                await asyncio.sleep(self._telegram.latency_seconds)
            fault = self._telegram.faults.take(name, params.integer("chat_id"))
        except Refused as refused:
            await _write(send, _refusal(refused))
            return
        if fault and not fault.after:
            answer = await self._struck(fault)
            if fault.effect != "slow":
                self._record(name, params, f"fault {fault.kind}")
                await _close_or_write(scope, receive, send, answer)
                return
        answer = await self._effect(name, params)
        if fault and fault.after:
            answer = await self._struck(fault) or (answer if fault.effect == "slow" else None)
        await _close_or_write(scope, receive, send, answer)

    async def _effect(self, name: str, params: Parameters) -> _Answer:
        """Does what the call asks and says how it went."""
        try:
            if name == "getUpdates":
                result: Any = await self._telegram.updates.poll(
                    offset=params.integer("offset") or 0,
                    limit=params.integer("limit") or 100,
                    timeout_seconds=float(params.integer("timeout") or 0),
                    allowed=params.structure("allowed_updates"),
                )
            else:
                result = self._run(name, params)
        except Refused as refused:
            self._record(name, params, refused.description)
            return _refusal(refused)
        return _Answer(200, json.dumps({"ok": True, "result": result}).encode())

    def _run(self, name: str, params: Parameters) -> Any:
        method = METHODS.get(name.lower())
        if method is None:
            raise Refused(404, "Not Found")
        with self._telegram.changes.lock:
            result = method[1](self._telegram, params)
            self._record(name, params, "ok", result)
        return result

    def _record(self, name: str, params: Parameters, outcome: str, result: Any = None) -> None:
        now, chat_id = self._telegram.now(), params.integer("chat_id")
        call = Call(name, params.summary(), now, chat_id, outcome, result)
        self._telegram.record(call)

    async def _struck(self, fault: Fault) -> _Answer | None:
        """What a fault answers; None where it answers nothing (of its own)."""
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.effect in ("drop", "slow"):
            return None
        if fault.effect == "502":
            return _Answer(502, _HTML_502, b"text/html")
        words = fault.description or DESCRIPTIONS[fault.effect]
        if fault.effect == "429":
            return _refusal(Refused(429, f"{words} {fault.retry_after}", fault.retry_after))
        return _refusal(Refused(int(fault.effect), words))

    async def _download(
        self, token: str, path: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        fault = self._telegram.faults.take("file", None)
        answer = await self._struck(fault) if fault else None
        if fault and (answer or fault.effect == "drop"):
            await _close_or_write(scope, receive, send, answer)
            return
        file = self._telegram.files.by_path(path) if self._telegram.knows(token) else None
        if file is None:
            await _write(send, _refusal(Refused(404, "Not Found")))
        else:
            kind = (file.mime_type or "application/octet-stream").encode("latin-1", "replace")
            await _write(send, _Answer(200, file.content, kind))


def _is_local(scope: Scope) -> bool:
    """Whether the request names this machine: a page elsewhere may resolve its own name to it."""
    host = _header(scope, b"host")
    return host.rpartition(":")[0] in _LOCAL_NAMES or host in _LOCAL_NAMES


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another origin asks, for anything but the chat itself."""
    site = _header(scope, b"sec-fetch-site")  # browsers set it, and pages cannot
    return site in ("cross-site", "same-site") and scope["path"] != "/"


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


async def _read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    chunks, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > MAX_UPLOAD_BYTES + 65_536:
            raise Refused(413, "Request Entity Too Large")
    return b"".join(chunks)


def _refusal(refused: Refused) -> _Answer:
    body: dict[str, Any] = {
        "ok": False, "error_code": refused.code, "description": refused.description,
    }  # fmt: skip
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    return _Answer(refused.code, json.dumps(body).encode())


async def _write(send: Send, answer: _Answer) -> None:
    headers = [
        (b"content-type", answer.content_type),
        (b"content-length", b"%d" % len(answer.body)),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _close_or_write(
    scope: Scope, receive: Receive, send: Send, answer: _Answer | None
) -> None:
    if answer is not None:
        await _write(send, answer)
        return
    _Connection.open[scope["client"]].abort()
    await receive()  # returns when the connection is gone


class _Connection(H11Protocol):
    """Knows its transport by the client's address, so that a fault can cut the line."""

    open: dict[tuple[str, int], asyncio.Transport] = {}  # noqa: RUF012 - one per process is meant

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
    from bot.playground.pages import make_pages

    listening = socket.create_server((host, port), backlog=1024)
    url = f"http://{host}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        BotApi(telegram, make_pages(telegram)), http=_Connection, ws="none", lifespan="off",
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
