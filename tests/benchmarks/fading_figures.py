"""The figures of the detector's benchmark, each with its share from every ego.

A figure keeps per-ego sums, so that resampling egos costs one pass over them. Rates are resampled
exactly. For the area under the curve each case counts with the share of the other class it beats
in the whole trace (its placement), as in DeLong, DeLong & Clarke-Pearson (1988).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

INTERVAL = (0.025, 0.975)

Sums = tuple[Sequence[float], Sequence[float]]  # numerator and denominator, one entry per ego


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the ratios over egos whose sum less `offset` is the resampled figure."""

    value: float
    ratios: tuple[Sums, ...]
    offset: float = 0.0

    def interval(self, resamples: int, seed: int = 1) -> tuple[float, float]:
        """95 % bootstrap interval, egos resampled with replacement."""
        random = Random(seed)
        egos = range(len(self.ratios[0][0]))
        values = []
        for _ in range(resamples):
            drawn = random.choices(egos, k=len(egos))
            value = -self.offset
            for above, below in self.ratios:
                total = sum(below[ego] for ego in drawn)
                value += sum(above[ego] for ego in drawn) / total if total else self.value
            values.append(value)
        values.sort()
        low, high = (values[round(share * (resamples - 1))] for share in INTERVAL)
        return low, high


def rate(egos: Sequence[int], values: Sequence[float], ego_count: int) -> Figure | None:
    """Mean of the values; None without any."""
    if not values:
        return None
    above, below = array("d", bytes(8 * ego_count)), array("d", bytes(8 * ego_count))
    for ego, value in zip(egos, values, strict=True):
        above[ego] += value
        below[ego] += 1
    return Figure(sum(values) / len(values), ((above, below),))


def area_under_curve(
    egos: Sequence[int], scores: Sequence[float], labels: Sequence[bool], ego_count: int
) -> Figure | None:
    """Chance that a positive scores above a negative, equal scores counting half; exact, by ranks.

    None when either class is empty.
    """
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    won, drawn_positives, lost, drawn_negatives = (
        array("d", bytes(8 * ego_count)) for _ in range(4)
    )
    order = sorted(range(len(scores)), key=scores.__getitem__)
    below_positive = below_negative = start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        equal_positive = sum(labels[case] for case in order[start:end])
        equal_negative = end - start - equal_positive
        beaten = (below_negative + equal_negative / 2) / negatives
        beaten_by = 1 - (below_positive + equal_positive / 2) / positives
        for case in order[start:end]:
            if labels[case]:
                won[egos[case]] += beaten
                drawn_positives[egos[case]] += 1
            else:
                lost[egos[case]] += beaten_by
                drawn_negatives[egos[case]] += 1
        below_positive += equal_positive
        below_negative += equal_negative
        start = end
    value = sum(won) / positives
    return Figure(value, ((won, drawn_positives), (lost, drawn_negatives)), offset=value)
