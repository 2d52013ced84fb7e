"""What stands around the map: title, legend, sectors with their names, the user in the middle."""

from collections.abc import Sequence
from math import cos, pi, sin, tan
from zlib import crc32

from bot.map.ground import Ground
from bot.map.lettering import clip, drawable, measure
from bot.map.palette import Theme, mix, readable
from bot.map.scene import STAGES, Anchor, LegendEntry, Sector, Stage, Text
from bot.map.sectors import Slice

_EDGE = 36  # between the picture's edge and its text
_ROW = 33  # from one line of the legend to the next


def hub_text(ground: Ground) -> Text:
    """The user's own name tag."""
    unit, you = ground.unit, drawable(ground.words.you)
    size = 26 * unit
    while measure(you, size, True).advance > 80 * unit and size > 14 * unit:
        size -= 1
    text = clip(you, 84 * unit, size, True)
    x, y = ground.centre
    width = measure(text, size, True).advance
    return Text(text, x, y + 0.35 * size, size, ground.colours.hub_ink, width, True, "middle")


def build_sectors(slices: Sequence[Slice], ground: Ground) -> tuple[Sector, ...]:
    """The slices with colour and name; a map that knows no groups has a circle without a name."""
    colours, words = ground.colours, ground.words
    palette = _assign_colours(slices, colours)
    sectors = []
    for piece in slices:
        alone = len(slices) == 1 and piece.key is None
        plain = colours.others if piece.key == "" else colours.ungrouped
        colour = palette.get(piece.key or "", colours.groups[0] if alone else plain)
        name = words.ungrouped if piece.key is None else piece.key or words.others
        label = None if alone else _sector_label(name, piece, colour, ground)
        tint = mix(colours.background, colour, 0.07)
        sectors.append(Sector(name, piece.start, piece.end, colour, tint, label))
    return tuple(sectors)


def _assign_colours(slices: Sequence[Slice], colours: Theme) -> dict[str, str]:
    """A group keeps its colour from map to map as far as the company allows: the name says
    which colour it would like, the larger group goes first, the others take the next free."""
    free = list(range(len(colours.groups)))
    taken: dict[str, str] = {}
    for piece in sorted(slices, key=lambda piece: (-len(piece.members), piece.key or "")):
        if piece.key:
            wanted = crc32(piece.key.encode()) % len(colours.groups)
            index = next((i for i in free if i >= wanted), free[0])
            free.remove(index)
            taken[piece.key] = colours.groups[index]
    return taken


def _sector_label(name: str, piece: Slice, colour: str, ground: Ground) -> Text | None:
    """The name outside the rim, upright, within its own sector's angle, so none meets another."""
    unit, radius, span = ground.unit, ground.radius, piece.end - piece.start
    middle = (piece.start + piece.end) / 2 if span < 6 else 0.0
    room = 2 * (radius + 12 * unit) * tan(min(span / 2, 0.45)) - 6 * unit
    written = drawable(name)
    if not written:
        return None
    size = 25 * unit
    while size > 21 * unit and measure(written, size, True).advance > room:
        size -= 1
    text = clip(written, room, size, True)
    turned = pi / 2 < middle % (2 * pi) < 3 * pi / 2
    baseline = radius + 12 * unit + (0.74 * size if turned else 0)
    return Text(
        text=text,
        x=ground.centre[0] + baseline * sin(middle),
        y=ground.centre[1] - baseline * cos(middle),
        size=size,
        colour=readable(colour, ground.colours.background, ground.colours.ink),
        width=measure(text, size, True).advance,
        bold=True,
        anchor="middle",
        angle=middle + pi if turned else middle,
    )


def write_frame(ground: Ground, left_out: int, count: int) -> tuple[Text, ...]:
    """Title, subtitle, hint, the rest counted; an invitation while there is hardly anybody."""
    colours, words, unit, size = ground.colours, ground.words, ground.unit, ground.size
    edge, end = _EDGE * unit, size - _EDGE * unit
    texts = [
        _line(ground, words.title, (edge, 58 * unit), 42, colours.ink, 800, bold=True),
        _line(ground, words.subtitle, (edge, 94 * unit), 24, colours.muted, 410),
        _line(ground, words.hint, (end, 94 * unit), 21, colours.muted, 380, anchor="end"),
    ]
    if left_out:
        more = words.more.replace("{n}", str(left_out))
        at = end, size - 30 * unit
        texts.append(_line(ground, more, at, 25, colours.ink, 220, bold=True, anchor="end"))
    if count <= 3:
        at = size / 2, size * 0.84
        texts.append(_line(ground, words.invitation, at, 26, colours.muted, 760, anchor="middle"))
    return tuple(text for text in texts if text.text)


def write_legend(ground: Ground) -> tuple[LegendEntry, ...]:
    """The stages and the mark of a fading tie, in the corner that the circle leaves free."""
    unit, words, colours = ground.unit, ground.words, ground.colours
    entries: list[tuple[Stage | None, str]] = [*zip(STAGES, words.stages, strict=True)]
    entries.append((None, words.fading))
    legend = []
    for row, (stage, word) in enumerate(entries):
        y = ground.size - (30 + (len(entries) - 1 - row) * _ROW) * unit
        colour = colours.ink if stage else colours.fading
        text = _line(ground, word, ((_EDGE + 30) * unit, y), 22, colour, 160)
        legend.append(LegendEntry(stage, (_EDGE + 9) * unit, y - 8 * unit, 10 * unit, text))
    return tuple(legend)


def _line(
    ground: Ground, text: str, at: tuple[float, float], height: float, colour: str, room: float,
    *, bold: bool = False, anchor: Anchor = "start",
) -> Text:  # fmt: skip
    size = height * ground.unit
    written = clip(drawable(text), room * ground.unit, size, bold)
    width = measure(written, size, bold).advance
    return Text(written, *at, size, colour, width, bold, anchor)
