"""What went each way between the user and one contact, and in which direction it leans.

Ties last where help goes both ways (Kilduff & Tsai, as restated by the essay this product follows).
This is a direction in words, never a debt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.history import Benefit, Direction, History, Part
from analysis.lexicon import lexicon

HALF_LIFE_DAYS = 365  # what was given a year ago tells half as much about the tie as it is now
LEANS_FROM = 0.70  # share of one side from which a level exchange is said to lean
LEVEL_BELOW = 0.60  # and below which it is said to be level again
THANKS_WITHIN_DAYS = 180  # thanks later than this would puzzle more than please


class Lean(StrEnum):
    TOO_EARLY = "too_early"
    BALANCED = "balanced"
    YOU_GAVE_MORE = "you_gave_more"
    THEY_GAVE_MORE = "they_gave_more"
    ONLY_YOU_GAVE = "only_you_gave"
    ONLY_THEY_GAVE = "only_they_gave"


@dataclass(frozen=True)
class Help:
    """One time one side helped the other: a favour, or an introduction that was made."""

    on: date
    what: str
    benefit: Benefit | None
    thanked: bool = False
    favour_id: int | None = None
    introduction_id: int | None = None


@dataclass(frozen=True)
class Reciprocity:
    """`given` and `received` are newest first; a mutual favour is in both."""

    lean: Lean
    given: tuple[Help, ...]
    received: tuple[Help, ...]
    thanks_owed: tuple[Help, ...]

    def by_benefit(self, benefit: Benefit | None) -> tuple[tuple[Help, ...], tuple[Help, ...]]:
        """What was given and what was received of one kind (None: kind not told)."""
        return (
            tuple(help_ for help_ in self.given if help_.benefit is benefit),
            tuple(help_ for help_ in self.received if help_.benefit is benefit),
        )


def weigh(history: History, today: date, before: Lean | None = None) -> Reciprocity:
    """Tell what went each way and how it leans; `before` is the lean last told to the user.

    With fewer than two helps on record it is too early to tell. Older help counts less (half
    after a year). A lean once told stays until the exchange is clearly level again, so one favour
    does not make it flicker. Help dated after today is left out.
    """
    given = _helps(history, today, Direction.GIVEN, Part.CONNECTED)
    received = _helps(history, today, Direction.RECEIVED, Part.OPENED)
    owed = tuple(
        help_
        for help_ in received
        if not help_.thanked and (today - help_.on).days <= THANKS_WITHIN_DAYS
    )
    return Reciprocity(_lean(given, received, today, before), given, received, owed)


def _helps(history: History, today: date, direction: Direction, part: Part) -> tuple[Help, ...]:
    thanks = _thanks_days(history) if direction is Direction.RECEIVED else ()
    favours = [
        Help(
            favour.on,
            favour.what,
            favour.benefit,
            favour.direction is Direction.MUTUAL  # a swap needs no thanks
            or favour.thanked_on is not None
            or any(day >= favour.on for day in thanks),
            favour_id=favour.id,
        )
        for favour in history.favours
        if favour.direction in (direction, Direction.MUTUAL) and favour.on <= today
    ]
    doors = [
        Help(
            door.made_on,
            door.other,
            Benefit.ACCESS,
            door.thanked_on is not None or any(day >= door.made_on for day in thanks),
            introduction_id=door.id,
        )
        for door in history.introductions
        if door.part is part and door.made_on is not None and door.made_on <= today
    ]
    return tuple(sorted(favours + doors, key=_newest_first))


def _newest_first(help_: Help) -> tuple[int, int, int]:
    return (-help_.on.toordinal(), help_.favour_id or 0, help_.introduction_id or 0)


def _thanks_days(history: History) -> tuple[date, ...]:
    """The days whose notes tell that the user thanked them."""
    if not history.favours and not history.introductions:
        return ()
    notes = ((one.on, one.note) for one in history.interactions if one.note)
    return tuple(on for on, note in notes if lexicon().found(note, "thanks"))


def _lean(
    given: Sequence[Help], received: Sequence[Help], today: date, before: Lean | None
) -> Lean:
    if len(given) + len(received) < 2:
        return Lean.TOO_EARLY
    if not received:
        return Lean.ONLY_YOU_GAVE
    if not given:
        return Lean.ONLY_THEY_GAVE
    gave, got = (sum(_fade(help_, today) for help_ in side) for side in (given, received))
    share = gave / (gave + got)
    if share >= (LEVEL_BELOW if before is Lean.YOU_GAVE_MORE else LEANS_FROM):
        return Lean.YOU_GAVE_MORE
    if 1 - share >= (LEVEL_BELOW if before is Lean.THEY_GAVE_MORE else LEANS_FROM):
        return Lean.THEY_GAVE_MORE
    return Lean.BALANCED


def _fade(help_: Help, today: date) -> float:
    return float(0.5 ** ((today - help_.on).days / HALF_LIFE_DAYS))
