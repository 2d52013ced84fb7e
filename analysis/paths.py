"""Paths: who can introduce the user to a person or an organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from analysis.network import EGO, Alter, Network, read

LONGEST = 4  # ties from the user to the goal: further away nobody vouches for anybody


@dataclass(frozen=True, slots=True)
class Path:
    """The contacts from the one to ask first to the goal, and the product of all ties' strengths.

    The first contact alone is never a path: whom the user can ask directly needs no introduction.
    """

    contacts: tuple[int, ...]
    strength: float

    @property
    def first(self) -> int:
        return self.contacts[0]

    @property
    def goal(self) -> int:
        return self.contacts[-1]


def find_paths(
    graph: Network, goals: Collection[int], *, most: int = 3, ego: int = EGO
) -> tuple[Path, ...]:
    """The best path over each contact the user could ask first, strongest first.

    From E. A path is as good as the product of the strengths of its ties, each 1 at most, and has
    up to LONGEST ties; of equal ones the shorter, then the one of lower ids. A contact who is a
    goal is not asked to introduce the user to another goal, and a path is left out that runs over
    a contact whom the user had better ask first.
    """
    neighbours = read(graph)
    ends = {goal for goal in goals if goal in neighbours and goal != ego}
    best: dict[int, Path] = {goal: Path((goal,), 1.0) for goal in ends}
    edge = dict(best)
    for _ in range(LONGEST - 1):
        wider: dict[int, Path] = {}
        for node, path in edge.items():
            for other, strength in neighbours[node].items():
                if other == ego or other in ends:
                    continue
                longer = Path((other, *path.contacts), path.strength * min(strength, 1.0))
                rival = wider.get(other) or best.get(other)
                if rival is None or _order(longer) < _order(rival):
                    wider[other] = longer
        best |= wider
        edge = wider
    asked = [
        Path(rest.contacts, rest.strength * min(strength, 1.0))
        for first, strength in neighbours.get(ego, {}).items()
        if first not in ends and (rest := best.get(first))
    ]
    paths: list[Path] = []
    for path in sorted(asked, key=_order):
        if not any(better.first in path.contacts for better in paths):
            paths.append(path)
    return tuple(paths[:most])


def members(alters: Iterable[Alter], organisation: str) -> tuple[int, ...]:
    """The contacts in an organisation, and the organisation itself where it is a contact."""
    wanted = organisation.casefold()
    return tuple(
        alter.id
        for alter in alters
        if wanted in ((alter.organisation or "").casefold(), alter.name.casefold())
    )


def _order(path: Path) -> tuple[float, int, tuple[int, ...]]:
    return -round(path.strength, 12), len(path.contacts), path.contacts
