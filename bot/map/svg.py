"""The scene as SVG: every name is whole, in a tooltip; all text is escaped."""

from collections.abc import Iterator
from html import escape
from math import degrees

from bot.map.lettering import clean
from bot.map.palette import THEMES, Theme, mix
from bot.map.scene import STAGES, Curve, LegendEntry, Point, Scene, Spot, Stage, Text
from bot.map.shapes import RIM, bow, quarters, ring_width

_FONTS = "'Noto Sans', 'Noto Sans CJK SC', system-ui, 'Segoe UI', Roboto, sans-serif"


def draw_svg(scene: Scene) -> str:
    """The scene as one SVG element that needs nothing from outside."""
    return "\n".join(_elements(scene))


def _elements(scene: Scene) -> Iterator[str]:
    colours = THEMES[scene.theme]
    reach = scene.radius * 1.09  # the sectors' names are within
    view = scene.centre[0] - reach, scene.centre[1] - reach, 2 * reach
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.size} {scene.size}" '
        f'data-view="{view[0]:.0f} {view[1]:.0f} {view[2]:.0f}" '
        f'role="img" aria-label="{_safe(scene.words.title)}" font-family="{_FONTS}">'
    )
    yield f'<rect width="{scene.size}" height="{scene.size}" fill="{colours.background}"/>'
    yield from _ground(scene, colours)
    yield '<g class="ties" fill="none">'
    yield from map(_curve, (*scene.ties, *scene.spokes))
    yield "</g>"
    x, y = scene.centre
    yield (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{scene.hub_radius:.1f}" fill="{colours.hub}" '
        f'stroke="{colours.background}" stroke-width="5"/>{_text(scene.hub)}'
    )
    halo = f'stroke="{colours.background}" stroke-width="5" stroke-linejoin="round"'
    yield f'<g class="people" paint-order="stroke" {halo}>'
    for spot in scene.spots:
        yield from _spot(spot, scene, colours)
    yield '</g><g class="frame">'
    yield from map(_text, scene.texts)
    for entry in scene.legend:
        yield from _legend(entry, colours)
    yield "</g></svg>"


def _ground(scene: Scene, colours: Theme) -> Iterator[str]:
    yield '<g class="ground">'
    for sector in scene.sectors:
        rim = bow(scene.centre, scene.radius - RIM / 2, sector.start, sector.end)
        whole = sector.end - sector.start > 6
        yield f'<path d="{_path(rim if whole else [scene.centre, *rim])}Z" fill="{sector.tint}"/>'
        yield (
            f'<path d="{_path(rim)}" fill="none" stroke="{sector.colour}" stroke-width="{RIM}"/>'
        )
        if sector.label:
            yield _text(sector.label)
    x, y = scene.centre
    for radius in scene.rings:
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" '
            f'stroke="{colours.ring}"/>'
        )
    yield "</g>"


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _curve(curve: Curve) -> str:
    (ax, ay), (bx, by), (cx, cy) = curve.start, curve.bend, curve.end
    ends = f'data-b="{curve.b}"' if curve.a is None else f'data-a="{curve.a}" data-b="{curve.b}"'
    dashes = ' stroke-dasharray="14 10"' if curve.dashed else ""
    return (
        f'<path {ends} d="M{ax:.1f} {ay:.1f}Q{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f}" '
        f'stroke="{curve.colour}" stroke-width="{curve.width:.1f}" '
        f'opacity="{curve.opacity:.2f}"{dashes}/>'
    )


def _spot(spot: Spot, scene: Scene, colours: Theme) -> Iterator[str]:
    dot = spot.dot
    stage = scene.words.stages[STAGES.index(dot.stage)]
    about = " · ".join(filter(None, (dot.group, stage, scene.words.fading if dot.fading else "")))
    yield (
        f'<g class="person" data-id="{dot.id}" data-stage="{dot.stage}" '
        f'data-fading="{int(dot.fading)}" data-name="{_safe(spot.name)}" '
        f'data-about="{_safe(about)}">'
        f"<title>{_safe(spot.name)} · {_safe(about)}</title>"
    )
    yield _disc(spot.x, spot.y, spot.radius + 2, colours.background)
    yield from _ring(spot.x, spot.y, spot.radius, dot.stage, dot.fading, colours)
    inner = spot.radius - ring_width(spot.radius) - 1.6
    yield _disc(spot.x, spot.y, inner, spot.fill)
    yield _name(spot, colours) + "</g>"


def _name(spot: Spot, colours: Theme) -> str:
    """The label; the reader's own fonts may draw a name that ours cannot."""
    if spot.label is None:  # shown only by the page, when asked for
        below = Text(spot.name, spot.x, spot.y + spot.radius + 22, 21, colours.ink, 0.0,
                     anchor="middle")  # fmt: skip
        return _text(below, ' class="extra" display="none"')
    if spot.number is not None:
        short = spot.name if len(spot.name) <= 4 else spot.name[:3] + "…"
        return _text(spot.label, instead=short)
    return _text(spot.label)


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="none"/>'


def _ring(
    x: float, y: float, radius: float, stage: Stage, fading: bool, colours: Theme
) -> Iterator[str]:
    """The stage as a filled share of a ring; in dashes where the tie is fading."""
    width = ring_width(radius)
    colour = colours.fading if fading else colours.stages[stage]
    pale = mix(colours.background, colour, 0.35 if fading else 0.22)
    step = (2, 1) if fading else (36, 0)
    filled = quarters(stage) * 9
    for tone, share in ((pale, 36), (colour, filled)):
        if tone == pale and filled == 36:
            continue
        dashes = [*step] * (share // sum(step)) if fading else [share, 36 - share]
        if fading:
            dashes[-1] += 36 - share
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - width / 2:.1f}" fill="none" '
            f'stroke="{tone}" stroke-width="{width:.1f}" pathLength="36" '
            f'stroke-dasharray="{" ".join(map(str, dashes))}" '
            f'transform="rotate(-90 {x:.1f} {y:.1f})"/>'
        )


def draw_mark(stage: Stage | None, colours: Theme, size: int = 18) -> str:
    """The mark of a stage, or of a fading tie (None), as an image of its own."""
    half = size / 2
    ring = "".join(_ring(half, half, half, stage or "buy", stage is None, colours))
    return f'<svg width="{size}" height="{size}" aria-hidden="true">{ring}</svg>'


def _legend(entry: LegendEntry, colours: Theme) -> Iterator[str]:
    yield from _ring(
        entry.x, entry.y, entry.radius, entry.stage or "buy", entry.stage is None, colours
    )
    yield _text(entry.label)


def _text(text: Text, more: str = "", instead: str = "") -> str:
    turn = f' transform="rotate({degrees(text.angle):.1f} {text.x:.1f} {text.y:.1f})"'
    bold = ' font-weight="650"' if text.bold else ""
    return (
        f'<text x="{text.x:.1f}" y="{text.y:.1f}" font-size="{text.size:g}" '
        f'fill="{text.colour}" text-anchor="{text.anchor}" data-width="{text.width:.0f}"'
        f"{bold}{turn if text.angle else ''}{more}>{_safe(instead or text.text)}</text>"
    )


def _safe(text: str) -> str:
    return escape(clean(text))
