"""How fast messages may go out: a bucket for each chat and one over all; and how long to wait.

Telegram takes about one message a second in a chat (short bursts are fine) and about thirty a
second over all chats.
"""

from dataclasses import dataclass
from datetime import timedelta

from telegram.error import RetryAfter

CHAT_RATE = 1.0
CHAT_BURST = 20
MOST_CHATS = 10_000  # remembered before those that were quiet are let go
MOST_DOUBLINGS = 16


@dataclass(slots=True)
class Bucket:
    """Tokens that fill at `rate` a second up to `burst`; a message takes one."""

    rate: float
    burst: float
    tokens: float
    filled_at: float

    def delay(self, now: float) -> float:
        """Seconds until there is a token."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.filled_at) * self.rate)
        self.filled_at = now
        return max(0.0, (1 - self.tokens) / self.rate)

    def is_full(self, now: float) -> bool:
        return self.tokens + (now - self.filled_at) * self.rate >= self.burst


class Pace:
    """Says when a message may go; `now` is a monotonic clock's seconds."""

    def __init__(self, rate: float, now: float) -> None:
        burst = max(rate, 1.0)  # less than one message would never go
        self._all = Bucket(rate, burst, burst, now)
        self._chats: dict[int, Bucket] = {}
        self._look_at = MOST_CHATS  # when there are so many, see who was quiet

    def delay(self, now: float) -> float:
        """Seconds until a message may go to any chat."""
        return self._all.delay(now)

    def chat_delay(self, chat_id: int, now: float) -> float:
        """Seconds until a message may go to this chat as far as the chat is concerned."""
        chat = self._chats.get(chat_id)
        return chat.delay(now) if chat else 0.0

    def count(self, chat_id: int, now: float) -> None:
        """A message goes out."""
        if chat_id not in self._chats:
            if len(self._chats) >= self._look_at:
                self._chats = {chat: b for chat, b in self._chats.items() if not b.is_full(now)}
                self._look_at = max(MOST_CHATS, 2 * len(self._chats))
            self._chats[chat_id] = Bucket(CHAT_RATE, CHAT_BURST, CHAT_BURST, now)
        self._chats[chat_id].tokens -= 1
        self._all.tokens -= 1


def longer_each_time(first: float, failures: int, most: float) -> float:
    """Seconds to wait after so many failures in a row: twice as long each time, up to `most`."""
    # Without a limit on the exponent a night without network ends in an OverflowError.
    return min(first * 2.0 ** min(failures, MOST_DOUBLINGS), most)


def seconds_asked(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    asked = error.retry_after  # a number or a timedelta, by an environment variable
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
