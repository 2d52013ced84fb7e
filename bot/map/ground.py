"""The measures everything is laid out by: the side of the square, the circle in it, the theme."""

from dataclasses import dataclass
from math import sqrt

from bot.map.palette import THEMES, Theme
from bot.map.scene import Point, Text, ThemeName, Words

Sides = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Ground:
    size: int
    words: Words
    theme: ThemeName

    @property
    def colours(self) -> Theme:
        return THEMES[self.theme]

    @property
    def unit(self) -> float:
        """What one pixel of a scene of 1280 has become."""
        return self.size / 1280

    @property
    def centre(self) -> Point:
        """Below the middle: the title needs room."""
        return self.size / 2, self.size / 2 + 46 * self.unit

    @property
    def radius(self) -> float:
        """Of the circle, its rim included; the sectors' names stand outside it."""
        return 548 * self.unit

    def ring(self, share: float) -> float:
        """The radius within which a share of the room for contacts lies."""
        inner, outer = 0.2 * self.radius, 0.94 * self.radius
        return sqrt(inner**2 + share * (outer**2 - inner**2))


def sides(text: Text) -> Sides:
    """The room a level text takes."""
    left = text.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * text.width
    return left, text.y - text.size, left + text.width, text.y + 0.4 * text.size
