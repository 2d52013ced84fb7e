"""Calls over plain streams, against a server that answers as it is told."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.connection import NotSent, StreamRequest, may_have_arrived, open_request

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"


@dataclass
class Server:
    """What came in, and how many connections were made."""

    answer: bytes
    url: str = ""
    closes: bool = False
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                writer.write(self.answer)
                if self.closes:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()


@asynccontextmanager
async def serving(answer: bytes = OK, closes: bool = False) -> AsyncIterator[Server]:
    server = Server(answer, closes=closes)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot1:a/getMe?a=b"
    try:
        yield server
    finally:
        listening.close()
        for writer in server.writers:
            writer.transport.abort()
        await asyncio.sleep(0)


@pytest.fixture
async def request_() -> AsyncIterator[StreamRequest]:
    async with StreamRequest() as request:
        yield request


async def failing(request: StreamRequest, url: str) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request.do_request(url, "POST", read_timeout=0.1, write_timeout=0.1)
    return caught.value


async def test_calls_one_after_another_share_a_connection(request_: StreamRequest) -> None:
    async with serving() as server:
        for _ in range(3):
            assert await request_.do_request(server.url, "POST") == (200, b"good")
        assert server.connections == 1
        assert server.requests[0].startswith(b"POST /bot1:a/getMe?a=b HTTP/1.1\r\nHost: 127.0.0.1:")


async def test_calls_at_the_same_time_take_a_connection_each(request_: StreamRequest) -> None:
    async with serving() as server:
        await asyncio.gather(*[request_.do_request(server.url, "POST") for _ in range(3)])
        assert server.connections == 3


async def test_a_connection_closed_by_the_server_is_not_used_again(request_: StreamRequest) -> None:
    async with serving(closes=True) as server:
        for _ in range(2):
            assert await request_.do_request(server.url, "POST") == (200, b"good")
            await asyncio.sleep(0.02)
        assert server.connections == 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 404 Not Found\r\ncontent-length: 3\r\n\r\nno!", (404, b"no!")),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2;x=y\r\ngo\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n",
            (200, b"go0123456789"),
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, (200, b"good")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"")),
    ],
)
async def test_every_form_of_answer_is_read_and_the_connection_kept(
    request_: StreamRequest, answer: bytes, expected: tuple[int, bytes]
) -> None:
    async with serving(answer) as server:
        assert await request_.do_request(server.url, "POST") == expected
        assert await request_.do_request(server.url, "POST") == expected
        assert server.connections == 1


async def test_an_answer_without_a_length_ends_with_the_connection(request_: StreamRequest) -> None:
    async with serving(b"HTTP/1.0 200 OK\r\n\r\nall of it", closes=True) as server:
        assert await request_.do_request(server.url, "POST") == (200, b"all of it")


@pytest.mark.parametrize("answer", [b"", OK[:-2], b"HTTP/1.1 200", b"SSH-2.0\r\n\r\n"])
async def test_a_line_that_breaks_leaves_open_whether_the_call_arrived(
    request_: StreamRequest, answer: bytes
) -> None:
    async with serving(answer, closes=True) as server:
        error = await failing(request_, server.url)
        assert isinstance(error, NetworkError)
        assert may_have_arrived(error)


async def test_an_answer_that_does_not_come_is_given_up_in_time(request_: StreamRequest) -> None:
    async with serving(b"") as server:
        error = await failing(request_, server.url)
        assert isinstance(error, TimedOut)
        assert may_have_arrived(error)


async def test_nobody_there_means_that_nothing_was_sent(request_: StreamRequest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = await failing(request_, f"http://127.0.0.1:{port}/")
    assert isinstance(error, NotSent)
    assert not may_have_arrived(error)


async def test_parameters_and_files_go_out_as_a_form(request_: StreamRequest) -> None:
    parameters = [
        RequestParameter.from_input("chat_id", 101),
        RequestParameter.from_input("text", "Ayu & Budi ✓"),
    ]
    document = RequestParameter.from_input("document", InputFile(b'{"a": 1}', filename="a.json"))
    async with serving() as server:
        await request_.do_request(server.url, "POST", RequestData(parameters))
        assert server.requests[0].endswith(b"\r\n\r\nchat_id=101&text=Ayu+%26+Budi+%E2%9C%93")
        await request_.do_request(server.url, "POST", RequestData([*parameters, document]))
        assert b"Content-Type: multipart/form-data; boundary=" in server.requests[1]
        assert b'filename="a.json"' in server.requests[1]
        assert b'{"a": 1}' in server.requests[1]


@pytest.mark.parametrize(
    ("variable", "is_ours"), [("HTTPS_PROXY", False), ("NO_PROXY", True), ("ALL_PROXY", False)]
)
async def test_a_proxy_is_gone_through(
    monkeypatch: pytest.MonkeyPatch, variable: str, is_ours: bool
) -> None:

    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    async with open_request(2) as request:
        assert isinstance(request, StreamRequest) is is_ours
