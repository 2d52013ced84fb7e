"""The funnel as a picture: a bar a stage, as wide as the people who stand there are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.calls import Call
from bot.look import Look
from bot.map.lettering import clip, drawable, measure, paint
from bot.map.palette import THEMES, channels, contrast, readable
from bot.render import render
from bot.usecases.funnel import funnel

if TYPE_CHECKING:
    from PIL import ImageDraw

WIDTH, EDGE, BAR, GAP = 1000, 40, 92, 58
NARROWEST = 0.16  # of the width, so that an empty stage is still seen
NAMES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage: its word, how many stand there, some of their names."""

    stage: str
    word: str
    count: int
    names: tuple[str, ...]


def draw_funnel(look: Look, _: int | None) -> Call:
    """The picture of the funnel of the owner who asked."""
    shown = funnel(look.session, look.owner, look.today)
    words = render("funnel_words", look.language).text.splitlines()
    bars = [
        Bar(rung.stage, word, len(rung.people), tuple(who.name for who in rung.people[:NAMES]))
        for rung, word in zip(shown.rungs, words, strict=True)
    ]
    return "send_photo", {"photo": paint_bars(bars)}


def paint_bars(bars: Sequence[Bar]) -> bytes:
    """A JPEG, the stages from above to below."""
    from PIL import Image, ImageDraw

    theme = THEMES["light"]
    height = 2 * EDGE + len(bars) * (BAR + GAP) - GAP // 3
    picture = Image.new("RGB", (WIDTH, height), channels(theme.background))
    canvas = ImageDraw.Draw(picture)
    most = max((bar.count for bar in bars), default=0) or 1
    for index, bar in enumerate(bars):
        top = EDGE + index * (BAR + GAP)
        share = max(bar.count / most, NARROWEST)
        half = share * (WIDTH - 2 * EDGE) / 2
        colour = next(value for name, value in theme.stages.items() if name == bar.stage)
        box = (WIDTH / 2 - half, top, WIDTH / 2 + half, top + BAR)
        canvas.rounded_rectangle(box, radius=18, fill=channels(colour))
        ink = _ink_on(colour)
        _centred(canvas, f"{bar.word} · {bar.count}", top + 58, 34, ink, 2 * half - 16)
        names = [name for name in (drawable(name) for name in bar.names) if name]
        rest = " …" if bar.count > len(bar.names) else ""
        muted = readable(theme.muted, theme.background, theme.ink)
        _centred(canvas, ", ".join(names) + rest, top + BAR + 32, 22, muted, WIDTH - 2 * EDGE)
    content = BytesIO()
    picture.save(content, "JPEG", quality=88)
    return content.getvalue()


def _ink_on(colour: str) -> str:
    dark, light = THEMES["light"].ink, "#ffffff"
    return max((dark, light), key=lambda ink: contrast(ink, colour))


def _centred(
    canvas: "ImageDraw.ImageDraw", text: str, baseline: float, size: float, ink: str, width: float
) -> None:
    bold = size > 30
    while size > 16 and bold and measure(text, size, bold).advance > width:
        size -= 1
    shown = clip(text, max(width, 120), size, bold)
    left = (WIDTH - measure(shown, size, bold).advance) / 2
    paint(canvas, (left, baseline), shown, size, channels(ink), bold)
