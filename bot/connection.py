"""How calls reach Telegram: HTTP/1.1 on asyncio's own streams, connections kept open.

python-telegram-bot's usual way, httpx, spends several times as much on a call, which made it the
largest part of what a message cost. It is still taken where a proxy is set, which it knows how to
go through.
"""

import asyncio
import ssl
import time
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import SplitResult, urlencode, urlsplit
from urllib.request import getproxies

import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 5.0
WRITE_SECONDS = 5.0
UPLOAD_SECONDS = 20.0
KEPT_SECONDS = 20.0  # a connection that rested longer may be dead without anybody having told us

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)  # of the proxied way


class NotSent(NetworkError):
    """The call never went out: it may be made again without fear of doing it twice."""


def open_request(connections: int) -> BaseRequest:
    """What a Bot makes its calls with."""
    if getproxies().keys() & {"http", "https", "all"}:
        return HTTPXRequest(connection_pool_size=connections, pool_timeout=30)
    return StreamRequest()


def may_have_arrived(error: TelegramError) -> bool:
    """Whether a call that failed may have taken effect all the same."""
    if not isinstance(error, NetworkError) or isinstance(error, NotSent):
        return False
    # Without a cause it was Telegram that answered, and said no.
    return error.__cause__ is not None and not isinstance(error.__cause__, UNSENT)


@dataclass(slots=True)
class Connection:
    """One open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_at: float = field(default_factory=time.monotonic)

    @property
    def is_fresh(self) -> bool:
        is_open = not (self.reader.at_eof() or self.writer.is_closing())
        return is_open and time.monotonic() - self.used_at < KEPT_SECONDS

    def close(self) -> None:
        self.writer.transport.abort()


class StreamRequest(BaseRequest):
    """Calls over connections that are kept open; as many as there are calls at the same time."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, str], list[Connection]] = {}

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        for connections in self._idle.values():
            for each in connections:
                each.close()
        self._idle.clear()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSent, TimedOut, or NetworkError when the line broke."""
        parts = urlsplit(url)
        uploads = request_data is not None and request_data.contains_files
        request = _write_request(parts, method, request_data)
        connection = await self._connect(parts, _seconds(connect_timeout, CONNECT_SECONDS))
        limit = _seconds(write_timeout, UPLOAD_SECONDS if uploads else WRITE_SECONDS)
        try:
            async with asyncio.timeout(limit + _seconds(read_timeout, READ_SECONDS)):
                connection.writer.write(request)
                await connection.writer.drain()
                status, body, reusable = await _read_answer(connection.reader)
        except TimeoutError as error:
            connection.close()
            raise TimedOut from error
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
            connection.close()
            raise NetworkError(f"{type(error).__name__}: {error}") from error
        except BaseException:
            connection.close()
            raise
        if reusable:
            connection.used_at = time.monotonic()
            self._idle.setdefault((parts.scheme, parts.netloc), []).append(connection)
        else:
            connection.close()
        return status, body

    async def _connect(self, parts: SplitResult, seconds: float) -> Connection:
        """The connection used last, which is the likeliest to live, or a new one."""
        idle = self._idle.get((parts.scheme, parts.netloc), [])
        while idle:
            connection = idle.pop()
            if connection.is_fresh:
                return connection
            connection.close()
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        try:
            async with asyncio.timeout(seconds):
                context = self._certificates if secure else None
                return Connection(*await asyncio.open_connection(parts.hostname, port, ssl=context))
        except (OSError, TimeoutError) as error:
            raise NotSent(f"{type(error).__name__}: {error}") from error

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        import certifi

        return ssl.create_default_context(cafile=certifi.where())


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, int | float) else default


def _write_request(parts: SplitResult, method: str, data: RequestData | None) -> bytes:
    kind, body = "application/x-www-form-urlencoded", b""
    if data is not None and data.contains_files:
        kind, body = _write_form(method, data)
    elif data is not None:
        body = urlencode(data.json_parameters).encode()
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    head = (
        f"{method} {path} HTTP/1.1\r\n"
        f"Host: {parts.netloc.rpartition('@')[2]}\r\n"
        f"User-Agent: {BaseRequest.USER_AGENT}\r\n"
        f"Content-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _write_form(method: str, data: RequestData) -> tuple[str, bytes]:
    """A form with files: its kind and its bytes."""
    form = httpx.Request(
        method, "http://form", data=data.json_parameters, files=data.multipart_data
    )
    return form.headers["content-type"], form.read()


async def _read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """Status, body, and whether the connection can be used again.

    Raises EOFError when the line breaks, ValueError for what is no HTTP.
    """
    status = HTTPStatus.CONTINUE
    while status < HTTPStatus.OK:  # such as 100 Continue: the answer itself follows
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        version, number, *_ = first.split(" ")
        status = int(number)
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    stays = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return status, await _read_chunks(reader), stays
    if "content-length" in headers:
        return status, await reader.readexactly(int(headers["content-length"])), stays
    if status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return status, b"", stays
    return status, await reader.read(), False


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    chunks = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # what is added behind the last chunk
    return b"".join(chunks)
