"""How fast messages may go out: a bucket for each chat and one over all.

Telegram takes about one message a second in a chat (short bursts are fine) and about thirty a
second over all chats.
"""

from dataclasses import dataclass

CHAT_RATE = 1.0
CHAT_BURST = 20


@dataclass(slots=True)
class Bucket:
    """Tokens that fill at `rate` a second up to `burst`; a message takes one."""

    rate: float
    burst: float
    tokens: float
    filled_at: float

    def delay(self, now: float) -> float:
        """Seconds until there is a token."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return max(0.0, (1 - self.tokens) / self.rate)

    def is_full(self, now: float) -> bool:
        return self.tokens + (now - self.filled_at) * self.rate >= self.burst


class Pace:
    """Says when a message to a chat may go; `now` is a monotonic clock's seconds."""

    def __init__(self, rate: float, now: float) -> None:
        self._all = Bucket(rate, rate, rate, now)
        self._chats: dict[int, Bucket] = {}

    def delay(self, chat_id: int, now: float) -> float:
        """Seconds to wait; 0 means that the message goes now, and counts."""
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) > 10_000:
                self._forget_idle(now)
            chat = self._chats[chat_id] = Bucket(CHAT_RATE, CHAT_BURST, CHAT_BURST, now)
        wait = max(chat.delay(now), self._all.delay(now))
        if wait > 0:
            return wait
        chat.tokens -= 1
        self._all.tokens -= 1
        return 0.0

    def _forget_idle(self, now: float) -> None:
        self._chats = {chat: b for chat, b in self._chats.items() if not b.is_full(now)}
