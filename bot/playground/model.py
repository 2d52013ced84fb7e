"""What tests, the page and the terminal read: frozen views of chats and calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.playground.formatting import Entity, to_html

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """An inline button: one of `callback_data` and `url` is set, other kinds have neither."""

    label: str
    callback_data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class File:
    """A picture or document with its bytes. Sizes in pixels for pictures."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    path: str
    content: bytes = field(repr=False)
    mime_type: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Message:
    """A message as it stands now; an edit makes a new one with the same message_id."""

    message_id: int
    chat_id: int
    from_bot: bool
    date: datetime
    text: str
    caption: str | None
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[Button, ...], ...]
    photo: File | None
    document: File | None
    contact: Mapping[str, Any] | None
    reply_markup: Mapping[str, Any] | None
    silent: bool
    edits: int
    raw: Mapping[str, Any] = field(repr=False)

    @cached_property
    def html(self) -> str:
        """Text or caption as HTML, in one canonical spelling."""
        return to_html(self.caption if self.caption is not None else self.text, self.entities)

    @property
    def labels(self) -> list[str]:
        """Labels of all inline buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    def button(self, label: str) -> Button:
        """The inline button with that label; LookupError names those there are."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button
        raise LookupError(f"no button {label!r} among {self.labels}")


@dataclass(frozen=True)
class Call:
    """One call of the Bot API. `outcome` is 'ok', or why there was no effect."""

    method: str
    params: Mapping[str, Any]
    at: datetime
    chat_id: int | None
    outcome: str
    result: Any = field(repr=False)


@dataclass(frozen=True)
class CallbackAnswer:
    """How the bot answered a tap: a toast, an alert, or nothing to see (empty text)."""

    query_id: str
    user_id: int
    message_id: int
    data: str
    text: str
    alert: bool
    url: str | None


def make_message(raw: Json, **seen: Any) -> Message:
    """The view of a Bot API Message; `seen` is what that object does not tell."""
    markup = raw.get("reply_markup") or seen.get("reply_markup")
    rows = (raw.get("reply_markup") or {}).get("inline_keyboard", ())
    return Message(
        message_id=raw["message_id"],
        chat_id=raw["chat"]["id"],
        text=raw.get("text", ""),
        caption=raw.get("caption"),
        entities=tuple(raw.get("entities") or raw.get("caption_entities") or ()),
        buttons=tuple(
            tuple(Button(b["text"], b.get("callback_data"), b.get("url")) for b in row)
            for row in rows
        ),
        contact=raw.get("contact"),
        raw=raw,
        **(seen | {"reply_markup": markup}),
    )
