"""Which fonts are at hand and which letters each can draw.

The fonts of the package `manimgx-fonts` (Noto, under the Open Font License) come with the
install and draw some twenty scripts. Chinese, Japanese and Korean take a font of 20-30 MB, so
that one is used where the system or the package `manimgx-fonts-cjk` has it.

What a font can draw is read from its character map rather than found by drawing: exact, and
a millisecond per font. Source: OpenType specification 1.9.1, chapter 'cmap'.
"""

import struct
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

Ranges = tuple[tuple[int, int], ...]

# These come out right letter by letter; all other scripts need shaping (joined or stacked
# letters, writing from right to left), which Pillow does only where it finds FriBiDi.
_UNSHAPED = ("NotoSans[", "NotoSansArmenian", "NotoSansGeorgian", "NotoSansEthiopic",
             "NotoSansSymbols", "NotoEmoji", "NotoSansCJK")  # fmt: skip
_CJK_FACES = {"NotoSansCJK-VF.otf.ttc": 2, "NotoSansCJK-Regular.ttc": 2, "NotoSansSC[wght].ttf": 0}


@dataclass(frozen=True, slots=True)
class Font:
    """A font file; `face` is the index within a collection."""

    path: str
    face: int
    shaped: bool  # draws only where text can be shaped
    ranges: Ranges

    def draws(self, letter: str) -> bool:
        code = ord(letter)
        at = bisect_right(self.ranges, (code, sys.maxunicode)) - 1
        return at >= 0 and self.ranges[at][0] <= code <= self.ranges[at][1]


@cache
def can_shape() -> bool:
    """Whether Pillow can join letters and write from right to left here."""
    from PIL import features

    return bool(features.check("raqm"))


@lru_cache(maxsize=4096)
def font_for(letter: str) -> Font | None:
    """The first font that can draw a letter, or None."""
    return next((f for f in _fonts() if f.draws(letter) and (can_shape() or not f.shaped)), None)


@cache
def main_font() -> Font:
    """The font of Latin, Cyrillic, Greek and Vietnamese, and of everything the map itself says."""
    return next(_fonts())


def _fonts() -> Iterator[Font]:
    """All fonts, the most used first; a font's file is first read when its turn comes."""
    for path, face in _files():
        yield _read_font(path, face)


@cache
def _files() -> tuple[tuple[Path, int], ...]:
    files = sorted(
        path for path in _package("manimgx_fonts").glob("Noto*.ttf") if "Italic" not in path.name
    )
    main = [path for path in files if path.name.startswith("NotoSans[")]
    last = [
        path for name in ("NotoEmoji", "NotoSansSymbols") for path in files if name in path.name
    ]
    scripts = [path for path in files if path not in main and path not in last]
    return (*((p, 0) for p in main + scripts), *_cjk_file(), *((p, 0) for p in last))


def _cjk_file() -> tuple[tuple[Path, int], ...]:
    """The font of Chinese, Japanese and Korean, if there is one."""
    home = Path.home()
    folders = [
        home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"), home / "Library/Fonts", Path("/Library/Fonts"),
        Path("C:/Windows/Fonts"),
    ]  # fmt: skip
    if find_spec("manimgx_fonts_cjk"):
        folders.insert(0, _package("manimgx_fonts_cjk"))
    for folder in folders:
        for path in sorted(folder.rglob("NotoSans*")) if folder.is_dir() else ():
            if path.name in _CJK_FACES:
                return ((path, _CJK_FACES[path.name]),)
    return ()


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The map needs the package {name.replace('_', '-')}.")
    return Path(spec.origin).parent


@cache
def _read_font(path: Path, face: int) -> Font:
    shaped = not path.name.startswith(_UNSHAPED)
    return Font(str(path), face, shaped, _character_ranges(path, face))


def _character_ranges(path: Path, face: int) -> Ranges:
    with path.open("rb") as file:
        head = file.read(12 + 4 * (face + 1))
        start = struct.unpack_from(">I", head, 12 + 4 * face)[0] if head[:4] == b"ttcf" else 0
        file.seek(start)
        count = struct.unpack(">4xH6x", file.read(12))[0]
        tables = file.read(16 * count)
        tags = {tables[i : i + 4]: struct.unpack_from(">II", tables, i + 8)
                for i in range(0, len(tables), 16)}  # fmt: skip
        offset, length = tags[b"cmap"]
        file.seek(offset)
        return _read_cmap(file.read(length))


def _read_cmap(cmap: bytes) -> Ranges:
    """The ranges of the widest subtable: format 12 (all planes), else format 4 (the first)."""
    count = struct.unpack_from(">2xH", cmap)[0]
    offsets = {struct.unpack_from(">I", cmap, 8 + 8 * i)[0] for i in range(count)}
    formats = {struct.unpack_from(">H", cmap, offset)[0]: offset for offset in sorted(offsets)}
    if 12 in formats:
        groups = struct.unpack_from(">I", cmap, formats[12] + 12)[0]
        parts = struct.iter_unpack(">3I", cmap[formats[12] + 16 :][: 12 * groups])
        return tuple(sorted((first, last) for first, last, _ in parts))
    return tuple(_read_format_4(cmap[formats[4] :]))


def _read_format_4(table: bytes) -> Iterator[tuple[int, int]]:
    half = struct.unpack_from(">6xH", table)[0]  # twice the number of segments
    size = half // 2
    lasts = struct.unpack_from(f">{size}H", table, 14)
    firsts = struct.unpack_from(f">{size}H", table, 16 + half)
    shifts = struct.unpack_from(f">{size}H", table, 16 + 3 * half)
    for i, (first, last, shift) in enumerate(zip(firsts, lasts, shifts, strict=True)):
        if first == 0xFFFF:
            continue
        if not shift:
            yield first, last
            continue
        glyphs = 16 + 3 * half + 2 * i + shift
        for code in range(first, last + 1):
            if struct.unpack_from(">H", table, glyphs + 2 * (code - first))[0]:
                yield code, code
