"""The user's own position: published values, closed forms, and networkx where it is right."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ego import NOWHERE, Openness, judge_constraint, measure
from analysis.network import EGO, Neighbours, join_ego
from tests.unit.analysis.graphs import (
    borgatti,
    clique,
    networks,
    relabel,
    shadow,
    star,
    strengths,
    to_networkx,
)

A, C, G = 0, 2, 6
COMPLETE = [1.125, 0.926, 0.766, 0.648, 0.560, 0.493, 0.439, 0.396, 0.361]
SHADOW = [1.125, 0.840, 0.684, 0.590, 0.529, 0.486, 0.455, 0.431, 0.411]


@pytest.mark.parametrize(
    ("node", "weighted", "constraint", "effective_size"),
    [
        (G, False, 0.400, 4.67),
        (A, False, 0.595, 2.50),
        (C, False, 1.000, 1.00),
        (G, True, 0.299, 5.47),
        (A, True, 0.795, 2.47),
    ],
)
def test_borgattis_worked_example(
    node: int, weighted: bool, constraint: float, effective_size: float
) -> None:
    """Borgatti (1997), 'Structural holes: unpacking Burt's redundancy measures'."""
    position = measure(borgatti(weighted), node)
    assert position.constraint == pytest.approx(constraint, abs=5e-4)
    assert position.effective_size == pytest.approx(effective_size, abs=5e-3)


@pytest.mark.parametrize(("size", "constraint"), list(enumerate(COMPLETE, start=2)))
def test_constraint_where_all_contacts_know_each_other(size: int, constraint: float) -> None:
    """Everett & Borgatti (2020), 'Unpacking Burt's constraint measure', table of complete nets."""
    assert measure(clique(size)).constraint == pytest.approx(constraint, abs=5e-4)


@pytest.mark.parametrize(("size", "constraint"), list(enumerate(SHADOW, start=2)))
def test_constraint_where_one_contact_knows_all_others(size: int, constraint: float) -> None:
    """Everett & Borgatti (2020), the same, 'shadow' networks."""
    assert measure(shadow(size)).constraint == pytest.approx(constraint, abs=5e-4)


def test_the_karate_club() -> None:
    """Values of the unweighted club: Zachary (1977), as computed by networkx and UCINET."""
    club = nx.karate_club_graph()
    leader, president = measure(club, 0), measure(club, 33)
    assert leader.constraint == pytest.approx(0.1554, abs=5e-5)
    assert president.constraint == pytest.approx(0.1564, abs=5e-5)
    assert leader.effective_size == pytest.approx(13.75)
    assert president.effective_size == pytest.approx(15.2353, abs=5e-5)
    assert leader.betweenness == pytest.approx(88.4167, abs=5e-5)


@given(st.integers(1, 40))
def test_closed_forms_of_star_and_clique(size: int) -> None:
    spread, tight = measure(star(size)), measure(clique(size))
    assert spread.constraint == pytest.approx(1 / size)
    assert spread.effective_size == pytest.approx(size)
    assert spread.betweenness == size * (size - 1) / 2
    assert tight.constraint == pytest.approx((2 * size - 1) ** 2 / size**3)
    assert tight.effective_size == pytest.approx(1)
    assert tight.betweenness == 0


@given(st.integers(2, 40))
def test_hierarchy_is_0_where_contacts_constrain_alike_and_more_with_one_who_knows_all(
    size: int,
) -> None:
    assert measure(clique(size)).hierarchy == pytest.approx(0, abs=1e-9)
    if size > 3:
        assert (measure(shadow(size)).hierarchy or 0) > 0.01


def test_one_contact_has_all_the_hierarchy_and_no_pairs_to_judge() -> None:
    position = measure(star(1))
    assert position.hierarchy == 1
    assert position.openness is position.density is position.between_share is None


def test_without_ties_nothing_is_defined() -> None:
    assert measure({EGO: {}}) == NOWHERE
    assert measure({}) == NOWHERE


@pytest.mark.parametrize("size", [5, 20, 150])
def test_open_and_closed_are_judged_against_networks_of_the_same_size(size: int) -> None:
    assert measure(star(size)).openness is Openness.OPEN
    assert measure(clique(size)).openness is Openness.CLOSED
    star_bound, clique_bound = 1 / size, (2 * size - 1) ** 2 / size**3
    assert judge_constraint((star_bound + clique_bound) / 2, size) is Openness.MIXED


def test_the_tightest_contact_is_the_one_who_knows_all_others() -> None:
    assert measure(shadow(6)).tightest == 1


@given(networks(), st.lists(strengths, min_size=12, max_size=12))
def test_the_same_as_networkx_with_weights(graph: Neighbours, own: list[float]) -> None:
    """Given `nodes`, networkx is right on weighted graphs too; without, it is not."""
    joined = join_ego(graph, dict(enumerate(own, start=1)))
    if joined[EGO]:
        position, reference = measure(joined), to_networkx(joined)
        assert position.constraint == pytest.approx(
            nx.constraint(reference, nodes=[EGO], weight="strength")[EGO]
        )
        assert position.effective_size == pytest.approx(
            nx.effective_size(reference, nodes=[EGO], weight="strength")[EGO]
        )


@given(networks())
def test_ego_betweenness_is_the_betweenness_within_the_users_own_network(
    graph: Neighbours,
) -> None:
    joined = join_ego(graph, dict.fromkeys(graph, 1.0))
    position = measure(joined)
    if joined[EGO]:
        reference = nx.betweenness_centrality(to_networkx(joined), normalized=False)[EGO]
        assert position.betweenness == pytest.approx(reference)
        slow = sum(
            1 / (1 + len((graph[a].keys() & graph[b].keys()) - {EGO}))
            for a, b in combinations(graph, 2)
            if b not in graph[a]
        )
        assert position.betweenness == pytest.approx(slow)


@given(networks(smallest=1), st.data())
def test_names_do_not_matter(graph: Neighbours, data: st.DataObject) -> None:
    labels = dict(zip(graph, data.draw(st.permutations(list(graph))), strict=True))
    own = {node: 0.1 * node for node in graph}
    first = measure(join_ego(graph, own))
    again = measure(join_ego(relabel(graph, labels), {labels[n]: s for n, s in own.items()}))
    for name in ("constraint", "effective_size", "hierarchy", "betweenness", "density"):
        assert getattr(first, name) == pytest.approx(getattr(again, name))
