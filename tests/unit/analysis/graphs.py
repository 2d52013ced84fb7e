"""Published networks, and small random ones to test measures on."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st

from analysis.network import EGO, Alter, Neighbours

BORGATTI = {  # Borgatti (1997), 'Structural holes', figure 1
    "AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10,
}  # fmt: skip


def borgatti(weighted: bool) -> nx.Graph[int]:
    """A is 0, B is 1 and so on."""
    graph: nx.Graph[int] = nx.Graph()
    for pair, weight in BORGATTI.items():
        a, b = ("ABCDEFG".index(name) for name in pair)
        graph.add_edge(a, b, strength=weight if weighted else 1)
    return graph


def star(size: int) -> Neighbours:
    """The user and contacts of whom none knows another."""
    return {EGO: dict.fromkeys(range(1, size + 1), 1.0)} | {
        alter: {EGO: 1.0} for alter in range(1, size + 1)
    }


def clique(size: int) -> Neighbours:
    """The user and contacts who all know each other."""
    nodes = [EGO, *range(1, size + 1)]
    return {a: {b: 1.0 for b in nodes if b != a} for a in nodes}


def shadow(size: int) -> Neighbours:
    """The user and contacts of whom one knows all the others, who do not know each other."""
    graph = star(size)
    for alter in range(2, size + 1):
        graph[1][alter] = graph[alter][1] = 1.0
    return graph


def relabel(graph: Neighbours, labels: dict[int, int]) -> Neighbours:
    """The same graph under other ids, in the order of these."""
    renamed = {labels[a]: {labels[b]: s for b, s in tied.items()} for a, tied in graph.items()}
    return {a: dict(sorted(renamed[a].items())) for a in sorted(renamed)}


def to_networkx(graph: Neighbours) -> nx.Graph[int]:
    result: nx.Graph[int] = nx.Graph()
    result.add_nodes_from(graph)
    for a, tied in graph.items():
        result.add_edges_from((a, b, {"strength": s, "distance": 1 / s}) for b, s in tied.items())
    return result


def contacts(size: int, **fields: object) -> list[Alter]:
    return [Alter(i, f"Person {i}", **fields) for i in range(1, size + 1)]  # type: ignore[arg-type]


# Quarters and halves: sums of their inverses are exact, so that equally long paths are equal.
strengths = st.sampled_from((0.25, 0.5, 1.0, 2.0))


@st.composite
def networks(draw: st.DrawFn, smallest: int = 0, largest: int = 12) -> Neighbours:
    """Graphs of up to a dozen contacts with ids from 1, often in several pieces."""
    size = draw(st.integers(smallest, largest))
    graph: Neighbours = {node: {} for node in range(1, size + 1)}
    if size > 1:
        node = st.integers(1, size)
        for a, b, strength in draw(st.lists(st.tuples(node, node, strengths), max_size=3 * size)):
            if a != b:
                graph[a][b] = graph[b][a] = strength
    return {a: dict(sorted(tied.items())) for a, tied in graph.items()}
