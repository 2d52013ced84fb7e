"""The control API, for a test in another process: JSON in, JSON out, under /rig/."""

import base64
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.playground.faults import Fault
from bot.playground.model import Call, Message
from bot.playground.telegram import LocalTelegram

ACTIONS = (
    "add_user", "say", "tap", "share_contact", "send_document", "send_photo", "share_location",
    "forward", "edit", "block", "unblock", "push",
)  # fmt: skip


def rig_routes(telegram: LocalTelegram) -> list[Route]:
    """Routes of the control API.

    POST /rig/<action> takes the arguments of that user-side method (bytes in base64) and answers
    {"update_id": ...}. GET /rig/messages, /rig/calls, /rig/answers, /rig/state read;
    POST /rig/fault adds, DELETE /rig/fault clears; POST /rig/latency {"seconds": ...}.
    """
    rig = _Rig(telegram)
    return [
        Route("/rig/messages", rig.messages),
        Route("/rig/calls", rig.calls),
        Route("/rig/answers", rig.answers),
        Route("/rig/state", rig.state),
        Route("/rig/fault", rig.add_fault, methods=["POST"]),
        Route("/rig/fault", rig.clear_faults, methods=["DELETE"]),
        Route("/rig/latency", rig.set_latency, methods=["POST"]),
        Route("/rig/{action}", rig.act, methods=["POST"]),
    ]


class _Rig:
    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    async def act(self, request: Request) -> JSONResponse:
        action = request.path_params["action"]
        if action not in ACTIONS:
            return JSONResponse({"error": f"no such action: {action}"}, 404)
        arguments = await request.json()
        if "content" in arguments:
            arguments["content"] = base64.b64decode(arguments["content"])
        method: Callable[..., int | None] = getattr(self._telegram, action)
        try:
            return JSONResponse({"update_id": method(**arguments)})
        except (TypeError, LookupError, ValueError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    async def messages(self, request: Request) -> JSONResponse:
        """?user_id= and, if wanted, after= and wait= (seconds to wait for any)."""
        user_id = int(request.query_params["user_id"])
        after = int(request.query_params.get("after", 0))
        wait = float(request.query_params.get("wait", 0))
        try:
            found = await self._telegram.until(
                lambda: self._telegram.messages(user_id, after), timeout_seconds=wait
            )
        except TimeoutError:
            found = []
        return JSONResponse([_message(message) for message in found])

    async def calls(self, request: Request) -> JSONResponse:
        method = request.query_params.get("method")
        chat_id = request.query_params.get("chat_id")
        found = self._telegram.calls(method, int(chat_id) if chat_id else None)
        return JSONResponse([_call(call) for call in found])

    async def answers(self, request: Request) -> JSONResponse:
        return JSONResponse([asdict(answer) for answer in self._telegram.callback_answers])

    async def state(self, request: Request) -> JSONResponse:
        telegram = self._telegram
        with telegram.changes.lock:
            return JSONResponse(
                {
                    "pending": len(telegram.updates.pending),
                    "users": len(telegram.chats),
                    "calls": len(telegram.calls()),
                    "latency_seconds": telegram.latency_seconds,
                }
            )

    async def add_fault(self, request: Request) -> JSONResponse:
        try:
            fault = Fault(**await request.json())
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"number": self._telegram.faults.add(fault)})

    async def clear_faults(self, request: Request) -> JSONResponse:
        self._telegram.faults.clear()
        return JSONResponse({})

    async def set_latency(self, request: Request) -> JSONResponse:
        self._telegram.latency_seconds = float((await request.json())["seconds"])
        return JSONResponse({"seconds": self._telegram.latency_seconds})


def _message(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "from_bot": message.from_bot,
        "date": message.date.isoformat(),
        "text": message.text,
        "caption": message.caption,
        "html": message.html,
        "buttons": [[asdict(button) for button in row] for row in message.buttons],
        "silent": message.silent,
        "edits": message.edits,
        "raw": message.raw,
    }


def _call(call: Call) -> dict[str, Any]:
    return {
        "method": call.method,
        "params": call.params,
        "at": call.at.isoformat(),
        "chat_id": call.chat_id,
        "outcome": call.outcome,
    }
