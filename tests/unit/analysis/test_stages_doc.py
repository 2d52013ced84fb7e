"""The tables of docs/stages.md are those of the rules in force.

`python -m tests.unit.analysis.test_stages_doc` prints them.
"""

from pathlib import Path

import pytest

from analysis.recipes import cookbook
from analysis.stages import Stage, rules
from tests.unit.analysis.test_stages_histories import LANGUAGES, scripts

PAGE = Path(__file__).parents[3] / "docs" / "stages.md"


def levels() -> str:
    head = [
        "| stage | reached from | kinds | days | kept until under | and silent for |",
        "|---|---|---|---|---|---|",
    ]
    rows = [
        f"| {stage.value} | {level.points} | {level.kinds} | {level.days} | {level.hold} "
        f"| {level.silent_days} days |"
        for stage, level in sorted(rules().levels.items(), key=lambda item: item[0])
    ]
    return "\n".join(head + rows)


def weights() -> str:
    head = [
        "| evidence | speaks for | weight | halves in | counts at most |",
        "|---|---|---|---|---|",
    ]
    rows = [
        f"| {kind.value.replace('_', ' ')} | {_speaks_for(weight.stage, weight.weight)} "
        f"| {weight.weight} | {weight.half_life_days} days | {weight.most} |"
        for kind, weight in rules().weights.items()
    ]
    return "\n".join(head + rows)


def _speaks_for(stage: Stage, weight: float) -> str:
    return stage.value if weight > 0 else "against like, trust and buy"


def figures() -> list[tuple[int, int]]:
    """Histories that agree, of how many: used for setting the weights, then held out."""
    every = [script for language in LANGUAGES for script in scripts(language)]
    sides = ([one for one in every if one.held_out is held_out] for held_out in (False, True))
    return [(sum(one.given() is one.stage for one in side), len(side)) for side in sides]


@pytest.mark.parametrize("table", [levels, weights])
def test_the_page_shows_the_rules_in_force(table: object) -> None:
    assert callable(table)
    assert table() in PAGE.read_text("utf-8")


def test_the_page_tells_the_agreement_as_it_is() -> None:
    text = PAGE.read_text("utf-8")
    for right, total in figures():
        assert f"{right} of {total}" in text


def test_the_page_tells_how_many_steps_there_are() -> None:
    assert f"{len(cookbook().recipes)} kinds of step" in PAGE.read_text("utf-8")


if __name__ == "__main__":
    print(levels(), weights(), figures(), sep="\n\n")  # noqa: T201
