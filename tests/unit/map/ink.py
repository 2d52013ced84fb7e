"""Where ink really falls: found by drawing, not by asking the code under test."""

from PIL import Image, ImageDraw

from bot.map.lettering import measure, paint
from bot.map.scene import Text

Box = tuple[float, float, float, float]
_ROOM = 60


def ink_box(text: Text) -> Box:
    """Left, top, right, bottom of the pixels a text leaves on the picture."""
    advance = measure(text.text, text.size, text.bold).advance
    shift = {"start": 0.0, "middle": advance / 2, "end": advance}[text.anchor]
    canvas = Image.new("L", (int(advance) + 2 * _ROOM, int(4 * text.size)))
    base = round(2.5 * text.size)
    paint(ImageDraw.Draw(canvas), (_ROOM, base), text.text, text.size, 255, text.bold)
    left, top, right, bottom = canvas.getbbox() or (_ROOM, base, _ROOM, base)
    x, y = text.x - shift - _ROOM, text.y - base
    return x + left, y + top, x + right, y + bottom


def apart(a: Box, b: Box) -> bool:
    """Whether two boxes share no pixel."""
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
