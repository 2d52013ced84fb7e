"""Brokers: the contacts over whom the others reach each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from analysis.network import Network, read


@dataclass(frozen=True, slots=True)
class Broker:
    """A contact between others.

    `share` of all pairs of other contacts have their shortest path over this one, 0..1. `groups`
    are the places, in the list of groups given, of those this contact has ties into, own included.
    """

    id: int
    share: float
    groups: tuple[int, ...]


def betweenness(graph: Network, weighted: bool = True) -> dict[int, float]:
    """Share of the pairs of other contacts whose shortest paths run over each contact, 0..1.

    Pairs with several shortest paths count by parts. A path is as long as the sum of 1/strength of
    its ties, or as the number of its ties when not `weighted`. For A. All 0 below three contacts.
    Source: Freeman (1977), 'A set of measures of centrality based on betweenness', Sociometry 40;
    computed by Brandes (2001), 'A faster algorithm for betweenness centrality', J. Math. Soc. 25.
    """
    neighbours = read(graph)
    nodes = list(neighbours)
    index = {node: i for i, node in enumerate(nodes)}
    rows = [
        [(index[o], 1 / s if weighted else 1.0) for o, s in neighbours[node].items()]
        for node in nodes
    ]
    between = [0.0] * len(nodes)
    for source, row in enumerate(rows):
        if row:
            _add_dependencies(rows, source, between)
    pairs = (len(nodes) - 1) * (len(nodes) - 2)
    return {node: between[i] / pairs if pairs else 0.0 for i, node in enumerate(nodes)}


def rank_brokers(
    graph: Network, groups: Sequence[Sequence[int]] = (), most: int = 5
) -> tuple[Broker, ...]:
    """The contacts with the most betweenness, those with none left out; ties broken by id."""
    neighbours = read(graph)
    between = betweenness(neighbours)
    place = {member: i for i, group in enumerate(groups) for member in group}
    ranked = sorted((-share, node) for node, share in between.items() if share > 0)
    return tuple(
        Broker(
            node,
            -share,
            tuple(sorted({place[o] for o in (node, *neighbours[node]) if o in place})),
        )
        for share, node in ranked[:most]
    )


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
