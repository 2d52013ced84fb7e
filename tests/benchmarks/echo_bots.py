"""Bare bots to measure against: each says again what it hears, as python-telegram-bot makes easy.

python -m tests.benchmarks.echo_bots sequential|locked URL
"""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor, ContextTypes, MessageHandler, filters

WORKERS = 16


class ChatOrder(BaseUpdateProcessor):
    """Handles chats side by side, and the updates of each in their order."""

    def __init__(self) -> None:
        super().__init__(WORKERS)
        self._locks: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        async with self._locks[chat.id if chat else 0]:
            await coroutine

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is not None:
        await message.reply_text(message.text or "")


def sequential(url: str) -> None:
    _serve(Application.builder().token("1:echo").base_url(f"{url}/bot").build())


def locked(url: str) -> None:
    builder = Application.builder().token("1:echo").base_url(f"{url}/bot")
    builder = builder.concurrent_updates(ChatOrder()).connection_pool_size(WORKERS)
    _serve(builder.build())


def _serve(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


BOTS: dict[str, Callable[[str], None]] = {"sequential": sequential, "locked": locked}

if __name__ == "__main__":
    BOTS[sys.argv[1]](sys.argv[2])
