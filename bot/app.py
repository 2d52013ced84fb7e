"""The composition root: the only place that knows every part."""

import asyncio
import contextlib
import logging
import warnings
from types import TracebackType

from telegram import Bot
from telegram.error import NetworkError, RetryAfter
from telegram.warnings import PTBUserWarning

from bot import menu
from bot.clock import Clock, system_clock
from bot.connection import open_request
from bot.documents import Documents
from bot.inbox import Inbox
from bot.outbox import SENDERS, Outbox
from bot.pace import Pace
from bot.schedule import Schedule
from bot.settings import Settings
from bot.transaction import Turns
from storage.database import Database
from storage.migrate import upgrade
from storage.writer import Writer

log = logging.getLogger(__name__)

GRACE_SECONDS = 4.0  # to finish what runs, when the bot is stopped
RETRY_SECONDS = 3.0


class App:
    """The bot for one token and one database. Use it as `async with App(settings) as app`."""

    def __init__(
        self, settings: Settings, clock: Clock = system_clock, database_name: str = "jejaring"
    ) -> None:
        token = settings.telegram_bot_token or ""
        root = settings.telegram_api_url
        # Updates are fetched raw; python-telegram-bot advises against it for ordinary use.
        warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)
        self.bot = Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=open_request(SENDERS + 4),
            get_updates_request=open_request(2),
        )
        self.database = Database(settings.database(database_name))
        self.writer = Writer(self.database)
        self.turns = Turns(settings, clock)
        self.settings = settings
        self._clock = clock

    async def __aenter__(self) -> "App":
        """Open the database and take up what was left. Raises InvalidToken, DatabaseTooNew."""
        upgrade(self.database)
        self.writer.start()
        await self._greet()
        loop = asyncio.get_running_loop()
        pace = Pace(self.settings.send_rate, loop.time())
        self.documents = Documents(self.database, self._clock, self.writer)
        self.outbox = Outbox(self.bot, self.writer, self._clock, pace, self.documents.makers)
        self.inbox = Inbox(self.bot, self.writer, self.turns, self._clock, self.outbox.push)
        self.schedule = Schedule(self.writer, self._clock, self.settings, self.outbox.push)
        await self.outbox.resume()
        await self.inbox.resume()
        return self

    async def run(self) -> None:
        """Serve until cancelled. Raises InvalidToken when Telegram does not know the token."""
        try:
            async with asyncio.TaskGroup() as group:
                polling = group.create_task(self.inbox.poll())
                group.create_task(self.outbox.run())
                group.create_task(self.inbox.recover())
                group.create_task(self._settle_in())
                try:
                    await polling
                except asyncio.CancelledError:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.settled(), GRACE_SECONDS)
                    raise
        finally:
            self.schedule.stop()

    async def settled(self) -> None:
        """Wait until everything fetched is handled and every answer is sent."""
        while not (self.inbox.is_idle and self.outbox.is_idle):
            await asyncio.sleep(0.002)

    async def _settle_in(self) -> None:
        """What can wait until the first answers are out."""
        await asyncio.sleep(0.5)
        self.schedule.start()
        await self.inbox.prune()
        await menu.publish(self.bot)

    async def _greet(self) -> None:
        """Make sure that Telegram knows the token; wait while it cannot be reached."""
        while True:
            try:
                return await self.bot.initialize()
            except RetryAfter as error:
                await asyncio.sleep(float(error.retry_after))  # type: ignore[arg-type]
            except NetworkError as error:
                log.warning("telegram_unreachable", extra={"error": type(error).__name__})
                await asyncio.sleep(RETRY_SECONDS)

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.documents.close()
        self.writer.close()
        self.database.close()
        await self.bot.shutdown()
