"""The messages that are worked out when they are sent, by name."""

from bot.look import View

VIEWS: dict[str, View] = {}
