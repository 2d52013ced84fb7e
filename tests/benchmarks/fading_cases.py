"""What happened next, for each tie of a trace: the questions a detector is asked, with answers.

*Cuts*: on twelve days spread evenly over the middle of the trace each live tie is judged from what
lies before, and labelled by what comes after. A label is left open when the ego is no longer seen
at the end of its window. *Silences*: every pause between two contacts, and the one after the last.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis.fading import (
    CHANCE_DAYS,
    FEWEST_CONTACT_DAYS,
    GAPS_AHEAD,
    GAPS_OF_GRACE,
    SHORTEST_SILENCE_DAYS,
    outlook_days,
    score_silence,
)
from analysis.rhythm import learn_rhythm
from tests.benchmarks.fading_trace import Tie, Trace

CUTS = 12
FIRST_CUT, LAST_CUT = 0.3, 0.9  # shares of the trace's span
LIVE_DAYS, LIVE_GAPS = 90, 3
RATE_DAYS, NEXT_DAYS = 90, 60
FADE_DAYS, FADE_GAPS = 60, 8
EARLY_DAY = 28


@dataclass(frozen=True, slots=True)
class Case:
    """A live tie on a cut day: what ours says, and what came (None: not seen)."""

    ego: int
    cut_day: int
    silent_days: int
    score: float
    chance: float
    faded: float
    stays_silent: bool | None  # for three of its own median gaps, 7 to 180 days
    silent_30: bool | None
    halves: bool | None  # contact days in the next 60 under half of the trailing rate


@dataclass(frozen=True, slots=True)
class Silence:
    """One pause, its score on its last day and on day 28 at the latest (None: not nudged yet)."""

    ego: int
    days: int
    score_at_end: float | None
    score_early: float | None
    is_fade: bool


def cut_days(trace: Trace) -> list[int]:
    """Twelve days from 30 % to 90 % of the span, evenly spread."""
    span = trace.last_day - trace.first_day
    step = (LAST_CUT - FIRST_CUT) / (CUTS - 1)
    return sorted({trace.first_day + round(span * (FIRST_CUT + step * i)) for i in range(CUTS)})


def cases(trace: Trace) -> Iterator[Case]:
    """Every live tie with three contact days or more, on every cut day."""
    cuts = cut_days(trace)
    for tie in trace.ties:
        for cut in cuts:
            case = _case(tie, cut, trace.ego_last_day[tie.ego])
            if case is not None:
                yield case


def silences(trace: Trace) -> Iterator[Silence]:
    """Every silence long enough for a nudge, from a tie's third contact day on.

    The silence after the last contact counts when the ego was seen long enough to call it a fade.
    """
    for tie in trace.ties:
        gaps = [after - before for before, after in pairwise(tie.days)]
        unseen = trace.ego_last_day[tie.ego] - tie.days[-1] + 1
        for index, gap in enumerate([*gaps, unseen]):
            if index + 1 < FEWEST_CONTACT_DAYS or gap <= SHORTEST_SILENCE_DAYS:
                continue
            silence = _silence(tie.ego, gaps[:index], gap)
            if index < len(gaps) or silence.is_fade:
                yield silence


def _case(tie: Tie, cut: int, ego_last_day: int) -> Case | None:
    known = bisect_right(tie.days, cut)
    if known < FEWEST_CONTACT_DAYS:
        return None
    silent = cut - tie.days[known - 1]
    rhythm = learn_rhythm([after - before for before, after in pairwise(tie.days[:known])])
    median = rhythm.median_gap_days or 0.0
    if silent > max(LIVE_DAYS, LIVE_GAPS * median):
        return None
    seen = ego_last_day - cut
    until_next = tie.days[known] - cut if known < len(tie.days) else None

    def stays_silent(days: float) -> bool | None:
        return None if seen < days else until_next is None or until_next > days

    return Case(
        ego=tie.ego,
        cut_day=cut,
        silent_days=silent,
        score=score_silence(rhythm, silent),
        chance=rhythm.chance_silent(silent, CHANCE_DAYS),
        faded=rhythm.chance_faded(silent),
        stays_silent=stays_silent(outlook_days(GAPS_AHEAD * median)),
        silent_30=stays_silent(CHANCE_DAYS),
        halves=_halves(tie, cut, known) if seen >= NEXT_DAYS else None,
    )


def _halves(tie: Tie, cut: int, known: int) -> bool | None:
    """None where the last 90 days hold too few contact days for a rate."""
    trailing = known - bisect_right(tie.days, cut - RATE_DAYS)
    if trailing < FEWEST_CONTACT_DAYS:
        return None
    following = bisect_right(tie.days, cut + NEXT_DAYS) - known
    return following / NEXT_DAYS < trailing / RATE_DAYS / 2


def _silence(ego: int, gaps: list[int], gap: int) -> Silence:
    """`gap` days from contact to contact are a silence of at most gap - 1 days."""
    rhythm = learn_rhythm(gaps)
    median = rhythm.median_gap_days or 0.0
    grace = max(SHORTEST_SILENCE_DAYS, GAPS_OF_GRACE * median)
    longest, early = gap - 1, min(gap - 1, EARLY_DAY)
    return Silence(
        ego=ego,
        days=longest,
        score_at_end=score_silence(rhythm, longest) if longest >= grace else None,
        score_early=score_silence(rhythm, early) if early >= grace else None,
        is_fade=gap >= max(FADE_DAYS, FADE_GAPS * median),
    )
