"""The scene as a picture.

Shapes are drawn large, in bands, and shrunk, which smooths their edges; letters are drawn at
their final size, where the font smooths them itself. The bands bound the memory, and between
any two of Pillow's calls another thread can run.
"""

from functools import reduce
from io import BytesIO
from itertools import chain
from math import ceil, degrees
from time import sleep
from typing import TYPE_CHECKING, Literal

from bot.map.lettering import Ink, measure, paint
from bot.map.palette import THEMES, Theme, channels, mix
from bot.map.scene import Curve, LegendEntry, Point, Scene, Spot, Stage, Text
from bot.map.shapes import RIM, bow, dash, follow, quarters, ring_width, widen

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

_FINER = 2  # shapes are drawn so many times larger
_BAND = 640  # height of a band in the picture, px
_HALO = 3.0

# Writing lets go of the interpreter for an instant at each name and takes it back before a waiting
# thread wakes up, which starves that thread for as long as there are names: so let it in.
_NAMES_AT_ONCE = 5
_PAUSE_S = 0.0002


def draw_picture(
    scene: Scene,
    scale: Literal[1, 2] = 1,
    format: Literal["JPEG", "PNG"] = "JPEG",  # noqa: A002
) -> bytes:
    """The scene as a picture of `scene.size * scale` pixels square."""
    from PIL import Image

    side = scene.size * scale
    picture = Image.new("RGB", (side, side))
    for top in range(0, side, _BAND):
        band = _draw_band(scene, scale, top, min(_BAND, side - top))
        picture.paste(band, (0, top))
    _write_texts(picture, scene, scale)
    out = BytesIO()
    if format == "JPEG":
        picture.save(out, "JPEG", quality=86, subsampling=0)
    else:
        picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


