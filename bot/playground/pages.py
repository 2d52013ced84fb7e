"""Everything the server shows besides the Bot API."""

from starlette.applications import Starlette

from bot.playground.rig import rig_routes
from bot.playground.telegram import LocalTelegram


def make_pages(telegram: LocalTelegram) -> Starlette:
    """The ASGI application behind every path that is not the Bot API's."""
    return Starlette(routes=rig_routes(telegram))
