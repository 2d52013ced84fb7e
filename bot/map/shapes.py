"""Outlines of what both renderers draw: curves as points, rings as arcs."""

from math import ceil, cos, hypot, sin

from bot.map.scene import STAGES, Curve, Point, Stage

RIM = 7.0  # width of a sector's rim


def follow(curve: Curve, step: float = 26.0) -> list[Point]:
    """Points along a curve, about `step` apart; two where it is straight."""
    (ax, ay), (bx, by), (cx, cy) = curve.start, curve.bend, curve.end
    arch = hypot((ax + cx) / 2 - bx, (ay + cy) / 2 - by)
    count = 1 if arch < 0.5 else max(3, min(14, ceil((hypot(cx - ax, cy - ay) + arch) / step)))
    points = []
    for i in range(count + 1):
        t = i / count
        u = 1 - t
        points.append(
            (u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy)
        )
    return points


def bow(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points along a circle, clockwise from one angle to another."""
    count = max(2, ceil((end - start) / 0.03))
    angles = [start + (end - start) * i / count for i in range(count + 1)]
    return [(centre[0] + radius * sin(a), centre[1] - radius * cos(a)) for a in angles]


def widen(points: list[Point], width: float) -> list[Point]:
    """The outline of a line of the given width, as one polygon."""
    left, right = [], []
    for i, (x, y) in enumerate(points):
        (px, py), (nx, ny) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        dx, dy = nx - px, ny - py
        scale = width / 2 / (hypot(dx, dy) or 1.0)
        left.append((x - dy * scale, y + dx * scale))
        right.append((x + dy * scale, y - dx * scale))
    return left + right[::-1]


def dash(start: Point, end: Point, on: float, off: float) -> list[tuple[Point, Point]]:
    """The pieces of a dashed straight line."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return []
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    pieces = []
    at = 0.0
    while at < length:
        to = min(at + on, length)
        pieces.append(
            ((start[0] + ux * at, start[1] + uy * at), (start[0] + ux * to, start[1] + uy * to))
        )
        at += on + off
    return pieces


def ring_width(radius: float) -> float:
    """Width of the ring around a dot."""
    return 1.9 + radius * 0.09


def quarters(stage: Stage) -> int:
    """How many quarters of the ring are filled: one to know, all four to buy."""
    return STAGES.index(stage) + 1
