"""Text in any script: split among the fonts, measured, and drawn.

A renderer and the layout measure alike, so a box that was free stays free.
"""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.map.coverage import Font, can_shape, font_for, main_font

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

Ink = int | tuple[int, int, int]

_JOINERS = "\u200c\u200d"
_VARIANTS = "\ufe0e\ufe0f"
_LOW = frozenset("gjpqy,;()[]{}|@$_QJ/\\")


@dataclass(frozen=True, slots=True)
class Run:
    font: Font
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """What a text covers, from its start on the baseline; `top` is negative."""

    left: float
    top: float
    right: float
    bottom: float
    advance: float


def clean(text: str) -> str:
    """Text without control characters, direction overrides and runs of spaces."""
    kept = (
        letter if letter in _JOINERS + _VARIANTS else " " if letter.isspace() else
        "" if unicodedata.category(letter)[0] == "C" else letter
        for letter in unicodedata.normalize("NFC", text)
    )  # fmt: skip
    return " ".join("".join(kept).split())


def drawable(text: str) -> str:
    """The words of a text that can be drawn without a gap, less signs that cannot; maybe ''.

    A word with an undrawable letter goes as a whole, unless it is plain letters in fancy dress
    (𝓐𝓷𝓲, Ａｎｉ); an undrawable sign (an emoji) goes alone.
    """
    kept = []
    for word in clean(text).split(" "):
        if not all(map(_known, word)):
            word = clean(unicodedata.normalize("NFKC", word))
        missing = {letter for letter in word if not _known(letter)}
        if not any(unicodedata.category(letter)[0] in "LMN" for letter in missing):
            kept.append("".join(letter for letter in word if letter not in missing))
    words = [word for word in kept if word.strip(_JOINERS + _VARIANTS)]
    return " ".join(words) if any(map(str.isalnum, "".join(words))) else ""


def _known(letter: str) -> bool:
    return letter in _JOINERS + _VARIANTS or font_for(letter) is not None


@lru_cache(maxsize=4096)
def runs(text: str) -> tuple[Run, ...]:
    """The text in pieces of one font each, in the order they stand on the line."""
    pieces: list[tuple[Font, str]] = []
    for letter in text:
        current = pieces[-1][0] if pieces else None
        if current and _stays(letter, current):
            font = current
        elif letter in _JOINERS + _VARIANTS:
            continue
        else:
            font = font_for(letter) or main_font()
        if font is current:
            pieces[-1] = (font, pieces[-1][1] + letter)
        else:
            pieces.append((font, letter))
    if _starts_from_the_right(text):
        pieces.reverse()
    return tuple(Run(font, piece) for font, piece in pieces)


def _stays(letter: str, current: Font) -> bool:
    """Whether a letter belongs to the piece before it, whatever other fonts could draw it."""
    if letter == " ":  # within Arabic it must stay, or the words would change places
        return current.shaped and current.draws(letter)
    loose = letter in _JOINERS + _VARIANTS or unicodedata.category(letter)[0] == "M"
    return loose and current.draws(letter)


def _starts_from_the_right(text: str) -> bool:
    sides = (unicodedata.bidirectional(letter) for letter in text)
    return next((side in ("R", "AL") for side in sides if side in ("L", "R", "AL")), False)


@lru_cache(maxsize=64)
def _face(font: Font, size: float, bold: bool) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    engine = ImageFont.Layout.RAQM if can_shape() else ImageFont.Layout.BASIC
    face = ImageFont.truetype(font.path, size, index=font.face, layout_engine=engine)
    with suppress(OSError):  # a font of one weight
        face.set_variation_by_axes([650 if bold else 450])
    return face


@lru_cache(maxsize=4096)
def measure(text: str, size: float, bold: bool = False) -> Box:
    """The box of the drawn text, from the fonts themselves."""
    if text.isascii():  # several times faster, and never smaller than the letters
        advance = _face(main_font(), size, bold).getlength(text)
        tall, low = _heights(size, bold)
        return Box(0.0, tall, advance, low if _LOW.intersection(text) else 0.0, advance)
    x = left = right = 0.0
    top = bottom = 0.0
    for run in runs(text):
        face = _face(run.font, size, bold)
        box = face.getbbox(run.text, anchor="ls")
        left, right = min(left, x + box[0]), max(right, x + box[2])
        top, bottom = min(top, box[1]), max(bottom, box[3])
        x += face.getlength(run.text)
    return Box(left, top, max(right, x), bottom, x)


@lru_cache(maxsize=64)
def _heights(size: float, bold: bool) -> tuple[float, float]:
    box = _face(main_font(), size, bold).getbbox("|(bdfhklAWjgQ", anchor="ls")
    return box[1], box[3]


def clip(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis if it is wider than `width`."""
    if measure(text, size, bold).advance <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        if unicodedata.category(text[end])[0] == "M" or text[end - 1] in _JOINERS:
            continue  # never between a letter and its mark
        shorter = text[:end].rstrip(" ,.-·") + "…"
        if measure(shorter, size, bold).advance <= width:
            return shorter
    return "…"


def paint(
    canvas: "ImageDraw.ImageDraw",
    at: tuple[float, float],
    text: str,
    size: float,
    ink: Ink,
    bold: bool = False,
) -> None:
    """Draws the text with the left end of its baseline at a point."""
    x, y = at
    for run in runs(text):
        face = _face(run.font, size, bold)
        canvas.text((x, y), run.text, fill=ink, font=face, anchor="ls")
        x += face.getlength(run.text)
