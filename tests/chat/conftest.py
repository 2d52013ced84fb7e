"""The real bot against the local Bot API server, over HTTP, on a real database."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.playground import LocalTelegram, Message, serve
from bot.settings import Settings

TOKEN = "1:test"
JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 3, 18, 10, 30, tzinfo=JAKARTA)  # a Wednesday


class Clock:
    """A clock the test moves."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def to(self, *when: int, zone: ZoneInfo = JAKARTA) -> None:
        self.now = datetime(*when, tzinfo=zone)

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Bot:
    """The running bot, its server and its clock."""

    telegram: LocalTelegram
    clock: Clock
    app: App
    chats: dict[int, "Chat"] = field(default_factory=dict)

    async def settled(self) -> None:
        """Until every update is handled and every answer is sent."""
        await self.telegram.until(lambda: not self.telegram.updates.pending, 20)
        await asyncio.wait_for(self.app.settled(), 20)

    async def tick(self) -> None:
        await self.app.schedule.tick()
        await self.settled()

    def chat(self, user_id: int = 101, language: str = "en") -> "Chat":
        if user_id not in self.chats:
            self.telegram.add_user(user_id, first_name=f"User {user_id}", language_code=language)
            self.chats[user_id] = Chat(self, user_id)
        return self.chats[user_id]


class Answer:
    """What the bot sent or edited after something a user did."""

    def __init__(self, messages: list[Message], toasts: list[str]) -> None:
        self.messages = messages
        self.toasts = toasts

    @property
    def last(self) -> Message:
        assert self.messages, "The bot did not answer."
        return self.messages[-1]

    @property
    def text(self) -> str:
        return self.last.text if self.last.caption is None else self.last.caption

    @property
    def html(self) -> str:
        return self.last.html

    @property
    def buttons(self) -> list[str]:
        return list(self.last.labels)


class Chat:
    """One user's side of the chat."""

    def __init__(self, bot: Bot, user_id: int) -> None:
        self.bot = bot
        self.user_id = user_id

    @property
    def telegram(self) -> LocalTelegram:
        return self.bot.telegram

    async def says(self, text: str) -> Answer:
        before = self._seen()
        self.telegram.say(self.user_id, text)
        return await self._answer(before)

    async def shares(self, **contact: Any) -> Answer:
        before = self._seen()
        self.telegram.share_contact(self.user_id, **contact)
        return await self._answer(before)

    async def taps(self, label: str, on: Message | None = None) -> Answer:
        """Tap the button with this label on a message, the bot's last one unless told."""
        message = on or self.last()
        return await self.sends(message.button(label).callback_data or "", message)

    async def sends(self, data: str, on: Message | None = None) -> Answer:
        """Send callback data as it is, a forged one too."""
        before = self._seen()
        self.telegram.tap(self.user_id, (on or self.last()).message_id, data)
        return await self._answer(before)

    def last(self) -> Message:
        """The bot's last message."""
        return next(m for m in reversed(self.messages()) if m.from_bot)

    def messages(self) -> list[Message]:
        return self.telegram.messages(self.user_id)

    def heard(self) -> list[Message]:
        """All the bot has said."""
        return [message for message in self.messages() if message.from_bot]

    def _seen(self) -> tuple[dict[int, int], int]:
        return {m.message_id: m.edits for m in self.heard()}, len(self.telegram.callback_answers)

    async def _answer(self, before: tuple[dict[int, int], int]) -> Answer:
        await self.bot.settled()
        edits, toasts = before
        fresh = [m for m in self.heard() if edits.get(m.message_id) != m.edits]
        answers = self.telegram.callback_answers[toasts:]
        return Answer(fresh, [each.text for each in answers if each.text])


@asynccontextmanager
async def running(
    telegram: LocalTelegram, url: str, database: Path, clock: Clock, **settings: Any
) -> AsyncIterator[Bot]:
    """The bot, running until the block ends."""
    chosen = Settings(
        _env_file=None,
        telegram_bot_token=TOKEN,
        telegram_api_url=url,
        database_url=f"sqlite:///{database}",
        send_rate=1000,
        **settings,
    )
    async with App(chosen, clock) as app:
        task = asyncio.create_task(app.run())
        try:
            yield Bot(telegram, clock, app)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> LocalTelegram:
    return LocalTelegram(now=clock)


@pytest.fixture
def url(telegram: LocalTelegram) -> Iterator[str]:
    with serve(telegram) as served:
        yield served.url


@pytest.fixture
async def bot(
    telegram: LocalTelegram, url: str, clock: Clock, tmp_path: Path, migrated: Path
) -> AsyncIterator[Bot]:
    shutil.copy(migrated, tmp_path / "test.db")
    async with running(telegram, url, tmp_path / "test.db", clock) as bot:
        yield bot


@pytest.fixture
def chat(bot: Bot) -> Chat:
    return bot.chat()
