"""Everything the server shows besides the Bot API: the web chat, live, and the control API."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.playground.model import Json, Message
from bot.playground.rig import rig_routes
from bot.playground.telegram import LocalTelegram

WEB = Path(__file__).parent / "web"
HEARTBEAT_SECONDS = 15
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_SHOWN_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_FILE_HEADERS = _PAGE_HEADERS | {
    "Content-Security-Policy": "default-src 'none'; sandbox",  # a document may be a web page
    "Cache-Control": "private, max-age=86400, immutable",
}


def make_pages(telegram: LocalTelegram) -> Starlette:
    """The ASGI application behind every path that is not the Bot API's."""

    async def events(_: Request) -> Response:
        return StreamingResponse(
            _stream(telegram), media_type="text/event-stream", headers=_PAGE_HEADERS
        )

    async def file(request: Request) -> Response:
        return _file(telegram, request.path_params["file_id"])

    return Starlette(
        routes=[
            Route("/", lambda _: _asset("index.html")),
            Route("/web/{name}", lambda request: _asset(request.path_params["name"])),
            Route("/chat/events", events),
            Route("/chat/file/{file_id}", file),
            *rig_routes(telegram),
        ]
    )


def _asset(name: str) -> Response:
    """A file of the page; read anew each time, so that an edited one needs no restart."""
    path = WEB / name
    if path.parent != WEB or path.suffix not in _TYPES or not path.is_file():
        return Response("Not Found", 404)
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers=_PAGE_HEADERS)


def _file(telegram: LocalTelegram, file_id: str) -> Response:
    """A picture to look at, or anything else to keep."""
    file = telegram.files.find(file_id)
    if file is None:
        return Response("Not Found", 404)
    shown = file.kind == "photo" or file.mime_type in _SHOWN_PICTURES
    headers = _FILE_HEADERS | ({} if shown else {"Content-Disposition": "attachment"})
    kind = file.mime_type if shown else "application/octet-stream"
    return Response(file.content, media_type=kind, headers=headers)


async def _stream(telegram: LocalTelegram) -> AsyncIterator[str]:
    """Server-sent events: first all there is, then what changes."""
    loop, woken = asyncio.get_running_loop(), asyncio.Event()
    view = _View(telegram)

    def wake() -> None:
        if not woken.is_set():
            loop.call_soon_threadsafe(woken.set)

    with telegram.heard_by(wake):
        yield _event("hello", view.news())
        while True:
            try:
                await asyncio.wait_for(woken.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            woken.clear()
            news = view.news()
            if news["chats"] or news["answers"]:
                yield _event("news", news)


def _event(name: str, data: Json) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


@dataclass
class _Seen:
    """What one page has been told of one chat."""

    revision: tuple[int, int] = (-1, -1)
    messages: dict[int, Message] = field(default_factory=dict)


class _View:
    """What one page knows; tells it the rest."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self._seen: dict[int, _Seen] = {}
        self._answers = len(telegram.callback_answers)

    def news(self) -> Json:
        """Chats and answers to taps that are new or changed since last asked."""
        telegram = self._telegram
        with telegram.changes.lock:
            chats = [news for user_id in telegram.chats if (news := self._chat(user_id))]
            answers = telegram.callback_answers[self._answers :]
            self._answers += len(answers)
        shown = ("user_id", "message_id", "data", "text", "alert", "url")
        return {
            "bot": telegram.bot,
            "chats": chats,
            "answers": [{key: getattr(answer, key) for key in shown} for answer in answers],
        }

    def _chat(self, user_id: int) -> Json | None:
        chat, profile = self._telegram.chats[user_id], self._telegram.profile
        seen = self._seen.setdefault(user_id, _Seen())
        revision = (chat.revision, profile.revision)
        if seen.revision == revision:
            return None
        changed = [m for key, m in chat.messages.items() if seen.messages.get(key) is not m]
        removed = [key for key in seen.messages if key not in chat.messages]
        seen.revision, seen.messages = revision, dict(chat.messages)
        language = chat.user.get("language_code", "")
        return {
            "user": chat.user,
            "blocked": chat.blocked,
            "waiting": chat.waiting,
            "action": chat.action,
            "menu": profile.menu_for(user_id, language),
            "description": profile.text("description", language),
            "name": profile.text("name", language) or self._telegram.bot["first_name"],
            "changed": [_show(message) for message in changed],
            "removed": removed,
        }


def _show(message: Message) -> Json:
    """A message as the page draws it."""
    raw: Mapping[str, Any] = message.raw
    shown: Json = {
        "id": message.message_id,
        "own": not message.from_bot,
        "date": raw["date"],
        "text": message.text if message.caption is None else message.caption,
        "entities": message.entities,
        "buttons": [[vars(button) for button in row] for row in message.buttons],
        "edited": message.edits > 0,
        "silent": message.silent,
        "markup": message.reply_markup,
    }
    if message.photo:
        photo = message.photo
        shown["photo"] = {"id": photo.file_id, "width": photo.width, "height": photo.height}
    if message.document:
        document = message.document
        size = len(document.content)
        shown["document"] = {"id": document.file_id, "name": document.name, "size": size}
    for key in ("contact", "location", "forward_origin"):
        if key in raw:
            shown[key] = raw[key]
    if answered := raw.get("reply_to_message"):
        shown["answered"] = answered.get("text") or answered.get("caption") or "…"
    return shown
