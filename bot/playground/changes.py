"""Waiting for something to become true, from a thread or from any event loop."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Tells whoever waits that the state they look at has changed."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._listeners: list[Callable[[], None]] = []

    def announce(self) -> None:
        """Wakes all who wait. To be called with the lock held."""
        self._changed.notify_all()
        for listener in self._listeners:
            listener()

    @contextmanager
    def heard_by(self, listener: Callable[[], None]) -> Iterator[None]:
        """Calls `listener` at every change, in the thread that made it, while the block runs."""
        with self.lock:
            self._listeners.append(listener)
        try:
            yield
        finally:
            with self.lock:
                self._listeners.remove(listener)

    def wait_for(self, look: Callable[[], Found], timeout_seconds: float) -> Found:
        """Blocks until `look()` is truthy and returns it; TimeoutError after `timeout_seconds`."""
        deadline = time.monotonic() + timeout_seconds
        with self.lock:
            while not (found := look()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"nothing came in {timeout_seconds} s")
                self._changed.wait(left)
            return found

    async def until(self, look: Callable[[], Found], timeout_seconds: float) -> Found:
        """As `wait_for`, without blocking the running loop."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            if not woken.is_set():
                loop.call_soon_threadsafe(woken.set)

        with self.heard_by(wake):
            try:
                async with asyncio.timeout(timeout_seconds):
                    while True:
                        woken.clear()
                        if found := look():
                            return found
                        await woken.wait()
            except TimeoutError:
                raise TimeoutError(f"nothing came in {timeout_seconds} s") from None
