"""The whole way, as a new user goes it: a browser, the page, the bot."""

from tests.browser import open_browser
from tests.chat.conftest import Bot


async def test_in_the_browser_one_adds_somebody_logs_a_meeting_and_takes_it_back(
    bot: Bot, url: str
) -> None:
    bot.telegram.add_user(1, first_name="Ayu", language_code="en")
    async with open_browser() as page:
        await page.look(390, 844, phone=True)
        await page.open(url)

        async def says(text: str) -> None:
            await page.click("[data-testid=composer]")
            await page.write(text)
            await page.click("[data-testid=send]")

        async def sees(words: str) -> None:
            await page.until(f"document.body.innerText.includes({words!r})")

        await page.click("[data-testid=start]")
        await sees("Which language shall we speak?")
        await says("/add Budi Santoso, Bappenas")
        await sees("Added Budi Santoso")
        await says("Coffee with Budi yesterday, about the data pilot")
        await sees("Budi Santoso · coffee · yesterday")
        await page.click("[data-testid=button]", "Undo")
        await sees("Taken back: what was logged with Budi Santoso")
        assert page.errors == []
