"""Which ties are fading, each against its own rhythm.

The chance comes from `analysis.rhythm`; here it becomes a claim, or the refusal to make one. The
question put to each tie is whether it will stay silent for three of its own gaps more.

Sources: stable ties keep a rhythm, bursty ones decay more, and a halt beyond some eight times the
usual gap most likely is the end (Navarro, Miritello, Canales & Moro 2017, 'Temporal patterns
behind the strength of persistent ties', EPJ Data Science 6). Days with contact say more than
counts of contacts (Ureña-Carrion, Saramäki & Kivelä 2020, EPJ Data Science 9). Ties that end do
not thin out first, they stop, and how long a new one lasts shows in its first weeks (Vergara Hidd
et al. 2023, 'The stability of transient relationships', Scientific Reports 13).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from analysis.rhythm import Rhythm, learn_rhythm

FEWEST_CONTACT_DAYS: Final = 3
SHORTEST_SILENCE_DAYS: Final = 7
LONGEST_OUTLOOK_DAYS: Final = 180
GAPS_AHEAD: Final = 3
GAPS_OF_GRACE: Final = 2
FLAG_SCORE: Final = 0.70
SLOWING_CHANCE: Final = 0.50
CHANCE_DAYS: Final = 30
STALE_LOG_DAYS: Final = 14
FOLLOW_UP_FROM_DAYS: Final = 3
FOLLOW_UP_UNTIL_DAYS: Final = 56


class Status(StrEnum):
    """Where a tie stands; the first that fits, in this order."""

    QUIET_ON_PURPOSE = "quiet_on_purpose"
    PAUSED = "paused"
    NEW = "new"
    FADING = "fading"
    SLOWING = "slowing"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Pause:
    """A span of days, both ends included, in which silence does not count."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a pause cannot end ({self.last}) before it begins ({self.first})")


@dataclass(frozen=True, slots=True)
class Fading:
    """What can be said of one tie today.

    `silent_days` counts from the last contact to today, `counted_silent_days` leaves pauses out;
    both None before the first contact. `usual_gap_days` is the tie's own median gap, for words,
    None below two gaps. `score` is what to order by, `chance` that of no contact in the next 30
    days, `slowing` that of the tie having ended; all 0..1, None below three contact days, where no
    claim is made. `flagged`: call it fading. `due`: the cadence the user asked for has run out.
    `follow_up`: a new acquaintance worth a word.
    """

    status: Status
    contact_days: int
    last_contact: date | None
    silent_days: int | None
    counted_silent_days: int | None
    usual_gap_days: float | None
    cadence_days: float | None
    score: float | None
    chance: float | None
    slowing: float | None
    flagged: bool
    due: bool
    follow_up: bool


def assess(
    days: Sequence[date],
    today: date,
    *,
    cadence_days: float | None = None,
    quiet: bool = False,
    pauses: Sequence[Pause] = (),
    known_since: date | None = None,
) -> Fading:
    """How one tie stands today, from the days of contact in any order.

    Several contacts on a day are one; days after today are ignored. `cadence_days` is the rhythm
    the user wishes for: it weighs in the chances, and takes the place of the tie's own median in
    deciding what is a silence at all. A `quiet` tie ('leave it') is never flagged, due or offered.
    `known_since` is when a contact was added, for those never yet talked to. Raises ValueError
    for a cadence that is not above zero.
    """
    today_ordinal = today.toordinal()
    ordinals = sorted({day.toordinal() for day in days})
    while ordinals and ordinals[-1] > today_ordinal:
        ordinals.pop()
    spans = _merge(pauses) if pauses else ()
    counted = [_without_pauses(day, spans) for day in ordinals] if spans else ordinals
    gaps = [after - before for before, after in pairwise(counted)]
    if spans:  # a gap that lay in a pause is still a gap
        gaps = [gap or 1 for gap in gaps]
    rhythm = learn_rhythm(gaps, cadence_days)
    silent = counted_silent = None
    if ordinals:
        silent = today_ordinal - ordinals[-1]
        counted_silent = _without_pauses(today_ordinal, spans) - counted[-1] if spans else silent
    resting = quiet or any(pause.first <= today <= pause.last for pause in pauses)
    return _judge(
        rhythm,
        contact_days=len(ordinals),
        last_contact=date.fromordinal(ordinals[-1]) if ordinals else None,
        silent_days=silent,
        counted_silent_days=counted_silent,
        cadence_days=cadence_days,
        quiet=quiet,
        resting=resting,
        known_days=None if known_since is None else (today - known_since).days,
    )


