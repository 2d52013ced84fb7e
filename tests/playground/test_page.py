"""The web chat in a real browser, against the echo bot, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.playground import Fault, LocalTelegram, Served, serve
from tests.browser import Page, find_browser, open_browser
from tests.playground.echo_bot import make_app, picture

MESSAGES, BUTTON = "[data-testid=message] .text", "[data-testid=button]"
COMPOSER, START = "[data-testid=composer]", "[data-testid=start]"


@pytest.fixture
def rig() -> LocalTelegram:
    return LocalTelegram()


@pytest.fixture
def served(rig: LocalTelegram) -> Iterator[Served]:
    find_browser()
    with serve(rig) as served:
        yield served


@pytest.fixture
async def echo(served: Served) -> AsyncIterator[None]:
    app = make_app(served.url)
    async with app:
        assert app.post_init is not None
        await app.post_init(app)
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        yield
        await app.updater.stop()
        await app.stop()


@pytest.fixture
async def page(echo: None, served: Served) -> AsyncIterator[Page]:
    async with open_browser() as page:
        await page.look(1280, 800)
        await page.open(f"{served.url}/")
        yield page
        assert page.errors == []


async def shows(page: Page, words: str) -> None:
    """Waits until a message holds these words."""
    await page.until(
        f"[...document.querySelectorAll('{MESSAGES}')].some(e => e.innerText.includes({words!r}))"
    )


async def say(page: Page, text: str) -> None:
    await page.click(COMPOSER)
    await page.write(text)
    await page.press("Enter")


async def test_a_stranger_starts_taps_and_sees_the_message_change(page, rig):
    await page.until("document.querySelector('.description')?.innerText.startsWith('Tells you')")
    await page.click(START, "Start")
    await shows(page, "Hello Ayu!")
    assert await page.texts("[data-testid=message] strong") == ["Ayu"]
    await page.click(BUTTON, "Count 0")
    await shows(page, "Counted to 1")
    await page.click(BUTTON, "Count 1")
    await shows(page, "Counted to 2")
    assert await page.texts(BUTTON) == ["Count 2"]
    assert len(rig.messages(1001)) == 2


async def test_taps_are_answered_with_a_toast_or_an_alert(page):
    await page.click(START)
    await page.click(BUTTON, "Toast")
    await page.until("document.querySelector('[data-testid=toast]').innerText === 'Done'")
    await page.click(BUTTON, "Alert")
    await page.until("document.querySelector('[data-testid=alert]').open")
    await page.press("Enter")
    await page.until("!document.querySelector('[data-testid=alert]').open")
    assert await page.run("document.querySelectorAll('.busy').length") == 0


async def test_enter_sends_and_shift_enter_makes_a_new_line(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    await page.click(COMPOSER)
    await page.write("one")
    await page.press("Enter", shift=True)
    await page.write("two")
    await page.press("Enter")
    await rig.until(lambda: [m for m in rig.messages(1001) if m.text == "one\ntwo"])
    assert await page.run(f"document.querySelector('{COMPOSER}').value") == ""


async def test_markup_in_text_stays_text(page):
    await page.click(START)
    await shows(page, "Hello")
    await say(page, "<img src=x onerror=alert(1)> & <b>x</b>")
    await shows(page, "<img src=x onerror=alert(1)> & <b>x</b>")
    assert await page.run("document.querySelectorAll('.text img, .text b').length") == 0


async def test_formats_become_elements(page):
    await page.click(START)
    await page.click(BUTTON, "Formatted")
    await shows(page, "Bappenas")
    seen = {
        tag: await page.texts(f"[data-testid=message]:last-child .text {tag}")
        for tag in ("strong", "em", "u", "s", "code", "pre", "blockquote", "a")
    }
    assert seen["strong"] == ["Budi Santoso", "31"]
    assert seen["em"] == ["analyst"]
    assert seen["u"] == ["~9 days"]
    assert seen["s"] == ["struck"]
    assert seen["code"] == ["/log Budi: coffee"]
    assert seen["pre"] == ['ties = {"Budi": 31}']
    assert seen["blockquote"][0] == "You said he would like the data pilot."
    assert seen["a"] == ["the report", "https://example.org/a?b=c", "ani@example.org"]


async def test_pictures_enlarge_and_documents_can_be_fetched(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    await say(page, "/picture")
    await page.click("[data-testid=photo]")
    await page.until("document.querySelector('[data-testid=viewer]').open")
    await page.until("document.querySelector('#viewer img').naturalWidth === 900")
    await page.press("Escape")
    await say(page, "/document")
    link = await page.until("document.querySelector('[data-testid=document]')?.href")
    assert await page.run(f"fetch({link!r}).then(r => r.text())") == '{"format": "jejaring.export"}'
    assert await page.texts("[data-testid=document] .card-name") == ["export.json"]


async def test_files_pictures_and_contacts_are_sent(page, rig, tmp_path: Path):
    await page.click(START)
    await shows(page, "Hello")
    (tmp_path / "people.csv").write_text("name\nBudi\n")
    (tmp_path / "map.png").write_bytes(picture())
    await page.choose_file("[data-testid=file]", tmp_path / "people.csv")
    await page.click("[data-testid=caption]")
    await page.write("my list")
    await page.click("[data-testid=file-send]")
    await shows(page, "people.csv")
    await page.choose_file("[data-testid=file]", tmp_path / "map.png")
    await page.click("[data-testid=file-send]")
    await shows(page, "Nice picture")
    await page.click("[data-testid=attach]")
    await page.click("[data-testid=attach-contact]")
    for field, value in (("first", "Budi"), ("phone", "+62811")):
        await page.click(f"[data-testid=contact-{field}]")
        await page.write(value)
    await page.click("[data-testid=contact-share]")
    await page.until("document.querySelector('[data-testid=contact]')")
    document, photo, contact = [m for m in rig.messages(1001) if not m.from_bot][1:]
    assert (document.document.content, document.caption) == (b"name\nBudi\n", "my list")
    assert photo.photo.width == 900
    assert contact.contact == {"first_name": "Budi", "phone_number": "+62811"}


async def test_the_command_menu_filters_and_sends(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    await page.click(COMPOSER)
    await page.write("/")
    assert len(await page.texts("[data-testid=command]")) == 5
    await page.write("doc")
    assert await page.texts("[data-testid=command] .command-name") == ["/document"]
    await page.press("Tab")
    assert await page.run(f"document.querySelector('{COMPOSER}').value") == "/document "
    await page.press("Enter")
    await page.until("document.querySelector('[data-testid=document]')")
    await page.click("[data-testid=menu]")
    await page.click("[data-testid=command][data-command=picture]")
    await page.until("document.querySelector('[data-testid=photo]')")


async def test_two_people_side_by_side_see_only_their_own(page, rig):
    await page.click(START)
    await shows(page, "Hello Ayu!")
    await page.click("[data-testid=add-person]")
    await page.run("document.querySelector('[data-testid=person-name]').select()")
    await page.write("Citra")
    await page.run("document.querySelector('[data-testid=person-language]').value = 'id'")
    await page.click("[data-testid=person-save]")
    await page.until("document.querySelectorAll('[data-testid=pane]').length === 2")
    second = "[data-testid=pane][data-user='1002']"
    assert (await page.texts(f"{second} .description"))[0].startswith("Memberi tahu")
    await page.click(f"{second} {START}")
    await shows(page, "Hello Citra!")
    assert len(await page.texts("[data-user='1001'] [data-testid=message]")) == 2
    assert len(await page.texts(f"{second} [data-testid=message]")) == 2
    assert rig.chats[1002].user["language_code"] == "id"


async def test_own_messages_can_be_edited(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    await say(page, "first")
    await shows(page, "first")
    await page.press("ArrowUp")
    await page.write(" and more")
    await page.press("Enter")
    await shows(page, "Edited: first and more")
    assert [m.text for m in rig.messages(1001) if m.edits] == ["first and more"]


async def test_a_blocked_bot_can_be_unblocked(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    await page.click(".more")
    await page.click("[data-testid=block]")
    await rig.until(lambda: rig.chats[1001].blocked)
    await page.click(START, "Unblock")
    await rig.until(lambda: not rig.chats[1001].blocked)


async def test_the_page_comes_back_after_the_line_was_cut(page, rig, served):
    await page.click(START)
    await shows(page, "Hello")
    await page.send("Network.enable")
    offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    await page.open(f"{served.url}/")
    await shows(page, "Hello")
    await page.send("Network.emulateNetworkConditions", offline=True, **offline)
    rig.say(1001, "while away")
    await page.send("Network.emulateNetworkConditions", offline=False, **offline)
    await shows(page, "while away")


async def test_a_slow_bot_is_seen_typing(page, rig):
    await page.click(START)
    await shows(page, "Hello")
    rig.faults.add(Fault("slow", method="sendMessage", delay=1.5, times=1))
    await say(page, "anybody there?")
    await page.until("!document.querySelector('[data-testid=typing]').hidden")
    await page.until("document.querySelector('[data-testid=typing]').hidden")


async def test_a_phone_shows_one_thing_at_a_time_and_nothing_overflows(page):
    await page.look(390, 844, phone=True)
    await page.click(START)
    await page.click(BUTTON, "Formatted")
    await shows(page, "Bappenas")
    await asyncio.sleep(0.1)
    assert await page.run("document.documentElement.scrollWidth") == 390
    assert await page.run("getComputedStyle(document.getElementById('people')).display") == "none"
    assert (
        await page.run(f"getComputedStyle(document.querySelector('{COMPOSER}')).fontSize") == "16px"
    )
    await page.click(".back")
    await page.click("[data-testid=person]")
    await page.until(f"document.querySelector('{COMPOSER}').offsetParent !== null")
