"""The state of a local Telegram: one bot, its users, and their side of the chat."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from secrets import randbelow
from time import monotonic
from typing import Any, TypeVar

from bot.playground.changes import Changes
from bot.playground.chats import Chat
from bot.playground.faults import Faults
from bot.playground.files import FileStore, describe
from bot.playground.formatting import detect, trim
from bot.playground.model import Call, CallbackAnswer, Json, Message
from bot.playground.parameters import Upload
from bot.playground.profile import Profile
from bot.playground.updates import UpdateQueue

Found = TypeVar("Found")
_TOKEN = re.compile(r"(\d+):[\w-]+$")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_WITHOUT_TRACE = {"getUpdates", "getMe"}


@dataclass
class Tap:
    """A tapped button whose callback query waits for its answer."""

    user_id: int
    message_id: int
    data: str
    tapped_at: float


class LocalTelegram:
    """In memory, safe to use from any thread. `serve` puts it behind HTTP.

    User-side methods return the update_id they queued. Ids of updates and messages begin where the
    clock stands, so that a bot with a database from an earlier run meets no id twice.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        first_id: int | None = None,
        bot_name: str = "Jejaring",
        bot_username: str = "jejaring_bot",
    ) -> None:
        self.now = now
        start = first_id or int((datetime.now(UTC) - _EPOCH).total_seconds() * 10)
        self.changes = Changes()
        self.updates = UpdateQueue(start, self._announce)
        self.faults = Faults()
        self.files = FileStore()
        self.profile = Profile()
        self.latency_seconds = 0.0
        self.callback_lifetime_seconds = 60.0
        self.token: str | None = None
        self.webhook: Json = {}
        self.bot: Json = {
            "id": 7_000_000_001,
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self._calls: list[Call] = []
        self._answers: list[CallbackAnswer] = []
        self._message_ids = count(start)

    # What a person does

    def add_user(
        self,
        user_id: int,
        first_name: str = "Ayu",
        language_code: str | None = "en",
        username: str | None = None,
        last_name: str | None = None,
    ) -> None:
        """Makes a person known, or changes their name and language. Nothing is queued."""
        named = {
            "id": user_id, "is_bot": False, "first_name": first_name, "last_name": last_name,
            "username": username, "language_code": language_code,
        }  # fmt: skip
        user = {key: value for key, value in named.items() if value is not None}
        with self.changes.lock:
            chat = self.chats.setdefault(user_id, Chat(user))
            chat.user = user
            chat.touch(waiting=chat.waiting)
            self.changes.announce()

    def say(self, user_id: int, text: str) -> int:
        """A text message; commands, links and the like get their entities."""
        plain, _ = trim(text, ())
        return self._incoming(user_id, _with_entities({"text": plain}))

    def tap(self, user_id: int, message_id: int, callback_data: str) -> int:
        """Taps a button of a message. The data is not compared with the buttons there now.

        So a test can tap a keyboard that has gone, or forge another person's data.
        """
        with self.changes.lock:
            chat = self._chat(user_id)
            message = chat.messages[message_id]
            query_id = str(10**17 + randbelow(9 * 10**17))
            chat.touch(waiting=True)
            self.taps[query_id] = Tap(user_id, message_id, callback_data, monotonic())
            query = {
                "id": query_id,
                "from": chat.user,
                "message": dict(message.raw),
                "chat_instance": str(user_id),
                "data": callback_data,
            }
            return self._queue({"callback_query": query})

    def share_contact(
        self,
        user_id: int,
        phone: str,
        first_name: str,
        last_name: str | None = None,
        contact_user_id: int | None = None,
        vcard: str | None = None,
    ) -> int:
        """Shares a contact card."""
        card = {
            "phone_number": phone, "first_name": first_name, "last_name": last_name,
            "user_id": contact_user_id, "vcard": vcard,
        }  # fmt: skip
        return self._incoming(
            user_id, {"contact": {k: v for k, v in card.items() if v is not None}}
        )

    def send_document(
        self, user_id: int, filename: str, content: bytes, caption: str | None = None
    ) -> int:
        """Sends a file."""
        with self.changes.lock:
            document = self.files.add("document", Upload(filename, content))
            raw = _with_entities({"document": describe(document)}, caption)
            return self._incoming(user_id, raw, document=document)

    def send_photo(self, user_id: int, content: bytes, caption: str | None = None) -> int:
        """Sends a picture (PNG, JPEG or another format Pillow reads)."""
        with self.changes.lock:
            photo = self.files.add("photo", Upload("photo.jpg", content))
            raw = _with_entities({"photo": [describe(photo)]}, caption)
            return self._incoming(user_id, raw, photo=photo)

    def share_location(self, user_id: int, latitude: float, longitude: float) -> int:
        """Shares a place."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._incoming(user_id, {"location": place})

    def forward(self, user_id: int, text: str, origin: Mapping[str, Any]) -> int:
        """Forwards a text. `origin` is a Bot API MessageOrigin; its date defaults to now.

        For instance {"type": "user", "sender_user": {...}} or
        {"type": "hidden_user", "sender_user_name": "Budi"}.
        """
        raw = _with_entities({"text": text})
        raw["forward_origin"] = {"date": self.timestamp()} | dict(origin)
        return self._incoming(user_id, raw)

    def edit(self, user_id: int, message_id: int, text: str) -> int:
        """Edits one of the person's own text messages."""
        with self.changes.lock:
            chat = self._chat(user_id)
            message = chat.messages[message_id]
            kept = {k: v for k, v in message.raw.items() if k not in ("text", "entities")}
            raw = kept | {"edit_date": self.timestamp()} | _with_entities({"text": text})
            chat.change(message, raw)
            return self._queue({"edited_message": raw})

    def block(self, user_id: int) -> int:
        """Blocks the bot: sends to this person are refused from now on."""
        return self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> int:
        """Takes the block back."""
        return self._set_blocked(user_id, blocked=False)

    def push(self, update: Mapping[str, Any]) -> int:
        """Queues any raw update; an update_id of its own is kept."""
        with self.changes.lock:
            return self._queue(dict(update))

    # Reading back

    def messages(self, user_id: int, after: int = 0) -> list[Message]:
        """The chat's messages as they stand, oldest first; those with a higher id than `after`."""
        with self.changes.lock:
            chat = self.chats.get(user_id)
            return [m for m in chat.messages.values() if m.message_id > after] if chat else []

    def sent(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """Calls that took effect, in order; without getUpdates and getMe."""
        return [c for c in self.calls(method, chat_id) if c.outcome == "ok"]

    def calls(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """All calls in order, also the refused and those a fault struck."""
        with self.changes.lock:
            return [
                call
                for call in self._calls
                if method in (None, call.method) and chat_id in (None, call.chat_id)
            ]

    @property
    def callback_answers(self) -> list[CallbackAnswer]:
        """Answers to taps, in order."""
        with self.changes.lock:
            return list(self._answers)

    def wait_for(self, look: Callable[[], Found], timeout_seconds: float = 5.0) -> Found:
        """Blocks until `look()` is truthy, and returns it; looks again at every change."""
        return self.changes.wait_for(look, timeout_seconds)

    async def until(self, look: Callable[[], Found], timeout_seconds: float = 5.0) -> Found:
        """As `wait_for`, for coroutines."""
        return await self.changes.until(look, timeout_seconds)

    def heard_by(self, listener: Callable[[], None]) -> AbstractContextManager[None]:
        """Calls `listener` at every change while the block runs, in the thread that made it."""
        return self.changes.heard_by(listener)

    # For the methods of the Bot API

    def knows(self, token: str) -> bool:
        """Whether a token is accepted: any that looks like one, or only `self.token` if set."""
        return token == self.token if self.token else bool(_TOKEN.match(token))

    def timestamp(self) -> int:
        """Now, in whole seconds as Telegram writes it."""
        return int(self.now().timestamp())

    def next_message_id(self) -> int:
        """A fresh message id."""
        return next(self._message_ids)

    def record(self, call: Call) -> None:
        """Writes a call down."""
        if call.method not in _WITHOUT_TRACE:
            with self.changes.lock:
                self._calls.append(call)
                self.changes.announce()

    def record_answer(self, answer: CallbackAnswer) -> None:
        """Writes the answer to a tap down. To be called with the lock held."""
        self._answers.append(answer)
        self.chats[answer.user_id].touch(waiting=False)
        self.changes.announce()

    def _chat(self, user_id: int) -> Chat:
        if user_id not in self.chats:
            self.add_user(user_id)
        return self.chats[user_id]

    def _incoming(self, user_id: int, content: Json, **files: Any) -> int:
        with self.changes.lock:
            chat = self._chat(user_id)
            raw = {
                "message_id": self.next_message_id(),
                "from": chat.user,
                "chat": chat.raw,
                "date": self.timestamp(),
            } | content
            chat.add(raw, from_bot=False, **files)
            return self._queue({"message": raw})

    def _set_blocked(self, user_id: int, *, blocked: bool) -> int:
        member: Json = {"user": self.bot, "status": "member"}
        kicked: Json = {"user": self.bot, "status": "kicked", "until_date": 0}
        with self.changes.lock:
            chat = self._chat(user_id)
            chat.blocked = blocked
            chat.touch(waiting=False)
            change = {
                "chat": chat.raw,
                "from": chat.user,
                "date": self.timestamp(),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            }
            return self._queue({"my_chat_member": change})

    def _announce(self) -> None:
        with self.changes.lock:
            self.changes.announce()

    def _queue(self, update: Json) -> int:
        update_id = self.updates.push(update)
        self.changes.announce()
        return update_id


def _with_entities(content: Json, caption: str | None = None) -> Json:
    """`content` with the entities a client would add to its text or caption."""
    if caption is not None:
        content["caption"] = caption
    for key, entities_key in (("text", "entities"), ("caption", "caption_entities")):
        if entities := detect(content.get(key, "")):
            content[entities_key] = entities
    return content
