"""Makes the pictures of the README: `python -m tests.pictures`."""

import asyncio
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from bot.playground import LocalTelegram, serve
from tests.browser import Page, open_browser
from tests.chat.conftest import Bot, Clock, running

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PEOPLE = {
    "Ani": ("Ani Wulandari, LAN, head of training", 9, 33),
    "Budi": ("Budi Santoso, Bappenas, analyst #pilot", 12, 46),
    "Citra": ("Citra Maharani, GoTo, data engineer", 20, 24),
    "Dedi": ("Dedi Kurniawan, Astra, founder", 15, 70),
}


async def fill(bot: Bot) -> None:
    """A few people with rhythms of their own."""
    chat = bot.chat(1)
    for name, (told, gap, silent) in PEOPLE.items():
        await chat.says(f"/add {told}")
        last = date(2026, 3, 18) - timedelta(days=silent)
        for number in range(6, -1, -1):
            await chat.says(f"/log {name}: coffee {last - timedelta(days=gap * number):%d/%m/%Y}")


async def make_pictures(bot: Bot, page: Page, url: str) -> None:
    chat = bot.chat(1)
    bot.telegram.add_user(1, first_name="Ayu", language_code="en")
    await fill(bot)
    await page.look(420, 860, phone=True)
    await chat.says("/contact Budi")
    await chat.says("Coffee with Citra yesterday, I promised to send the draft on Friday")
    await page.open(url)
    await asyncio.sleep(1.5)
    await page.picture(FOLDER / "chat.png")
    await chat.says("/digest")
    await asyncio.sleep(1.0)
    await page.picture(FOLDER / "weekly.png")


async def main() -> int:
    clock = Clock()
    telegram = LocalTelegram(now=clock)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve(telegram) as served, tempfile.TemporaryDirectory() as folder:
        async with (
            running(telegram, served.url, Path(folder) / "a.db", clock) as bot,
            open_browser() as page,
        ):
            await make_pictures(bot, page, served.url)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
