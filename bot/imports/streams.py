"""Bytes as text, line by line and bounded: encodings guessed, endless lines refused."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from bot.imports.records import Reason, Trouble, Unreadable

HEAD_BYTES = 64 * 1024
LONGEST_LINE = 1_000_000  # characters; a photo in an old vCard is one
LONGEST_CELL = 400_000
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
OLD_ENCODINGS = [  # what phones and spreadsheets wrote before UTF-8
    "cp1252", "cp1251", "cp1253", "cp1255", "cp1256", "cp874", "shift_jis", "gb18030", "big5",
    "euc_kr",
]  # fmt: skip
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def head_of(file: IO[bytes]) -> bytes:
    """The beginning; the file stands at its start again."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def encoding_of(head: bytes) -> str:
    """The encoding a file begins in. Raises Unreadable for what is no text."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    if len(BINARY.findall(head)) > len(head) // 20:
        raise Unreadable(Trouble.UNKNOWN)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(head[:8_192], cp_isolation=OLD_ENCODINGS).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


def text_of(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(io.BufferedReader(_Kept(file)), encoding, errors="replace", newline="")


def lines_of(file: IO[bytes], encoding: str) -> Iterator[str]:
    """Lines with their ends. Raises Unreadable where one does not end."""
    text = text_of(file, encoding)
    while line := text.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE and not line.endswith("\n"):
            raise Unreadable(Trouble.TOO_LONG)
        yield line


def csv_rows(file: IO[bytes], encoding: str) -> Iterator[list[str] | Reason]:
    """Rows that are not empty; a Reason in place of a row that cannot be read."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(lines_of(file, encoding), strict=False)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Reason.TOO_LONG
            continue
        if any(cell.strip() for cell in row):
            yield row


class _Kept(io.RawIOBase):
    """Reads a file without closing it at the end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
