"""The detector on made-up traces, one for each kind of rhythm, to see where it would break.

    python -m tests.benchmarks.fading_synthetic [KIND ...]

In each, 60 egos have 20 ties over three years; how often a tie is in touch differs by a factor of
some twenty within an ego, and a tie ends after a time drawn at random, or never. The kinds:

poisson   contact at any time alike         bursty    log-normal gaps, most short, a few long
weekly    on one weekday, some weeks missed  seasonal  nothing in July and August
letters   a letter every few months
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from random import Random

from tests.benchmarks.fading import METHODS, document, measure
from tests.benchmarks.fading_trace import Tie, Trace

EGOS, TIES, DAYS = 60, 20, 1095
MEAN_LIFE_DAYS = 700
YEAR_DAYS, SUMMER = 365, range(181, 243)

Gap = Callable[[Random, float], float]


def _poisson(random: Random, usual_days: float) -> float:
    return random.expovariate(1 / usual_days)


def _bursty(random: Random, usual_days: float) -> float:
    return random.lognormvariate(0, 1.3) * usual_days / 2


def _weekly(random: Random, usual_days: float) -> float:
    weeks = 1
    while random.random() > 7 / max(usual_days, 8):
        weeks += 1
    return 7.0 * weeks


def _letters(random: Random, usual_days: float) -> float:
    return random.gammavariate(2, usual_days * 5)


GAPS: dict[str, Gap] = {
    "poisson": _poisson,
    "bursty": _bursty,
    "weekly": _weekly,
    "seasonal": _poisson,
    "letters": _letters,
}


def make_trace(kind: str, seed: int = 1) -> Trace:
    """A trace of one kind; the same seed gives the same trace."""
    random = Random(f"{kind}{seed}")
    ties = [_make_tie(random, ego, kind) for ego in range(EGOS) for _ in range(TIES)]
    last = [max((tie.days[-1] for tie in ties if tie.ego == ego), default=0) for ego in range(EGOS)]
    return Trace(tuple(ties), tuple(last), 0, max(last), sum(len(tie.days) for tie in ties))


def _make_tie(random: Random, ego: int, kind: str) -> Tie:
    usual_days = random.lognormvariate(2.5, 0.8)
    day = random.uniform(0, DAYS / 2)
    end = day + random.expovariate(1 / MEAN_LIFE_DAYS)
    days = {int(day)}
    while day < min(end, DAYS):
        if not (kind == "seasonal" and int(day) % YEAR_DAYS in SUMMER):
            days.add(int(day))
        day += max(GAPS[kind](random, usual_days), 0.5)
    return Tie(ego, sorted(days))


def main(arguments: Sequence[str] | None = None) -> int:
    """One line per kind and method."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fading_synthetic")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(GAPS))
    kinds = parser.parse_args(arguments).kinds or list(GAPS)
    if unknown := set(kinds) - set(GAPS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    print(f"{'':20}" + "".join(f"{name:>10}" for name in ("own", "30 days", "halves")), end="")
    print(f"{'Brier':>10}{'by day 28':>12}{'precision':>11}")
    for kind in kinds:
        figures = document(measure(make_trace(kind))[0])
        for method in METHODS:
            cells = ("–" if value is None else f"{value:.3f}" for value in figures[method].values())
            own, days, halves, brier, named, precision = cells
            print(f"{kind:10}{method:10}{own:>10}{days:>10}{halves:>10}", end="")
            print(f"{brier:>10}{named:>12}{precision:>11}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
