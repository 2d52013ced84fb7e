"""The picture, the SVG and the page, all drawn from one scene."""

import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.map import Dot, Line, Scene, ThemeName, draw_page, draw_picture, draw_svg, lay_out
from bot.map.palette import THEMES, channels
from tests.unit.map.networks import ENGLISH, INDONESIAN, make_network

EVIL = """<script>alert("1")</script> O'Hara & "Sons" <img src=x onerror='x()'>"""


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - what we wrote ourselves


def scene_of(count: int, theme: ThemeName = "light") -> Scene:
    return lay_out(*make_network(count), INDONESIAN, theme=theme)


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
@pytest.mark.parametrize("scale", [1, 2])
def test_the_picture_has_the_size_and_format_asked_for(
    format: Literal["JPEG", "PNG"],  # noqa: A002
    scale: Literal[1, 2],
) -> None:
    image = Image.open(BytesIO(draw_picture(scene_of(15), scale, format)))
    assert image.format == format
    assert image.size == (1280 * scale, 1280 * scale)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dots_have_their_groups_colour_and_the_corner_the_background(theme: ThemeName) -> None:
    scene = scene_of(40, theme)
    image = Image.open(BytesIO(draw_picture(scene, format="PNG")))
    assert image.getpixel((0, 1279)) == channels(THEMES[theme].background)
    for spot in scene.spots:
        assert image.getpixel((round(spot.x), round(spot.y))) == channels(spot.fill)


def test_names_are_where_the_scene_says() -> None:
    scene = scene_of(40)
    image = Image.open(BytesIO(draw_picture(scene, format="PNG")))
    for spot in scene.spots:
        assert spot.label
        half, y = spot.label.width / 2, spot.label.y
        box = (round(spot.label.x - half), round(y - 18), round(spot.label.x + half), round(y))
        colours = image.crop(box).getcolors(100_000) or []
        ink = channels(spot.label.colour)
        assert any(sum(abs(c - i) for c, i in zip(pixel, ink, strict=True)) < 60
                   for _, pixel in colours if isinstance(pixel, tuple))  # fmt: skip


def test_bands_leave_no_seam() -> None:
    """A map drawn twice as large and shrunk is the map: a seam would differ along a whole row."""
    scene = scene_of(40)
    plain = Image.open(BytesIO(draw_picture(scene, format="PNG")))
    large = Image.open(BytesIO(draw_picture(scene, 2, "PNG"))).reduce(2)
    for y in (638, 639, 640, 641):
        row = [plain.getpixel((x, y)) for x in range(1280)]
        same = [large.getpixel((x, y)) for x in range(1280)]
        far = [a for a, b in zip(row, same, strict=True)
               if sum(abs(i - j) for i, j in zip(a, b, strict=True)) > 150]  # type: ignore[arg-type]  # fmt: skip
        assert len(far) < 40


@pytest.mark.parametrize("count", [0, 1, 3, 150, 500])
def test_every_size_of_network_can_be_drawn(count: int) -> None:
    scene = scene_of(count)
    assert len(draw_picture(scene)) < 700_000
    assert len(draw_page(scene)) < 300_000
    parse(draw_svg(scene))


def test_the_same_scene_gives_the_same_bytes() -> None:
    scene = scene_of(40)
    assert draw_picture(scene) == draw_picture(scene)
    assert draw_page(scene) == draw_page(scene)


def evil_scene() -> Scene:
    words = dict.fromkeys(("title", "subtitle", "you", "others", "search", "whole"), EVIL)
    dots = [Dot(1, EVIL, EVIL, 0.9, "buy", fading=True), Dot(2, "Budi", EVIL[::-1], 0.4, "know")]
    return lay_out(dots, [Line(1, 2, 0.5)], replace(ENGLISH, **words))  # type: ignore[arg-type]


def test_names_cannot_smuggle_markup_into_the_page() -> None:
    page = draw_page(evil_scene())
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_svg_is_well_formed_and_holds_the_whole_name() -> None:
    root = parse(draw_svg(evil_scene()))
    names = [e.attrib["data-name"] for e in root.iter() if "data-name" in e.attrib]
    assert names == [EVIL, "Budi"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=50), st.text(max_size=30))
def test_any_name_gives_well_formed_svg(name: str, group: str) -> None:
    svg = draw_svg(lay_out([Dot(1, name, group, 0.5, "like")], [], ENGLISH))
    svg.encode()
    parse(svg)


def test_the_page_needs_nothing_from_outside() -> None:
    page = draw_page(scene_of(150)).replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"https?:", page)
    assert not re.findall(r"""\b(?:src|href|action)\s*=|url\(|@import|\bfetch\(|["'(]//\w""", page)


def test_the_pages_policy_allows_its_own_script_and_style_only() -> None:
    page = draw_page(scene_of(15))
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.findall(r"""<[^>]*\s(?:on\w+|style)=["']""", page)


def test_the_page_speaks_the_readers_language() -> None:
    page = draw_page(scene_of(15)).partition("<script>")[0]
    assert '<html lang="id">' in page
    assert 'placeholder="Cari nama"' in page
    assert not re.findall(r"\b(?:Search|Zoom|Tied|Know|Whole)\b", page)


def test_the_page_names_those_the_picture_has_no_room_for() -> None:
    dots = [Dot(i, f"Bartholomeus Ke-{i}", "A", 0.5, "know") for i in range(150)]
    scene = lay_out(dots, [], ENGLISH, size=640)
    assert scene.unnamed
    page = draw_page(scene)
    assert all(f'data-name="{dot.name}"' in page for dot in dots)


def test_a_name_our_fonts_cannot_draw_is_left_to_the_readers_fonts() -> None:
    svg = draw_svg(lay_out([Dot(1, "ꦲꦤ", None, 0.5, "like")], [], ENGLISH))
    assert ">ꦲꦤ</text>" in svg
    assert "№" not in svg


def test_maps_drawn_at_the_same_time_come_out_as_alone() -> None:
    scenes = [scene_of(count) for count in (15, 40)] * 4
    alone = [draw_picture(scene) for scene in scenes[:2]] * 4
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(draw_picture, scenes)) == alone
