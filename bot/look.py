"""A look at one owner's records outside a turn: it may take its time, and it writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.replies import Reply
from storage.tables import Owner


@dataclass
class Look:
    """What a view works with."""

    session: Session
    owner: Owner
    language: str
    now: datetime  # aware, UTC
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def owner_id(self) -> int:
        return self.owner.id or 0

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.owner.timezone)).date()


#: A message that takes long to work out. Raises UserError as a handler does.
View = Callable[[Look], Reply]
