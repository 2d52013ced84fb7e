"""What the readers of single intents share: the prepared message and what they claim of it."""

from dataclasses import dataclass, field
from datetime import date

from bot.language.book import AddressBook
from bot.language.clauses import Clause
from bot.language.dates import Hit
from bot.language.message import Message
from bot.language.model import Channel, Direction, Intent, Party
from bot.language.naming import Spot


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one message shows before it is decided what it means."""

    message: Message
    book: AddressBook
    spots: list[Spot]
    clauses: list[Clause]
    dates: list[Hit]
    today: date

    @property
    def people(self) -> list[Spot]:
        return [spot for spot in self.spots if not spot.organisation]

    def date_in(self, clause: Clause) -> list[Hit]:
        return [hit for hit in self.dates if clause.low <= hit.low < clause.high]


@dataclass(frozen=True, slots=True)
class Claim:
    """One intent's case for the message: how strong, who takes part, on which words it rests."""

    intent: Intent
    strength: float
    spots: tuple[Spot, ...] = ()
    at: tuple[int, int] | None = None
    channel: Channel | None = None
    direction: Direction | None = None
    started_by: Party | None = None
    clauses: tuple[Clause, ...] = field(default=())
