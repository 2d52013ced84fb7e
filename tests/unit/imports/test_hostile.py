"""Files made to break a reader: refused clearly or read cleanly, in little time and memory."""

import io
import json
import random
import time
import tracemalloc
import zipfile
from datetime import date
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.imports.recognising import read
from bot.imports.records import Parsed, Reading, Reason, Trouble, Unreadable, WhoAreYou

READING = Reading(today=date(2026, 11, 24), timezone="Asia/Jakarta", region="ID")
MEGABYTE = 1024 * 1024
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def parse(content: bytes | str) -> Parsed:
    data = content.encode() if isinstance(content, str) else content
    return read(io.BytesIO(data), READING)


def trouble(content: bytes | str) -> Trouble:
    with pytest.raises(Unreadable) as refused:
        parse(content)
    return refused.value.trouble


def packed(content: bytes, name: str = "Connections.csv") -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return result.getvalue()


class Endless(io.RawIOBase):
    """A file of two gigabytes that weighs nothing."""

    def __init__(self, start: bytes, filler: bytes, size: int = 2048 * MEGABYTE) -> None:
        self._start, self._filler, self._size = start, filler, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset
        return offset

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), self._size - self._at)
        given = self._start[self._at : self._at + count]
        repeats = self._filler * (count // len(self._filler) + 1)
        buffer[:count] = (given + repeats)[:count]
        self._at += count
        return count


@pytest.mark.parametrize(
    ("start", "filler"),
    [
        (HEADER.encode() + b'A,B,"', b"x"),
        (HEADER.encode() + b'A,B,"', b"x\n"),
        (b"BEGIN:VCARD\nFN:", b"x"),
        (b'{"chats": {"list": [{"name": "', b"x"),
        (b'{"chats": ', b" "),
        (b"BEGIN:VCALENDAR\nSUMMARY:", b"x"),
    ],
)
def test_a_line_or_value_without_end_is_refused_in_bounded_memory(
    start: bytes, filler: bytes
) -> None:
    size = MEGABYTE // 2 if filler == b"x\n" else 1024 * MEGABYTE
    file: IO[bytes] = io.BufferedReader(Endless(start, filler, size))
    tracemalloc.start()
    started = time.monotonic()
    try:
        parsed = read(file, READING)
        assert Reason.TOO_LONG in {each.reason for each in parsed.refused}
    except Unreadable as refused:
        assert refused.trouble in (Trouble.TOO_LONG, Trouble.BROKEN, Trouble.EMPTY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * MEGABYTE
    assert time.monotonic() - started < 60


def test_a_zip_bomb_is_refused() -> None:
    assert trouble(packed(bytes(200 * MEGABYTE))) is Trouble.BOMB


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(packed(HEADER.encode() + b"A,B,,,,,\n" * 10))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    assert trouble(bytes(content)) in (Trouble.BROKEN, Trouble.BOMB)


def test_a_zip_of_other_things_is_not_known_and_a_torn_one_is_broken() -> None:
    assert trouble(packed(b"hello", "readme.txt")) is Trouble.UNKNOWN
    assert trouble(packed(HEADER.encode())[:60]) is Trouble.BROKEN


def test_a_zip_within_a_zip_is_not_opened() -> None:
    assert trouble(packed(packed(HEADER.encode()), "inner.zip")) is Trouble.UNKNOWN


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_deep_json_is_refused(bracket: str) -> None:
    assert trouble('{"chats":' + bracket * 200_000) is Trouble.TOO_DEEP


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"hello there",
        b"%PDF-1.7\n\x00\x01",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"a,b\n1,2\n",
    ],
)
def test_what_is_no_known_format_is_refused(content: bytes) -> None:
    assert trouble(content) in (Trouble.UNKNOWN, Trouble.EMPTY)