def score_silence(rhythm: Rhythm, silent_days: float) -> float:
    """Chance, 0..1, that the tie stays silent for three of its gaps more (7 to 180 days)."""
    return rhythm.chance_silent(silent_days, outlook_days(GAPS_AHEAD * rhythm.expected_gap_days))


def outlook_days(days: float) -> float:
    """A look ahead of this many days, held between a week and half a year."""
    return min(max(days, SHORTEST_SILENCE_DAYS), LONGEST_OUTLOOK_DAYS)


def log_is_stale(last_logged_any: date | None, today: date) -> bool:
    """Whether the log is missing rather than the ties: 14 days without contact with anybody.

    `last_logged_any` is the newest contact day of all contacts together, None when there is none.
    While this holds, call no tie fading; ask whether there is something to log.
    """
    return last_logged_any is None or (today - last_logged_any).days >= STALE_LOG_DAYS


def less_often_days(fading: Fading) -> int:
    """The cadence that 'less often' stands for: twice the present one, in whole days.

    Without a cadence the usual gap is doubled, or a week where none is known. Never so short that
    the present silence is over it already: what was asked for is peace.
    """
    present = fading.cadence_days or fading.usual_gap_days or SHORTEST_SILENCE_DAYS
    return max(round(2 * present), (fading.silent_days or 0) + SHORTEST_SILENCE_DAYS)


def _judge(
    rhythm: Rhythm,
    *,
    contact_days: int,
    last_contact: date | None,
    silent_days: int | None,
    counted_silent_days: int | None,
    cadence_days: float | None,
    quiet: bool,
    resting: bool,
    known_days: int | None,
) -> Fading:
    score = chance = slowing = None
    flagged = False
    if counted_silent_days is not None and contact_days >= FEWEST_CONTACT_DAYS:
        score = score_silence(rhythm, counted_silent_days)
        chance = rhythm.chance_silent(counted_silent_days, CHANCE_DAYS)
        slowing = rhythm.chance_faded(counted_silent_days)
        usual = cadence_days or rhythm.median_gap_days or 0.0
        grace = max(SHORTEST_SILENCE_DAYS, GAPS_OF_GRACE * usual)
        flagged = not resting and counted_silent_days >= grace and score >= FLAG_SCORE
    waiting = known_days if counted_silent_days is None else counted_silent_days
    return Fading(
        status=_status(contact_days, slowing, flagged=flagged, quiet=quiet, resting=resting),
        contact_days=contact_days,
        last_contact=last_contact,
        silent_days=silent_days,
        counted_silent_days=counted_silent_days,
        usual_gap_days=rhythm.median_gap_days if rhythm.gaps >= 2 else None,
        cadence_days=cadence_days,
        score=score,
        chance=chance,
        slowing=slowing,
        flagged=flagged,
        due=not resting and cadence_days is not None and _over(waiting, cadence_days),
        follow_up=not resting and _wants_follow_up(contact_days, waiting),
    )


def _over(waiting_days: int | None, cadence_days: float) -> bool:
    """A contact never talked to, added nobody knows when, is due as soon as a cadence is set."""
    return waiting_days is None or waiting_days >= cadence_days


def _wants_follow_up(contact_days: int, waiting_days: int | None) -> bool:
    """After a first or second contact, within the weeks that decide; before the first, until made.

    Most such ties go silent whatever is done, so the offer ends by itself after eight weeks.
    """
    if contact_days >= FEWEST_CONTACT_DAYS:
        return False
    if waiting_days is None:
        return True
    if contact_days == 0:
        return waiting_days >= FOLLOW_UP_FROM_DAYS
    return FOLLOW_UP_FROM_DAYS <= waiting_days <= FOLLOW_UP_UNTIL_DAYS


def _status(
    contact_days: int, slowing: float | None, *, flagged: bool, quiet: bool, resting: bool
) -> Status:
    if quiet:
        return Status.QUIET_ON_PURPOSE
    if resting:
        return Status.PAUSED
    if contact_days < FEWEST_CONTACT_DAYS:
        return Status.NEW
    if flagged:
        return Status.FADING
    return Status.SLOWING if slowing is not None and slowing >= SLOWING_CHANCE else Status.STEADY


def _merge(pauses: Sequence[Pause]) -> tuple[tuple[int, int], ...]:
    """Pauses as ordinals, first day and day after the last, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    for first, end in sorted((p.first.toordinal(), p.last.toordinal() + 1) for p in pauses):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((first, end))
    return tuple(spans)


def _without_pauses(ordinal: int, spans: Sequence[tuple[int, int]]) -> int:
    """The day counted as if the paused days up to it had not been."""
    return ordinal - sum(min(ordinal + 1, end) - first for first, end in spans if first <= ordinal)
