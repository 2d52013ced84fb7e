"""Private chats: one person, the bot, and the messages between them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.playground.model import Json, Message, make_message


@dataclass
class Chat:
    """What the server keeps of one person and their chat with the bot.

    `waiting` says that the person has done something the bot has not yet answered; `revision` grows
    with every change.
    """

    user: Json
    messages: dict[int, Message] = field(default_factory=dict)
    blocked: bool = False
    action: str | None = None
    waiting: bool = False
    revision: int = 0

    @property
    def raw(self) -> Json:
        """The chat as a Bot API Chat."""
        shown = ("id", "first_name", "last_name", "username")
        return {k: self.user[k] for k in shown if k in self.user} | {"type": "private"}

    def add(self, raw: Json, **seen: Any) -> Message:
        """Keeps a new message; `raw` is the Bot API object, `seen` what that does not tell."""
        defaults: Json = {"photo": None, "document": None, "reply_markup": None, "silent": False}
        message = make_message(
            raw, **(defaults | seen), edits=0, date=datetime.fromtimestamp(raw["date"], UTC)
        )
        self.messages[message.message_id] = message
        self.touch(waiting=not message.from_bot)
        return message

    def change(self, message: Message, raw: Json, **seen: Any) -> Message:
        """Puts an edited version in the place of `message`."""
        kept = {k: getattr(message, k) for k in ("photo", "document", "silent", "from_bot", "date")}
        changed = make_message(
            raw, **(kept | {"reply_markup": None} | seen), edits=message.edits + 1
        )
        self.messages[message.message_id] = changed
        self.touch(waiting=not message.from_bot)
        return changed

    def remove(self, message_id: int) -> bool:
        """Takes a message away; False where there is none."""
        if self.messages.pop(message_id, None) is None:
            return False
        self.touch(waiting=self.waiting)
        return True

    def touch(self, *, waiting: bool) -> None:
        """Notes a change."""
        self.waiting = waiting
        self.revision += 1
