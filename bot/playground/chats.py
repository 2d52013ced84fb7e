"""Private chats: one person, the bot, and the messages between them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.playground.model import Json, Message, make_message


@dataclass
class Chat:
    """What the server keeps of one person and their chat with the bot."""

    user: Json
    messages: dict[int, Message] = field(default_factory=dict)
    blocked: bool = False
    action: str | None = None

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
        return message

    def change(self, message: Message, raw: Json, **seen: Any) -> Message:
        """Puts an edited version in the place of `message`."""
        kept = {k: getattr(message, k) for k in ("photo", "document", "silent", "from_bot", "date")}
        changed = make_message(
            raw, **(kept | {"reply_markup": None} | seen), edits=message.edits + 1
        )
        self.messages[message.message_id] = changed
        return changed
