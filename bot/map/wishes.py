"""Where each contact would like to be, and the ways to write its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.map.ground import Ground
from bot.map.lettering import clip, drawable, measure
from bot.map.names import count_first_names, forms
from bot.map.place import Form, Wish
from bot.map.scene import Dot
from bot.map.sectors import Slice

_GOLDEN = (sqrt(5) - 1) / 2
_CROWD = 60  # from so many contacts on, short names are placed first and lengthened afterwards
_SIZES = ((6, 32), (15, 28), (25, 26), (40, 24), (70, 22))  # up to so many contacts, so large
_SMALLEST = 21  # px of a picture of 1280 that a phone's reader needs


@dataclass(frozen=True, slots=True)
class Request:
    """A contact's wish; `number` stands for the name where no font can draw it."""

    dot: Dot
    wish: Wish
    number: int | None


def ask(order: Sequence[Dot], slices: Sequence[Slice], ground: Ground) -> list[Request]:
    """What each contact would like, in the given order."""
    distances = _distances(order, ground)
    angles = _angles(slices, distances)
    home = {dot.id: piece for piece in slices for dot in piece.members}
    first_names = count_first_names(dot.name for dot in order)
    least, most = _radii(len(order))
    requests: list[Request] = []
    number = 0
    for dot in order:
        written = drawable(dot.name)
        number += not written
        names = forms(written, first_names) if written else (f"№ {number}",)
        wish = Wish(
            id=dot.id,
            start=home[dot.id].start,
            end=home[dot.id].end,
            distance=distances[dot.id],
            angle=angles[dot.id],
            radius=least + (most - least) * dot.strength,
            forms=_measured(names, is_bold(dot), len(order)),
        )
        requests.append(Request(dot, wish, None if written else number))
    return requests


def is_bold(dot: Dot) -> bool:
    return dot.strength >= 0.66


def name_size(count: int) -> float:
    """Height of the names' letters: the fewer there are, the larger."""
    return next((size for most, size in _SIZES if count <= most), _SMALLEST)


def _radii(count: int) -> tuple[float, float]:
    """The radius of the weakest and of the strongest contact's dot."""
    crowd = max(0.0, min(1.0, (count - 10) / 110))
    return (21, 40) if count <= 6 else (15 - 5.5 * crowd, 29 - 13.5 * crowd)


def _measured(names: Sequence[str], bold: bool, count: int) -> tuple[Form, ...]:
    """The forms that are not too wide; in a crowd the shortest first."""
    size, width = name_size(count), 256.0
    short = [name for name in names if measure(name, size, bold).advance <= width]
    found = []
    for name in short or [clip(names[-1], width, size, bold)]:
        box = measure(name, size, bold)
        found.append(Form(name, box.left, box.top, box.right, box.bottom))
    return tuple(found[::-1] if count > _CROWD else found)


def _distances(dots: Sequence[Dot], ground: Ground) -> dict[int, float]:
    """How far from the centre: by rank as well as by strength, so that no ring is crowded while
    another is empty; the stronger never wishes to be further out."""
    ranks: dict[float, list[int]] = {}
    for rank, dot in enumerate(sorted(dots, key=lambda dot: -dot.strength)):
        ranks.setdefault(dot.strength, []).append(rank)
    by_rank = {s: (sum(own) / len(own) + 0.5) / len(dots) for s, own in ranks.items()}
    weight = 0.75 if len(dots) > 15 else 0.45
    return {
        dot.id: ground.ring(weight * by_rank[dot.strength] + (1 - weight) * (1 - dot.strength))
        for dot in dots
    }


def _angles(slices: Sequence[Slice], distances: Mapping[int, float]) -> dict[int, float]:
    """Members of a sector fan out evenly, those next to each other in rank far apart."""
    angles: dict[int, float] = {}
    for piece in slices:
        ranked = sorted(piece.members, key=lambda dot: (distances[dot.id], dot.id))
        fan = sorted(range(len(ranked)), key=lambda rank: ((rank + 0.5) * _GOLDEN) % 1)
        for turn, rank in enumerate(fan):
            share = (turn + 0.5) / len(ranked)
            angles[ranked[rank].id] = piece.start + share * (piece.end - piece.start)
    return angles
