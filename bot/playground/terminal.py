"""The chat in a terminal or a pipe: lines in, the bot's answers out, buttons as numbers."""

import asyncio
import codecs
import math
import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TextIO

from bot.playground.formatting import Entity
from bot.playground.model import Button, File, Message
from bot.playground.telegram import LocalTelegram

_NUMBER = re.compile(r"\d{1,3}$")
_QUOTES = {"blockquote", "expandable_blockquote"}
_SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"RIFF": ".webp", b"GIF8": ".gif"}


async def run_terminal(
    telegram: LocalTelegram,
    user_id: int,
    lines_in: AsyncIterator[str],
    out: TextIO,
    *,
    settled: Callable[[], Awaitable[None]],
    folder: Path | None = None,
    prompt: str = "",
) -> None:
    """Says each line, waits until `settled`, and writes what the bot has said; ends with the lines.

    A line that is only the number of a button taps it (write a space before it to say the number).
    What the bot says unasked is written while the next line is awaited. Pictures and documents are
    saved in `folder`, by default a new one for temporary files. `prompt` stands before each line.
    """
    terminal = _Terminal(telegram, user_id, out, folder)
    terminal.write_news()
    while True:
        out.write(prompt)
        out.flush()
        line = await _next_line(terminal, lines_in)
        if line is None:
            break
        if line.strip():
            terminal.act(line)
            await settled()
            terminal.write_news()
    await settled()
    terminal.write_news()


async def read_lines(stream: TextIO) -> AsyncIterator[str]:
    """Lines of standard input (terminal, pipe or file) as they come, without blocking the loop.

    No thread waits for input, so the program can end at any moment.
    """
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    descriptor = stream.fileno()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:  # a plain file never keeps anybody waiting
        for line in stream:
            yield line.rstrip("\n")
        return
    decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
    try:
        while True:
            await ready.wait()
            ready.clear()
            piece = os.read(descriptor, 65_536)
            *lines, rest = (rest + decoder.decode(piece, final=not piece)).split("\n")
            for line in lines:
                yield line
            if not piece:
                break
    finally:
        loop.remove_reader(descriptor)
    if rest:
        yield rest


def plain(text: str, entities: tuple[Entity, ...]) -> str:
    """Formatted text for a terminal: links with their address, quotes marked, the rest as is."""
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    quoted: list[range] = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link":
            after[end] = f" ({entity['url']})" + after.get(end, "")
        elif entity["type"] in _QUOTES:
            before[start] = before.get(start, "") + "> "
            quoted.append(range(start, end - 1))
    written: list[str] = []
    at = 0
    for character in text:
        written += after.pop(at, ""), before.pop(at, ""), character
        if character == "\n" and any(at in quote for quote in quoted):
            written.append("> ")
        at += 2 if ord(character) > 0xFFFF else 1
    return "".join([*written, after.pop(at, "")])


class _Terminal:
    """What has been written of one chat, and which numbers stand for which buttons."""

    def __init__(
        self, telegram: LocalTelegram, user_id: int, out: TextIO, folder: Path | None
    ) -> None:
        self._telegram, self._user_id, self._out = telegram, user_id, out
        self._folder = folder
        self._written: dict[int, int] = {}
        self._answers = len(telegram.callback_answers)
        self._buttons: dict[int, tuple[int, Button]] = {}

    def act(self, line: str) -> None:
        """Taps the button of that number, or says the line."""
        message_id, button = self._buttons.get(_number(line), (0, None))
        if button is None:
            self._telegram.say(self._user_id, line)
        elif button.callback_data is not None and self._is_there(message_id, button):
            self._telegram.tap(self._user_id, message_id, button.callback_data)
        elif button.url:
            self._out.write(f"{button.label}: {button.url}\n\n")
        else:
            self._out.write("This button is no longer there.\n\n")

    async def listen(self) -> None:
        """Writes whatever the bot says from now on, until cancelled."""
        while True:
            await self._telegram.until(self._unwritten, timeout_seconds=math.inf)
            self.write_news()

    def write_news(self) -> None:
        """Writes what the bot has said or changed since the last time."""
        for answer in self._telegram.callback_answers[self._answers :]:
            self._answers += 1
            if answer.text and answer.user_id == self._user_id:
                self._out.write(f"{'!' if answer.alert else '*'} {answer.text}\n\n")
        unwritten = self._unwritten()
        if any(message.buttons for message in unwritten):
            self._buttons.clear()  # numbers begin anew with each turn that has buttons
        for message in unwritten:
            edited = "(edited) " if message.message_id in self._written else ""
            self._written[message.message_id] = message.edits
            self._out.write(edited + "\n".join(self._lines(message)) + "\n\n")
        self._out.flush()

    def _unwritten(self) -> list[Message]:
        return [
            message
            for message in self._telegram.messages(self._user_id)
            if message.from_bot and self._written.get(message.message_id) != message.edits
        ]

    def _lines(self, message: Message) -> Iterator[str]:
        for file in (message.photo, message.document):
            if file:
                kind = "picture" if file.kind == "photo" else "document"
                yield f"[{kind}: {self._save(message, file)}]"
        if contact := message.contact:
            name = f"{contact['first_name']} {contact.get('last_name', '')}".strip()
            yield f"[contact: {name}, {contact['phone_number']}]"
        if text := plain(message.caption or message.text, message.entities):
            yield text
        for row in message.buttons:
            yield "  ".join(self._numbered(message.message_id, button) for button in row)

    def _numbered(self, message_id: int, button: Button) -> str:
        number = len(self._buttons) + 1
        self._buttons[number] = (message_id, button)
        return f"[{number}] {button.label}"

    def _is_there(self, message_id: int, button: Button) -> bool:
        for message in self._telegram.messages(self._user_id):
            if message.message_id == message_id:
                return any(button in row for row in message.buttons)
        return False

    def _save(self, message: Message, file: File) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="jejaring-"))
        name = file.name
        if file.kind == "photo":
            suffix = next((s for mark, s in _SUFFIXES.items() if file.content.startswith(mark)), "")
            name = f"picture{suffix}"
        path = self._folder / f"{message.message_id}-{name}"
        path.write_bytes(file.content)
        return path


def _number(line: str) -> int:
    return int(line) if _NUMBER.match(line) else 0


async def _next_line(terminal: _Terminal, lines_in: AsyncIterator[str]) -> str | None:
    """The next line, None at the end; meanwhile the bot may speak unasked."""
    listening = asyncio.create_task(terminal.listen())
    try:
        return await anext(lines_in, None)
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
