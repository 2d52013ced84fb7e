"""How well fading ties are found on a trace of contacts, against simpler rules.

    python -m tests.benchmarks.fading TRACE.csv[.gz] [--json] [--resamples N]

A trace has one contact a line, `ego,alter,timestamp_unix`, with or without that heading. See
docs/fading.md for what each figure means.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.fading import FLAG_SCORE
from tests.benchmarks.fading_cases import EARLY_DAY, Case, Silence, cases, silences
from tests.benchmarks.fading_figures import Figure, area_under_curve, rate
from tests.benchmarks.fading_trace import BadTraceError, Trace, read_trace

METHODS = ("ours", "recency", "fixed30", "fixed90")
FIGURES = {
    "own_rhythm_auc": "silent for 3 own gaps, AUC",
    "silent30_auc": "silent 30 days, AUC",
    "halves_auc": "rate halves, AUC",
    "brier30": "Brier of P(silent 30)",
    "named_by_day_28": "fades named by day 28",
    "nudge_precision": "nudges that were fades",
}
RULE_DAYS = 30

Measured = dict[str, dict[str, Figure | None]]
Score = Callable[[Case], float]


def measure(trace: Trace) -> tuple[Measured, list[Silence]]:
    """All figures of all methods, and the silences behind the last two."""
    egos = len(trace.ego_last_day)
    judged, paused = list(cases(trace)), list(silences(trace))
    measured: Measured = {
        "ours": _areas(
            judged, egos, lambda case: case.score, lambda case: case.chance, lambda case: case.faded
        ),
        "recency": _areas(judged, egos, *[lambda case: case.silent_days] * 3),
        "fixed30": _areas(judged, egos, *[lambda case: case.silent_days >= 30] * 3),
        "fixed90": _areas(judged, egos, *[lambda case: case.silent_days >= 90] * 3),
    }
    for figures in measured.values():
        figures["brier30"] = None  # a rule and a number of days give no chance
    measured["ours"]["brier30"] = _brier(judged, egos)

    threshold = _threshold(paused)
    measured["ours"] |= _nudges(paused, egos, *_scored(threshold))
    for name, days in (("recency", RULE_DAYS), ("fixed30", 30), ("fixed90", 90)):
        measured[name] |= _nudges(paused, egos, *_timed(days))
    return measured, paused


def _areas(
    judged: Sequence[Case], egos: int, own: Score, silent_30: Score, halves: Score
) -> dict[str, Figure | None]:
    figures: dict[str, Figure | None] = {}
    for figure, label, score in (
        ("own_rhythm_auc", "stays_silent", own),
        ("silent30_auc", "silent_30", silent_30),
        ("halves_auc", "halves", halves),
    ):
        seen = [case for case in judged if getattr(case, label) is not None]
        labels = [getattr(case, label) for case in seen]
        figures[figure] = area_under_curve(
            [case.ego for case in seen], [score(case) for case in seen], labels, egos
        )
    return figures


def _brier(judged: Sequence[Case], egos: int) -> Figure | None:
    seen = [case for case in judged if case.silent_30 is not None]
    errors = [(case.chance - bool(case.silent_30)) ** 2 for case in seen]
    return rate([case.ego for case in seen], errors, egos)


def _threshold(paused: Sequence[Silence]) -> float:
    """The score at which ours nudges as often as the 30-day rule does."""
    budget = sum(silence.days >= RULE_DAYS for silence in paused)
    scores = sorted((s.score_at_end for s in paused if s.score_at_end is not None), reverse=True)
    return scores[min(budget, len(scores)) - 1] if budget and scores else float("inf")


Nudged = Callable[[Silence], bool]


def _scored(threshold: float) -> tuple[Nudged, Nudged]:
    return (
        lambda silence: silence.score_at_end is not None and silence.score_at_end >= threshold,
        lambda silence: silence.score_early is not None and silence.score_early >= threshold,
    )


def _timed(days: int) -> tuple[Nudged, Nudged]:
    return lambda silence: silence.days >= days, lambda _: days <= EARLY_DAY


def _nudges(
    paused: Sequence[Silence], egos: int, at_all: Nudged, early: Nudged
) -> dict[str, Figure | None]:
    fades = [silence for silence in paused if silence.is_fade]
    nudged = [silence for silence in paused if at_all(silence)]
    return {
        "named_by_day_28": rate([s.ego for s in fades], [float(early(s)) for s in fades], egos),
        "nudge_precision": rate([s.ego for s in nudged], [float(s.is_fade) for s in nudged], egos),
    }


def document(measured: Measured) -> dict[str, dict[str, float | None]]:
    """The figures as plain numbers, four decimals, None where undefined."""
    return {
        method: {
            name: None if (figure := measured[method][name]) is None else round(figure.value, 4)
            for name in FIGURES
        }
        for method in METHODS
    }


def report(trace: Trace, measured: Measured, paused: Sequence[Silence], resamples: int) -> str:
    """A table with bootstrap intervals, and what the shipped threshold would have done."""
    egos = len(trace.ego_last_day)
    span = trace.last_day - trace.first_day + 1
    lines = [
        f"{trace.contacts} contacts, {len(trace.ties)} ties of {egos} egos, {span} days",
        f"95 % intervals from {resamples} resamples of the egos",
        "",
        f"{'':28}" + "".join(f"{method:>22}" for method in METHODS),
    ]
    for name, words in FIGURES.items():
        cells = (_cell(measured[method][name], resamples) for method in METHODS)
        lines.append(f"{words:28}" + "".join(f"{cell:>22}" for cell in cells))
    shipped = _scored(FLAG_SCORE)
    figures = _nudges(paused, egos, *shipped)
    flags, rule = sum(map(shipped[0], paused)), sum(s.days >= RULE_DAYS for s in paused)
    lines += [
        "",
        f"as shipped (score {FLAG_SCORE:.2f} and more): {flags} nudges, the 30-day rule {rule};",
        f"  fades named by day 28 {_cell(figures['named_by_day_28'], resamples)}, "
        f"nudges that were fades {_cell(figures['nudge_precision'], resamples)}",
    ]
    return "\n".join(lines)


def _cell(figure: Figure | None, resamples: int) -> str:
    if figure is None:
        return "–"
    low, high = figure.interval(resamples)
    return f"{figure.value:.3f} [{low:.3f}, {high:.3f}]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0, or 2 when the trace cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.fading", description="Measure the detector on a trace."
    )
    parser.add_argument("trace", type=Path, help="ego,alter,timestamp_unix; plain or gzipped")
    parser.add_argument("--json", action="store_true", help="one JSON document, no intervals")
    parser.add_argument("--resamples", type=int, default=500, help="for the intervals")
    chosen = parser.parse_args(arguments)
    if chosen.resamples < 1:
        parser.error("--resamples must be at least 1")
    try:
        trace = read_trace(chosen.trace)
    except BadTraceError as cause:
        print(cause, file=sys.stderr)
        return 2
    measured, paused = measure(trace)
    if chosen.json:
        print(json.dumps(document(measured), indent=2))
    else:
        print(report(trace, measured, paused, chosen.resamples))
    return 0


if __name__ == "__main__":
    sys.exit(main())
