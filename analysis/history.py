"""What has happened with one contact: the facts that stages, reciprocity and next steps rest on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

IN_PERSON = frozenset({"meeting", "coffee", "meal", "event"})
SPOKEN = IN_PERSON | {"call", "video"}


class Side(StrEnum):
    ME = "me"
    THEM = "them"


class Direction(StrEnum):
    """Which way help went, seen from the user."""

    GIVEN = "given"
    RECEIVED = "received"
    MUTUAL = "mutual"


class Benefit(StrEnum):
    """The five things a network is for (Cross 2002, as restated by the essay)."""

    COMMUNICATION = "communication"
    INFORMATION = "information"
    PROBLEM_SOLVING = "problem_solving"
    KNOWLEDGE = "knowledge"
    ACCESS = "access"


class Form(StrEnum):
    """Forms of cooperation, loosest first."""

    ACQUAINTANCE = "acquaintance"
    COOPERATION = "cooperation"
    PARTNERSHIP = "partnership"
    ALLIANCE = "alliance"


class Part(StrEnum):
    """What the contact was in an introduction."""

    OPENED = "opened"  # they introduced the user to the other person
    CONNECTED = "connected"  # the user introduced them to the other person
    CAME = "came"  # the other person introduced them to the user


@dataclass(frozen=True)
class Interaction:
    """One time in touch. `people` counts everybody present besides the user."""

    id: int
    on: date
    channel: str = "other"
    note: str = ""
    started_by: Side | None = None
    people: int = 1
    topic: str | None = None


@dataclass(frozen=True)
class Favour:
    id: int
    on: date
    direction: Direction
    what: str
    benefit: Benefit | None = None
    thanked_on: date | None = None


@dataclass(frozen=True)
class Promise:
    """Open while `kept_on` and `dropped_on` are None; a promise may be released without blame."""

    id: int
    by: Side
    what: str
    made_on: date
    due_on: date | None = None
    kept_on: date | None = None
    dropped_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.dropped_on is None


@dataclass(frozen=True)
class Introduction:
    """Asked for on `asked_on`, made on `made_on`; at least one of the two is known."""

    id: int
    part: Part
    other: str
    asked_on: date | None = None
    made_on: date | None = None
    outcome: str | None = None
    thanked_on: date | None = None


@dataclass(frozen=True)
class Cooperation:
    id: int
    form: Form
    what: str
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class History:
    """All that is on record with one contact, in any order.

    `work_known` says that the contact's organisation or role is on record.
    """

    contact_id: int
    added_on: date
    work_known: bool = False
    interactions: tuple[Interaction, ...] = ()
    favours: tuple[Favour, ...] = ()
    promises: tuple[Promise, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()

    def past(self, today: date) -> tuple[Interaction, ...]:
        """The interactions up to today, oldest first; entries dated ahead are plans, not facts."""
        happened = (contact for contact in self.interactions if contact.on <= today)
        return tuple(sorted(happened, key=lambda contact: (contact.on, contact.id)))
