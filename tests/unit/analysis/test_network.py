"""The graphs: what ties contacts, and what the graph as a whole is like."""

from __future__ import annotations

from datetime import date
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.network import (
    AUDIENCE,
    EGO,
    Alter,
    Event,
    Tie,
    build,
    components,
    connect,
    density,
    edges,
    read,
    with_ego,
)

DAY = date(2026, 11, 2)


def people(*contacts: int) -> list[Alter]:
    return [Alter(contact, f"Person {contact}") for contact in contacts]


ids = st.integers(1, 12)
ties = st.lists(st.builds(Tie, ids, ids, strength=st.floats(-0.5, 2)), max_size=30)
events = st.lists(st.builds(Event, st.lists(ids, max_size=6).map(tuple), st.just(DAY)), max_size=10)


def test_an_event_gives_each_of_its_contacts_one_ties_worth_in_all() -> None:
    graph = build(people(1, 2, 3, 4), [], [Event((1, 2, 3, 4), DAY)])
    assert all(data["strength"] == pytest.approx(1 / 3) for _, _, data in graph.edges(data=True))
    assert graph.size(weight="strength") * 2 == pytest.approx(4)


def test_stated_ties_and_shared_events_add_up_and_distance_is_the_inverse() -> None:
    graph = build(people(1, 2, 3), [Tie(2, 1)], [Event((1, 2, 3), DAY), Event((2, 1, 2), DAY)])
    assert graph.edges[1, 2] == {"strength": 2.5, "distance": 0.4}
    assert graph.edges[1, 3] == {"strength": 0.5, "distance": 2.0}


def test_an_audience_ties_nobody() -> None:
    everybody = tuple(range(1, AUDIENCE + 1))
    assert build(people(*everybody), [], [Event(everybody, DAY)]).size() == 0
    assert build(people(*everybody), [], [Event(everybody[1:], DAY)]).size() > 0


def test_loops_strangers_and_worthless_ties_are_left_out() -> None:
    given_ties = [Tie(1, 1), Tie(1, 9), Tie(1, 2, strength=0), Tie(2, 3, strength=-1)]
    graph = build(people(1, 2, 3), given_ties, [Event((1, 9), DAY), Event((2,), DAY)])
    assert sorted(graph) == [1, 2, 3]
    assert graph.size() == 0


@pytest.mark.parametrize("strength", [0.0, -1.0, 1e-320, 1e308, float("inf"), float("nan")])
def test_a_strength_that_cannot_be_is_no_tie_anywhere(strength: float) -> None:
    graph = build(people(1, 2), [Tie(1, 2, strength=strength)], [])
    assert graph.size() == with_ego(graph, {1: strength}).size() == 0
    graph.add_edge(1, 2, strength=strength)
    assert read(graph) == {1: {}, 2: {}}


def test_the_user_is_tied_with_the_strengths_given_and_a_is_left_alone() -> None:
    graph = build(people(1, 2, 3), [Tie(1, 2)], [])
    joined = with_ego(graph, {1: 0.5, 2: 0.0, 9: 1.0})
    assert dict(joined[EGO]) == {1: {"strength": 0.5, "distance": 2.0}}
    assert EGO not in graph


def test_a_directed_graph_is_refused() -> None:
    with pytest.raises(ValueError, match="no direction"):
        read(nx.DiGraph([(1, 2)]))


def test_density_of_the_karate_club() -> None:
    """78 of 561 ties: Zachary (1977)."""
    assert density(nx.karate_club_graph()) == pytest.approx(0.139037, abs=1e-6)


@pytest.mark.parametrize("size", [0, 1])
def test_density_is_undefined_below_two_contacts(size: int) -> None:
    assert density(build(people(*range(size)), [], [])) is None


@given(ties, events, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    given_ties: list[Tie], given_events: list[Event], random: Random
) -> None:
    alters = people(*range(1, 13))
    first = connect(alters, given_ties, given_events)
    for records in (alters, given_ties, given_events):
        random.shuffle(records)  # type: ignore[arg-type]
    again = connect(alters, given_ties, given_events)
    assert list(first) == list(again)
    assert [list(tied.items()) for tied in first.values()] == [
        list(tied.items()) for tied in again.values()
    ]


@given(ties, events)
def test_the_graph_is_the_same_as_plain_dictionaries_and_as_networkx_sees_it(
    given_ties: list[Tie], given_events: list[Event]
) -> None:
    alters = people(*range(1, 13))
    plain = connect(alters, given_ties, given_events)
    graph = build(alters, given_ties, given_events)
    assert read(graph) == plain
    assert len(list(edges(graph))) == graph.size()
    assert density(plain) == pytest.approx(nx.density(graph))
    assert sorted(map(sorted, nx.connected_components(graph))) == sorted(
        map(list, components(plain))
    )
