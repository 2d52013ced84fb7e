"""What if a contact leaves, what if two are introduced: the network before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.cuts import LIVING
from analysis.ego import Position, measure
from analysis.network import Alter, Neighbours, Network, components, join_ego, read
from analysis.reach import measure_reach


@dataclass(frozen=True, slots=True)
class State:
    """The figures that a change may move. `reach` counts contacts, directly or over others."""

    position: Position
    reach: int
    parts: int  # pieces that the contacts fall into without the user


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after; `lost` were within reach before and are not after, `won` the reverse.

    `organisations` had somebody within reach on one side only: lost, or won.
    """

    before: State
    after: State
    lost: tuple[int, ...]
    won: tuple[int, ...]
    organisations: tuple[str, ...]


def drop_contact(
    graph: Network, alters: Sequence[Alter], leaving: int, living_from: float = LIVING
) -> Change:
    """What if this contact leaves? The one who leaves is not counted among the lost.

    From A and the user's ties. Raises KeyError for somebody who is not in the graph.
    """
    neighbours = read(graph)
    if leaving not in neighbours:
        raise KeyError(leaving)
    without = {
        node: {other: s for other, s in tied.items() if other != leaving}
        for node, tied in neighbours.items()
        if node != leaving
    }
    return _compare(neighbours, without, alters, living_from, leaving)


def tie_contacts(
    graph: Network,
    alters: Sequence[Alter],
    a: int,
    b: int,
    strength: float = 1.0,
    living_from: float = LIVING,
) -> Change:
    """What if these two are introduced, and tied with this strength more than now?

    Raises KeyError for somebody who is not in the graph, ValueError for one contact twice.
    """
    if a == b:
        raise ValueError("a contact cannot be introduced to itself")
    neighbours = read(graph)
    tied = dict(neighbours)
    tied[a] = {**neighbours[a], b: neighbours[a].get(b, 0.0) + strength}
    tied[b] = {**neighbours[b], a: neighbours[b].get(a, 0.0) + strength}
    return _compare(neighbours, tied, alters, living_from)


def _compare(
    before: Neighbours,
    after: Neighbours,
    alters: Sequence[Alter],
    living_from: float,
    leaving: int | None = None,
) -> Change:
    known = {alter.id: alter for alter in alters}
    first, reached = _state(before, known, living_from)
    second, still = _state(after, known, living_from)
    reached -= {leaving}
    organisations = _organisations(reached, known) ^ _organisations(still, known)
    if leaving is not None and (own := known[leaving].organisation):
        organisations |= {own} - _organisations(still, known)
    return Change(
        before=first,
        after=second,
        lost=tuple(sorted(reached - still)),
        won=tuple(sorted(still - reached)),
        organisations=tuple(sorted(organisations)),
    )


def _state(
    neighbours: Neighbours, alters: Mapping[int, Alter], living_from: float
) -> tuple[State, set[int]]:
    strengths = {node: alters[node].strength for node in neighbours}
    reach = measure_reach(neighbours, alters, living_from)
    reached = {*reach.direct, *reach.second, *reach.further}
    position = measure(join_ego(neighbours, strengths))
    return State(position, len(reached), len(components(neighbours))), reached


def _organisations(nodes: set[int], alters: Mapping[int, Alter]) -> set[str]:
    return {organisation for node in nodes if (organisation := alters[node].organisation)}
