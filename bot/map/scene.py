"""What the map is made of: what goes in, and the laid-out scene that every renderer draws.

Lengths are pixels of the scene; angles are radians clockwise from the top; colours are '#rrggbb'.
"""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["know", "like", "trust", "buy"]
ThemeName = Literal["light", "dark"]
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

STAGES: tuple[Stage, ...] = ("know", "like", "trust", "buy")


@dataclass(frozen=True, slots=True)
class Dot:
    """A contact: `strength` of the tie to the user is within 0..1; `group` is None if unknown."""

    id: int
    name: str
    group: str | None
    strength: float
    stage: Stage
    fading: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two contacts, `strength` within 0..1."""

    a: int
    b: int
    strength: float


@dataclass(frozen=True, slots=True)
class Words:
    """Every word the map shows, in the reader's language. `{n}` stands for a number."""

    language: str  # 'en', 'id'
    title: str
    subtitle: str
    hint: str  # how to read it: the nearer the centre, the stronger the tie
    you: str
    stages: tuple[str, str, str, str]  # in the order of STAGES
    fading: str
    others: str  # the sector that takes in all small groups
    ungrouped: str  # the sector of those without a group
    more: str  # '+ {n} more'
    invitation: str  # shown while the map is nearly empty
    search: str  # from here on: only in the page
    nothing_found: str
    zoom_in: str
    zoom_out: str
    whole: str  # button: the whole map again
    tied_to: str  # heading of the list of somebody's ties


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is the left, middle or right end of its baseline.

    `width` is what it takes up in our fonts; a renderer with other fonts squeezes to that.
    A text with an angle is turned about (x, y), clockwise, its middle on that point.
    """

    text: str
    x: float
    y: float
    size: float
    colour: str
    width: float
    bold: bool = False
    anchor: Anchor = "start"
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Sector:
    """A group's slice of the circle, between two angles."""

    group: str
    start: float
    end: float
    colour: str
    tint: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie: a quadratic Bézier curve. `a` is None for a spoke, which starts at the user."""

    a: int | None
    b: int
    start: Point
    bend: Point
    end: Point
    width: float
    colour: str
    opacity: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A contact in its place. `label` is None where no free place for the name was left.

    `number` is set when no font at hand can draw the name: the label then reads '№ number'.
    """

    dot: Dot
    name: str
    x: float
    y: float
    radius: float
    fill: str
    label: Text | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A mark and what it means; `stage` is None for the mark of a fading tie."""

    stage: Stage | None
    x: float
    y: float
    radius: float
    label: Text


@dataclass(frozen=True, slots=True)
class Scene:
    """The map, laid out. `left_out` counts the contacts that are not drawn."""

    size: int
    theme: ThemeName
    words: Words
    centre: Point
    radius: float
    rings: tuple[float, ...]
    sectors: tuple[Sector, ...]
    spokes: tuple[Curve, ...]
    ties: tuple[Curve, ...]
    spots: tuple[Spot, ...]
    hub_radius: float
    hub: Text
    texts: tuple[Text, ...]
    legend: tuple[LegendEntry, ...]
    left_out: int

    @property
    def unnamed(self) -> tuple[int, ...]:
        """The ids of the contacts drawn without a name, for want of room."""
        return tuple(spot.dot.id for spot in self.spots if spot.label is None)

    @property
    def numbered(self) -> tuple[tuple[int, str], ...]:
        """Number and name of those whose name no font at hand can draw: for the caption."""
        return tuple((spot.number, spot.name) for spot in self.spots if spot.number is not None)
