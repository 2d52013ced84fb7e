"""How strong the tie between the user and a contact is, with its reasons.

There is no single scale of tie strength. Granovetter (1973, 'The Strength of Weak Ties') names
time spent, emotional intensity, intimacy and services both ways; Marsden & Campbell (1984,
'Measuring Tie Strength', Social Forces 63) find closeness the best single sign, and frequency
misleading between people who meet anyhow, such as co-workers. Gilbert & Karahalios (2009,
'Predicting Tie Strength with Social Media', CHI) tell strong from weak by how recent, how intimate
and how mutual contact is; Ureña-Carrion, Saramäki & Kivelä (2020, EPJ Data Science 9) by days with
contact and their spread over time rather than by counts.

Each of these is a ground for calling a tie strong. What the user never wrote down is no ground
against it, so the grounds are joined as independent chances: 1 minus the product of what each
leaves open. The weights are judgements in that order, not fitted to data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log, prod
from typing import Final

from analysis.fading import Fading
from analysis.history import Cooperation, Direction, Favour, Form, Interaction, Side
from analysis.stages import Stage

STRONG_FROM: Final = 0.6
HALF_LIFE_DAYS: Final = 180  # a contact or favour this long ago counts half
FULL_CONTACT: Final = 37.6  # decayed contact days of one who is met every week for good
FULL_EXCHANGE: Final = 4.0  # decayed favours, both ways together
FULL_SHARED: Final = 4  # events attended together, a work counting as two
FULL_NOTED: Final = 4  # contacts whose beginning was noted
YEAR_DAYS: Final = 365
QUARTER_DAYS: Final = 91
SLOW_GAP_DAYS: Final = 60
PURPOSE_WORTH: Final = 0.3
BRIDGE_WORTH: Final = 0.4

CLOSENESS: Final[Mapping[Stage, float]] = {
    Stage.KNOW: 0.1,
    Stage.LIKE: 0.5,
    Stage.TRUST: 0.9,
    Stage.BUY: 1.0,
}
IN_PERSON: Final = frozenset({"meeting", "coffee", "meal", "event"})
ALMOST_IN_PERSON: Final = frozenset({"call", "video"})


class Ground(StrEnum):
    """Why a tie counts as strong, and the numbers each reason carries for the words."""

    KIN = "kin"  # ()
    CLOSENESS = "closeness"  # ()
    FREQUENCY = "frequency"  # (contact days in the last 365,)
    EXCHANGE = "exchange"  # (favours given, favours received)
    COMMUNITY = "community"  # ()
    SHARED = "shared"  # (works done together, events attended together)
    STEADINESS = "steadiness"  # (quarters of the last four with contact,)
    IN_PERSON = "in_person"  # (share of contacts in person, 0..1)
    RECENCY = "recency"  # (days since the last contact,)
    MUTUALITY = "mutuality"  # (share begun by the user, 0..1)


WEIGHTS: Final[Mapping[Ground, float]] = {
    Ground.KIN: 0.65,
    Ground.CLOSENESS: 0.65,
    Ground.FREQUENCY: 0.5,
    Ground.EXCHANGE: 0.45,
    Ground.COMMUNITY: 0.35,
    Ground.SHARED: 0.35,
    Ground.STEADINESS: 0.3,
    Ground.IN_PERSON: 0.2,
    Ground.RECENCY: 0.15,
    Ground.MUTUALITY: 0.15,
}


@dataclass(frozen=True, slots=True)
class TieHistory:
    """What is known of one tie; everything may be left out, and be in any order.

    `same_organisation`: they meet anyhow, so frequency says less. `serves_purpose`: the tie fits
    what the user wants the network for. `bridges_to`: the group or organisation that only this
    tie reaches.
    """

    interactions: tuple[Interaction, ...] = ()
    favours: tuple[Favour, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    stage: Stage | None = None
    kin: bool = False
    community: bool = False
    same_organisation: bool = False
    serves_purpose: bool = False
    bridges_to: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground: how much it alone would make of the tie, 0..1, and its numbers."""

    ground: Ground
    weight: float
    numbers: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Strength:
    """Strength 0..1, whether that is strong, and the grounds, weightiest first."""

    value: float
    strong: bool
    reasons: tuple[Reason, ...]


def measure_strength(history: TieHistory, today: date) -> Strength:
    """Strength of the tie today, 0..1; what is dated after today is left out."""
    found = (
        *_stated(history),
        *_contact(history, today),
        _shared(history, today),
        _exchange(history, today),
    )
    reasons = sorted(
        (
            Reason(ground, WEIGHTS[ground] * degree, numbers)
            for ground, degree, numbers in found
            if degree > 0
        ),
        key=lambda reason: (-reason.weight, reason.ground),
    )
    value = 1 - prod(1 - reason.weight for reason in reasons)
    return Strength(value, value >= STRONG_FROM, tuple(reasons))


