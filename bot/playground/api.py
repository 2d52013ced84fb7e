"""The local Bot API as an ASGI application."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

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
Cut = Callable[[tuple[str, int]], None]

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
_HTML_502 = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    b"</body>\r\n</html>\r\n"
)
_LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}


@dataclass
class _Answer:
    status: int
    body: bytes
    content_type: bytes = b"application/json"


class BotApi:
    """The Bot API itself; everything else is handed to `pages`.

    `cut` drops the connection of a client, by its address, without another byte.
    """

    def __init__(self, telegram: LocalTelegram, pages: App, cut: Cut) -> None:
        self._cut = cut
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
                await self._close_or_write(scope, receive, send, answer)
                return
        answer = await self._effect(name, params)
        if fault and fault.after:
            answer = await self._struck(fault) or (answer if fault.effect == "slow" else None)
        await self._close_or_write(scope, receive, send, answer)

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
            await self._close_or_write(scope, receive, send, answer)
            return
        file = self._telegram.files.by_path(path) if self._telegram.knows(token) else None
        if file is None:
            await _write(send, _refusal(Refused(404, "Not Found")))
        else:
            kind = (file.mime_type or "application/octet-stream").encode("latin-1", "replace")
            await _write(send, _Answer(200, file.content, kind))

    async def _close_or_write(
        self, scope: Scope, receive: Receive, send: Send, answer: _Answer | None
    ) -> None:
        if answer is not None:
            await _write(send, answer)
            return
        self._cut(scope["client"])
        await receive()  # returns when the connection is gone


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
