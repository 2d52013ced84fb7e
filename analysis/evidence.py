"""What on record speaks for a stage: every piece cites the rows it comes from.

Kinds follow the four stages: having met (Know); contact the other side starts, meeting again,
personal talk, invitations (Like); help asked and given, promises kept, introductions, confidences
(Trust); an idea accepted, joint work, a deal, a formal cooperation (Buy).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from analysis.history import (
    SPOKEN,
    Benefit,
    Direction,
    Form,
    History,
    Interaction,
    Introduction,
    Part,
    Promise,
    Side,
)
from analysis.lexicon import lexicon

SMALL = 4  # up to this many others one talks with each of them
OVER_FOOD = frozenset({"coffee", "meal"})
BROKEN_AFTER_DAYS = 30  # a promise this late with no date moved counts as broken
SAME_DEAL_DAYS = 30  # a note on a deal this near the start of a cooperation tells of the same
SMALL_HELP = 0.6  # passing something on costs less than solving, teaching or opening a door
HELP_SIZE = {
    Benefit.COMMUNICATION: SMALL_HELP,
    Benefit.INFORMATION: SMALL_HELP,
    Benefit.ACCESS: 1.2,
}
FORM_SIZE = {Form.ACQUAINTANCE: 0.0, Form.PARTNERSHIP: 1.2, Form.ALLIANCE: 1.4}
NOTED = 0.8  # help and introductions read from a note, where no row of their own was made


class EvidenceKind(StrEnum):
    MET = "met"
    WRITTEN = "written"
    WORK_KNOWN = "work_known"
    WORK_TOLD = "work_told"
    THEY_STARTED = "they_started"
    MET_AGAIN = "met_again"
    OVER_FOOD = "over_food"
    PERSONAL = "personal"
    RAPPORT = "rapport"
    INVITATION = "invitation"
    HELP_RECEIVED = "help_received"
    HELP_GIVEN = "help_given"
    PROMISE_KEPT_BY_THEM = "promise_kept_by_them"
    PROMISE_KEPT_BY_ME = "promise_kept_by_me"
    DOOR_OPENED = "door_opened"
    DOOR_OPENED_FOR_THEM = "door_opened_for_them"
    CONFIDENCE = "confidence"
    PROMISE_BROKEN = "promise_broken"
    FRICTION = "friction"
    IDEA_ACCEPTED = "idea_accepted"
    JOINT_WORK = "joint_work"
    DEAL = "deal"
    COOPERATION = "cooperation"


class SourceKind(StrEnum):
    CONTACT = "contact"
    INTERACTION = "interaction"
    FAVOUR = "favour"
    PROMISE = "promise"
    INTRODUCTION = "introduction"
    COOPERATION = "cooperation"


@dataclass(frozen=True)
class Source:
    """A row on record."""

    kind: SourceKind
    id: int


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence. `size` scales its weight; `words` are those it was read from.

    `running` evidence (a cooperation in force) does not fade.
    """

    kind: EvidenceKind
    on: date
    source: Source
    size: float = 1.0
    words: str | None = None
    running: bool = False

    @property
    def key(self) -> str:
        """The same for the same evidence at any time, for remembering what was refused."""
        return f"{self.kind} {self.source.kind} {self.source.id}"


NOTE_KINDS = (
    (EvidenceKind.PERSONAL, "personal"),
    (EvidenceKind.RAPPORT, "rapport"),
    (EvidenceKind.INVITATION, "invitation"),
    (EvidenceKind.CONFIDENCE, "confidence"),
    (EvidenceKind.IDEA_ACCEPTED, "idea_accepted"),
    (EvidenceKind.JOINT_WORK, "joint_work"),
    (EvidenceKind.DEAL, "deal"),
    (EvidenceKind.FRICTION, "friction"),
    (EvidenceKind.WORK_TOLD, "work_told"),
)


def gather(history: History, today: date) -> tuple[Evidence, ...]:
    """Everything on record up to today that speaks for or against a stage, oldest first."""
    pieces = [
        *_from_contact(history),
        *_from_interactions(history, today),
        *_from_favours(history),
        *_from_promises(history, today),
        *_from_introductions(history),
        *_from_cooperations(history, today),
    ]
    return tuple(
        sorted(
            (piece for piece in pieces if piece.on <= today),
            key=lambda piece: (piece.on, piece.key),
        )
    )


def _from_contact(history: History) -> Iterator[Evidence]:
    if history.work_known:
        source = Source(SourceKind.CONTACT, history.contact_id)
        yield Evidence(EvidenceKind.WORK_KNOWN, history.added_on, source)


