"""The queue of updates: what a bot has not yet acknowledged, and the one long poll on it."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from bot.playground.refusals import conflict

Update = dict[str, Any]

MAX_TIMEOUT_SECONDS = 50
UNASKED_ONLY_BY_NAME = {"chat_member", "message_reaction", "message_reaction_count"}
_OUSTED = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class _Poll:
    """One getUpdates call that waits."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self.ousted = False

    def wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def sleep(self, seconds: float) -> bool:
        """Waits for `wake`; False when the time is up."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class UpdateQueue:
    """Updates in order of arrival. Push from any thread; poll in the server's loop."""

    def __init__(self, first_id: int, on_forgotten: Callable[[], None]) -> None:
        self._on_forgotten = on_forgotten
        self._lock = threading.Lock()
        self._pending: deque[Update] = deque()
        self._next_id = first_id
        self._allowed: set[str] | None = None
        self._poll: _Poll | None = None
        self.webhook_url = ""

    @property
    def last_id(self) -> int:
        """The highest update_id given so far."""
        return self._next_id - 1

    @property
    def pending(self) -> tuple[Update, ...]:
        """What has been pushed and not yet acknowledged by an offset."""
        with self._lock:
            return tuple(self._pending)

    def push(self, content: Update) -> int:
        """Queues an update (its update_id is given here unless it brings one); returns the id."""
        with self._lock:
            update_id = int(content.get("update_id", self._next_id))
            self._next_id = max(self._next_id, update_id + 1)
            if self._is_wanted(content):
                self._pending.append({"update_id": update_id} | content)
                if self._poll:
                    self._poll.wake()
            return update_id

    def forget(self) -> None:
        """Drops all that is pending."""
        with self._lock:
            self._pending.clear()

    def close(self) -> None:
        """Ends the waiting poll, if any: the server stops."""
        with self._lock:
            if self._poll:
                self._poll.ousted = True
                self._poll.wake()

    async def poll(
        self, offset: int, limit: int, timeout_seconds: float, allowed: Sequence[str] | None
    ) -> list[Update]:
        """Answers getUpdates: at most `limit` updates, waiting up to `timeout_seconds` for one.

        A positive offset forgets all below it, a negative one all but the last -offset. A poll that
        is still waiting when another begins is refused, as is any poll while a webhook is set.
        """
        if self._begin(offset, allowed):
            self._on_forgotten()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(timeout_seconds, MAX_TIMEOUT_SECONDS)
        poll = _Poll()
        while True:
            with self._lock:
                if poll.ousted:
                    raise conflict(_OUSTED)
                left = deadline - loop.time()
                if self._pending or left <= 0:
                    self._poll = None
                    return [self._pending[i] for i in range(min(limit, len(self._pending)))]
                self._poll = poll
            await poll.sleep(left)

    def _begin(self, offset: int, allowed: Sequence[str] | None) -> bool:
        """Ends an older poll and forgets what the offset acknowledges; whether that was any."""
        with self._lock:
            before = len(self._pending)
            if self.webhook_url:
                raise conflict(_WEBHOOK)
            if self._poll:
                self._poll.ousted = True
                self._poll.wake()
                self._poll = None
            if allowed is not None:
                self._allowed = set(allowed) or None
            if offset < 0:
                while len(self._pending) > -offset:
                    self._pending.popleft()
            else:
                while self._pending and self._pending[0]["update_id"] < offset:
                    self._pending.popleft()
            return len(self._pending) < before

    def _is_wanted(self, content: Update) -> bool:
        kinds = content.keys() - {"update_id"}
        if self._allowed is None:
            return not kinds & UNASKED_ONLY_BY_NAME
        return bool(kinds & self._allowed)
