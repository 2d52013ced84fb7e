"""The command line: `jejaring`, or `python -m bot`."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot.settings import Settings, WrongSettings, read_settings

PLAYGROUND_TOKEN = "1:playground"  # noqa: S105 - of the local server; it opens nothing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    chosen = _parse(arguments)
    command = chosen.command
    try:
        settings = read_settings()
    except WrongSettings as error:
        print(f"These settings are wrong:\n{error}", file=sys.stderr)  # noqa: T201
        return 2
    _log_to_stderr(settings.log_level)
    if command in ("import", "backup", "restore"):
        return _with_file(settings, chosen)
    if command == "chat":
        return _run(_chat(settings))
    if settings.telegram_bot_token is None:
        return _run(_playground(settings))
    return _run(_serve(settings))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="jejaring",
        description="A chat assistant that keeps your professional network alive.",
        epilog="Settings come from the environment or from .env; .env.example lists them all.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("run", "chat", "import", "backup", "restore"),
        default="run",
        help="run (default): serve Telegram, or the playground without a token. "
        "chat: talk to the bot in this terminal. "
        "import FILE --user ID: bring in a file of any size. "
        "backup FILE: copy the database, also while the bot runs. restore FILE: put it back.",
    )
    parser.add_argument("file", nargs="?", type=Path, help="for import, backup, restore")
    parser.add_argument("--user", type=int, help="Telegram ID of whoever imports")
    parser.add_argument(
        "--unclear", action="store_true", help="import those as new who may be known already"
    )
    chosen = parser.parse_args(arguments)
    if chosen.command in ("import", "backup", "restore") and chosen.file is None:
        parser.error(f"{chosen.command} needs a FILE")
    if chosen.command == "import" and chosen.user is None:
        parser.error("import needs --user TELEGRAM_ID")
    return chosen


def _with_file(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot import commands

    if chosen.command == "import":
        user, unclear = chosen.user, chosen.unclear
        return commands.import_file(settings, chosen.file, user, add_unclear=unclear)
    if chosen.command == "backup":
        return commands.back_up(settings, chosen.file)
    return commands.restore(settings, chosen.file)


def _log_to_stderr(level: str) -> None:
    from bot.logs import set_up

    set_up(level)


def _run(work: Coroutine[Any, Any, int]) -> int:
    try:
        return asyncio.run(_until_stopped(work))
    except KeyboardInterrupt:
        return 130


async def _until_stopped(work: Coroutine[Any, Any, int]) -> int:
    """Run until it ends, or until SIGINT or SIGTERM asks it to stop."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return 0


async def _serve(settings: Settings) -> int:
    from telegram.error import InvalidToken

    from bot.app import App
    from storage.migrate import DatabaseTooNew

    try:
        async with App(settings) as app:
            logging.getLogger("bot").info("serving")
            await app.run()
    except* InvalidToken:
        problem = "TELEGRAM_BOT_TOKEN: Telegram does not know this token. @BotFather shows yours."
    except* DatabaseTooNew as group:
        problem = f"DATABASE_URL: {group.exceptions[0]} Please update the program."
    else:
        return 0
    _complain(problem)
    return 2


async def _playground(settings: Settings) -> int:
    from bot.playground import LocalTelegram, serve

    telegram = LocalTelegram()
    try:
        server = serve(telegram, port=settings.port)
        served = server.__enter__()
    except OSError:
        _complain(f"PORT: {settings.port} is taken. Set another one: PORT=8081 make run")
        return 2
    try:
        _say(
            f"\n  Chat with your bot:  {served.url}\n\n"
            "  This is the playground: a local stand-in for Telegram, on this machine only.\n"
            "  To go live: get a token from @BotFather and put it into .env as\n"
            "  TELEGRAM_BOT_TOKEN=...  Ctrl-C stops.\n"
        )
        return await _serve(_local(settings, served.url))
    finally:
        server.__exit__(None, None, None)


async def _chat(settings: Settings) -> int:
    from bot.app import App
    from bot.playground import LocalTelegram, serve
    from bot.playground.terminal import read_lines, run_terminal

    telegram = LocalTelegram()
    prompt = "> " if sys.stdin.isatty() else ""
    with serve(telegram, port=0) as served:
        async with App(_local(settings, served.url), database_name="playground") as app:
            running = asyncio.create_task(app.run())

            async def settled() -> None:
                await telegram.until(lambda: not telegram.updates.pending, 60)
                await app.settled()

            try:
                lines = read_lines(sys.stdin)
                await run_terminal(telegram, 1, lines, sys.stdout, settled=settled, prompt=prompt)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
    return 0


def _local(settings: Settings, url: str) -> Settings:
    """The settings, with the local server in Telegram's place and a database of its own."""
    return settings.model_copy(
        update={
            "telegram_bot_token": PLAYGROUND_TOKEN,
            "telegram_api_url": url,
            "database_url": settings.database("playground"),
            "send_rate": 1000.0,  # nobody limits us here
        }
    )


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def _complain(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
