"""Which contacts to introduce to each other."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from analysis.introductions import WARM, Match, Wants, suggest_introductions
from analysis.network import Alter, Neighbours, Tie, connect
from tests.unit.analysis.graphs import networks


def warm(*strengths: float) -> list[Alter]:
    return [Alter(i, f"Person {i}", strength=s) for i, s in enumerate(strengths, start=1)]


def test_the_strongest_pair_that_completes_each_other_comes_first() -> None:
    alters = warm(0.9, 0.8, 0.6, 0.5)
    wants = Wants(offers={3: ["data"], 1: ["venue"]}, needs={4: ["data"], 2: ["funds"]})
    first, second, *_ = suggest_introductions({i: {} for i in range(1, 5)}, alters, (), wants)
    assert (first.a, first.b, first.matches) == (1, 2, ())
    assert (second.a, second.b, second.score) == (3, 4, 0.6)
    assert second.matches == (Match(3, 4, "data"),)


def test_a_pair_is_left_out_when_it_is_tied_alike_cold_or_settled() -> None:
    alters = [
        Alter(1, "", "LAN", strength=0.9),
        Alter(2, "", "LAN", strength=0.9),
        Alter(3, "", "BPS", strength=0.9),
        Alter(4, "", strength=WARM / 2),
        Alter(5, "", strength=0.9),
        Alter(6, "", strength=0.9),
    ]
    graph = connect(alters, [Tie(1, 3)], [])
    found = suggest_introductions(graph, alters, [(3, 5)], settled=[(1, 5)], most=20)
    assert [(pair.a, pair.b) for pair in found] == [(1, 6), (2, 3), (2, 5), (2, 6), (3, 6), (5, 6)]
    assert found[2].groups == (None, 0)


def test_nobody_to_introduce() -> None:
    assert suggest_introductions({}, []) == ()
    assert suggest_introductions({1: {}}, warm(1.0)) == ()


words = st.lists(st.sampled_from("abc"), max_size=2)
strengths = st.one_of(st.sampled_from([0.0, 0.3, 0.5, 0.6, 1.0]), st.floats(0, 1))


@given(
    networks(),
    st.lists(st.tuples(strengths, words, words), min_size=12, max_size=12),
    st.integers(1, 8),
)
def test_the_same_as_looking_at_every_pair(
    graph: Neighbours, traits: list[tuple[float, list[str], list[str]]], most: int
) -> None:
    alters = [Alter(i, "", strength=traits[i - 1][0]) for i in graph]
    offers = {i: traits[i - 1][1] for i in graph}
    needs = {i: traits[i - 1][2] for i in graph}
    groups = [tuple(graph)[:3], tuple(graph)[3:6]]
    every = []
    for a, b in combinations(alters, 2):
        together = any(a.id in group and b.id in group for group in groups)
        if min(a.strength, b.strength) >= WARM and b.id not in graph[a.id] and not together:
            matches = len(set(offers[a.id]) & set(needs[b.id]))
            matches += len(set(offers[b.id]) & set(needs[a.id]))
            every.append((-a.strength * b.strength * (1 + matches), a.id, b.id))
    found = suggest_introductions(graph, alters, groups, Wants(offers, needs), most=most)
    assert [(-pair.score, pair.a, pair.b) for pair in found] == sorted(every)[:most]


def test_thousands_of_equally_strong_contacts_are_taken_by_id() -> None:
    alters = warm(*[1.0] * 5000)
    found = suggest_introductions({a.id: {} for a in alters}, alters, most=3)
    assert [(pair.a, pair.b) for pair in found] == [(1, 2), (1, 3), (1, 4)]
