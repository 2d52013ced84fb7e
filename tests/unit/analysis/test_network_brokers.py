"""Brokers, innovators and brokerage roles."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import brokers
from analysis.brokers import (
    Roles,
    betweenness,
    count_roles,
    rank_brokers,
    rank_innovators,
)
from analysis.network import Neighbours, Tie, connect
from tests.unit.analysis.graphs import contacts, networks, relabel, to_networkx


@pytest.fixture(params=["native", "plain"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the Rust build and without, as on a machine that has none."""
    if request.param == "plain":
        monkeypatch.setattr(brokers, "_native", lambda: None)
    elif brokers._native() is None:
        pytest.skip("graphrs-python has no build for this machine")


@pytest.mark.usefixtures("both_ways")
def test_the_florentine_families() -> None:
    """Padgett & Ansell (1993); betweenness of marriage ties as given by Jackson (2008)."""
    families = nx.florentine_families_graph()
    ids = {name: i for i, name in enumerate(sorted(families))}
    found = betweenness(nx.relabel_nodes(families, ids))
    for name, share in {
        "Medici": 0.522,
        "Guadagni": 0.255,
        "Albizzi": 0.212,
        "Salviati": 0.143,
    }.items():
        assert found[ids[name]] == pytest.approx(share, abs=5e-4)


@pytest.mark.usefixtures("both_ways")
def test_paths_go_over_strong_ties_and_equally_good_ones_share() -> None:
    chain = [Tie(1, 2, strength=2.0), Tie(2, 3, strength=2.0), Tie(1, 3, strength=0.5)]
    assert betweenness(connect(contacts(3), chain, []))[2] == 1
    square = connect(contacts(4), [Tie(1, 2), Tie(2, 3), Tie(3, 4), Tie(4, 1)], [])
    assert betweenness(square) == pytest.approx(dict.fromkeys(range(1, 5), 1 / 6))
    assert betweenness(connect(contacts(3), chain, []), weighted=False)[2] == 0


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("size", [0, 1, 2])
def test_below_three_contacts_nobody_is_between(size: int) -> None:
    graph = connect(contacts(size), [Tie(1, 2)], [])
    assert betweenness(graph) == dict.fromkeys(range(1, size + 1), 0.0)
    assert rank_brokers(graph) == ()


@given(networks(), st.booleans())
def test_betweenness_is_that_of_networkx_with_the_rust_build_and_without(
    graph: Neighbours, weighted: bool
) -> None:
    reference = nx.betweenness_centrality(
        to_networkx(graph), weight="distance" if weighted else None, normalized=True
    )
    assert betweenness(graph, weighted) == pytest.approx(reference)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brokers, "_native", lambda: None)
        assert betweenness(graph, weighted) == pytest.approx(reference)


@given(networks(smallest=1), st.data())
def test_betweenness_does_not_depend_on_names(graph: Neighbours, data: st.DataObject) -> None:
    labels = dict(zip(graph, data.draw(st.permutations(list(graph))), strict=True))
    again = betweenness(relabel(graph, labels))
    assert {labels[n]: v for n, v in betweenness(graph).items()} == pytest.approx(again)


def test_brokers_are_ranked_with_the_groups_they_join_and_equal_ones_by_id() -> None:
    ties = [Tie(1, 2), Tie(2, 3), Tie(1, 3), Tie(3, 4), Tie(4, 5), Tie(5, 6), Tie(4, 6)]
    ranked = rank_brokers(connect(contacts(7), ties, []), [(1, 2, 3), (4, 5, 6)])
    assert [(broker.id, broker.groups) for broker in ranked] == [(3, (0, 1)), (4, (0, 1))]
    assert ranked[0].share == pytest.approx(6 / 15)


def test_an_innovator_sits_at_the_edge_of_several_groups() -> None:
    """7 has one tie into each of three closed groups; all others have most ties at home."""
    groups = [(1, 2, 3, 10), (4, 5, 6, 11), (8, 9, 12, 13)]
    ties = [Tie(a, b) for group in groups for a, b in combinations(group, 2)]
    graph = connect(contacts(13), [*ties, Tie(7, 1), Tie(7, 4), Tie(1, 4)], [])
    (innovator,) = rank_innovators(graph, groups)
    assert (innovator.id, innovator.groups) == (7, (0, 1))
    assert innovator.spread == pytest.approx(1 / 2)


def test_the_inner_circle_and_those_of_one_group_are_no_innovators() -> None:
    groups = [(1, 2, 3), (4, 5, 6)]
    ties = [Tie(a, b) for a, b in combinations(range(1, 7), 2)]
    assert rank_innovators(connect(contacts(6), ties, []), groups) == ()
    assert rank_innovators(connect(contacts(6), ties[:2], []), groups) == ()


def test_the_five_kinds_of_brokerage() -> None:
    """Counted by hand; two of the five kinds are one where ties have no direction."""
    groups = {1: "x", 2: "x", 3: "x", 4: "y", 5: "y", 6: "z"}
    graph = connect(contacts(6), [Tie(1, other) for other in (2, 3, 4, 5, 6)], [])
    # pairs: 2-3 | 4-5 | {2,3} with {4,5,6} | {4,5} with 6
    assert count_roles(graph, 1, groups) == Roles(1, 1, 6, 2)


def test_a_broker_without_a_group_has_no_role() -> None:
    graph = connect(contacts(3), [Tie(1, 2), Tie(1, 3)], [])
    assert count_roles(graph, 1, {2: "x", 3: "y"}) is None
    assert count_roles(graph, 9, {9: "x"}) is None


@given(
    networks(smallest=1), st.lists(st.sampled_from(["x", "y", "z", ""]), min_size=12, max_size=12)
)
def test_roles_are_those_counted_pair_by_pair(graph: Neighbours, names: list[str]) -> None:
    groups = {node: name for node, name in zip(range(1, 13), names, strict=True) if name}
    counts = {"coordinator": 0, "itinerant": 0, "gatekeeper": 0, "liaison": 0}
    for a, b in combinations([n for n in graph[1] if n in groups], 2):
        if 1 in groups and b not in graph[a]:
            inside = [groups[a], groups[b]].count(groups[1])
            same = groups[a] == groups[b]
            name = {2: "coordinator", 1: "gatekeeper"}.get(inside) or (
                "itinerant" if same else "liaison"
            )
            counts[name] += 1
    expected = Roles(**counts) if 1 in groups else None
    assert count_roles(graph, 1, groups) == expected
