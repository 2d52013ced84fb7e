"""The composition root: the only place that knows every part."""

import asyncio
import logging
import os
import warnings
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from types import TracebackType

from telegram import Bot
from telegram.error import NetworkError, RetryAfter
from telegram.warnings import PTBUserWarning

from bot import menu
from bot.clock import Clock, system_clock
from bot.connection import open_request
from bot.documents import Documents
from bot.importing import Imports
from bot.inbox import Inbox
from bot.outbox import SENDERS, Outbox
from bot.pace import Pace, longer_each_time, seconds_asked
from bot.schedule import Schedule
from bot.settings import Settings
from bot.transaction import Turns
from storage.database import Database
from storage.migrate import upgrade
from storage.writer import Writer

log = logging.getLogger(__name__)

GRACE_SECONDS = 3.0  # to answer what has come in, when the bot is stopped
LAST_CALLS_SECONDS = 1.0  # after that, for the calls that run
RETRY_SECONDS = 3.0
LONGEST_RECOVERY_SECONDS = 10.0
CHORES_SECONDS = 60.0


class App:
    """The bot for one token and one database. Use it as `async with App(settings) as app`."""

    def __init__(
        self, settings: Settings, clock: Clock = system_clock, database_name: str = "jejaring"
    ) -> None:
        self.bot = _make_bot(settings.telegram_bot_token or "", settings.telegram_api_url)
        self.database = Database(settings.database(database_name))
        self.writer = Writer(self.database)
        self.turns = Turns(settings, clock)
        self.settings = settings
        self._clock = clock

    async def __aenter__(self) -> "App":
        """Open the database and take up what was left. Raises InvalidToken, DatabaseTooNew."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.bot.shutdown)
            stack.callback(self.database.close)
            upgrade(self.database)
            self.writer.start()
            stack.callback(self.writer.close)
            await self._greet()
            pace = Pace(self.settings.send_rate, asyncio.get_running_loop().time())
            documents = Documents(self.database, self._clock, self.writer)
            stack.callback(documents.close)
            imports = Imports(self.bot, self.database, self._clock, self.writer)
            made = {**documents.makers, **imports.makers}
            self.outbox = Outbox(self.bot, self.writer, self._clock, pace, made)
            stack.callback(self.outbox.close)
            send = self.outbox.push
            self.inbox = Inbox(self.bot, self.writer, self.turns, self._clock, send)
            self.schedule = Schedule(self.writer, self._clock, self.settings, send)
            await self.outbox.give_up_half_sent()
            await self.outbox.resume()
            await self.inbox.resume()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, traceback)

    async def run(self) -> None:
        """Serve until cancelled. Raises InvalidToken when Telegram does not know the token."""
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self.inbox.poll())
            group.create_task(self.outbox.run())
            aside = [group.create_task(self._recover()), group.create_task(self._tend())]
            try:
                await polling
            finally:
                for task in aside:
                    task.cancel()
                self.schedule.stop()
                await self._wind_up()

    async def settled(self) -> None:
        """Wait until everything fetched is handled and every answer is sent."""
        while not (self.inbox.is_idle and self.outbox.is_idle):
            await asyncio.sleep(0.002)

    async def _wind_up(self) -> None:
        """Finish what runs; what is left is in the database, for the next start."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.settled(), GRACE_SECONDS)
        self.inbox.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.outbox.stop(), LAST_CALLS_SECONDS)

    async def _recover(self) -> None:
        """When the database did not take a turn: start again from what is stored."""
        failures = 0
        while True:
            await asyncio.sleep(longer_each_time(0.5, failures, LONGEST_RECOVERY_SECONDS))
            if not self.inbox.is_stalled:
                failures = 0
            elif self.inbox.can_resume:
                failures += 1
                try:
                    await self.outbox.resume()
                    await self.inbox.resume()
                except Exception as error:
                    log.error("database_unavailable", extra={"error": type(error).__name__})

    async def _tend(self) -> None:
        """What can wait until the first answers are out, and must not stop the bot if it fails."""
        await asyncio.sleep(0.5)
        self.schedule.start()
        await _attempt(menu.publish(self.bot), "menu")
        while True:
            self.schedule.keep_ticking()
            await _attempt(self.inbox.prune(), "prune_inbox")
            await _attempt(self.outbox.prune(), "prune_outbox")
            await asyncio.sleep(CHORES_SECONDS)

    async def _greet(self) -> None:
        """Make sure that Telegram knows the token; wait while it cannot be reached."""
        while True:
            try:
                return await self.bot.initialize()
            except RetryAfter as error:
                await asyncio.sleep(seconds_asked(error))
            except NetworkError as error:
                log.warning("telegram_unreachable", extra={"error": type(error).__name__})
                await asyncio.sleep(RETRY_SECONDS)


async def _attempt(work: Awaitable[None], chore: str) -> None:
    try:
        await work
    except Exception as error:
        log.error("chore_failed", extra={"chore": chore, "error": type(error).__name__})


def _make_bot(token: str, root: str) -> Bot:
    # Updates are fetched raw; python-telegram-bot advises against it for ordinary use.
    warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else it warns at every 429
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=open_request(SENDERS + 4, root),
        get_updates_request=open_request(2, root),
    )