def is_quiet_by_nature(strength: Strength, fading: Fading) -> bool:
    """A weak tie without a rhythm of its own, or a slow one: its silence is no failing.

    Say nothing of fading there. Not so when the user asked for a cadence.
    """
    if strength.strong or fading.cadence_days is not None:
        return False
    return fading.usual_gap_days is None or fading.usual_gap_days >= SLOW_GAP_DAYS


def is_worth_warming(history: TieHistory, strength: Strength) -> bool:
    """A weak tie that alone reaches a group or organisation.

    Bridges are weak ties, and what is new comes over them (Granovetter 1973; Burt 1992,
    'Structural Holes').
    """
    return history.bridges_to is not None and not strength.strong


def tie_worth(history: TieHistory, today: date) -> float:
    """What keeping the tie is worth, 0..1: its strength and stage, its purpose, its bridge.

    Strength is taken as it was at the last contact: a silence must not talk down the very tie it
    endangers.
    """
    days = (interaction.on for interaction in history.interactions)
    last = max((day for day in days if day <= today), default=today)
    left = 1 - measure_strength(history, last).value
    if history.serves_purpose:
        left *= 1 - PURPOSE_WORTH
    if history.bridges_to is not None:
        left *= 1 - BRIDGE_WORTH
    return 1 - left


def urgency(fading: Fading, worth: float) -> float:
    """What to order by, 0..1: chance of silence times what would be lost. 0 without a claim."""
    return (fading.score or 0.0) * worth


_Found = tuple[Ground, float, tuple[float, ...]]


def _stated(history: TieHistory) -> tuple[_Found, ...]:
    return (
        (Ground.KIN, float(history.kin), ()),
        (Ground.COMMUNITY, float(history.community), ()),
        (Ground.CLOSENESS, CLOSENESS[history.stage] if history.stage else 0.0, ()),
    )


def _contact(history: TieHistory, today: date) -> tuple[_Found, ...]:
    past = [interaction for interaction in history.interactions if interaction.on <= today]
    if not past:
        return ()
    ages = sorted({(today - interaction.on).days for interaction in past})
    quarters = len({age // QUARTER_DAYS for age in ages if age < 4 * QUARTER_DAYS})
    frequency = _saturate(sum(map(_decay, ages)), FULL_CONTACT)
    if history.same_organisation:
        frequency /= 2
    in_person = sum(_presence(interaction.channel) for interaction in past) / len(past)
    return (
        (Ground.FREQUENCY, frequency, (sum(age < YEAR_DAYS for age in ages),)),
        (Ground.STEADINESS, quarters / 4 if len(ages) > 1 else 0.0, (quarters,)),
        (Ground.IN_PERSON, in_person * _decay(ages[0]), (in_person,)),
        (Ground.RECENCY, _decay(ages[0]), (ages[0],)),
        _mutuality(past),
    )


def _mutuality(past: Sequence[Interaction]) -> _Found:
    """Contact that both begin. One or two noted beginnings say little either way."""
    noted = [one.started_by for one in past if one.started_by is not None]
    if not noted:
        return (Ground.MUTUALITY, 0.0, ())
    mine = noted.count(Side.ME) / len(noted)
    balance = 1 - abs(2 * mine - 1)
    return (Ground.MUTUALITY, balance * min(len(noted) / FULL_NOTED, 1.0), (mine,))


def _shared(history: TieHistory, today: date) -> _Found:
    """Work done and events attended together; acquaintance alone is no cooperation."""
    works = sum(
        work.began_on <= today and work.form is not Form.ACQUAINTANCE
        for work in history.cooperations
    )
    events = sum(one.on <= today and one.channel == "event" for one in history.interactions)
    degree = min((2 * works + events) / FULL_SHARED, 1.0)
    return (Ground.SHARED, degree, (works, events))


def _exchange(history: TieHistory, today: date) -> _Found:
    """Help one way counts a quarter of what the same help both ways does."""
    favours = [favour for favour in history.favours if favour.on <= today]
    given, received = (
        [favour for favour in favours if favour.direction in {way, Direction.MUTUAL}]
        for way in (Direction.GIVEN, Direction.RECEIVED)
    )
    amounts = [sum(_decay((today - favour.on).days) for favour in way) for way in (given, received)]
    degree = _saturate(2 * min(amounts) + (max(amounts) - min(amounts)) / 2, FULL_EXCHANGE)
    return (Ground.EXCHANGE, degree, (len(given), len(received)))


def _presence(channel: str) -> float:
    return 1.0 if channel in IN_PERSON else 0.5 if channel in ALMOST_IN_PERSON else 0.0


def _decay(age_days: int) -> float:
    return float(2 ** (-age_days / HALF_LIFE_DAYS))


def _saturate(amount: float, full: float) -> float:
    """0 at none, 1 at `full` and beyond, each further unit saying less than the one before."""
    return min(log(1 + amount) / log(1 + full), 1.0)
