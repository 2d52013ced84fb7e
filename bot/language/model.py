"""What a message can mean: the values that a reading is made of."""

from dataclasses import dataclass, field
from datetime import date
from datetime import time as clock_time
from enum import StrEnum


class Intent(StrEnum):
    LOG = "log"
    ADD_CONTACT = "add_contact"
    FAVOUR = "favour"
    CONNECT = "connect"
    REMIND = "remind"
    QUERY = "query"
    CORRECT = "correct"
    CHATTER = "chatter"


class Channel(StrEnum):
    """How a contact took place, the most specific first."""

    VIDEO = "video"
    EVENT = "event"
    EMAIL = "email"
    MESSAGE = "message"
    CALL = "call"
    MEAL = "meal"
    COFFEE = "coffee"
    OTHER = "other"
    MEETING = "meeting"


class Direction(StrEnum):
    GIVEN = "given"
    RECEIVED = "received"
    MUTUAL = "mutual"


class FavourKind(StrEnum):
    """What a network is used for. Source: Cross, Borgatti & Parker (2002)."""

    COMMUNICATION = "communication"
    INFORMATION = "information"
    PROBLEM_SOLVING = "problem_solving"
    KNOWLEDGE = "knowledge"
    ACCESS = "access"


class Relation(StrEnum):
    KNOWS = "knows"
    COLLEAGUES = "colleagues"
    FAMILY = "family"
    FRIENDS = "friends"
    WORKS_WITH = "works_with"
    REPORTS_TO = "reports_to"
    STUDIED_TOGETHER = "studied_together"


class Question(StrEnum):
    WHO_AT_ORGANISATION = "who_at_organisation"
    LAST_CONTACT = "last_contact"
    QUIET = "quiet"
    WHO_IS = "who_is"
    HOW_MANY = "how_many"
    UPCOMING = "upcoming"
    FIND = "find"
    OTHER = "other"


class Party(StrEnum):
    ME = "me"
    THEM = "them"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start..end (end excluded) of the text read."""

    start: int
    end: int

    def words(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Known:
    """One person or organisation of the address book."""

    id: int
    typed: str
    at: Span


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several entries of the address book go by the words typed; ids ascending."""

    ids: tuple[int, ...]
    typed: str
    at: Span


@dataclass(frozen=True, slots=True)
class New:
    """A name that the address book does not hold, without its honorific."""

    name: str
    typed: str
    at: Span


@dataclass(frozen=True, slots=True)
class Guess:
    """Close to these entries (a typo, a spelling, a nickname): only ever to ask."""

    ids: tuple[int, ...]
    typed: str
    at: Span


Mention = Known | Ambiguous | New | Guess


@dataclass(frozen=True, slots=True)
class Found:
    """A date read from words: the best day, and the first and last that the words allow."""

    day: date
    first: date
    last: date
    at: Span

    @property
    def vague(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class FoundTime:
    time: clock_time
    at: Span


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days, as told: 'every 2 weeks' is 14."""

    days: int
    at: Span


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year; the year where it was told."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised inside a log: by whom, what in the user's words, due when."""

    by: Party
    what: str
    due: date | None
    at: Span


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody is looking for, or can offer, in the user's words."""

    who: Party
    what: str
    offered: bool
    at: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """What the last write should have said; what was not corrected is None."""

    when: Found | None = None
    person: Mention | None = None
    instead_of: Mention | None = None
    channel: Channel | None = None
    spelling: str | None = None
    undo: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    kind: Question
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which words a part of the reading came from."""

    part: str
    at: Span


SURE = 0.8
"""A reading at least this confident is acted on at once; between UNSURE and SURE it is asked."""
UNSURE = 0.5
"""Below this the message is not understood, or is no message to act on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message means. `note` is the whole text; `about` its topic, where one is plain."""

    intent: Intent
    confidence: float
    note: str
    people: tuple[Mention, ...] = ()
    mentioned: tuple[Mention, ...] = ()
    when: date | None = None
    span: tuple[date, date] | None = None
    time: clock_time | None = None
    channel: Channel | None = None
    direction: Direction | None = None
    favour_kind: FavourKind | None = None
    organisation: str | None = None
    role: str | None = None
    how_met: str | None = None
    tags: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    about: str | None = None
    query: Query | None = None
    correction: Correction | None = None
    promise: Promise | None = None
    need: Need | None = None
    started_by: Party | None = None
    relation: Relation | None = None
    evidence: tuple[Evidence, ...] = field(default=())