def test_json_cut_off_in_the_middle_is_broken() -> None:
    assert trouble('{"chats": {"list": [{"name": "Bayu", "type": "pers') is Trouble.BROKEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_names_survive_every_encoding(encoding: str) -> None:
    rows = "".join(f"José{n},Müller,,,Façade GmbH,Ingénieur,\n" for n in range(30))
    parsed = parse((HEADER + rows).encode(encoding))
    assert parsed.people[0].name == "José0 Müller"
    assert parsed.people[0].organisation == "Façade GmbH"


def test_letters_lost_to_a_wrong_encoding_refuse_the_row_alone() -> None:
    content = (HEADER + "A,Good,,,,,\n" * 8000).encode() + b"Jos\xe9,Bad,,,,,\n"
    parsed = parse(content)
    assert [each.reason for each in parsed.refused] == [Reason.GARBLED]
    assert parsed.rows == 8001


def test_a_name_of_ten_thousand_characters_is_refused_and_the_others_are_read() -> None:
    parsed = parse(HEADER + "x" * 10_000 + ",Long,,,,,\nDewi,Lestari,,,,,\n")
    assert [each.name for each in parsed.people] == ["Dewi Lestari"]
    assert [each.reason for each in parsed.refused] == [Reason.NAME_TOO_LONG]
    assert len(parsed.refused[0].examples[0][1]) <= 60


def test_html_and_formulas_are_kept_as_the_letters_they_are() -> None:
    parsed = parse(HEADER + '<b>Eve</b>,"=HYPERLINK(""http://x"")",,,,,\n')
    assert parsed.people[0].name == '<b>Eve</b> =HYPERLINK("http://x")'


def test_marks_that_turn_the_text_around_or_hide_in_it_are_taken_out() -> None:
    parsed = parse(HEADER + "De\u202ewi\x07,Les\u200btari,,,,,\n")
    assert parsed.people[0].name == "Dewi Lestari"


def test_lone_surrogates_in_json_do_no_harm() -> None:
    text = '{"name": "Ba\\ud800yu", "type": "personal_chat", "id": 3, "messages": []}'
    try:
        parsed = parse(text)
        assert parsed.people[0].name.encode()
    except Unreadable as refused:
        assert refused.trouble is Trouble.BROKEN


def test_an_event_that_recurs_for_ever_takes_no_time() -> None:
    guests = "ORGANIZER:mailto:me@x.org\nATTENDEE:mailto:you@x.org\n"
    rules = (
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=",
    )
    events = "".join(
        f"BEGIN:VEVENT\nDTSTART:19700101\n{guests}RRULE:{rule}\nEND:VEVENT\n" for rule in rules
    )
    started = time.monotonic()
    parsed = parse(f"BEGIN:VCALENDAR\nX-WR-CALNAME:me@x.org\n{events}END:VCALENDAR\n")
    assert parsed.rows == 4
    assert time.monotonic() - started < 5


def test_a_huge_number_is_no_account() -> None:
    told = {"name": "Bayu", "type": "personal_chat", "id": 2**60, "messages": [{"type": "message"}]}
    assert parse(json.dumps(told)).people == ()
    assert trouble(json.dumps({**told, "id": 10**30})) is Trouble.BROKEN


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_refused_or_read_and_never_breaks(noise: bytes) -> None:
    for start in (
        b"",
        HEADER.encode(),
        b"BEGIN:VCARD\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
        b'{"chats":{"list":[',
        b"PK\x03\x04",
        b'{"app_version":1,"account":{"data":[',
    ):
        try:
            parsed = parse(start + noise)
        except (Unreadable, WhoAreYou):
            continue
        assert parsed.rows == parsed.taken + sum(each.count for each in parsed.refused)


def test_a_file_of_everything_mangled_never_breaks() -> None:
    """Bytes changed at random in a good file, many times over."""
    good = (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Nyoman Arta\nN:Arta;Nyoman;;;\nORG:Desa\nTEL;TYPE=CELL:0812\n"
        b"BDAY:--0122\nEND:VCARD\n"
    )
    chance = random.Random(5)
    for _ in range(80):
        content = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            parsed = parse(bytes(content))
        except Unreadable:
            continue
        assert parsed.rows == parsed.taken + sum(each.count for each in parsed.refused)
