"""A local Telegram behind HTTP, and python-telegram-bot's own Bot to call it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import telegram

from bot.playground import LocalTelegram, Served, serve

TOKEN = "123456:local-token"
USER = 1001


def make_bot(served: Served, token: str = TOKEN) -> telegram.Bot:
    return telegram.Bot(token, base_url=f"{served.url}/bot", base_file_url=f"{served.url}/file/bot")


@pytest.fixture
def rig() -> LocalTelegram:
    rig = LocalTelegram()
    rig.add_user(USER, "Ayu")
    return rig


@pytest.fixture
def served(rig: LocalTelegram) -> Iterator[Served]:
    with serve(rig) as served:
        yield served


@pytest.fixture
async def bot(served: Served) -> AsyncIterator[telegram.Bot]:
    async with make_bot(served) as bot:
        yield bot
