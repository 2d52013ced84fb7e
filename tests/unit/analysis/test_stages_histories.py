"""Scripted histories, in two languages, against the stage a careful person would give.

`python -m tests.unit.analysis.test_stages_histories` prints the figures.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.evidence import gather
from analysis.history import (
    Benefit,
    Cooperation,
    Direction,
    Favour,
    Form,
    History,
    Interaction,
    Introduction,
    Part,
    Promise,
    Side,
)
from analysis.stages import Proposal, Stage, judge

FOLDER = Path(__file__).parent / "histories"
LANGUAGES = ("en", "id")
ENOUGH = 0.9


@dataclass(frozen=True)
class Script:
    name: str
    stage: Stage
    current: Stage
    held_out: bool
    usual_gap_days: float | None
    history: History
    today: date

    def judged(self) -> Proposal | None:
        evidence = gather(self.history, self.today)
        return judge(evidence, self.current, self.today, usual_gap_days=self.usual_gap_days)

    def given(self) -> Stage:
        proposal = self.judged()
        return proposal.after if proposal else self.current


@cache
def scripts(language: str) -> tuple[Script, ...]:
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    return tuple(_script(table, data["today"]) for table in data["history"])


def _script(table: dict[str, Any], today: date) -> Script:
    interactions = tuple(
        Interaction(
            number,
            row["on"],
            row["channel"],
            row["note"],
            Side(row["by"]) if "by" in row else None,
            row.get("people", 1),
        )
        for number, row in enumerate(table["interactions"], 1)
    )
    return Script(
        name=table["name"],
        stage=Stage(table["stage"]),
        current=Stage(table.get("current", "know")),
        held_out=table.get("held_out", False),
        usual_gap_days=table.get("usual_gap_days"),
        history=History(
            1,
            interactions[0].on,
            interactions=interactions,
            favours=tuple(_favour(n, row) for n, row in _rows(table, "favours")),
            promises=tuple(_promise(n, row) for n, row in _rows(table, "promises")),
            introductions=tuple(
                Introduction(n, Part(row["part"]), row["other"], made_on=row["made_on"])
                for n, row in _rows(table, "introductions")
            ),
            cooperations=tuple(_cooperation(n, row) for n, row in _rows(table, "cooperations")),
        ),
        today=today,
    )


def _rows(table: dict[str, Any], name: str) -> enumerate[dict[str, Any]]:
    return enumerate(table.get(name, ()), 1)


def _favour(number: int, row: dict[str, Any]) -> Favour:
    direction, benefit = Direction(row["direction"]), Benefit(row["benefit"])
    return Favour(number, row["on"], direction, row["what"], benefit)


def _promise(number: int, row: dict[str, Any]) -> Promise:
    rest = {key: row.get(key) for key in ("due_on", "kept_on")}
    return Promise(number, Side(row["by"]), row["what"], row["made_on"], **rest)


def _cooperation(number: int, row: dict[str, Any]) -> Cooperation:
    form = Form(row["form"])
    return Cooperation(number, form, row["what"], row["began_on"], row.get("ended_on"))


def agreement(chosen: list[Script]) -> float:
    return sum(script.given() is script.stage for script in chosen) / len(chosen)


def every_script() -> list[Script]:
    return [script for language in LANGUAGES for script in scripts(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stage_agrees_with_a_careful_person_nine_times_in_ten(language: str) -> None:
    assert len(scripts(language)) >= 24
    assert agreement(list(scripts(language))) >= ENOUGH


def test_histories_never_used_for_tuning_agree_as_well() -> None:
    held_out = [script for script in every_script() if script.held_out]
    assert len(held_out) * 3 >= len(every_script())
    assert agreement(held_out) >= ENOUGH


@pytest.mark.parametrize("script", every_script(), ids=lambda script: script.name)
def test_no_proposal_without_evidence_on_record(script: Script) -> None:
    proposal = script.judged()
    if proposal is None:
        return
    rows = {
        "interaction": {row.id for row in script.history.interactions},
        "favour": {row.id for row in script.history.favours},
        "promise": {row.id for row in script.history.promises},
        "introduction": {row.id for row in script.history.introductions},
        "cooperation": {row.id for row in script.history.cooperations},
    }
    assert proposal.evidence
    for piece in proposal.evidence:
        assert piece.source.id in rows[piece.source.kind]
        assert piece.on <= script.today


def report(only_tuned: bool = False) -> None:
    for language in LANGUAGES:
        for held_out in (False,) if only_tuned else (False, True):
            chosen = [one for one in scripts(language) if one.held_out is held_out]
            right = sum(one.given() is one.stage for one in chosen)
            label = "held out" if held_out else "tuned on"
            print(f"{language} {label}: {right} of {len(chosen)}")  # noqa: T201
            for one in chosen:
                if one.given() is not one.stage:
                    print(f"   {one.name}: {one.given().value}, not {one.stage.value}")  # noqa: T201


if __name__ == "__main__":
    report()
