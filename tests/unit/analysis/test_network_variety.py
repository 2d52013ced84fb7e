"""How much alike the contacts are."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.network import Alter, Tie, connect
from analysis.variety import (
    Balance,
    Leaning,
    Likeness,
    Trait,
    blau,
    ei_index,
    iqv,
    measure_balance,
    measure_variety,
    tie_ei,
)


def test_the_factions_of_the_karate_club_keep_to_themselves() -> None:
    """E-I index by faction: 11 ties across and 67 within, after Zachary (1977)."""
    club = nx.karate_club_graph()
    factions = {node: frozenset([club.nodes[node]["club"]]) for node in club}
    assert tie_ei(club, factions) == pytest.approx(-0.7179, abs=5e-5)


@given(st.integers(1, 30), st.integers(1, 30))
def test_closed_forms_of_blau_and_iqv(kinds: int, each: int) -> None:
    even = [each] * kinds
    assert blau(even) == pytest.approx(1 - 1 / kinds)
    assert blau([each]) == 0
    assert iqv(even) == (None if kinds == 1 else pytest.approx(1))
    assert iqv([each, 0]) == 0


def test_undefined_without_contacts() -> None:
    assert blau([]) is None
    assert iqv([]) is None
    assert iqv([], kinds=4) is None
    assert ei_index(0, 0) is None
    assert measure_variety({}, [], Trait.TAG, 0.5) is None


def test_iqv_measures_against_all_the_kinds_there_could_be() -> None:
    assert iqv([2, 2], kinds=4) == pytest.approx(0.5 / 0.75)


def test_variety_names_the_commonest_the_strong_ties_share_and_what_is_missing() -> None:
    sectors = ["government", "government", "government", "media", None]
    alters = [
        Alter(i, str(i), sector=sector, strength=0.9 if i in (3, 4) else 0.1)
        for i, sector in enumerate(sectors, start=1)
    ]
    graph = connect(alters, [Tie(1, 2), Tie(2, 4), Tie(4, 5)], [])
    variety = measure_variety(graph, alters, Trait.SECTOR, 0.5, wanted=["media", "health"])
    assert variety is not None
    assert variety.counts == (("government", 3), ("media", 1))
    assert variety.known == 4
    assert variety.strong == ("government", 0.5)
    assert variety.missing == ("health",)
    assert variety.ei == 0
    assert variety.likeness is Likeness.ALIKE


def test_contacts_who_share_any_tag_are_alike() -> None:
    alters = [Alter(1, "", tags=("a", "b")), Alter(2, "", tags=("b",)), Alter(3, "", tags=("c",))]
    graph = connect(alters, [Tie(1, 2), Tie(2, 3)], [])
    variety = measure_variety(graph, alters, Trait.TAG, 0.5)
    assert variety is not None
    assert variety.ei == 0
    assert variety.strong is None
    assert variety.likeness is Likeness.ALIKE


@pytest.mark.parametrize(
    ("inside", "outside", "leaning"),
    [(0, 0, None), (3, 1, Leaning.INSIDE), (2, 1, Leaning.BALANCED), (1, 3, Leaning.OUTSIDE)],
)
def test_inside_against_outside(inside: int, outside: int, leaning: Leaning | None) -> None:
    sides = [True] * inside + [False] * outside + [None]
    alters = [Alter(i, "", inside=side) for i, side in enumerate(sides)]
    total = inside + outside
    ei = (outside - inside) / total if total else None
    assert measure_balance(alters) == Balance(inside, outside, 1, ei, leaning)
