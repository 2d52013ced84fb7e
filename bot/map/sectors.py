"""Who is drawn, in which sector, and the sectors' order and width around the circle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import pi

from bot.map.scene import Dot, Line

Weights = dict[tuple[str | None, str | None], float]

MOST_SECTORS = 8
_GAP = 0.035
_LETTERS: dict[str | None, int] = {None: 14, "": 7}  # of names that this module does not know


@dataclass(frozen=True, slots=True)
class Slice:
    """A sector before it is drawn: `key` is the group; None of those without one, '' of the
    small groups put together."""

    key: str | None
    members: tuple[Dot, ...]
    start: float
    end: float


def choose(dots: Sequence[Dot], lines: Sequence[Line], most: int) -> tuple[Dot, ...]:
    """The `most` most telling: strong ties, those who connect groups, strong ties that fade."""
    telling = rate(dots, lines)
    return tuple(sorted(dots, key=lambda dot: (-telling[dot.id], dot.id))[:most])


def rate(dots: Iterable[Dot], lines: Iterable[Line]) -> dict[int, float]:
    """How much each contact tells about the network; only the order means anything."""
    group = {dot.id: dot.group for dot in dots}
    across: Counter[int] = Counter()
    degree: Counter[int] = Counter()
    for line in lines:
        for end in (line.a, line.b):
            degree[end] += 1
            across[end] += group[line.a] != group[line.b]
    return {
        dot.id: dot.strength * (1.3 if dot.fading else 1.0)
        + 0.12 * min(across[dot.id], 3)
        + 0.01 * min(degree[dot.id], 10)
        for dot in dots
    }


def slice_circle(dots: Sequence[Dot], lines: Sequence[Line]) -> tuple[Slice, ...]:
    """The sectors around the circle, clockwise from the top; neighbours share many ties."""
    members: dict[str | None, list[Dot]] = defaultdict(list)
    for dot in dots:
        members[dot.group].append(dot)
    named = sorted((key for key in members if key is not None), key=lambda k: (-len(members[k]), k))
    if len(named) > MOST_SECTORS:
        for small in named[MOST_SECTORS - 1 :]:
            members[""] += members.pop(small)
    order = _order(_weights(members, lines), {key: len(own) for key, own in members.items()})
    letters = [_LETTERS.get(key, len(key or "")) for key in order]
    slices: list[Slice] = []
    start = 0.0
    for key, span in zip(order, _spans([len(members[k]) for k in order], letters), strict=True):
        slices.append(Slice(key, tuple(members[key]), start, start + span))
        start += span + (_GAP if len(order) > 1 else 0)
    return tuple(slices)


def _weights(members: Mapping[str | None, Sequence[Dot]], lines: Iterable[Line]) -> Weights:
    """The strength of the ties between two sectors, both ways round."""
    sector = {dot.id: key for key, own in members.items() for dot in own}
    weights: Weights = defaultdict(float)
    for line in lines:
        if line.a in sector and line.b in sector and sector[line.a] != sector[line.b]:
            weights[sector[line.a], sector[line.b]] += line.strength
            weights[sector[line.b], sector[line.a]] += line.strength
    return weights


def _order(weights: Weights, sizes: Mapping[str | None, int]) -> list[str | None]:
    """The order with the shortest ties across the circle that swapping two sectors reaches."""
    order = sorted(sizes, key=lambda key: (-sizes[key], key is None, key or ""))
    places = len(order)

    def length(of: Sequence[str | None]) -> float:
        return sum(
            weights.get((of[i], of[j]), 0.0) * min(j - i, places - j + i)
            for i in range(places)
            for j in range(i + 1, places)
        )

    best = length(order)
    improved = True
    while improved:
        improved = False
        for i in range(1, places):
            for j in range(i + 1, places):
                order[i], order[j] = order[j], order[i]
                now = length(order)
                if now < best - 1e-9:
                    best, improved = now, True
                else:
                    order[i], order[j] = order[j], order[i]
    return order


def _spans(counts: Sequence[int], letters: Sequence[int]) -> list[float]:
    """Angles by the number of members, none too narrow for its name as long as there is room."""
    if len(counts) < 2:
        return [2 * pi] * len(counts)
    room = 2 * pi - _GAP * len(counts)
    least = [min(max(0.2, 0.06 + 0.026 * length), 0.45) for length in letters]
    scale = min(1.0, 0.35 * room / sum(least))
    rest = room - scale * sum(least)
    return [
        scale * span + rest * count / sum(counts) for span, count in zip(least, counts, strict=True)
    ]
