"""Single points of failure: the contacts and ties without whom the network falls apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.network import EGO, Alter, Neighbours, Network, join_ego, read

LIVING = 0.2  # from this strength on the user can do without anybody in between


@dataclass(frozen=True, slots=True)
class Keystone:
    """A contact whose loss cuts the user off from others.

    `lost` are reached over this contact only; `organisations` are those of which every contact
    within reach is among the lost or is the keystone.
    """

    id: int
    lost: tuple[int, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoleLink:
    """The only contact the user has in an organisation."""

    organisation: str
    id: int


@dataclass(frozen=True, slots=True)
class _Walk:
    """A depth-first walk: `order` of visit, `end` of each subtree in it, `parent`, `low` point."""

    order: list[int]
    place: dict[int, int]
    end: dict[int, int]
    parent: dict[int, int | None]
    low: dict[int, int]


def cut_points(graph: Network) -> tuple[int, ...]:
    """Contacts without whom some others would no longer reach each other, by id.

    Source: Tarjan (1972), 'Depth-first search and linear graph algorithms', SIAM J. Comput. 1.
    """
    walk = _walk(read(graph))
    return tuple(sorted(_children_cut_off(walk)))


def bridges(graph: Network) -> tuple[tuple[int, int], ...]:
    """Ties without which their two sides would no longer reach each other, as sorted pairs."""
    walk = _walk(read(graph))
    return tuple(
        sorted(
            (min(node, parent), max(node, parent))
            for node, parent in walk.parent.items()
            if parent is not None and walk.low[node] > walk.place[parent]
        )
    )


def core_numbers(graph: Network) -> dict[int, int]:
    """For each contact the largest k such that it is in a group where all have k ties within.

    Source: Seidman (1983), 'Network structure and minimum degree', Social Networks 5; computed by
    peeling, Batagelj & Zaveršnik (2003), 'An O(m) algorithm for cores decomposition of networks'.
    """
    neighbours = read(graph)
    left = {node: len(tied) for node, tied in neighbours.items()}
    by_degree: list[list[int]] = [[] for _ in range(max(left.values(), default=0) + 1)]
    for node, degree in left.items():
        by_degree[degree].append(node)
    cores: dict[int, int] = {}
    for degree, bucket in enumerate(by_degree):
        for node in bucket:  # grows while read
            if node in cores or left[node] > degree:
                continue
            cores[node] = degree
            for other in neighbours[node]:
                if other not in cores and left[other] > degree:
                    left[other] -= 1
                    by_degree[left[other]].append(other)
    return cores


def inner_circle(graph: Network) -> tuple[int, ...]:
    """The contacts of the highest core, by id; none below a core of 2, where there is no circle."""
    cores = core_numbers(graph)
    highest = max(cores.values(), default=0)
    return tuple(sorted(n for n, core in cores.items() if core == highest)) if highest > 1 else ()


def keystones(
    graph: Network, alters: Mapping[int, Alter], living_from: float = LIVING
) -> tuple[Keystone, ...]:
    """Contacts whose loss cuts the user off from others, those who cost most first.

    From A and the user's ties of at least `living_from`: those below are taken for dormant, so
    that their contacts are within reach only over somebody else.
    """
    strengths = {a.id: a.strength for a in alters.values() if a.strength >= living_from}
    walk = _walk(join_ego(read(graph), strengths), roots=[EGO])
    reached = [node for node in walk.order if node != EGO]
    people: dict[str, set[int]] = {}
    for node in reached:
        if organisation := alters[node].organisation:
            people.setdefault(organisation, set()).add(node)
    found = []
    for node, children in _children_cut_off(walk).items():
        if node != EGO:
            lost = {n for child in children for n in _subtree(walk, child)}
            touched = {alters[n].organisation for n in lost}
            gone = [o for o in touched if o and people[o] <= lost | {node}]
            found.append(Keystone(node, tuple(sorted(lost)), tuple(sorted(gone))))
    return tuple(sorted(found, key=lambda k: (-len(k.organisations), -len(k.lost), k.id)))


def sole_links(alters: Iterable[Alter]) -> tuple[SoleLink, ...]:
    """The organisations in which the user has one contact only, strongest first."""
    people: dict[str, list[Alter]] = {}
    for alter in alters:
        if alter.organisation and alter.strength > 0:
            people.setdefault(alter.organisation, []).append(alter)
    sole = [group[0] for group in people.values() if len(group) == 1]
    sole.sort(key=lambda alter: (-alter.strength, alter.id))
    return tuple(SoleLink(alter.organisation or "", alter.id) for alter in sole)


def _walk(neighbours: Neighbours, roots: Iterable[int] | None = None) -> _Walk:
    """Walk depth first from every root, without recursion: a chain may be thousands long."""
    walk = _Walk([], {}, {}, {}, {})
    for root in neighbours if roots is None else roots:
        if root in walk.place:
            continue
        _enter(walk, root, None)
        stack = [(root, iter(neighbours[root]))]
        while stack:
            node, others = stack[-1]
            for other in others:
                if other not in walk.place:
                    _enter(walk, other, node)
                    stack.append((other, iter(neighbours[other])))
                    break
                if other != walk.parent[node]:
                    walk.low[node] = min(walk.low[node], walk.place[other])
            else:
                stack.pop()
                walk.end[node] = len(walk.order)
                parent = walk.parent[node]
                if parent is not None:
                    walk.low[parent] = min(walk.low[parent], walk.low[node])
    return walk


def _enter(walk: _Walk, node: int, parent: int | None) -> None:
    walk.place[node] = walk.low[node] = len(walk.order)
    walk.order.append(node)
    walk.parent[node] = parent


def _children_cut_off(walk: _Walk) -> dict[int, list[int]]:
    """Each cut point with the children in the walk whose subtrees it alone holds."""
    children: dict[int, list[int]] = {}
    for node in walk.order:
        parent = walk.parent[node]
        if parent is not None and walk.low[node] >= walk.place[parent]:
            children.setdefault(parent, []).append(node)
    return {
        node: held
        for node, held in children.items()
        if walk.parent[node] is not None or len(held) > 1
    }


def _subtree(walk: _Walk, node: int) -> list[int]:
    return walk.order[walk.place[node] : walk.end[node]]
