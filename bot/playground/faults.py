"""Faults of the Bot API, added and removed while it runs."""

import random
import threading
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import count
from typing import Literal, get_args

FaultKind = Literal[
    "400", "403", "429", "500", "502", "drop", "slow",
    "500_after", "502_after", "drop_after", "slow_after",
]  # fmt: skip
DESCRIPTIONS = {
    "400": "Bad Request: something is wrong",
    "403": "Forbidden: bot was blocked by the user",
    "429": "Too Many Requests: retry after",
    "500": "Internal Server Error",
}


@dataclass(frozen=True)
class Fault:
    """What goes wrong, for which calls, and how often.

    `drop` closes the connection without an answer, `slow` waits `delay` seconds before answering.
    Kinds ending in `_after` strike when the call has had its effect: delivered, answer lost.
    `method` may hold wildcards (`send*`); `file` stands for downloads. `times` None: until removed.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    delay: float = 0.0
    probability: float = 1.0
    retry_after: int = 1
    description: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"unknown kind of fault: {self.kind!r}")

    @property
    def after(self) -> bool:
        """Whether the call takes effect first."""
        return self.kind.endswith("_after")

    @property
    def effect(self) -> str:
        """The kind without its moment: drop, slow, or an HTTP status."""
        return self.kind.removesuffix("_after")

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is one of those meant (chance left aside)."""
        named = self.method is None or fnmatchcase(method.lower(), self.method.lower())
        return named and self.chat_id in (None, chat_id)


class Faults:
    """The faults in force. Safe to change from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._left: dict[int, tuple[Fault, int | None]] = {}
        self._struck: dict[int, int] = {}

    def add(self, fault: Fault) -> int:
        """Puts a fault in force; returns its number, for `remove` and `struck`."""
        with self._lock:
            number = next(self._numbers)
            self._left[number] = (fault, fault.times)
            self._struck[number] = 0
            return number

    def remove(self, number: int) -> None:
        """Ends one fault; nothing happens where it has ended already."""
        with self._lock:
            self._left.pop(number, None)

    def clear(self) -> None:
        """Ends all faults."""
        with self._lock:
            self._left.clear()

    def struck(self, number: int) -> int:
        """How often that fault has struck."""
        with self._lock:
            return self._struck.get(number, 0)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, if any; it is counted."""
        if not self._left:
            return None
        with self._lock:
            for number, (fault, left) in self._left.items():
                if fault.strikes(method, chat_id) and random.random() < fault.probability:
                    self._struck[number] += 1
                    if left is not None:
                        self._left[number] = (fault, left - 1)
                    if left == 1:
                        del self._left[number]
                    return fault
        return None