def _from_interactions(history: History, today: date) -> Iterator[Evidence]:
    first_on: date | None = None
    for one in history.past(today):
        source = Source(SourceKind.INTERACTION, one.id)
        first_on = first_on or one.on
        spoke = one.channel in SPOKEN
        yield Evidence(EvidenceKind.MET if spoke else EvidenceKind.WRITTEN, one.on, source)
        if spoke and one.people <= SMALL and one.on > first_on and one.channel != "event":
            yield Evidence(EvidenceKind.MET_AGAIN, one.on, source)
        if one.channel in OVER_FOOD and one.people <= SMALL:
            yield Evidence(EvidenceKind.OVER_FOOD, one.on, source)
        yield from (
            piece for piece in _from_note(one, source) if not _is_told_twice(piece, history)
        )
        yield from _help_noted(history, one, source)


def _from_note(one: Interaction, source: Source) -> Iterator[Evidence]:
    found = lexicon().found
    started = found(one.note, "they_started") if one.started_by is None else None
    if one.started_by is Side.THEM or started:
        yield Evidence(EvidenceKind.THEY_STARTED, one.on, source, words=started)
    for kind, words in NOTE_KINDS:
        said = found(one.note, words)
        if said:
            yield Evidence(kind, one.on, source, words=said)


def _is_told_twice(piece: Evidence, history: History) -> bool:
    """Whether a note tells of a deal that has a row of its own as a cooperation."""
    return piece.kind in (EvidenceKind.DEAL, EvidenceKind.IDEA_ACCEPTED) and any(
        abs((piece.on - one.began_on).days) <= SAME_DEAL_DAYS for one in history.cooperations
    )


def _help_noted(history: History, one: Interaction, source: Source) -> Iterator[Evidence]:
    """Help and introductions told in a note, where no row of their own was made within a week."""
    directions = {
        side
        for favour in history.favours
        if abs((favour.on - one.on).days) <= 7
        for side in _sides(favour.direction)
    }
    for kind, side, words in (
        (EvidenceKind.HELP_RECEIVED, Direction.RECEIVED, "help_received"),
        (EvidenceKind.HELP_GIVEN, Direction.GIVEN, "help_given"),
    ):
        said = lexicon().found(one.note, words) if side not in directions else None
        if said:
            yield Evidence(kind, one.on, source, size=NOTED, words=said)
    doors = (door.made_on for door in history.introductions if door.part is Part.OPENED)
    if not any(day is not None and abs((day - one.on).days) <= 7 for day in doors):
        said = lexicon().found(one.note, "introduction_noted")
        if said:
            yield Evidence(EvidenceKind.DOOR_OPENED, one.on, source, size=NOTED, words=said)


def _sides(direction: Direction) -> tuple[Direction, ...]:
    if direction is Direction.MUTUAL:
        return (Direction.GIVEN, Direction.RECEIVED)
    return (direction,)


def _from_favours(history: History) -> Iterator[Evidence]:
    for favour in history.favours:
        source = Source(SourceKind.FAVOUR, favour.id)
        size = HELP_SIZE.get(favour.benefit, 1.0) if favour.benefit else 1.0
        for side in _sides(favour.direction):
            kind = (
                EvidenceKind.HELP_GIVEN if side is Direction.GIVEN else EvidenceKind.HELP_RECEIVED
            )
            yield Evidence(kind, favour.on, source, size=size)


def _from_promises(history: History, today: date) -> Iterator[Evidence]:
    for promise in history.promises:
        source = Source(SourceKind.PROMISE, promise.id)
        broken_on = _broken_on(promise)
        if promise.kept_on is not None:
            kind = (
                EvidenceKind.PROMISE_KEPT_BY_THEM
                if promise.by is Side.THEM
                else EvidenceKind.PROMISE_KEPT_BY_ME
            )
            yield Evidence(kind, promise.kept_on, source)
        elif broken_on is not None and broken_on <= today:
            yield Evidence(EvidenceKind.PROMISE_BROKEN, broken_on, source)


def _broken_on(promise: Promise) -> date | None:
    """When their promise counts as broken; one without a date never does."""
    if promise.by is Side.ME or promise.due_on is None or not promise.is_open:
        return None
    return promise.due_on + timedelta(days=BROKEN_AFTER_DAYS)


def _from_introductions(history: History) -> Iterator[Evidence]:
    for door in history.introductions:
        kind = _door_kind(door)
        if kind is not None and door.made_on is not None:
            yield Evidence(kind, door.made_on, Source(SourceKind.INTRODUCTION, door.id))


def _door_kind(door: Introduction) -> EvidenceKind | None:
    match door.part:
        case Part.OPENED:
            return EvidenceKind.DOOR_OPENED
        case Part.CONNECTED:
            return EvidenceKind.DOOR_OPENED_FOR_THEM
        case Part.CAME:
            return None


def _from_cooperations(history: History, today: date) -> Iterator[Evidence]:
    for one in history.cooperations:
        ended = one.ended_on is not None and one.ended_on <= today
        size = FORM_SIZE.get(one.form, 1.0)
        if size:
            on = one.ended_on if ended and one.ended_on is not None else one.began_on
            source = Source(SourceKind.COOPERATION, one.id)
            yield Evidence(EvidenceKind.COOPERATION, on, source, size, running=not ended)
