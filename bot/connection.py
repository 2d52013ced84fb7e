"""How calls reach Telegram."""

from typing import Any

import httpx
from telegram.request import BaseRequest, HTTPXRequest

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)  # it never went out


def open_request(connections: int, root: str) -> BaseRequest:
    """What a Bot makes its calls with, to the Bot API server at `root`."""
    options: dict[str, Any] = {}
    if root.startswith("http://"):
        options["verify"] = False  # nothing to verify, and no certificates to load
    return HTTPXRequest(connection_pool_size=connections, pool_timeout=30, httpx_kwargs=options)
