"""The chat in a terminal: lines in, answers out, buttons as numbers."""

import asyncio
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.playground.markup import parse_html
from bot.playground.terminal import plain, read_lines, run_terminal
from tests.playground.conftest import USER
from tests.playground.echo_bot import make_app


@pytest.fixture
async def chat(served, rig, tmp_path):
    """Runs a terminal chat with the echo bot on these lines; returns all it wrote."""

    handled = [rig.updates.last_id]

    async def note(update: Update, context: object) -> None:
        handled[0] = update.update_id

    async def settled() -> None:
        while handled[0] < rig.updates.last_id:
            await asyncio.sleep(0.005)

    async def run(*lines: str) -> str:
        async def lines_in() -> AsyncIterator[str]:
            for line in lines:
                yield line

        out = io.StringIO()
        await run_terminal(rig, USER, lines_in(), out, settled=settled, folder=tmp_path)
        return out.getvalue()

    app = make_app(served.url)
    app.add_handler(TypeHandler(Update, note), group=1)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        yield run
        await app.updater.stop()
        await app.stop()


async def test_each_line_is_answered_before_the_next(chat):
    assert await chat("one", "two", "", "three") == "one\n\ntwo\n\nthree\n\n"


async def test_buttons_are_numbered_row_by_row(chat):
    assert await chat("/start") == (
        "Hello Ayu! Tell me about someone you met, or try /picture, /document, /formatted, /keys.\n"
        "[1] Formatted  [2] Picture\n[3] Toast  [4] Alert\n[5] Count 0  [6] Web\n\n"
    )


async def test_a_number_taps_and_the_edited_message_is_written_again(chat):
    written = await chat("/start", "5", "1")
    assert written.endswith(
        "(edited) Counted to 1\n[1] Count 1\n\n(edited) Counted to 2\n[1] Count 2\n\n"
    )


async def test_answers_to_taps_and_links_are_written(chat):
    written = await chat("/start", "3", "4", "6")
    assert written.endswith(
        "* Done\n\n! This needs your attention.\n\nWeb: https://example.org/\n\n"
    )


async def test_numbers_without_a_button_and_after_a_space_are_said(chat):
    assert await chat("7") == "7\n\n"
    assert (await chat("/start", " 5")).endswith("\n\n5\n\n")


async def test_a_button_that_is_gone_is_told(rig):
    async def settled() -> None: ...

    async def lines_in() -> AsyncIterator[str]:
        rig.chats[USER].remove(question.message_id)
        yield "1"

    with_button = {"inline_keyboard": [[{"text": "Undo", "callback_data": "u"}]]}
    raw = {"message_id": 7, "chat": {"id": USER}, "date": 0, "reply_markup": with_button}
    question = rig.chats[USER].add(raw | {"text": "Logged"}, from_bot=True)
    out = io.StringIO()
    await run_terminal(rig, USER, lines_in(), out, settled=settled)
    assert out.getvalue() == "Logged\n[1] Undo\n\nThis button is no longer there.\n\n"
    assert rig.updates.pending == ()


async def test_pictures_and_documents_are_saved(chat, rig, tmp_path: Path):
    written = await chat("/picture", "/document")
    picture, document = [m for m in rig.messages(USER) if m.from_bot]
    first = tmp_path / f"{picture.message_id}-picture.png"
    second = tmp_path / f"{document.message_id}-export.json"
    assert written == (
        f"[picture: {first}]\nYour network: 5 ties\n[1] Larger\n\n"
        f"[document: {second}]\nAll of it\n\n"
    )
    assert first.read_bytes() == picture.photo.content
    assert second.read_bytes() == b'{"format": "jejaring.export"}'


async def test_what_the_bot_says_unasked_is_written_while_waiting(rig):
    out, more = io.StringIO(), asyncio.Event()

    async def lines_in() -> AsyncIterator[str]:
        await more.wait()
        return
        yield

    async def settled() -> None: ...

    chat = asyncio.create_task(run_terminal(rig, USER, lines_in(), out, settled=settled))
    await asyncio.sleep(0.01)
    unasked = {"message_id": 7, "chat": {"id": USER}, "date": 0, "text": "Weekly"}
    with rig.changes.lock:
        rig.chats[USER].add(unasked, from_bot=True)
        rig.changes.announce()
    while not out.getvalue():
        await asyncio.sleep(0.005)
    assert out.getvalue() == "Weekly\n\n"
    more.set()
    await chat
    assert out.getvalue() == "Weekly\n\n"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>Budi</b> <i>x</i> <code>y</code>", "Budi x y"),
        ('😀 <a href="https://a.id/">LAN</a>!', "😀 LAN (https://a.id/)!"),
        ("<blockquote>one\ntwo</blockquote>\nthree", "> one\n> two\nthree"),
        ('<blockquote><a href="https://a.id/">x</a></blockquote>', "> x (https://a.id/)"),
        ("a &lt; b", "a < b"),
    ],
)
def test_formatting_becomes_plain_text(html, shown):
    text, entities = parse_html(html)
    assert plain(text, tuple(entities)) == shown


async def test_lines_are_read_from_a_pipe_as_they_come():
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream:
        lines = read_lines(stream)
        os.write(writing, b"satu\ndu")
        assert await anext(lines) == "satu"
        os.write(writing, "a 😀\n\nlast".encode()[:-8])
        os.write(writing, "a 😀\n\nlast".encode()[-8:])
        os.close(writing)
        assert [line async for line in lines] == ["dua 😀", "", "last"]


async def test_lines_are_read_from_a_file(tmp_path: Path):
    (tmp_path / "lines").write_text("one\ntwo")
    with (tmp_path / "lines").open() as stream:
        assert [line async for line in read_lines(stream)] == ["one", "two"]
