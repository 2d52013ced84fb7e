"""From contacts and ties to a scene: sectors around the user, the strongest nearest."""

from collections.abc import Sequence
from dataclasses import replace

from bot.map.curves import draw_spokes, draw_ties
from bot.map.furniture import build_sectors, hub_text, write_frame, write_legend
from bot.map.ground import Ground, Sides, sides
from bot.map.lettering import clean
from bot.map.palette import mix
from bot.map.place import Grid, Place, place
from bot.map.scene import Dot, Line, Scene, Sector, Spot, Text, ThemeName, Words
from bot.map.sectors import Slice, choose, rate, slice_circle
from bot.map.wishes import Request, ask, is_bold, name_size

_LARGEST = 5120


def lay_out(
    dots: Sequence[Dot],
    lines: Sequence[Line],
    words: Words,
    *,
    theme: ThemeName = "light",
    size: int = 1280,
    most: int = 150,
) -> Scene:
    """The scene of a network: the same input always gives the same scene.

    `size` is the side of the square in pixels, 640 to 5120; names stay as large when it grows,
    so a larger scene has room for more of them. Above `most` contacts the most telling are drawn
    and the rest counted. Ids must differ. Strengths beyond 0..1 are cut off there; ties with an
    unknown end, or from a contact to itself, are left out. Raises ValueError for another size.
    """
    if not 640 <= size <= _LARGEST:
        raise ValueError(f"The side of a map is 640 to {_LARGEST} pixels, not {size}.")
    ground = Ground(size, words, theme)
    dots = [_tidy(dot) for dot in dots]
    drawn = choose(dots, _between(dots, lines), most)
    ties = _between(drawn, lines)
    slices = slice_circle(drawn, ties)
    sectors = build_sectors(slices, ground)
    texts = write_frame(ground, len(dots) - len(drawn), len(dots))
    spots = _place_all(drawn, ties, slices, sectors, [sides(text) for text in texts], ground)
    return Scene(
        size=size,
        theme=theme,
        words=words,
        centre=ground.centre,
        radius=ground.radius,
        rings=(ground.ring(1 / 3), ground.ring(2 / 3)),
        sectors=sectors,
        spokes=draw_spokes(spots, ground),
        ties=draw_ties(ties, spots, slices, sectors, ground),
        spots=spots,
        hub_radius=46 * ground.unit,
        hub=hub_text(ground),
        texts=texts,
        legend=write_legend(ground),
        left_out=len(dots) - len(drawn),
    )


def _tidy(dot: Dot) -> Dot:
    group = clean(dot.group or "") or None
    return replace(dot, group=group, strength=min(max(dot.strength, 0.0), 1.0))


def _between(dots: Sequence[Dot], lines: Sequence[Line]) -> list[Line]:
    known = {dot.id for dot in dots}
    return [
        replace(line, strength=min(max(line.strength, 0.0), 1.0))
        for line in lines
        if line.a in known and line.b in known and line.a != line.b
    ]


def _place_all(
    drawn: Sequence[Dot],
    ties: Sequence[Line],
    slices: Sequence[Slice],
    sectors: Sequence[Sector],
    taken: Sequence[Sides],
    ground: Ground,
) -> tuple[Spot, ...]:
    """The contacts in their places, the most telling first."""
    telling = rate(drawn, ties)
    order = sorted(drawn, key=lambda dot: (-telling[dot.id], dot.id))
    grid = Grid(ground.size, ground.centre, ground.radius - 6 * ground.unit)
    x, y = ground.centre
    hub = 0.1 * ground.radius
    for box in ((x - hub, y - hub, x + hub, y + hub), *taken):
        grid.take(*box)
    requests = ask(order, slices, ground)
    reach = 0.17 * ground.radius, 0.97 * ground.radius
    places = place([request.wish for request in requests], grid, ground.centre, reach)
    home = {
        dot.id: sector
        for piece, sector in zip(slices, sectors, strict=True)
        for dot in piece.members
    }
    return tuple(
        _spot(request, places[request.dot.id], home[request.dot.id], len(drawn), ground)
        for request in requests
    )


def _spot(request: Request, at: Place, sector: Sector, count: int, ground: Ground) -> Spot:
    dot, colours, label = request.dot, ground.colours, None
    if at.form and at.baseline:
        label = Text(
            text=at.form.text,
            x=at.baseline[0] + (at.form.left + at.form.right) / 2,
            y=at.baseline[1],
            size=name_size(count),
            colour=colours.fading if dot.fading else colours.ink,
            width=at.form.right - at.form.left,
            bold=is_bold(dot),
            anchor="middle",
        )
    fill = mix(colours.background, sector.colour, 0.38) if dot.fading else sector.colour
    radius = request.wish.radius
    return Spot(dot, clean(dot.name), at.x, at.y, radius, fill, label, request.number)
