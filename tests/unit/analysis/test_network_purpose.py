"""A purpose, measured on the network."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.history import Benefit
from analysis.network import Alter, Tie, connect
from analysis.paths import Path
from analysis.purpose import (
    Deed,
    DeedKind,
    Filling,
    Lack,
    Need,
    NeedKind,
    Place,
    Progress,
    PurposeStage,
    Report,
    fill_places,
    judge_progress,
    report_deeds,
)

ALTERS = [
    Alter(1, "Ani", "LAN", sector="government", strength=0.9),
    Alter(2, "Budi", "BPS", sector="government", strength=0.3),
    Alter(3, "Citra", "KPK", sector="law"),
]
GRAPH = connect(ALTERS, [Tie(1, 3)], [])


def place(kind: NeedKind, value: str, count: int = 1) -> Place:
    offers = {2: ["Training"]}
    (found,) = fill_places(GRAPH, ALTERS, [Need(kind, value, count)], offers, strong_from=0.5)
    return found


def test_a_strong_tie_that_fits_fills_a_place() -> None:
    filled = place(NeedKind.ORGANISATION, "lan")
    assert (filled.filling, filled.filled_by, filled.paths) == (Filling.FILLED, (1,), ())


def test_a_weaker_tie_is_a_candidate() -> None:
    offered = place(NeedKind.HELP, "training")
    assert (offered.filling, offered.candidates) == (Filling.CANDIDATES, (2,))


def test_a_place_for_two_is_not_filled_by_one() -> None:
    half = place(NeedKind.SECTOR, "government", count=2)
    assert (half.filling, half.filled_by, half.candidates) == (Filling.CANDIDATES, (1,), (2,))


def test_somebody_the_user_never_met_is_reached_over_a_contact() -> None:
    reachable = place(NeedKind.PERSON, "Citra")
    assert (reachable.filling, reachable.paths) == (Filling.REACHABLE, (Path((1, 3), 0.9),))


def test_what_nobody_has_is_missing() -> None:
    assert place(NeedKind.SECTOR, "health").filling is Filling.MISSING


def places(filled: int, missing: int) -> list[Place]:
    need = Need(NeedKind.SECTOR, "x")
    return [Place(need, (), (), (), Filling.FILLED)] * filled + [
        Place(need, (), (), (), Filling.MISSING)
    ] * missing


@pytest.mark.parametrize(
    ("stated", "norms", "filled", "missing", "deeds", "progress"),
    [
        (False, False, 0, 0, 0, Progress(PurposeStage.PURPOSE, (Lack.STATEMENT,), None)),
        (True, False, 0, 0, 0, Progress(PurposeStage.DESIGN, (Lack.NEEDS, Lack.NORMS), None)),
        (True, True, 0, 0, 0, Progress(PurposeStage.DESIGN, (Lack.NEEDS,), None)),
        (True, False, 1, 0, 0, Progress(PurposeStage.DESIGN, (Lack.NORMS,), 1.0)),
        (True, True, 2, 2, 1, Progress(PurposeStage.GROW, (Lack.PLACES,), 0.5)),
        (True, True, 3, 1, 0, Progress(PurposeStage.PERFORM, (Lack.RESULTS,), 0.75)),
        (True, True, 3, 1, 1, Progress(PurposeStage.PERFORM, (), 0.75)),
    ],
)
def test_the_stage_follows_from_the_data(
    stated: bool, norms: bool, filled: int, missing: int, deeds: int, progress: Progress
) -> None:
    done = [Deed(date(2026, 11, 2), DeedKind.DEAL, 1)] * deeds
    found = judge_progress(stated=stated, norms=norms, places=places(filled, missing), deeds=done)
    assert found == progress


def test_a_report_counts_the_deeds_of_its_period_only() -> None:
    deeds = [
        Deed(date(2026, 10, 31), DeedKind.DEAL, 9),
        Deed(date(2026, 11, 1), DeedKind.FAVOUR, 2, Benefit.ACCESS),
        Deed(date(2026, 11, 30), DeedKind.FAVOUR, 1, Benefit.ACCESS),
        Deed(date(2026, 11, 15), DeedKind.INTRODUCTION, 2),
    ]
    assert report_deeds(deeds, date(2026, 11, 1), date(2026, 11, 30)) == Report(
        kinds=((DeedKind.FAVOUR, 2), (DeedKind.INTRODUCTION, 1)),
        benefits=((Benefit.ACCESS, 2),),
        contacts=((2, 2), (1, 1)),
    )
