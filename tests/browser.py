"""A headless Chromium for tests of web pages, driven by its own protocol over two pipes.

Nothing to install besides Chromium itself: https://chromedevtools.github.io/devtools-protocol/
"""

import asyncio
import base64
import fcntl
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--disable-extensions", "--remote-debugging-pipe",
)  # fmt: skip
# Chromium reads commands on descriptor 3 and answers on 4.
_LAUNCH = """
import os, sys
reading, writing, *command = sys.argv[1:]
os.dup2(int(reading), 3)
os.dup2(int(writing), 4)
os.execv(command[0], command)
"""
_KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40}
_LIMIT = 64 * 1024 * 1024


def find_browser() -> str:
    """The path of a Chromium; skips the test, loudly, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or (MAC.exists() and str(MAC))
    if not found:
        pytest.skip("NO BROWSER TEST: install Chromium (apt install chromium) to test the page")
    return str(found)


class Page:
    """One page. Waits for what it is asked about; TimeoutError where that does not come."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: str | None = None
        self.errors: list[str] = []

    async def begin(self) -> None:
        """Opens a tab."""
        made = await self.send("Target.createTarget", url="about:blank")
        attached = await self.send("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            await self.send(f"{domain}.enable")

    async def listen(self) -> None:
        """Takes in what the browser says, until it has gone."""
        with suppress(asyncio.IncompleteReadError):
            while True:
                self._take(json.loads((await self._reader.readuntil(b"\0"))[:-1]))

    def _take(self, said: dict[str, Any]) -> None:
        if future := self._waiting.pop(said.get("id", 0), None):
            if not future.done():
                future.set_result(said)
        elif said.get("method") == "Runtime.exceptionThrown":
            details = said["params"]["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif said.get("method") == "Log.entryAdded" and said["params"]["entry"]["level"] == "error":
            self.errors.append(said["params"]["entry"]["text"])

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol; its result."""
        number = next(self._numbers)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        command: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        self._writer.write(json.dumps(command).encode() + b"\0")
        async with asyncio.timeout(30):
            answer = await future
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, url: str) -> None:
        """Goes to an address and waits until the document is there."""
        await self.send("Page.navigate", url=url)
        await self.until(f"location.href.startsWith({url!r}) && document.readyState === 'complete'")

    async def look(
        self, width: int = 1280, height: int = 800, *, dark: bool = False, phone: bool = False
    ) -> None:
        """Sets the size of the window, and light or dark."""
        size = {"width": width, "height": height, "mobile": phone}
        await self.send(
            "Emulation.setDeviceMetricsOverride", deviceScaleFactor=2 if phone else 1, **size
        )
        await self.send("Emulation.setTouchEmulationEnabled", enabled=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.send("Emulation.setEmulatedMedia", features=[scheme])

    async def run(self, script: str) -> Any:
        """The value of a JavaScript expression (promises are awaited)."""
        answer = await self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if problem := answer.get("exceptionDetails"):
            raise RuntimeError(problem.get("exception", {}).get("description", problem["text"]))
        return answer["result"].get("value")

    async def until(self, script: str, timeout_seconds: float = 10.0) -> Any:
        """The expression's first truthy value."""
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        truth = f"(value => value instanceof Node || value)({script})"  # nodes do not travel
        while not (value := await self.run(truth)):
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"never true: {script}")
            await asyncio.sleep(0.02)
        return value

    async def texts(self, selector: str) -> list[str]:
        """The visible text of every element that fits, in the order of the document."""
        found: list[str] = await self.run(
            f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.innerText.trim())"
        )
        return found

    async def click(self, selector: str, text: str | None = None) -> None:
        """Clicks the last element that fits and holds `text`, once it can really be hit."""
        hit = f"""(() => {{
          const fits = [...document.querySelectorAll({json.dumps(selector)})].filter(e =>
            {json.dumps(text)} === null || e.innerText.trim() === {json.dumps(text)});
          const element = fits.at(-1);
          if (!element) return null;
          element.scrollIntoView({{block: "nearest", behavior: "instant"}});
          const box = element.getBoundingClientRect();
          const x = box.x + box.width / 2, y = box.y + box.height / 2;
          return element.contains(document.elementFromPoint(x, y)) ? {{x, y}} : null;
        }})()"""
        at = await self.until(hit)
        for kind in ("mousePressed", "mouseReleased"):
            await self.send(
                "Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at
            )

    async def write(self, text: str) -> None:
        """Types into what has the focus."""
        await self.send("Input.insertText", text=text)

    async def press(self, key: str, *, shift: bool = False) -> None:
        """Presses a key that is no letter, such as Enter."""
        text = {"text": "\r"} if key == "Enter" else {}
        code = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        modifiers = 8 if shift else 0
        await self.send(
            "Input.dispatchKeyEvent", type="keyDown", modifiers=modifiers, **code, **text
        )
        await self.send("Input.dispatchKeyEvent", type="keyUp", modifiers=modifiers, **code)

    async def choose_file(self, selector: str, path: Path) -> None:
        """Puts a file into a file input."""
        root = (await self.send("DOM.getDocument"))["root"]["nodeId"]
        node = await self.send("DOM.querySelector", nodeId=root, selector=selector)
        await self.send("DOM.setFileInputFiles", nodeId=node["nodeId"], files=[str(path)])

    async def picture(self, path: Path) -> None:
        """Writes a picture (PNG) of what is to be seen."""
        shot = await self.send("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))


@asynccontextmanager
async def open_browser() -> AsyncIterator[Page]:
    """A fresh browser with one page; gone, with its profile, when the block ends."""
    program = find_browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process, to_browser, from_browser = await _launch(program, profile)
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=_LIMIT)
        reading, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(from_browser, "rb", 0)
        )
        writing, protocol = await loop.connect_write_pipe(
            asyncio.streams.FlowControlMixin, os.fdopen(to_browser, "wb", 0)
        )
        page = Page(reader, asyncio.StreamWriter(writing, protocol, None, loop))
        listening = asyncio.create_task(page.listen())
        try:
            await page.begin()
            yield page
        finally:
            await _end(process)
            await listening
            reading.close()
            writing.close()


async def _launch(program: str, profile: str) -> tuple[Process, int, int]:
    """Starts the browser; returns it and our ends of the two pipes."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # Above 3 and 4, so that moving one into place cannot overwrite the other.
    high = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LAUNCH, *map(str, high), program, *FLAGS,
        f"--user-data-dir={profile}", "about:blank",
        stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, pass_fds=high, start_new_session=True,
    )  # fmt: skip
    for end in (theirs_in, theirs_out, *high):
        os.close(end)
    return process, ours_out, ours_in


async def _end(process: Process) -> None:
    """Ends the browser with all its helpers, which share its process group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 15)
    try:
        await asyncio.wait_for(process.wait(), 5)
    except TimeoutError:
        os.killpg(process.pid, 9)
        await process.wait()
