"""A local Telegram: the Bot API over HTTP and a web chat, for trying the bot and for its tests."""

from bot.playground.faults import Fault
from bot.playground.model import Button, Call, CallbackAnswer, File, Message
from bot.playground.server import Served, serve
from bot.playground.telegram import LocalTelegram

__all__ = [
    "Button", "Call", "CallbackAnswer", "Fault", "File", "LocalTelegram", "Message", "Served",
    "serve",
]  # fmt: skip
