"""One update, one transaction: its effects, the replies to send, and 'handled'."""

import logging
import secrets
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session
from telegram import Update

from bot import router
from bot.calls import edit_call, send_call, toast_call
from bot.clock import Clock
from bot.replies import Answer, Made, Reply, Toast, UserError
from bot.settings import LANGUAGES, Settings
from bot.turn import Turn
from bot.usecases import owners
from storage import incoming, outgoing
from storage.database import is_unavailable
from storage.tables import Outgoing

log = logging.getLogger(__name__)


@dataclass
class Turns:
    """Handles updates, one at a time, in a database thread."""

    settings: Settings
    clock: Clock

    def handle(self, session: Session, update_id: int) -> list[Outgoing]:
        """Handle a stored update; the calls that answer it are stored and returned."""
        body = incoming.body(session, update_id)
        if body is None:
            return []
        now = self.clock()
        calls = self._answer(session, update_id, body, now)
        incoming.mark_handled(session, update_id, now)
        return calls

    def _answer(
        self, session: Session, update_id: int, body: Mapping[str, Any], now: datetime
    ) -> list[Outgoing]:
        try:
            with session.begin_nested():
                return self._try(session, body, now)
        except Exception as error:
            if is_unavailable(error):
                raise  # not this turn's fault: it waits until the database is well again
            number = secrets.token_hex(3)
            # Where, not what: an error's own words may hold what was typed.
            fields = {"update_id": update_id, "number": number, "error": _name(error)}
            log.error("turn_failed", extra=fields)
            return self._apologise(session, body, now, number)

    def _try(self, session: Session, body: Mapping[str, Any], now: datetime) -> list[Outgoing]:
        update = Update.de_json(dict(body), None)
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or chat.type != "private" or user.is_bot:
            return []
        if self.settings.allowed_users and user.id not in self.settings.allowed_users:
            return self._refuse(session, update, now)
        owner = owners.welcome(session, user.id, chat.id, user.language_code, self.settings, now)
        turn = Turn(session, owner, update, now, self.settings)
        try:
            with session.begin_nested():
                answers = list(router.route(turn))
        except UserError as error:
            answers = [Reply.new(error.template, **error.values)]
        return self._store(turn, answers)

    def _store(self, turn: Turn, answers: Iterable[Answer]) -> list[Outgoing]:
        answers = list(answers)
        tap = turn.update.callback_query
        if tap and not any(isinstance(answer, Toast) for answer in answers):
            answers.insert(0, Toast(""))
        common = {"today": turn.today}
        calls = []
        for answer in answers:
            method, payload = _call(answer, turn, common)
            calls.append(
                outgoing.add(
                    turn.session,
                    owner_id=None if turn.forgotten else turn.owner_id,
                    chat_id=turn.chat_id,
                    method=method,
                    payload=payload,
                    now=turn.now,
                )
            )
        return calls

    def _refuse(self, session: Session, update: Update, now: datetime) -> list[Outgoing]:
        user, chat = update.effective_user, update.effective_chat
        if update.effective_message is None or user is None or chat is None:
            return []
        spoken = (user.language_code or "").split("-")[0]
        language = spoken if spoken in LANGUAGES else self.settings.default_language
        method, payload = send_call(chat.id, Reply.of("not_allowed"), language, {})
        return [_without_owner(session, chat.id, method, payload, now)]

    def _apologise(
        self, session: Session, body: Mapping[str, Any], now: datetime, number: str
    ) -> list[Outgoing]:
        chat_id = chat_of(body)
        if chat_id is None or chat_id < 0:  # groups and channels have numbers below zero
            return []
        language = language_in(body) or self.settings.default_language
        calls = [send_call(chat_id, Reply.of("sorry", number=number), language, {})]
        tap = body.get("callback_query")
        if isinstance(tap, dict) and isinstance(tap.get("id"), str):
            calls.insert(0, toast_call(tap["id"], Toast(""), language, {}))
        return [_without_owner(session, chat_id, *call, now) for call in calls]


def _without_owner(
    session: Session, chat_id: int, method: str, payload: dict[str, Any], now: datetime
) -> Outgoing:
    return outgoing.add(
        session, owner_id=None, chat_id=chat_id, method=method, payload=payload, now=now
    )


def _call(answer: Answer, turn: Turn, common: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The Bot API method and its parameters for an answer."""
    tap = turn.update.callback_query
    if isinstance(answer, Toast):
        assert tap is not None  # noqa: S101 - toasts answer taps
        return toast_call(tap.id, answer, turn.language, common)
    if isinstance(answer, Made):
        made = {"maker": answer.maker, "arguments": answer.arguments, "language": turn.language}
        payload = {"chat_id": turn.chat_id, "made": made}
        if tap and tap.message and answer.in_place:
            payload["message_id"] = tap.message.message_id
        return answer.method, payload
    if tap and tap.message and not answer.anew:
        message_id, is_picture = tap.message.message_id, turn.on_picture
        return edit_call(turn.chat_id, message_id, answer, turn.language, common, is_picture)
    return send_call(turn.chat_id, answer, turn.language, common)


def chat_of(body: Mapping[str, Any]) -> int | None:
    """The chat an update belongs to: updates of one chat are handled in order."""
    for kind in body.values():
        if isinstance(kind, dict):
            message = kind.get("message")
            chat = kind.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
            number = chat.get("id") if isinstance(chat, dict) else None
            if isinstance(number, int) and abs(number) < 2**63:
                return number
    return None


def language_in(body: Mapping[str, Any]) -> str | None:
    for kind in body.values():
        if isinstance(kind, dict) and isinstance(kind.get("from"), dict):
            spoken = str(kind["from"].get("language_code") or "").split("-")[0]
            return spoken if spoken in LANGUAGES else None
    return None


def _name(error: Exception) -> str:
    """An error's kind and where it came from: file and line of the innermost frames."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}"
