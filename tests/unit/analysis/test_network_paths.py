"""Who can introduce the user to somebody."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.network import EGO, Alter, Neighbours, Tie, connect, join_ego
from analysis.paths import LONGEST, Path, find_paths, members
from tests.unit.analysis.graphs import contacts, networks, to_networkx


def test_the_best_path_is_the_strongest_product_and_names_whom_to_ask_first() -> None:
    graph = connect(contacts(4), [Tie(1, 3, strength=0.5), Tie(2, 3), Tie(3, 4, strength=0.5)], [])
    ask_ani, ask_budi = find_paths(join_ego(graph, {1: 0.9, 2: 0.4}), [3])
    assert (ask_ani.first, ask_ani.goal, ask_ani.strength) == (1, 3, pytest.approx(0.45))
    assert ask_budi == Path((2, 3), 0.4)


def test_a_path_over_somebody_whom_the_user_had_better_ask_first_is_left_out() -> None:
    graph = connect(contacts(3), [Tie(1, 2), Tie(2, 3)], [])
    assert find_paths(join_ego(graph, {1: 0.5, 2: 0.9}), [3]) == (Path((2, 3), 0.9),)
    assert find_paths(join_ego(graph, {1: 0.9, 2: 0.5}), [3]) == (
        Path((1, 2, 3), 0.9),
        Path((2, 3), 0.5),
    )


def test_nobody_can_introduce_the_user_over_too_many_others_or_over_nobody() -> None:
    chain = connect(contacts(6), [Tie(i, i + 1) for i in range(1, 5)], [])
    assert find_paths(join_ego(chain, {1: 1.0}), [4]) == (Path((1, 2, 3, 4), 1.0),)
    assert find_paths(join_ego(chain, {1: 1.0}), [5]) == ()
    assert find_paths(join_ego(chain, {1: 1.0}), [6, 99, EGO]) == ()
    assert find_paths(join_ego(chain, {1: 1.0}), [1]) == ()


def test_the_way_into_an_organisation_is_the_way_to_any_of_its_people() -> None:
    alters = [Alter(1, "Ani"), Alter(2, "Budi", "BPS"), Alter(3, "Citra", "bps"), Alter(4, "BPS")]
    assert members(alters, "Bps") == (2, 3, 4)
    graph = connect(alters, [Tie(1, 2, strength=0.5), Tie(1, 3)], [])
    assert find_paths(join_ego(graph, {1: 0.8}), members(alters, "BPS")) == (Path((1, 3), 0.8),)


@given(networks(smallest=2, largest=7), st.data())
def test_the_best_of_all_simple_paths(graph: Neighbours, data: st.DataObject) -> None:
    strength = st.sampled_from([0.0, 0.25, 0.5, 1.0])
    own = {node: data.draw(strength) for node in graph}
    goal = data.draw(st.sampled_from(list(graph)))
    joined = join_ego(graph, own)
    found = find_paths(joined, [goal], most=10)
    best: dict[int, float] = {}
    for path in nx.all_simple_paths(to_networkx(joined), EGO, goal, cutoff=LONGEST):
        if len(path) > 2:
            product = 1.0
            for a, b in pairwise(path):
                product *= min(joined[a][b], 1.0)
            best[path[1]] = max(product, best.get(path[1], 0.0))
    assert {p.first: p.strength for p in found}.items() <= best.items()
    if best:
        assert found[0].strength == max(best.values())
        assert [p.strength for p in found] == sorted((p.strength for p in found), reverse=True)
    else:
        assert found == ()
