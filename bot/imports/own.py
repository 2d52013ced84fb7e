"""Our own export, whole: checked piece by piece where it is put back."""

from typing import IO, Any

from bot.imports.json_events import events, whole
from bot.imports.records import Parsed, Source, Trouble, Unreadable

FORMAT, VERSION = "jejaring.export", 1
MOST_TOKENS = 8_000_000


def read_own(file: IO[bytes], skip: int) -> Parsed:
    stream = events(file, skip)
    first = next(stream, None)
    if first is None or first[0] != "start_map":
        raise Unreadable(Trouble.BROKEN)
    document: Any = whole(stream, first, MOST_TOKENS)
    version = document.get("version")
    if document.get("format") != FORMAT or not isinstance(version, int):
        raise Unreadable(Trouble.BROKEN)
    if version > VERSION:
        raise Unreadable(Trouble.NEWER)
    return Parsed(source=Source.OWN, document=document)
