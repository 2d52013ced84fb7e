"""Brokers, who connect the others, and those whose position makes new ideas likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from importlib import import_module
from math import comb
from typing import Any

from analysis.cuts import core_numbers
from analysis.network import Neighbours, Network, read


@dataclass(frozen=True, slots=True)
class Broker:
    """A contact between others.

    `share` of all pairs of other contacts have their shortest path over this one, 0..1. `groups`
    are the places, in the list of groups given, of those this contact has ties into, own included.
    """

    id: int
    share: float
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Innovator:
    """A contact at the edge of several groups.

    `spread` is how evenly the strength of the ties is spread over the groups, 0..1.
    """

    id: int
    spread: float
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """How many pairs not tied to each other somebody stands between, by the groups of the three.

    Ties have no direction here, so gatekeeper and representative are one.
    """

    coordinator: int  # all three in one group
    itinerant: int  # the two in one group, the broker in another
    gatekeeper: int  # the broker in the group of one of the two
    liaison: int  # three groups


def betweenness(graph: Network, weighted: bool = True) -> dict[int, float]:
    """Share of the pairs of other contacts whose shortest paths run over each contact, 0..1.

    Pairs with several shortest paths count by parts. A path is as long as the sum of 1/strength of
    its ties, or as the number of its ties when not `weighted`. For A. All 0 below three contacts.
    Source: Freeman (1977), 'A set of measures of centrality based on betweenness', Sociometry 40;
    computed by Brandes (2001), 'A faster algorithm for betweenness centrality', J. Math. Soc. 25.
    """
    neighbours = read(graph)
    index = {node: i for i, node in enumerate(node for node in neighbours if neighbours[node])}
    rows = [
        [(index[other], 1 / s if weighted else 1.0) for other, s in neighbours[node].items()]
        for node in index
    ]
    carried = _native_betweenness(rows) if rows and _native() else _betweenness(rows)
    pairs = (len(neighbours) - 1) * (len(neighbours) - 2) / 2
    return {
        node: carried[index[node]] / pairs if pairs and node in index else 0.0
        for node in neighbours
    }


def rank_brokers(
    graph: Network, groups: Sequence[Sequence[int]] = (), most: int = 5
) -> tuple[Broker, ...]:
    """The contacts with the most betweenness, those with none left out; ties broken by id."""
    neighbours = read(graph)
    place = places(groups)
    shares = {node: round(share, 12) for node, share in betweenness(neighbours).items()}
    ranked = sorted((-share, node) for node, share in shares.items() if share)
    return tuple(
        Broker(node, -share, _groups(neighbours, place, node)) for share, node in ranked[:most]
    )


def rank_innovators(
    graph: Network, groups: Sequence[Sequence[int]], most: int = 5
) -> tuple[Innovator, ...]:
    """Contacts at the edge of several groups, most evenly spread first; ties broken by id.

    They have ties into two groups or more, none of the groups has more than two thirds of their
    strength, and they are not of the innermost core, where everybody knows what everybody knows.
    The spread is the participation coefficient, 1 - sum of squared shares of strength by group.
    Sources: people near structural holes have the good ideas, Burt (2004), AJS 110(2); the edge
    with ties outwards is where creativity is likely, Perry-Smith & Shalley (2003), AMR 28(1);
    participation, Guimerà & Amaral (2005), Nature 433. The limit of two thirds is ours.
    """
    neighbours = read(graph)
    place = places(groups)
    cores = core_numbers(neighbours)
    innermost = max(cores.values(), default=0)
    found = []
    for node, tied in neighbours.items():
        if len(tied) < 2 or cores[node] == innermost > 1:
            continue
        into: dict[int, float] = {}
        for other, strength in tied.items():
            if other in place:
                into[place[other]] = into.get(place[other], 0.0) + strength
        total = sum(into.values())
        if len(into) >= 2 and max(into.values()) <= total * 2 / 3:
            spread = 1 - sum((strength / total) ** 2 for strength in into.values())
            found.append(Innovator(node, spread, _groups(neighbours, place, node)))
    return tuple(sorted(found, key=lambda i: (-round(i.spread, 9), i.id))[:most])


def count_roles(graph: Network, broker: int, groups: Mapping[int, str]) -> Roles | None:
    """The pairs not tied to each other that the broker stands between, by role.

    Those with no group do not count; None where the broker has no group or is not in the graph.
    Source: Gould & Fernandez (1989), 'Structures of mediation', Sociological Methodology 19.
    """
    neighbours = read(graph)
    if broker not in groups or broker not in neighbours:
        return None
    alters = {alter for alter in neighbours[broker] if alter in groups}
    own = groups[broker]
    sizes = Counter(groups[alter] for alter in alters)
    home = sizes.pop(own, 0)
    away = sum(sizes.values())
    pairs_of_one = sum(comb(size, 2) for size in sizes.values())
    counts = [comb(home, 2), pairs_of_one, home * away, comb(away, 2) - pairs_of_one]
    for a in alters:
        for b in neighbours[a]:
            if a < b and b in alters:
                counts[_role(own, groups[a], groups[b])] -= 1
    return Roles(*counts)


def _role(own: str, a: str, b: str) -> int:
    """Which of the four counts a pair belongs to."""
    if a == b:
        return 0 if a == own else 1
    return 2 if own in (a, b) else 3


def places(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    """Each member's place in the list of groups."""
    return {member: i for i, group in enumerate(groups) for member in group}


def _groups(neighbours: Neighbours, place: Mapping[int, int], node: int) -> tuple[int, ...]:
    return tuple(sorted({place[o] for o in (node, *neighbours[node]) if o in place}))


@cache
def _native() -> Any:
    """Brandes' algorithm in Rust, or None where it has no build: the same answers, only later."""
    try:
        return import_module("graphrs_python")
    except ImportError:
        return None


def _native_betweenness(rows: list[list[tuple[int, float]]]) -> list[float]:
    native = _native()
    edges = [(a, b, length) for a, row in enumerate(rows) for b, length in row if a < b]
    graph = native.create_graph_from_nodes_and_edges(list(range(len(rows))), edges, False)
    found = native.betweenness_centrality(graph, weighted=True, normalized=False)
    return [found[i] for i in range(len(rows))]


def _betweenness(rows: list[list[tuple[int, float]]]) -> list[float]:
    between = [0.0] * len(rows)
    for source in range(len(rows)):
        _add_dependencies(rows, source, between)
    return [carried / 2 for carried in between]  # each pair was met from both its ends


def _add_dependencies(
    rows: list[list[tuple[int, float]]], source: int, between: list[float]
) -> None:
    """Add to `between` what each node carries of the shortest paths from the source."""
    size = len(rows)
    distance = [float("inf")] * size
    paths = [0] * size
    before: list[list[int]] = [[] for _ in range(size)]
    settled = [False] * size
    order = []
    distance[source], paths[source] = 0.0, 1
    queue = [(0.0, source)]
    while queue:
        so_far, node = heappop(queue)
        if settled[node]:
            continue
        settled[node] = True
        order.append(node)
        for other, length in rows[node]:
            reached = so_far + length
            best = distance[other]
            if reached < best:
                distance[other] = reached
                paths[other] = paths[node]
                before[other] = [node]
                heappush(queue, (reached, other))
            elif reached == best and not settled[other]:
                paths[other] += paths[node]
                before[other].append(node)
    carried = [0.0] * size
    for node in reversed(order[1:]):
        each = (1 + carried[node]) / paths[node]
        for other in before[node]:
            carried[other] += paths[other] * each
        between[node] += carried[node]
