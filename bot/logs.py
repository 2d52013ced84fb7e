"""Logs: one constant event and its fields, never names, notes or tokens."""

import logging
import time

FIELDS_OF_EVERY_RECORD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class EventFormatter(logging.Formatter):
    """`2026-03-18T03:30:00Z INFO bot.inbox poll_failed error=TimedOut pause=1.0`"""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        fields = {k: v for k, v in record.__dict__.items() if k not in FIELDS_OF_EVERY_RECORD}
        return " ".join([super().format(record), *(f"{k}={v}" for k, v in fields.items())])


def set_up(level: str) -> None:
    """Log our own events from `level` on, and of libraries only what goes wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(EventFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "storage", "analysis"):
        logging.getLogger(name).setLevel(level)
    for name in ("httpx", "httpcore", "telegram", "apscheduler", "alembic"):
        # Their lines hold addresses with the token in them, and at times what was typed.
        logging.getLogger(name).setLevel(logging.CRITICAL)
