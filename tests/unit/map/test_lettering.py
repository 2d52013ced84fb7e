import struct
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont, features

from bot.map import Dot, lay_out
from bot.map.coverage import _read_cmap, can_shape, font_for, main_font
from bot.map.lettering import _face, clean, clip, drawable, measure, runs
from tests.unit.map.networks import ENGLISH, WORLD

NOBODYS = "\U0010fffe"  # no font has it, so it draws the empty box


@pytest.mark.parametrize("name", WORLD)
def test_a_name_is_drawn_letter_by_letter_without_empty_boxes(name: str) -> None:
    for run in runs(drawable(name)):
        face = ImageFont.truetype(run.font.path, 40, index=run.font.face)
        box = bytes(face.getmask(NOBODYS))
        for letter in run.text:
            if unicodedata.category(letter)[0] in "LNPS":
                assert bytes(face.getmask(letter)) != box


def test_a_font_draws_the_empty_box_for_what_it_is_said_not_to_have() -> None:
    font = main_font()
    face = ImageFont.truetype(font.path, 40)
    for letter in "王م김ก":
        assert not font.draws(letter)
        assert bytes(face.getmask(letter)) == bytes(face.getmask(NOBODYS))


@pytest.mark.parametrize(
    "script",
    ["Aß", "Жы", "Ωή", "Ễự", "محمد", "דוד", "अनिल", "তাহ", "கண்", "తె", "ಕನ", "മല", "ગુ",
     "ਪੰ", "සි", "สม", "ລາ", "មា", "မြ", "ქა", "Հա", "አበ", "🌸", "№", "…"],
)  # fmt: skip
def test_the_fonts_of_the_install_draw(script: str) -> None:
    assert all(font_for(letter) for letter in script)


def test_chinese_is_drawn_where_a_font_for_it_is_at_hand() -> None:
    assert drawable("王小明") == ("王小明" if font_for("王") else "")


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("ꦲꦤꦕ", ""),  # Javanese: no font
        ("ꦲꦤ Ana", "Ana"),
        ("𝓐𝓷𝓲 Ｗｉｊａｙａ", "Ani Wijaya"),
        ("Ani\U0001fb00\U0001f7f6", "Ani"),
        ("  Ani \n\t Wijaya ", "Ani Wijaya"),
        ("\u202eAni\u202c\x00", "Ani"),
        ("🌸", ""),  # a sign is no name
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_is_left_out(name: str, drawn: str) -> None:
    assert drawable(name) == drawn


def test_a_name_no_font_can_draw_becomes_a_number_for_the_caption() -> None:
    dots = [Dot(1, "ꦲꦤꦕ", None, 0.9, "know"), Dot(2, "Budi", None, 0.5, "know")]
    dots.append(Dot(3, "ꦫꦏ", None, 0.1, "know"))
    scene = lay_out(dots, [], ENGLISH)
    assert [spot.label.text for spot in scene.spots if spot.label] == ["№ 1", "Budi", "№ 2"]
    assert scene.numbered == ((1, "ꦲꦤꦕ"), (2, "ꦫꦏ"))


def test_words_from_the_right_keep_their_order_beside_latin_ones() -> None:
    assert [run.text for run in runs("محمد الفارسي")] == ["محمد الفارسي"]
    assert [run.text.strip() for run in runs("محمد Ali")] == ["Ali", "محمد"]
    assert [run.text.strip() for run in runs("Ali محمد")] == ["Ali", "محمد"]


@pytest.fixture
def no_shaping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system without FriBiDi."""
    caches = can_shape, font_for, runs, measure, _face
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(features, "check", lambda feature: feature != "raqm")
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("no_shaping")
def test_without_shaping_scripts_that_need_it_are_replaced_rather_than_drawn_wrong() -> None:
    assert drawable("محمد الفارسي") == ""
    assert drawable("अनिल कुमार") == ""
    assert drawable("Łukasz Иван") == "Łukasz Иван"
    assert measure("Łukasz", 22).advance > 0


@pytest.mark.parametrize("name", ["Ani Wijaya Kusuma", "อุไรวรรณ สุขสวัสดิ์", "👩‍💻👩‍💻👩‍💻👩‍💻 Ani"])
def test_a_text_too_wide_is_cut_with_an_ellipsis(name: str) -> None:
    short = clip(name, 90, 22)
    assert short.endswith("…")
    assert measure(short, 22).advance <= 90
    assert clip(name, 900, 22) == name


@given(st.text(max_size=40))
def test_drawable_text_is_clean_and_stays_so(text: str) -> None:
    once = drawable(text)
    assert drawable(once) == once
    assert clean(once) == once
    once.encode()
    assert all(font_for(letter) for letter in once if letter not in "\u200c\u200d\ufe0e\ufe0f")


def test_a_hole_in_a_fonts_character_map_is_seen() -> None:
    """Format 4 with one segment, 'A' to 'D', whose glyph numbers are 5, 0, 6 and 7: no 'B'."""
    segments = struct.pack(">2H H 2H 2h 2H", 0x44, 0xFFFF, 0, 0x41, 0xFFFF, 0, 1, 4, 0)
    glyphs = struct.pack(">4H", 5, 0, 6, 7)
    table = struct.pack(">7H", 4, 14 + len(segments + glyphs), 0, 4, 4, 1, 0) + segments + glyphs
    cmap = struct.pack(">2H 2H I", 0, 1, 3, 1, 12) + table
    assert _read_cmap(cmap) == ((0x41, 0x41), (0x43, 0x43), (0x44, 0x44))
