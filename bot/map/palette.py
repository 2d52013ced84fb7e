"""The map's colours: two themes, told apart by colour-blind eyes, with text that can be read.

Groups take Paul Tol's 'muted' (light theme) and 'light' (dark theme) schemes, the latter with
one colour of 'medium-contrast' for an olive too near another; stages Okabe and Ito's colours,
lighter in the dark. A stage is told by the length of its ring as well, fading by its dashes.
Sources: Tol (2021), 'Colour Schemes', SRON technical note 09-002, issue 3.2; Okabe and Ito
(2008), 'Color Universal Design'. Contrast as WCAG 2.2 defines it.
"""

from dataclasses import dataclass
from functools import lru_cache

from bot.map.scene import Stage, ThemeName

READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text


@dataclass(frozen=True, slots=True)
class Theme:
    background: str
    ink: str
    muted: str
    ring: str
    fading: str
    tie: str
    hub: str
    hub_ink: str
    ungrouped: str
    others: str
    groups: tuple[str, ...]
    stages: dict[Stage, str]


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        background="#fbfaf7",
        ink="#1b2430",
        muted="#5a6470",
        ring="#e3e0d8",
        fading="#b3261e",
        tie="#6b7684",
        hub="#1b2430",
        hub_ink="#ffffff",
        ungrouped="#8a929c",
        others="#56606c",
        groups=(
            "#44aa99", "#cc6677", "#332288", "#ddcc77", "#88ccee",
            "#882255", "#117733", "#aa4499", "#999933",
        ),
        stages={"know": "#7d8792", "like": "#0072b2", "trust": "#009e73", "buy": "#e69f00"},
    ),
    "dark": Theme(
        background="#12171f",
        ink="#eef1f5",
        muted="#a6b0bd",
        ring="#2a323d",
        fading="#ff6b6b",
        tie="#93a0b0",
        hub="#eef1f5",
        hub_ink="#12171f",
        ungrouped="#7f8a98",
        others="#b9c2cd",
        groups=(
            "#77aadd", "#ee8866", "#44bb99", "#ffaabb", "#eedd88",
            "#99ddff", "#bbcc33", "#997700",
        ),
        stages={"know": "#8b96a3", "like": "#56b4e9", "trust": "#33d6a6", "buy": "#f5b942"},
    ),
}  # fmt: skip


def channels(colour: str) -> tuple[int, int, int]:
    """'#rrggbb' as three numbers within 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=512)
def mix(under: str, over: str, share: float) -> str:
    """`over` laid upon `under` with the given opacity, 0..1."""
    pairs = zip(channels(under), channels(over), strict=True)
    return "#" + "".join(f"{round(u + (o - u) * share):02x}" for u, o in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=128)
def readable(colour: str, background: str, ink: str) -> str:
    """`colour`, moved towards `ink` until text in it can be read on `background`."""
    for step in range(21):
        candidate = mix(colour, ink, step / 20)
        if contrast(candidate, background) >= READABLE:
            return candidate
    return ink
