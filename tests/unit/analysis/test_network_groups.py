"""Communities, and the names of groups."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import networkx as nx
import pytest
from hypothesis import given

from analysis.groups import Shared, communities, modularity, name_groups
from analysis.network import Neighbours, Tie, connect, read
from tests.unit.analysis.graphs import contacts, networks, to_networkx


def cliques(*groups: tuple[int, ...]) -> list[Tie]:
    return [Tie(a, b) for group in groups for a, b in combinations(group, 2)]


def test_the_karate_club_falls_into_the_four_communities_of_highest_modularity() -> None:
    """0.4198 is the highest there is: Brandes et al. (2008), 'On modularity clustering'."""
    club = nx.karate_club_graph()
    found = communities(club)
    assert len(found) == 4
    assert modularity(club, found) == pytest.approx(0.4198, abs=1e-4)


def test_groups_that_know_each_other_well_are_told_apart_from_a_stray_tie() -> None:
    graph = connect(contacts(8), [*cliques((1, 2, 3, 4), (5, 6, 7)), Tie(4, 5)], [])
    assert communities(graph) == ((1, 2, 3, 4), (5, 6, 7), (8,))


def test_strength_decides_where_the_number_of_ties_does_not() -> None:
    ring = [Tie(1, 2, strength=5), Tie(2, 3), Tie(3, 4, strength=5), Tie(4, 1)]
    assert communities(connect(contacts(4), ring, [])) == ((1, 2), (3, 4))


@given(networks())
def test_communities_are_a_division_into_whole_pieces(graph: Neighbours) -> None:
    found = communities(graph)
    assert sorted(node for part in found for node in part) == sorted(graph)
    reference = to_networkx(graph)
    assert all(nx.is_connected(reference.subgraph(part)) for part in found)
    assert found == communities(reference)


@given(networks(smallest=2))
def test_modularity_is_that_of_networkx(graph: Neighbours) -> None:
    reference, found = to_networkx(graph), communities(graph)
    if reference.size():
        expected = nx.community.modularity(reference, map(set, found), weight="strength")
        assert modularity(graph, found) == pytest.approx(expected)
    else:
        assert modularity(graph, found) is None


@pytest.mark.parametrize("seed", range(5))
def test_communities_are_as_good_as_those_of_networkx(seed: int) -> None:
    """Within a hundredth: both are greedy, and either may be the luckier."""
    random = Random(seed)
    graph: nx.Graph[int] = nx.planted_partition_graph(8, 15, 0.3, 0.02, seed=seed)
    for a, b in graph.edges:
        graph.edges[a, b]["strength"] = random.choice((0.25, 0.5, 1.0))
    theirs = nx.community.louvain_communities(graph, weight="strength", seed=seed)
    own = modularity(graph, communities(graph))
    assert own is not None
    assert own > (modularity(graph, theirs) or 0) - 0.01


def test_a_group_is_named_after_what_most_members_share_and_few_others_have() -> None:
    alters = [
        replace(alter, organisation="LAN" if alter.id <= 3 else None, place="Jakarta")
        for alter in contacts(8)
    ]
    graph = connect(alters, cliques((1, 2, 3, 4), (5, 6, 7)), [])
    first, second = name_groups(graph, {a.id: a for a in alters}, communities(graph))
    assert (first.shared, first.label, first.share) == (Shared.ORGANISATION, "LAN", 0.75)
    assert (second.shared, second.label) == (Shared.PLACE, "Jakarta")


def test_a_group_with_nothing_in_common_is_named_after_its_most_tied_member() -> None:
    alters = contacts(4)
    graph = connect(alters, [Tie(1, 2), Tie(2, 3), Tie(2, 4)], [])
    (group,) = name_groups(graph, {a.id: a for a in alters}, communities(graph))
    assert (group.shared, group.label, group.central) == (Shared.MEMBER, "Person 2", 2)


def test_groups_of_one_name_are_numbered_by_size_and_pairs_are_no_groups() -> None:
    alters = [replace(alter, tags=("pilot",)) for alter in contacts(9)]
    graph = connect(alters, cliques((1, 2, 3), (4, 5, 6, 7), (8, 9)), [])
    named = name_groups(graph, {a.id: a for a in alters}, communities(graph))
    assert [(group.label, group.rank, len(group.members)) for group in named] == [
        ("pilot", 1, 4),
        ("pilot", 2, 3),
    ]


def test_no_contacts_no_communities() -> None:
    assert communities({}) == ()
    assert communities(read(nx.empty_graph(2))) == ((0,), (1,))
