"""Cut points, bridges, cores and keystones."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
from hypothesis import given

from analysis.cuts import (
    Keystone,
    SoleLink,
    bridges,
    core_numbers,
    cut_points,
    inner_circle,
    keystones,
    sole_links,
)
from analysis.network import Alter, Neighbours, Tie, connect
from tests.unit.analysis.graphs import contacts, networks, to_networkx


def test_the_karate_club_hangs_together_by_its_leader() -> None:
    club = nx.karate_club_graph()
    assert cut_points(club) == (0,)
    assert bridges(club) == ((0, 11),)


@given(networks())
def test_cut_points_bridges_and_cores_are_those_of_networkx(graph: Neighbours) -> None:
    reference = to_networkx(graph)
    assert cut_points(graph) == tuple(sorted(nx.articulation_points(reference)))
    assert bridges(graph) == tuple(sorted(tuple(sorted(tie)) for tie in nx.bridges(reference)))
    assert core_numbers(graph) == nx.core_number(reference)


def test_a_chain_of_thousands_is_walked_without_running_out_of_stack() -> None:
    chain = connect(contacts(5000), [Tie(i, i + 1) for i in range(1, 5000)], [])
    assert cut_points(chain) == tuple(range(2, 5000))


def test_the_inner_circle_is_the_highest_core_and_a_tree_has_none() -> None:
    ties = [Tie(1, 2), Tie(2, 3), Tie(3, 1), Tie(3, 4)]
    assert inner_circle(connect(contacts(4), ties, [])) == (1, 2, 3)
    assert inner_circle(connect(contacts(4), ties[1:2], [])) == ()
    assert inner_circle({}) == ()


def lan() -> list[Alter]:
    """Ani is close; Budi and Citra, of LAN like her, are known of; Dewi of Bappenas is close."""
    return [
        Alter(1, "Ani", "LAN", strength=0.8),
        Alter(2, "Budi", "LAN", strength=0.1),
        Alter(3, "Citra", "LAN"),
        Alter(4, "Dewi", "Bappenas", strength=0.9),
    ]


def keystones_of(alters: list[Alter], ties: list[Tie]) -> tuple[Keystone, ...]:
    return keystones(connect(alters, ties, []), {alter.id: alter for alter in alters})


def test_if_you_lose_ani_you_lose_all_of_lan() -> None:
    assert keystones_of(lan(), [Tie(1, 2), Tie(2, 3), Tie(1, 4)]) == (
        Keystone(1, (2, 3), ("LAN",)),
        Keystone(2, (3,), ()),
    )


def test_whom_the_user_meets_without_ani_is_not_lost_with_her() -> None:
    alters = [replace(alter, strength=0.6) if alter.id == 2 else alter for alter in lan()]
    assert keystones_of(alters, [Tie(1, 2), Tie(1, 3)]) == (Keystone(1, (3,), ()),)


def test_those_out_of_reach_anyway_are_nobodys_loss() -> None:
    assert keystones_of(lan(), [Tie(2, 3)]) == ()


@given(networks(smallest=1))
def test_a_keystones_loss_is_what_leaving_it_out_puts_out_of_reach(graph: Neighbours) -> None:
    alters = {node: Alter(node, "", strength=0.5 * (node % 2)) for node in graph}
    direct = {node for node, alter in alters.items() if alter.strength}

    def reached(without: int | None = None) -> set[int]:
        left = to_networkx(graph)
        left.remove_nodes_from([without] if without else [])
        starts = [nx.node_connected_component(left, node) for node in direct - {without}]
        return set().union(*starts)

    expected = {node: reached() - reached(node) - {node} for node in graph}
    found = {keystone.id: set(keystone.lost) for keystone in keystones(graph, alters)}
    assert found == {node: lost for node, lost in expected.items() if lost}


def test_the_only_contact_in_an_organisation_is_a_sole_link_strongest_first() -> None:
    alters = [*lan(), Alter(5, "Eko", "BPS", strength=0.95), Alter(6, "Fajar", "KPK")]
    assert sole_links(alters) == (SoleLink("BPS", 5), SoleLink("Bappenas", 4))
