"""Groups among the contacts: who is tied closely together, and what they share."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.network import Alter, Neighbours, Network, components, read


class Shared(StrEnum):
    """What the members of a group have in common, in the order of preference for a name."""

    ORGANISATION = "organisation"
    TAG = "tag"
    PLACE = "place"
    SECTOR = "sector"
    MEMBER = "member"  # nothing on record: named after the member tied most within it


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts tied closely together, by id; `label` is shared by `share` (0..1) of them.

    `central` is the member tied most within the group. `rank` tells apart groups of one label:
    1 is the largest.
    """

    members: tuple[int, ...]
    shared: Shared
    label: str
    share: float
    central: int
    rank: int = 1


def communities(graph: Network, resolution: float = 1.0) -> tuple[tuple[int, ...], ...]:
    """Every contact in exactly one community, isolates alone; largest first, then by id.

    Greedy modularity on the tie strengths in passes over ever coarser graphs, then once more over
    the contacts themselves; a community that is not in one piece is split. Contacts are taken in
    the order of the graph, so the same graph gives the same answer.
    Source: Blondel et al. (2008), 'Fast unfolding of communities in large networks', J. Stat.
    Mech. P10008; the queue and the splitting follow Traag et al. (2019), 'From Louvain to Leiden'.
    """
    neighbours = read(graph)
    nodes = list(neighbours)
    index = {node: i for i, node in enumerate(nodes)}
    level = [{index[o]: s for o, s in neighbours[node].items()} for node in nodes]
    community = _move(level, list(range(len(nodes))), resolution)
    while True:
        community = _coarsen(level, community, resolution)
        finer = _move(level, community[:], resolution)
        if finer == community:
            return _whole(neighbours, nodes, community)
        community = finer


def modularity(
    graph: Network, parts: Iterable[Iterable[int]], resolution: float = 1.0
) -> float | None:
    """How much more strength lies within the parts than chance would put there; None without ties.

    Source: Newman (2004), 'Analysis of weighted networks', Phys. Rev. E 70, 056131.
    """
    neighbours = read(graph)
    total = sum(sum(tied.values()) for tied in neighbours.values())
    if total == 0:
        return None
    result = 0.0
    for part in parts:
        members = set(part)
        inside = sum(s for a in members for b, s in neighbours[a].items() if b in members)
        volume = sum(sum(neighbours[a].values()) for a in members)
        result += inside / total - resolution * (volume / total) ** 2
    return result


def name_groups(
    graph: Network, alters: Mapping[int, Alter], parts: Sequence[Sequence[int]], smallest: int = 3
) -> tuple[Group, ...]:
    """Groups of at least `smallest` members, in the order given, named after what they share.

    A label must hold for at least half the members. Among those, the one that tells the group
    apart best wins: its share within the group times its share of all contacts who bear it; then
    organisation before tag before place before sector. With none, the group is named after the
    member tied most within it.
    """
    neighbours = read(graph)
    marks = {alter.id: _features(alter) for alter in alters.values()}
    bearers = Counter(feature for own in marks.values() for feature in own)
    groups: list[Group] = []
    ranks: Counter[tuple[Shared, str]] = Counter()
    for part in parts:
        if len(part) >= smallest:
            central = _central(neighbours, part)
            found = _label([marks[member] for member in part], bearers)
            shared, label, share = found or (Shared.MEMBER, alters[central].name, 1.0)
            ranks[shared, label] += 1
            groups.append(
                Group(tuple(part), shared, label, share, central, rank=ranks[shared, label])
            )
    return tuple(groups)


def _features(alter: Alter) -> list[tuple[int, str]]:
    """What a contact can share with others: places in Shared, in the order of preference."""
    found = [(0, alter.organisation)]
    found += [(1, tag) for tag in sorted(set(alter.tags))]
    found += [(2, alter.place), (3, alter.sector)]
    return [(place, value) for place, value in found if value]


def _label(
    members: list[list[tuple[int, str]]], bearers: Counter[tuple[int, str]]
) -> tuple[Shared, str, float] | None:
    counts = Counter(feature for own in members for feature in own)
    common = [
        (-(count * count) / bearers[feature], feature)
        for feature, count in counts.items()
        if count >= 2 and 2 * count >= len(members)
    ]
    if not common:
        return None
    _, (place, label) = min(common)
    return list(Shared)[place], label, counts[place, label] / len(members)


def _central(neighbours: Neighbours, part: Sequence[int]) -> int:
    members = set(part)
    within = {a: sum(s for b, s in neighbours[a].items() if b in members) for a in part}
    return min(part, key=lambda a: (-within[a], a))


def _move(neighbours: list[dict[int, float]], community: list[int], resolution: float) -> list[int]:
    """Local moving from a given start: each node to the neighbouring community that gains most."""
    degree = [sum(tied.values()) for tied in neighbours]  # a loop is in its node's own dictionary
    pull = resolution / (sum(degree) or 1.0)
    volume = [0.0] * len(neighbours)
    for node, own in enumerate(community):
        volume[own] += degree[node]
    queue = deque(node for node, weight in enumerate(degree) if weight)
    waiting = [True] * len(neighbours)
    while queue:
        node = queue.popleft()
        waiting[node] = False
        own, tied = community[node], neighbours[node]
        volume[own] -= degree[node]
        best = _best(node, tied, community, volume, pull * degree[node])
        volume[best] += degree[node]
        if best != own:
            community[node] = best
            for other in tied:
                if not waiting[other] and community[other] != best:
                    waiting[other] = True
                    queue.append(other)
    return community


def _best(
    node: int,
    tied: dict[int, float],
    community: list[int],
    volume: list[float],
    pull: float,
) -> int:
    """The community that gains most by having the node, its own where none gains more."""
    own = community[node]
    links = {own: 0.0}
    for other, strength in tied.items():
        if other != node:
            name = community[other]
            links[name] = links.get(name, 0.0) + strength
    best, most = own, links[own] - pull * volume[own]
    for name, strength in links.items():
        gain = strength - pull * volume[name]
        if gain > most + 1e-12:  # not for a rounding error: it could go round for ever
            best, most = name, gain
    return best


def _coarsen(level: list[dict[int, float]], community: list[int], resolution: float) -> list[int]:
    """Move whole communities, and then communities of these, until none gains by moving."""
    while True:
        coarse, names = _merge(level, community)
        moved = _move(coarse, list(range(len(coarse))), resolution)
        community = [moved[name] for name in names]
        if len(set(moved)) == len(coarse):
            return community


def _merge(
    neighbours: list[dict[int, float]], community: list[int]
) -> tuple[list[dict[int, float]], list[int]]:
    """The graph of the communities, loops counted twice over, and each node's place in it."""
    names = _canonical(community)
    merged: list[dict[int, float]] = [{} for _ in range(max(names, default=-1) + 1)]
    for node, tied in enumerate(neighbours):
        row = merged[names[node]]
        for other, strength in tied.items():
            name = names[other]
            row[name] = row.get(name, 0.0) + strength
    return merged, names


def _canonical(community: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(own, len(numbers)) for own in community]


def _whole(
    neighbours: Neighbours, nodes: list[int], community: list[int]
) -> tuple[tuple[int, ...], ...]:
    """The communities in whole pieces, largest first."""
    own = dict(zip(nodes, community, strict=True))
    within = {
        a: {b: s for b, s in tied.items() if own[b] == own[a]} for a, tied in neighbours.items()
    }
    return components(within)
