"""What a file says, whatever its format."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Source(StrEnum):
    """Whose file it is."""

    LINKEDIN = "linkedin"
    GOOGLE = "google"
    VCARD = "vcard"
    TELEGRAM = "telegram"
    MONICA = "monica"
    CALENDAR = "calendar"
    OWN = "own"


class Reason(StrEnum):
    """Why a row, or something in it, is not imported."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    GARBLED = "garbled"  # letters lost to a wrong encoding
    BROKEN = "broken"  # not what the format says
    TOO_LONG = "too_long"  # a row larger than any honest one
    BAD_DATE = "bad_date"
    IN_FUTURE = "in_future"
    YOURSELF = "yourself"
    UNKNOWN_PERSON = "unknown_person"  # refers to nobody in the file
    GROUP = "group"  # a group, a channel, a bot: no contact with one person
    CROWD = "crowd"
    CANCELLED = "cancelled"
    NOBODY_ELSE = "nobody_else"
    NOT_CONTACT = "not_contact"  # a service line, a ranking, a setting
    NO_PLACE = "no_place"  # kept elsewhere, there is no place for it here
    TOO_MANY = "too_many"


class Trouble(StrEnum):
    """Why a whole file is refused."""

    UNKNOWN = "unknown"
    EMPTY = "empty"
    BROKEN = "broken"
    BOMB = "bomb"  # unpacks to far more than it weighs
    LOCKED = "locked"  # a zip with a password
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"  # one line or value larger than any honest one
    NEWER = "newer"  # our own export, of a later version


class Unreadable(Exception):
    """The whole file is refused."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class WhoAreYou(Exception):
    """The file does not tell which of these people is its owner; (key, name) of each."""

    def __init__(self, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__("The owner of the file is not named.")
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the file names. `key` is the same for the same person in a newer file."""

    key: str
    name: str
    kind: str = "person"
    organisation: str | None = None
    role: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    telegram_id: int | None = None
    username: str | None = None
    birthday: str | None = None  # 1990-03-14, or --03-14
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    how_met: str | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Contact with people on a day. The note is the owner's own log, never a message's words."""

    on: date
    channel: str
    people: tuple[str, ...]  # keys, sorted
    started_by: str | None = None  # me, them
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    a: str
    b: str
    kind: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows left out for one reason, with the first few: (row number, what it says of itself)."""

    reason: Reason
    count: int
    examples: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file, read. `rows` is what was there; each is among `taken` or counted in `refused`."""

    source: Source
    people: tuple[Person, ...] = ()
    happenings: tuple[Happening, ...] = ()
    ties: tuple[Tie, ...] = ()
    refused: tuple[Refused, ...] = ()
    rows: int = 0
    taken: int = 0
    document: dict[str, object] | None = None  # our own export, whole


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader has to know of whoever sends the file."""

    today: date
    timezone: str = "UTC"
    region: str | None = None  # ISO country, for numbers without a country code
    names: tuple[str, ...] = ()  # the sender's own names
    me: str | None = None  # the key of the person the sender said to be
