"""Which format a file is in, by its content, and what it says."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

from bot.imports import google, linkedin
from bot.imports.calendars import read_calendar
from bot.imports.collecting import Collector
from bot.imports.monica import read_monica
from bot.imports.own import read_own
from bot.imports.records import Parsed, Reading, Source, Trouble, Unreadable
from bot.imports.streams import csv_rows, encoding_of, head_of
from bot.imports.telegram_desktop import read_telegram
from bot.imports.vcards import read_vcards

MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024  # bytes
MOST_RATIO = 100  # a bomb packs a thousand to one and more; text packs ten to one
SMALL = 5 * 1024 * 1024
IN_MEMORY = 2 * 1024 * 1024
HEADER_WITHIN = 40  # rows before a CSV's header
SUFFIXES = (".csv", ".vcf", ".json", ".ics")

OWN = re.compile(r'"format"\s*:\s*"jejaring\.export"')
MONICA = re.compile(r'"(?:app_version|exported_by)"\s*:.*"account"\s*:', re.DOTALL)
TELEGRAM = re.compile(
    r'"(?:personal_information|frequent_contacts|date_unixtime|chats|left_chats)"\s*:'
    r'|"type"\s*:\s*"(?:personal_chat|saved_messages|private_\w+|public_\w+|bot_chat)"'
)


def read(file: IO[bytes], reading: Reading) -> Parsed:
    """What a file says. Raises Unreadable, or WhoAreYou where the sender has to tell."""
    head = head_of(file)
    if not head.strip():
        raise Unreadable(Trouble.EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return _read_zip(file, reading)
    into = Collector(Source.VCARD, reading)
    own = _read_into(file, into)
    return own or _checked(into)


def _read_into(file: IO[bytes], into: Collector) -> Parsed | None:
    """Read a file of any format but zip; our own export comes back as it is."""
    head = head_of(file)
    encoding = encoding_of(head)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    opening = text[:4096].upper()
    if "BEGIN:VCARD" in opening:
        into.source = Source.VCARD
        read_vcards(file, encoding, into)
    elif opening.startswith("BEGIN:VCALENDAR"):
        into.source = Source.CALENDAR
        read_calendar(file, encoding, into)
    elif text.startswith(("{", "[")):
        return _read_json(file, text, encoding, into)
    else:
        _read_csv(file, encoding, into)
    return None


def _read_json(file: IO[bytes], text: str, encoding: str, into: Collector) -> Parsed | None:
    if encoding not in ("utf-8", "utf-8-sig"):
        raise Unreadable(Trouble.BROKEN)  # JSON is UTF-8
    skip = 3 if encoding == "utf-8-sig" else 0
    if OWN.search(text[:4096]):
        return read_own(file, skip)
    if MONICA.search(text):
        into.source = Source.MONICA
        read_monica(file, skip, into)
    elif TELEGRAM.search(text):
        into.source = Source.TELEGRAM
        read_telegram(file, skip, into)
    elif text.startswith(("[[[[", '{"a":{"a":{')) or text.count("[") > len(text) // 2:
        raise Unreadable(Trouble.TOO_DEEP)
    else:
        raise Unreadable(Trouble.UNKNOWN)
    return None


def _read_csv(file: IO[bytes], encoding: str, into: Collector, me: str | None = None) -> None:
    header = _header(file, encoding)
    if header is None:
        raise Unreadable(Trouble.UNKNOWN)

    def rows() -> Iterator[linkedin.Row]:
        return _after_header(file, encoding, header)

    into.source = Source.LINKEDIN
    if google.is_google(header):
        into.source = Source.GOOGLE
        google.read_google(header, rows(), into)
    elif google.is_monica(header):
        into.source = Source.MONICA
        google.read_monica_csv(header, rows(), into)
    elif linkedin.is_messages(header):
        owner = linkedin.find_me(header, rows, into.reading, me)
        linkedin.read_messages(header, rows(), into, owner)
    elif linkedin.is_invitations(header):
        linkedin.read_invitations(header, rows(), into)
    else:
        linkedin.read_connections(header, rows(), into)


def _header(file: IO[bytes], encoding: str) -> list[str] | None:
    """The first row that is the header of something known."""
    for number, row in enumerate(csv_rows(file, encoding)):
        if number >= HEADER_WITHIN:
            return None
        if isinstance(row, list) and any(knows(row) for knows in KNOWN):
            return row
    return None


def _after_header(file: IO[bytes], encoding: str, header: list[str]) -> Iterator[linkedin.Row]:
    rows = csv_rows(file, encoding)
    for row in rows:
        if row == header:
            break
    yield from rows


KNOWN = (
    google.is_google, linkedin.is_messages, linkedin.is_invitations, linkedin.is_connections,
    google.is_monica,
)  # fmt: skip


def _read_zip(file: IO[bytes], reading: Reading) -> Parsed:
    """All files in a zip that are of a known format, as one. What else is in it is left alone."""
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        members = [each for each in archive.infolist() if _is_wanted(each)]
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise Unreadable(Trouble.BROKEN) from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise Unreadable(Trouble.BOMB)
    into = Collector(Source.LINKEDIN, reading)
    found: Source | None = None
    with ExitStack() as stack:
        files = _unpacked(archive, members, stack)
        me = _owner_of(files)
        for each in sorted(files, key=_comes_later):
            try:
                own = _read_member(each, into, me)
            except Unreadable as error:
                if error.trouble in (Trouble.UNKNOWN, Trouble.EMPTY):
                    continue
                raise
            if own is not None:
                return own
            found = found or into.source
    if found is None:
        raise Unreadable(Trouble.UNKNOWN)
    into.source = found
    return _checked(into)


def _read_member(file: IO[bytes], into: Collector, me: str | None) -> Parsed | None:
    head = head_of(file)
    encoding = encoding_of(head)
    if head.lstrip()[:1] not in (b"{", b"[") and b"BEGIN:V" not in head[:4096].upper():
        _read_csv(file, encoding, into, me)
        return None
    return _read_into(file, into)


def _unpacked(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], stack: ExitStack
) -> list[IO[bytes]]:
    """The members as files, counted while they unpack: what a zip says of itself may be a lie."""
    files: list[IO[bytes]] = []
    left = MOST_UNPACKED
    for member in members:
        if member.flag_bits & 1:
            raise Unreadable(Trouble.LOCKED)
        file = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
        size = 0
        try:
            with archive.open(member) as packed:
                while chunk := packed.read(64 * 1024):
                    size += len(chunk)
                    left -= len(chunk)
                    if left < 0 or size > SMALL + MOST_RATIO * member.compress_size:
                        raise Unreadable(Trouble.BOMB)
                    file.write(chunk)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise Unreadable(Trouble.BROKEN) from error
        except Exception as error:  # zlib.error and its like, which share no class
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(Trouble.BROKEN) from error
        files.append(file)
    return files


def _owner_of(files: list[IO[bytes]]) -> str | None:
    """Who a list of invitations belongs to: the messages beside it are theirs too."""
    for file in files:
        try:
            encoding = encoding_of(head_of(file))
            header = _header(file, encoding)
        except Unreadable:
            continue
        if header is not None and linkedin.is_invitations(header):
            return linkedin.inviter(header, _after_header(file, encoding, header))
    return None


def _comes_later(file: IO[bytes]) -> bool:
    """People first, what happened with them after."""
    head = head_of(file)[:2048].upper()
    return b"CONVERSATION ID" in head or b"SENT AT" in head


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    name = member.filename.rsplit("/", 1)[-1].casefold()
    return not name.startswith(".") and name.endswith(SUFFIXES)


def _checked(into: Collector) -> Parsed:
    parsed = into.parsed()
    if not parsed.rows:
        raise Unreadable(Trouble.EMPTY)
    return parsed
