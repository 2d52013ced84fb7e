"""The rhythm of one tie: how often two people are in touch, and what a silence then means.

Contact comes in bursts, so neither a fixed interval nor 'days since last over the usual gap' tells
a pause from an end. Here the gaps between contact days are taken as log-normal, their mean and
spread shrunk towards values common to all ties (a normal-inverse-gamma prior), and every contact
may have been the last one, the less likely the more often the tie has come back before.

The shrinkage is the conjugate update of Gelman et al., 'Bayesian Data Analysis', for a normal
with unknown mean and variance. That a tie may have ended at any contact, and that silence is the
only sign of it, is the idea of the 'buy till you die' models (Fader, Hardie & Lee 2005,
'"Counting Your Customers" the Easy Way', Marketing Science 24).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, log, sqrt

COMMON_LOG_GAP = 2.0  # M0: e² is about a week
COMMON_WEIGHT = 0.5  # K0: the common mean counts as half a gap
CADENCE_WEIGHT = 2.0  # K0 where the user named the rhythm: their word counts as two gaps
COMMON_LOG_VARIANCE = 1.2  # S2
VARIANCE_WEIGHT = 6.0  # NU0
HALF_LIFE_GAPS = 12  # a gap this many gaps ago counts half
END_RATE, END_WEIGHT = 0.8, 3.0  # A, B: odds that a contact was the last one are A/(B + gaps)
SMALLEST_SILENCE_DAYS = 0.3

_DECAY: float = 2.0 ** (-1 / HALF_LIFE_GAPS)
_SQRT2 = sqrt(2)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the gaps of one tie say about the next one.

    `median_gap_days` is the tie's own, for words (None without a gap). `log_mean` and `log_spread`
    are those of the log-normal gap in days, shrunk, for chances. `end_odds` are the odds that any
    one contact was the last.
    """

    gaps: int
    median_gap_days: float | None
    log_mean: float
    log_spread: float
    end_odds: float

    @property
    def expected_gap_days(self) -> float:
        """Median of the shrunk gap, in days."""
        return exp(self.log_mean)

    def survival(self, silent_days: float) -> float:
        """Chance that a tie still alive is silent for longer than this, 0..1.

        Contact is known by the day only, so half a day is taken off.
        """
        days = silent_days - 0.5
        if days < SMALLEST_SILENCE_DAYS:
            days = SMALLEST_SILENCE_DAYS
        return 0.5 * erfc((log(days) - self.log_mean) / (self.log_spread * _SQRT2))

    def chance_faded(self, silent_days: float) -> float:
        """Chance that the tie has ended, 0..1; never falls as the silence grows."""
        return self.end_odds / (self.end_odds + self.survival(silent_days))

    def chance_silent(self, silent_days: float, further_days: float) -> float:
        """Chance of no contact for `further_days` more, 0..1.

        The same as P(faded) + (1 - P(faded)) S(r + H) / S(r), written so that it stays defined
        when a very long silence makes S(r) zero.
        """
        ahead = self.survival(silent_days + further_days)
        return (self.end_odds + ahead) / (self.end_odds + self.survival(silent_days))


def learn_rhythm(gap_days: Sequence[int], cadence_days: float | None = None) -> Rhythm:
    """The rhythm behind these gaps between contact days, oldest first, each at least one day.

    A cadence named by the user takes the place of the common mean and weighs more. Linear in the
    number of gaps but for the sort behind the median.
    """
    if cadence_days is not None and not cadence_days > 0:
        raise ValueError(f"a cadence is a number of days above zero, not {cadence_days}")
    decay = _DECAY
    first = second = 0.0
    for gap in gap_days:
        log_gap = log(gap)
        first = first * decay + log_gap
        second = second * decay + log_gap * log_gap
    weight: float = (1 - decay ** len(gap_days)) / (1 - decay)
    common_mean = COMMON_LOG_GAP if cadence_days is None else log(cadence_days)
    common_weight = COMMON_WEIGHT if cadence_days is None else CADENCE_WEIGHT
    mean = first / weight if weight else common_mean
    squares = max(0.0, second - weight * mean * mean)
    total = common_weight + weight
    pull = common_weight * weight * (mean - common_mean) ** 2 / total
    variance = (VARIANCE_WEIGHT * COMMON_LOG_VARIANCE + squares + pull) / (VARIANCE_WEIGHT + weight)
    return Rhythm(
        gaps=len(gap_days),
        median_gap_days=_median(gap_days),
        log_mean=(common_weight * common_mean + first) / total,
        log_spread=sqrt(variance * (1 + 1 / total)),
        end_odds=END_RATE / (END_WEIGHT + len(gap_days)),
    )


def _median(gap_days: Sequence[int]) -> float | None:
    if not gap_days:
        return None
    ordered = sorted(gap_days)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (ordered[middle - 1] + ordered[middle]) / 2
