"""Whom the user gets to, and over whom."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from analysis.network import Alter, Neighbours, Tie, connect
from analysis.reach import Opener, harmonic_closeness, measure_reach
from tests.unit.analysis.graphs import networks, to_networkx


def test_reach_by_steps_and_who_opens_the_way() -> None:
    alters = [
        Alter(1, "Ani", "LAN", strength=0.9),
        Alter(2, "Budi", "LAN", strength=0.5),
        Alter(3, "Citra", "BPS"),
        Alter(4, "Dewi", "BPS", strength=0.1),
        Alter(5, "Eko", "KPK"),
        Alter(6, "Fajar", "BI"),
    ]
    ties = [Tie(1, 2), Tie(1, 3), Tie(1, 4), Tie(2, 4), Tie(4, 5)]
    reach = measure_reach(connect(alters, ties, []), {alter.id: alter for alter in alters})
    assert (reach.direct, reach.second, reach.further, reach.beyond) == ((1, 2), (3, 4), (5,), (6,))
    assert (reach.organisations, reach.opened) == (("LAN",), ("BPS",))
    assert reach.openers == (Opener(1, (3, 4)), Opener(2, (4,)))


def test_an_empty_network_reaches_nobody() -> None:
    reach = measure_reach({}, {})
    assert reach.direct == reach.second == reach.further == reach.beyond == reach.openers == ()


@given(networks())
def test_every_contact_is_at_one_distance(graph: Neighbours) -> None:
    alters = {node: Alter(node, "", strength=node % 2) for node in graph}
    reach = measure_reach(graph, alters)
    everybody = (*reach.direct, *reach.second, *reach.further, *reach.beyond)
    assert sorted(everybody) == sorted(graph)


@given(networks(smallest=2))
def test_harmonic_closeness_is_that_of_networkx(graph: Neighbours) -> None:
    expected = nx.harmonic_centrality(to_networkx(graph))
    found = harmonic_closeness(graph)
    assert found == pytest.approx({n: value / (len(graph) - 1) for n, value in expected.items()})


def test_one_contact_is_close_to_nobody() -> None:
    assert harmonic_closeness({1: {}}) == {1: 0.0}
