"""Finds each contact and its name a free place: nothing covers anything else.

The map is a grid of small cells, a row of them one integer, so a box is tested by a few shifts.
Boxes are rounded outwards to whole cells: what was free on the grid is free on the picture.
Contacts are placed one by one, the most telling first, each at the cheapest free place near
where its strength (radius) and its turn within the sector (angle) would have it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil, cos, floor, sin, sqrt

_CELL = 4
_MARGIN = 3.0  # between a name and anything else
_APART = 3.0  # between a dot and anything else
_STRIDE = 14
_NEAR = 40  # so many spots are tried with a long form before a shorter one gets its chance
_STEPS = (0, -16, 16, -34, 34, -54, 54, -80, 80)
_FAR_STEPS = (-110, 110, -140, 140, -180, 180, -220, 220, -260, 260, -300, 300)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name: its box as measured, relative to the start of the baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a contact would like to be: sector, radius from the centre, and angle."""

    id: int
    start: float
    end: float
    distance: float
    angle: float
    radius: float
    forms: tuple[Form, ...]  # the best first


@dataclass(slots=True)
class Place:
    """Where it went; `baseline` is the start of the name's baseline, None if there is no name."""

    x: float
    y: float
    form: Form | None = None
    baseline: tuple[float, float] | None = None


class Grid:
    """What is taken. Outside the circle everything is."""

    def __init__(self, size: int, centre: tuple[float, float], radius: float) -> None:
        self.size = size
        cells = ceil(size / _CELL)
        full = (1 << cells) - 1
        self.rows = [full] * cells
        for row in range(cells):
            y = max(abs(row * _CELL - centre[1]), abs((row + 1) * _CELL - centre[1]))
            if y < radius:
                half = sqrt(radius**2 - y**2)
                first, last = ceil((centre[0] - half) / _CELL), floor((centre[0] + half) / _CELL)
                if last > first:
                    self.rows[row] = full & ~(((1 << (last - first)) - 1) << first)

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        if min(left, top) < 0 or max(right, bottom) >= self.size:
            return False
        first = int(left / _CELL)
        mask = ((1 << (int(right / _CELL) + 1 - first)) - 1) << first
        for row in self.rows[int(top / _CELL) : int(bottom / _CELL) + 1]:  # noqa: SIM110
            if row & mask:  # the innermost loop: all() would take twice as long
                return False
        return True

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        self._set(left, top, right, bottom, True)

    def free(self, left: float, top: float, right: float, bottom: float) -> None:
        self._set(left, top, right, bottom, False)

    def _set(self, left: float, top: float, right: float, bottom: float, taken: bool) -> None:
        first = int(left / _CELL)
        mask = ((1 << (int(right / _CELL) + 1 - first)) - 1) << first
        for row in range(int(top / _CELL), int(bottom / _CELL) + 1):
            self.rows[row] = self.rows[row] | mask if taken else self.rows[row] & ~mask


def place(
    wishes: Sequence[Wish], grid: Grid, centre: tuple[float, float], reach: tuple[float, float]
) -> dict[int, Place]:
    """A place for every wish, in their order; `reach` is the least and greatest distance.

    A name is left out only where none of its forms fits anywhere around the dot.
    """
    places: dict[int, Place] = {}
    for wish in wishes:
        spots = _spots(wish, centre, reach)
        places[wish.id] = _settle(wish, spots, grid)
    for wish in wishes:
        _improve(wish, places[wish.id], grid)
    return places


def _spots(
    wish: Wish, centre: tuple[float, float], reach: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """Places for the dot within its sector, the cheapest first."""
    for steps in (_STEPS, _FAR_STEPS):
        found: list[tuple[float, float, float]] = []
        for step in steps:
            distance = wish.distance + step
            if not reach[0] <= distance <= reach[1]:
                continue
            edge = min((wish.radius + 3) / distance, (wish.end - wish.start) / 2)
            first, last = wish.start + edge, wish.end - edge
            wanted = min(max(wish.angle, first), last)
            stride = _STRIDE / distance
            away = abs(step)
            for turn in range(int((first - wanted) / stride), int((last - wanted) / stride) + 1):
                found.append((away + 5 * abs(turn), distance, wanted + turn * stride))
        for _, distance, angle in sorted(found):
            yield centre[0] + distance * sin(angle), centre[1] - distance * cos(angle)


class _OpenSpots:
    """The spots where the dot itself has room; each is looked at once, when it is asked for."""

    def __init__(self, spots: Iterator[tuple[float, float]], grid: Grid, disc: float) -> None:
        self._spots, self._grid, self._disc = spots, grid, disc
        self._found: list[tuple[float, float]] = []
        self.first: tuple[float, float] | None = None

    def __iter__(self) -> Iterator[tuple[float, float]]:
        yield from self._found
        disc = self._disc
        for x, y in self._spots:
            self.first = self.first or (x, y)
            if self._grid.is_free(x - disc, y - disc, x + disc, y + disc):
                self._found.append((x, y))
                yield x, y


def _settle(wish: Wish, spots: Iterator[tuple[float, float]], grid: Grid) -> Place:
    """The first spot with room for the dot and its name; else for the dot; else the first."""
    disc = wish.radius + _APART
    open_spots = _OpenSpots(spots, grid, disc)
    for form, near in [*((form, _NEAR) for form in wish.forms), (wish.forms[-1], None)]:
        for x, y in islice(open_spots, near):
            for baseline in _baselines(x, y, wish.radius, form):
                if grid.is_free(*_box(baseline, form)):
                    grid.take(x - disc, y - disc, x + disc, y + disc)
                    grid.take(*_box(baseline, form))
                    return Place(x, y, form, baseline)
    x, y = next(iter(open_spots), open_spots.first or (0.0, 0.0))
    grid.take(x - disc, y - disc, x + disc, y + disc)
    return Place(x, y)


def _improve(wish: Wish, here: Place, grid: Grid) -> None:
    """Now that all are placed: a longer form of the name where there is room for it."""
    if here.form and here.baseline:
        grid.free(*_box(here.baseline, here.form))
    for form in sorted(wish.forms, key=lambda form: form.left - form.right):
        for baseline in _baselines(here.x, here.y, wish.radius, form):
            if grid.is_free(*_box(baseline, form)):
                here.form, here.baseline = form, baseline
                grid.take(*_box(baseline, form))
                return
    # Nothing is freed without being taken again: the old form still fits its old place.


def _baselines(x: float, y: float, radius: float, form: Form) -> Iterator[tuple[float, float]]:
    """Where the name can stand by its dot: below, above, right, left, then askew."""
    gap = radius + 5
    width = form.right - form.left
    middle = -(form.top + form.bottom) / 2
    start = x - form.left
    below, above = y + gap - form.top, y - gap - form.bottom
    yield start - width / 2, below
    yield start - width / 2, above
    yield start + gap, y + middle
    yield start - gap - width, y + middle
    for share in (0.2, 0.8, 0.0, 1.0):
        yield start - width * share, below
        yield start - width * share, above


def _box(baseline: tuple[float, float], form: Form) -> tuple[float, float, float, float]:
    x, y = baseline
    return (
        x + form.left - _MARGIN,
        y + form.top - _MARGIN / 2,
        x + form.right + _MARGIN,
        y + form.bottom + _MARGIN / 2,
    )
