"""BEGIN:X … END:X blocks of vCard and iCalendar, one at a time, without their pictures."""

import re
from collections.abc import Iterator
from typing import IO

from bot.imports.streams import lines_of

LONGEST_BLOCK = 100_000  # characters, pictures and keys left out
HEAVY = re.compile(
    r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|ATTACH|X-[\w-]*(?:IMAGE|PHOTO))[;:]", re.IGNORECASE
)


def blocks_of(file: IO[bytes], encoding: str, name: str) -> Iterator[str | None]:
    """The text of each block; None in place of one that is too long or has no end.

    A block of the same name inside another belongs to the outer one.
    """
    begin, end = f"BEGIN:{name}", f"END:{name}"
    lines: list[str] = []
    depth = size = 0
    heavy = False
    for line in lines_of(file, encoding):
        mark = line.strip().lstrip("\ufeff").upper()
        if mark == begin:
            if depth and size > LONGEST_BLOCK:  # never ended: begin again
                yield None
                depth = 0
            depth, lines, size = (depth + 1, lines, size) if depth else (1, [], 0)
        if not depth:
            continue
        heavy = HEAVY.match(line) is not None or (heavy and line[:1] in " \t")
        if not heavy:
            size += len(line)
            if size <= LONGEST_BLOCK:
                lines.append(line if line.endswith(("\n", "\r")) else f"{line}\r\n")
        if mark == end:
            depth -= 1
            if not depth:
                yield "".join(lines) if size <= LONGEST_BLOCK else None
    if depth:
        yield None
