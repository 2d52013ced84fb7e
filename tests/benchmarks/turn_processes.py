"""The processes that are measured: a local Bot API server for each bot, and the bots."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
RESTED_SECONDS = 10
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Rig:
    """A client of a local server's control API: the users' side."""

    def __init__(self, url: str) -> None:
        self.url = url
        address = url.removeprefix("http://")
        self._acting = HTTPConnection(address, timeout=PATIENCE_SECONDS)
        self._reading = HTTPConnection(address, timeout=PATIENCE_SECONDS)
        self._used_at = time.monotonic()

    def say(self, user_id: int, text: str) -> None:
        self._post("/rig/say", {"user_id": user_id, "text": text})

    def set_latency(self, seconds: float) -> None:
        self._post("/rig/latency", {"seconds": seconds})

    def round_trips(self, user_ids: Sequence[int], text: str) -> list[float]:
        """Seconds from each user's saying something to the answer's being read, one by one.

        A first one, of the first user, is not counted. Nothing else may be said meanwhile.
        """
        # Numbers of messages go up by one: what the user says comes first, then its answer.
        self.say(user_ids[0], text)
        last = self.wait_for_answer(user_ids[0])
        took = []
        for user_id in user_ids:
            query = f"/rig/messages?user_id={user_id}&wait={PATIENCE_SECONDS}&after="
            self._reading.request("GET", f"{query}{last + 1}")
            began = time.perf_counter()
            self.say(user_id, text)
            while not (answer := json.loads(self._reading.getresponse().read())[-1])["from_bot"]:
                # Something was said unasked meanwhile, and the numbers went up by more than one.
                self._reading.request("GET", f"{query}{answer['message_id']}")
            took.append(time.perf_counter() - began)
            last = answer["message_id"]
        return took

    def wait_for_answer(self, user_id: int) -> int:
        """The number of the message that answers the last one."""
        last = self._get(f"/rig/messages?user_id={user_id}")[-1]
        if not last["from_bot"]:
            query = f"?user_id={user_id}&after={last['message_id']}&wait={PATIENCE_SECONDS}"
            last = self._get(f"/rig/messages{query}")[-1]
        return int(last["message_id"])

    def answers(self, opening: str) -> list[tuple[int, float]]:
        """(chat, moment in seconds) of each message of the bot's that begins like this."""
        return [
            (call["chat_id"], datetime.fromisoformat(call["at"]).timestamp())
            for call in self._get("/rig/calls?method=sendMessage")
            if call["outcome"] == "ok" and call["params"]["text"].startswith(opening)
        ]

    def wait_for_answers(self, count: int, opening: str) -> list[tuple[int, float]]:
        """All answers, once there are so many."""
        deadline = time.monotonic() + PATIENCE_SECONDS * 3
        # The number of all calls is cheap to ask for; some are no answers.
        while (
            self._get("/rig/state")["calls"] < count
            or len(answers := self.answers(opening)) < count
        ):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.answers(opening))} of {count} answers came")
            time.sleep(0.03)
        return answers

    def _get(self, path: str) -> Any:
        self._refresh()
        self._reading.request("GET", path)
        return json.loads(self._reading.getresponse().read())

    def _post(self, path: str, values: dict[str, Any]) -> Any:
        self._refresh()
        headers = {"Content-Type": "application/json"}
        self._acting.request("POST", path, json.dumps(values), headers)
        return json.loads(self._acting.getresponse().read())

    def _refresh(self) -> None:
        """The server hangs up on a connection that rests for long: open a new one before."""
        now = time.monotonic()
        if now - self._used_at > RESTED_SECONDS:
            self._acting.close()
            self._reading.close()
        self._used_at = now


@contextmanager
def local_telegram() -> Iterator[Rig]:
    """A local server in a process of its own."""
    command = [sys.executable, "-m", "bot.playground", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Rig(server.stdout.readline().strip())
        finally:
            server.terminate()


@dataclass
class BotProcess:
    """A running bot."""

    process: subprocess.Popen[bytes]

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def memory_mb(self) -> float:
        """Resident memory."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise LookupError("VmRSS")

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


@contextmanager
def running(command: Sequence[str], directory: Path, **environment: str) -> Iterator[BotProcess]:
    """A bot in a process of its own, ended with the block."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    # Compiled modules are kept, as they are wherever nobody forbids it.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=directory,
        env=inherited | {"PYTHONPATH": paths} | environment,
    )
    try:
        yield BotProcess(process)
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(PATIENCE_SECONDS)
