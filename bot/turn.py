"""What a handler works with: one update of one owner, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session
from telegram import Message, Update

from bot.replies import UserError
from bot.settings import LANGUAGES, Settings
from storage.tables import Owner


@dataclass
class Turn:
    """What a handler works with."""

    session: Session
    owner: Owner
    update: Update
    now: datetime  # aware, UTC
    settings: Settings
    words: str = ""  # what stands behind a command, or the whole text
    arguments: tuple[str, ...] = ()  # of a button
    forgotten: bool = False  # the owner and all their rows are gone

    @property
    def chat_id(self) -> int:
        assert self.update.effective_chat is not None  # noqa: S101 - only chats come this far
        return self.update.effective_chat.id

    @property
    def owner_id(self) -> int:
        assert self.owner.id is not None  # noqa: S101 - it is stored
        return self.owner.id

    @property
    def language(self) -> str:
        return language_of(self.owner, self.settings)

    @cached_property
    def local_now(self) -> datetime:
        """Now, in the owner's zone."""
        return self.now.astimezone(ZoneInfo(self.owner.timezone))

    @cached_property
    def today(self) -> date:
        return self.local_now.date()

    @property
    def on_picture(self) -> bool:
        """Whether the message tapped is a picture, whose words are its caption."""
        tap = self.update.callback_query
        message = tap.message if tap else None
        return isinstance(message, Message) and bool(message.photo)

    def number(self, index: int = 0) -> int:
        """A button's argument as a number. Raises UserError for a button nobody made."""
        try:
            return int(self.arguments[index])
        except (IndexError, ValueError):
            raise UserError("button_expired") from None

    def word(self, index: int = 0) -> str:
        """A button's argument, or nothing."""
        return self.arguments[index] if index < len(self.arguments) else ""


def language_of(owner: Owner, settings: Settings) -> str:
    """The owner's own choice, else Telegram's language where we speak it, else the default."""
    if owner.language in LANGUAGES:
        return str(owner.language)
    spoken = (owner.telegram_language or "").split("-")[0]
    return spoken if spoken in LANGUAGES else settings.default_language
