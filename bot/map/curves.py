"""The ties as curves: from the user to each contact, and from contact to contact."""

from collections.abc import Mapping, Sequence
from math import hypot

from bot.map.ground import Ground
from bot.map.scene import Curve, Line, Point, Sector, Spot
from bot.map.sectors import Slice


def draw_spokes(spots: Sequence[Spot], ground: Ground) -> tuple[Curve, ...]:
    """From the user to each contact: the wider, the stronger; dashed where the tie is fading."""
    crowd = min(1.0, len(spots) / 100)
    return tuple(
        Curve(
            a=None,
            b=spot.dot.id,
            start=ground.centre,
            bend=_middle(ground.centre, (spot.x, spot.y)),
            end=(spot.x, spot.y),
            width=1.2 + (7.5 - 4.5 * crowd) * spot.dot.strength**1.5,
            colour=ground.colours.fading if spot.dot.fading else ground.colours.tie,
            opacity=0.4 - 0.2 * crowd,
            dashed=spot.dot.fading,
        )
        for spot in spots
    )


def draw_ties(
    ties: Sequence[Line],
    spots: Sequence[Spot],
    slices: Sequence[Slice],
    sectors: Sequence[Sector],
    ground: Ground,
) -> tuple[Curve, ...]:
    """Straight within a sector and in its colour; bent towards the centre across sectors."""
    points = {spot.dot.id: (spot.x, spot.y) for spot in spots}
    home = {
        dot.id: sector
        for piece, sector in zip(slices, sectors, strict=True)
        for dot in piece.members
    }
    return tuple(
        _tie(tie, points, home, 0.75 - 0.4 * min(1.0, len(ties) / 300), ground)
        for tie in sorted(ties, key=lambda tie: (tie.strength, tie.a, tie.b))
    )


def _tie(
    tie: Line,
    points: Mapping[int, Point],
    home: Mapping[int, Sector],
    opacity: float,
    ground: Ground,
) -> Curve:
    start, end = points[tie.a], points[tie.b]
    inside = home[tie.a] is home[tie.b]
    return Curve(
        a=tie.a,
        b=tie.b,
        start=start,
        bend=_middle(start, end) if inside else _bend(start, end, ground),
        end=end,
        width=1.1 + 2.2 * tie.strength,
        colour=home[tie.a].colour if inside else ground.colours.tie,
        opacity=opacity * (0.45 + 0.55 * tie.strength),
    )


def _middle(start: Point, end: Point) -> Point:
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def _bend(start: Point, end: Point, ground: Ground) -> Point:
    """The control point: the middle, drawn towards the centre, kept off the user's own disc."""
    middle = _middle(start, end)
    x, y = middle[0] - ground.centre[0], middle[1] - ground.centre[1]
    if hypot(x, y) < 1.0:  # opposite each other: pass the user on one side
        x, y = start[1] - end[1], end[0] - start[0]
    far = hypot(x, y)
    scale = max(far / 2, 130.0 * ground.unit) / far if far else 0.0
    return ground.centre[0] + x * scale, ground.centre[1] + y * scale