class _Pen:
    """Draws in the scene's own units on one enlarged band; skips what lies outside it."""

    def __init__(self, band: "Image.Image", zoom: float, top: float, bottom: float) -> None:
        from PIL import ImageDraw

        self.zoom, self.top, self.bottom = zoom, top, bottom
        self.solid = ImageDraw.Draw(band)
        self.glass = ImageDraw.Draw(band, "RGBA")  # sees through; slower

    def misses(self, top: float, bottom: float) -> bool:
        return bottom < self.top or top > self.bottom

    def box(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        left, top = (x - radius) * self.zoom, (y - radius - self.top) * self.zoom
        size = 2 * radius * self.zoom
        return left, top, left + size, top + size

    def points(self, points: list[Point]) -> list[Point]:
        return [(x * self.zoom, (y - self.top) * self.zoom) for x, y in points]

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.solid.ellipse(self.box(x, y, radius), fill=channels(fill))

    def arc(self, at: Point, radius: float, turn: Point, colour: str, width: float) -> None:
        """Part of a circle's rim; `turn` in degrees clockwise from the top."""
        self.solid.arc(
            self.box(*at, radius),
            turn[0] - 90,
            turn[1] - 90,
            fill=channels(colour),
            width=max(1, round(width * self.zoom)),
        )

    def polygon(self, points: list[Point], colour: str) -> None:
        if not self.misses(min(y for _, y in points), max(y for _, y in points)):
            self.solid.polygon(self.points(points), fill=channels(colour))

    def curve(self, curve: Curve) -> None:
        heights = (curve.start[1], curve.bend[1], curve.end[1])
        if self.misses(min(heights) - curve.width, max(heights) + curve.width):
            return
        colour = (*channels(curve.colour), round(255 * curve.opacity))
        width = max(1, round(curve.width * self.zoom))
        points = follow(curve)
        if curve.dashed:
            for piece in dash(curve.start, curve.end, 14, 10):
                self.glass.line(self.points([*piece]), fill=colour, width=width)
        elif len(points) == 2:
            self.glass.line(self.points(points), fill=colour, width=width)
        else:  # one outline: where the pieces of a see-through line overlapped, it would darken
            self.glass.polygon(self.points(widen(points, curve.width)), fill=colour)


def _draw_band(scene: Scene, scale: int, top: int, height: int) -> "Image.Image":
    from PIL import Image

    colours = THEMES[scene.theme]
    size = (scene.size * scale * _FINER, height * _FINER)
    band = Image.new("RGB", size, channels(colours.background))
    pen = _Pen(band, scale * _FINER, top / scale, (top + height) / scale)
    _draw_ground(pen, scene, colours)
    for curve in chain(scene.ties, scene.spokes):
        pen.curve(curve)
    for spot in scene.spots:
        _draw_spot(pen, spot, colours)
    pen.disc(*scene.centre, scene.hub_radius + 5, colours.background)
    pen.disc(*scene.centre, scene.hub_radius, colours.hub)
    for entry in scene.legend:
        _draw_mark(pen, entry, colours)
    return band.reduce(_FINER)


def _draw_ground(pen: _Pen, scene: Scene, colours: Theme) -> None:
    for sector in scene.sectors:
        rim = bow(scene.centre, scene.radius - RIM / 2, sector.start, sector.end)
        whole = sector.end - sector.start > 6
        pen.polygon(rim if whole else [scene.centre, *rim], sector.tint)
        pen.polygon(widen(rim, RIM), sector.colour)
    for radius in scene.rings:
        pen.solid.ellipse(
            pen.box(*scene.centre, radius), outline=channels(colours.ring), width=round(pen.zoom)
        )


def _draw_spot(pen: _Pen, spot: Spot, colours: Theme) -> None:
    if pen.misses(spot.y - spot.radius - 4, spot.y + spot.radius + 4):
        return
    pen.disc(spot.x, spot.y, spot.radius + 2, colours.background)
    _draw_ring(pen, (spot.x, spot.y), spot.radius, spot.dot.stage, spot.dot.fading, colours)
    pen.disc(spot.x, spot.y, spot.radius - ring_width(spot.radius) - 1.6, spot.fill)


def _draw_ring(
    pen: _Pen, at: Point, radius: float, stage: Stage, fading: bool, colours: Theme
) -> None:
    width = ring_width(radius)
    filled = 90.0 * quarters(stage)
    colour = colours.fading if fading else colours.stages[stage]
    pale = mix(colours.background, colour, 0.35 if fading else 0.22)
    if not fading:
        pen.disc(*at, radius, pale if filled < 360 else colour)
        pen.disc(*at, radius - width, colours.background)
        if filled < 360:
            pen.arc(at, radius, (0, filled), colour, width)
        return
    step = 30.0 if radius > 12 else 45.0
    for i in range(round(360 / step)):
        start = step * i + step / 6
        tone = colour if start < filled else pale
        pen.arc(at, radius, (start, start + step * 2 / 3), tone, width)


def _draw_mark(pen: _Pen, entry: LegendEntry, colours: Theme) -> None:
    if not pen.misses(entry.y - entry.radius, entry.y + entry.radius):
        at = entry.x, entry.y
        _draw_ring(pen, at, entry.radius, entry.stage or "buy", entry.stage is None, colours)


def _write_texts(picture: "Image.Image", scene: Scene, scale: int) -> None:
    """All letters, one mask per colour; a soft halo of the background sets names off."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    colours = THEMES[scene.theme]
    names = [spot.label for spot in scene.spots if spot.label]
    masks: dict[str, Image.Image] = {}
    for count, text in enumerate(names):
        if count % _NAMES_AT_ONCE == 0:
            sleep(_PAUSE_S)
        if text.colour not in masks:
            masks[text.colour] = Image.new("L", picture.size)
        _write(ImageDraw.Draw(masks[text.colour]), text, scale, 255)
    if masks:
        halo = reduce(ImageChops.lighter, masks.values()).reduce(2)
        halo = halo.filter(ImageFilter.BoxBlur(_HALO * scale / 4))
        halo = halo.point([min(255, level * 6) for level in range(256)])
        halo = halo.resize(picture.size, Image.Resampling.BILINEAR)
        picture.paste(channels(colours.background), (0, 0), halo)
    for colour, mask in masks.items():
        picture.paste(channels(colour), (0, 0), mask)
    canvas = ImageDraw.Draw(picture)
    for text in chain(scene.texts, [scene.hub], (entry.label for entry in scene.legend)):
        _write(canvas, text, scale, channels(text.colour))
    for sector in scene.sectors:
        if sector.label:
            _write_turned(picture, sector.label, scale)


def _write(canvas: "ImageDraw.ImageDraw", text: Text, scale: int, ink: Ink) -> None:
    width = measure(text.text, text.size, text.bold).advance
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    at = (text.x - shift) * scale, text.y * scale
    paint(canvas, at, text.text, text.size * scale, ink, text.bold)


def _write_turned(picture: "Image.Image", text: Text, scale: int) -> None:
    """A text turned about the middle of its baseline."""
    from PIL import Image, ImageDraw

    half = ceil((text.width / 2 + 1.2 * text.size) * scale)
    mask = Image.new("L", (2 * half, 2 * half))
    start = half - text.width * scale / 2
    paint(ImageDraw.Draw(mask), (start, half), text.text, text.size * scale, 255, text.bold)
    mask = mask.rotate(-degrees(text.angle), Image.Resampling.BICUBIC)
    at = round(text.x * scale) - half, round(text.y * scale) - half
    picture.paste(channels(text.colour), at, mask)
