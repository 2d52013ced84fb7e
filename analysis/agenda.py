"""Which few people a weekly message names: mixed on purpose, bounded, and without guilt.

A line somebody does not act on is no debt: it does not come again next week, and the person rests
twice as long each time it is passed over. People keep up with what feels doable; long lists of
what is overdue are what they stop reading.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

MOST_LINES: Final = 5
FIRST_REST_DAYS: Final = 14  # after one line passed over; twice as long after each further one
LONGEST_REST_DAYS: Final = 224


class Kind(StrEnum):
    """Why somebody is named, in the order in which the first places are given."""

    BIRTHDAY = "birthday"
    PROMISE = "promise"
    FADING = "fading"
    DUE = "due"
    THANKS = "thanks"
    NEW = "new"
    BRIDGE = "bridge"


#: At most so many lines of a kind in one message.
MOST: Final[Mapping[Kind, int]] = {
    Kind.BIRTHDAY: 2,
    Kind.PROMISE: 2,
    Kind.FADING: 5,
    Kind.DUE: 5,
    Kind.THANKS: 1,
    Kind.NEW: 1,
    Kind.BRIDGE: 1,
}
#: What a kind counts for, 0..1, before what the tie is worth.
PRESSING: Final[Mapping[Kind, float]] = {
    Kind.BIRTHDAY: 1.0,
    Kind.PROMISE: 0.95,
    Kind.FADING: 0.9,
    Kind.DUE: 0.7,
    Kind.THANKS: 0.6,
    Kind.NEW: 0.5,
    Kind.BRIDGE: 0.4,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be named for a reason. `worth`, 0..1: what would be lost."""

    contact_id: int
    kind: Kind
    worth: float

    @property
    def score(self) -> float:
        return PRESSING[self.kind] * (0.5 + self.worth / 2)


@dataclass(frozen=True, slots=True)
class Named:
    """A line of an earlier message; `answered`: the user did something with it."""

    on: date
    answered: bool


def rests(named: Sequence[Named], last_contact: date | None, today: date) -> bool:
    """Whether somebody is left in peace for having been named in vain.

    Only lines since the last contact and since the last answer count: 14 days after one of them,
    28 after two, and so on up to 224. A line of today does not count: asking twice on one day
    gives the same answer.
    """
    passed_over = 0
    latest = None
    for line in sorted(named, key=lambda line: line.on):
        if line.on >= today:
            continue
        if line.answered or (last_contact is not None and last_contact >= line.on):
            passed_over = 0
            continue
        passed_over += 1
        latest = line.on
    if latest is None or passed_over == 0:
        return False
    rest_days: int = min(FIRST_REST_DAYS * 2 ** (passed_over - 1), LONGEST_REST_DAYS)
    return (today - latest).days < rest_days


def choose(candidates: Iterable[Candidate], most: int = MOST_LINES) -> tuple[Candidate, ...]:
    """At most `most` people, the most pressing first; ties by contact id.

    One line a person, for the most pressing reason. Each kind there is gets a place before any
    gets its second, so that the message is mixed; the rest goes by score within each kind's limit.
    """
    best: dict[int, Candidate] = {}
    for each in sorted(candidates, key=_order):
        best.setdefault(each.contact_id, each)
    ranked = sorted(best.values(), key=_order)
    firsts = {kind: next((each for each in ranked if each.kind is kind), None) for kind in Kind}
    chosen = [each for each in firsts.values() if each is not None][:most]
    taken = Counter(each.kind for each in chosen)
    for each in ranked:
        if len(chosen) < most and each not in chosen and taken[each.kind] < MOST[each.kind]:
            chosen.append(each)
            taken[each.kind] += 1
    return tuple(sorted(chosen, key=_order))


def _order(candidate: Candidate) -> tuple[float, int]:
    return (-candidate.score, candidate.contact_id)
