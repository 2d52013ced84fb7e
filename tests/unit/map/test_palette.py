"""Colours that colour-blind readers can tell apart, and text that all can read.

Colour blindness after Machado, Oliveira and Fernandes (2009), 'A Physiologically-based Model for
Simulation of Color Vision Deficiency', severity 1.0; distance: CIE 1976 L*a*b*, where about 2.3
is the least difference an eye notices.
"""

from itertools import combinations, pairwise

import pytest

from bot.map import Dot, ThemeName, lay_out
from bot.map.palette import READABLE, THEMES, contrast, luminance, mix, readable
from tests.unit.map.networks import ENGLISH, GROUPS

Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "full sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
CLEARLY = 12.0
THEME_NAMES: tuple[ThemeName, ...] = ("light", "dark")
each_eye = pytest.mark.parametrize("eye", EYES)
each_theme = pytest.mark.parametrize("theme", THEME_NAMES)


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    r, g, b = (
        min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear, strict=True))))
        for row in EYES[eye]
    )
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(a: str, b: str, eye: str) -> float:
    pairs = zip(lab(a, eye), lab(b, eye), strict=True)
    return float(sum((p - q) ** 2 for p, q in pairs) ** 0.5)


def test_red_and_green_of_one_lightness_fall_together_for_colour_blind_eyes() -> None:
    assert apart("#b3261e", "#5f6b1e", "full sight") > 60
    assert apart("#b3261e", "#5f6b1e", "deuteranopia") < 30


@each_eye
@each_theme
def test_groups_can_be_told_apart(theme: ThemeName, eye: str) -> None:
    assert all(apart(a, b, eye) > CLEARLY for a, b in combinations(THEMES[theme].groups, 2))


@each_eye
@each_theme
def test_stages_and_fading_can_be_told_apart(theme: ThemeName, eye: str) -> None:
    rings = [*THEMES[theme].stages.values(), THEMES[theme].fading]
    assert all(apart(a, b, eye) > CLEARLY for a, b in combinations(rings, 2))


@each_eye
@each_theme
def test_neighbouring_sectors_never_share_a_colour(theme: ThemeName, eye: str) -> None:
    dots = [Dot(i, f"Ani {i}", [*GROUPS, None][i % 15], 0.5, "know") for i in range(60)]
    sectors = lay_out(dots, [], ENGLISH, theme=theme).sectors
    assert len(sectors) == 9
    for a, b in pairwise([*sectors, sectors[0]]):
        assert apart(a.colour, b.colour, eye) > CLEARLY


@each_theme
def test_all_text_can_be_read(theme: ThemeName) -> None:
    colours = THEMES[theme]
    dots = [Dot(i, f"Ani {i}", [*GROUPS, None][i % 15], i / 60, "know", i % 3 == 0)
            for i in range(60)]  # fmt: skip
    scene = lay_out(dots, [], ENGLISH, theme=theme)
    texts = [*scene.texts, *(entry.label for entry in scene.legend)]
    texts += [sector.label for sector in scene.sectors if sector.label]
    assert min(contrast(text.colour, colours.background) for text in texts) >= READABLE
    assert contrast(scene.hub.colour, colours.hub) >= READABLE
    tints = [sector.tint for sector in scene.sectors]
    for spot in scene.spots:
        assert spot.label
        assert min(contrast(spot.label.colour, tint) for tint in tints) >= READABLE


def test_contrast_runs_from_1_to_21() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#336699", "#336699") == 1
    assert luminance("#ffffff") == pytest.approx(1)


def test_a_colour_too_pale_for_text_is_darkened_just_enough() -> None:
    assert contrast("#ddcc77", "#ffffff") < READABLE
    assert READABLE <= contrast(readable("#ddcc77", "#ffffff", "#000000"), "#ffffff") < 5.5


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ff8040", 0.0) == "#000000"
    assert mix("#000000", "#ff8040", 1.0) == "#ff8040"
    assert mix("#000000", "#ff8040", 0.5) == "#804020"
