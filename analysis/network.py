"""A person's network as graphs: A, the contacts alone, and E, the contacts with the user.

Communities, brokers, cut points, cores and components are read from A: with the user left in,
any two contacts are two steps apart and such measures say nothing. Constraint, effective size,
efficiency, hierarchy and ego betweenness are the user's own and are read from E; a contact's own
cannot be known from one person's record.

The public graph is a networkx.Graph with `strength` and `distance` on every edge. Inside, the
measures run on plain dictionaries: faster, and networkx is then not imported at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.Graph[int]

#: node -> neighbour -> strength; symmetric and without loops; not tied is not there, never 0
Neighbours: TypeAlias = dict[int, dict[int, float]]
Network: TypeAlias = "Graph | Neighbours"

EGO = -1  # the user's node in E; contacts have ids from 1
PERSON = "person"
ORGANISATION = "organisation"
FAINTEST, FIRMEST = 1e-9, 1e9  # strengths beyond are slips; their sums and inverses would overflow
AUDIENCE = 100  # so many at one event are an audience: sitting in it ties nobody to anybody


@dataclass(frozen=True, slots=True)
class Alter:
    """A contact of the user. `strength` is the tie to the user, 0..1; 0 is known of, never met."""

    id: int
    name: str
    organisation: str | None = None
    kind: str = PERSON
    tags: tuple[str, ...] = ()
    sector: str | None = None
    place: str | None = None
    stage: str | None = None
    strength: float = 0.0
    inside: bool | None = None  # inside the user's own organisation; None when not known


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two contacts, in no direction. Several between the same two add up."""

    a: int
    b: int
    kind: str = "knows"
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Contacts who met on one occasion."""

    contacts: tuple[int, ...]
    on: date


def connect(alters: Iterable[Alter], ties: Iterable[Tie], events: Iterable[Event]) -> Neighbours:
    """A as plain dictionaries, nodes and neighbours in the order of their ids.

    Two contacts at an event of n contacts gain 1/(n-1), so that an event gives each contact one
    tie's worth in all; an event of AUDIENCE or more gives nothing. Ties and events naming somebody
    who is not among the alters, loops, and strengths beyond FAINTEST and FIRMEST are left out.
    Source: Newman (2001), 'Scientific collaboration networks. II', Phys. Rev. E 64, 016132.
    """
    nodes = sorted({alter.id for alter in alters})
    parts: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for tie in ties:
        if FAINTEST <= tie.strength <= FIRMEST:
            pair = (tie.a, tie.b) if tie.a < tie.b else (tie.b, tie.a)
            parts[pair].append(tie.strength)
    for event in events:
        there = sorted(set(event.contacts))
        if 2 <= len(there) < AUDIENCE:
            share = 1 / (len(there) - 1)
            for i, a in enumerate(there):
                for b in there[i + 1 :]:
                    parts[a, b].append(share)
    neighbours: Neighbours = {node: {} for node in nodes}
    for a, b in sorted(parts):
        if a != b and a in neighbours and b in neighbours:
            # exact, so that the order of the records cannot make equal paths unequal
            neighbours[a][b] = neighbours[b][a] = fsum(parts[a, b])
    return neighbours


def build(alters: Iterable[Alter], ties: Iterable[Tie], events: Iterable[Event]) -> Graph:
    """A, the graph of the contacts without the user: see `connect`.

    Every edge has `strength` (for constraint and communities) and `distance`, 1/strength (for
    shortest paths). The same input in any order gives the same graph in the same order.
    """
    return _graph(connect(alters, ties, events))


def with_ego(graph: Network, strengths: Mapping[int, float]) -> Graph:
    """E, a new graph: A and the user (EGO), tied to the contacts with these strengths.

    Strengths beyond FAINTEST and FIRMEST and those of contacts who are not in A are left out.
    """
    return _graph(join_ego(read(graph), strengths))


def join_ego(neighbours: Neighbours, strengths: Mapping[int, float]) -> Neighbours:
    """E as plain dictionaries; `neighbours` is left as it was."""
    own = {
        alter: strength
        for alter, strength in sorted(strengths.items())
        if FAINTEST <= strength <= FIRMEST and alter in neighbours
    }
    joined = {node: dict(tied) for node, tied in neighbours.items()}
    for alter, strength in own.items():
        joined[alter][EGO] = strength
    joined[EGO] = own
    return joined


def read(graph: Network) -> Neighbours:
    """The graph as plain dictionaries; plain dictionaries are returned as they are.

    A missing `strength` counts as 1. Loops and strengths beyond FAINTEST and FIRMEST are left out.
    Raises ValueError for a directed graph.
    """
    if isinstance(graph, dict):
        return graph
    if graph.is_directed():
        raise ValueError("ties between contacts have no direction: give an undirected graph")
    return {
        node: {
            other: strength
            for other, edge in tied.items()
            if other != node and FAINTEST <= (strength := edge.get("strength", 1.0)) <= FIRMEST
        }
        for node, tied in graph.adjacency()
    }


def edges(graph: Network) -> Iterator[tuple[int, int, float]]:
    """Each tie once, as (a, b, strength)."""
    seen: set[int] = set()
    for a, tied in read(graph).items():
        seen.add(a)
        for b, strength in tied.items():
            if b not in seen:
                yield a, b, strength


def density(graph: Network) -> float | None:
    """Share of the possible ties between contacts that exist, 0..1; None below two contacts.

    For A: with the user's own ties it could not fall below 2/(n+1).
    Source: Marsden (1990), 'Network data and measurement', Annual Review of Sociology 16.
    """
    neighbours = read(graph)
    size = len(neighbours)
    if size < 2:
        return None
    return sum(map(len, neighbours.values())) / (size * (size - 1))


def components(graph: Network) -> tuple[tuple[int, ...], ...]:
    """Contacts who reach each other over ties, each part sorted; largest first, then by id."""
    neighbours = read(graph)
    seen: set[int] = set()
    parts = []
    for start in neighbours:
        if start not in seen:
            part = [start]
            seen.add(start)
            for node in part:  # grows while read: a breadth-first search
                new = [other for other in neighbours[node] if other not in seen]
                seen.update(new)
                part.extend(new)
            parts.append(tuple(sorted(part)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part[0])))


def _graph(neighbours: Neighbours) -> Graph:
    import networkx as nx  # a fifth of a second: only for those who want the public type

    graph: Graph = nx.Graph()
    graph.add_nodes_from(neighbours)
    graph.add_edges_from(
        (a, b, {"strength": s, "distance": 1 / s}) for a, b, s in edges(neighbours)
    )
    return graph
