"""JSON of any size, as it comes: bounded in depth, in the length of a value, and in memory."""

from collections.abc import Iterator
from typing import IO, Any

from bot.imports.records import Trouble, Unreadable

DEEPEST = 40
LONGEST_TOKEN = 24 * 1024 * 1024  # bytes between two quotation marks
CHUNK = 64 * 1024

Event = tuple[str, Any]


def events(file: IO[bytes], skip: int = 0) -> Iterator[Event]:
    """(kind, value) of each token. Raises Unreadable for what is no JSON, or a hostile one."""
    import ijson

    file.seek(skip)
    depth = 0
    try:
        for kind, value in ijson.basic_parse(_Watched(file), use_float=True, buf_size=CHUNK):
            if kind in ("start_map", "start_array"):
                depth += 1
                if depth > DEEPEST:
                    raise Unreadable(Trouble.TOO_DEEP)
            elif kind in ("end_map", "end_array"):
                depth -= 1
            yield kind, value
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(Trouble.BROKEN) from error


def whole(stream: Iterator[Event], first: Event, most: int = 100_000) -> Any:
    """The value that begins with `first`. Raises Unreadable past `most` tokens."""
    kind, value = first
    if kind not in ("start_map", "start_array"):
        return value
    root: Any = {} if kind == "start_map" else []
    stack: list[tuple[Any, str | None]] = [(root, None)]
    for count, (kind, value) in enumerate(stream):
        if count > most:
            raise Unreadable(Trouble.TOO_LONG)
        container, name = stack[-1]
        if kind == "map_key":
            stack[-1] = (container, value)
        elif kind in ("end_map", "end_array"):
            stack.pop()
            if not stack:
                return root
        else:
            made = {} if kind == "start_map" else [] if kind == "start_array" else value
            _put(container, name, made)
            if kind in ("start_map", "start_array"):
                stack.append((made, None))
    raise Unreadable(Trouble.BROKEN)


def skim(stream: Iterator[Event], first: Event) -> None:
    """Pass over the value that begins with `first`."""
    depth = _step(first)
    while depth > 0:
        depth += _step(_next(stream))


def members(stream: Iterator[Event]) -> Iterator[tuple[str, Event]]:
    """(name, first event) of each member of the map that has begun; take each value whole."""
    while True:
        kind, value = _next(stream)
        if kind == "end_map":
            return
        yield str(value), _next(stream)


def items(stream: Iterator[Event]) -> Iterator[Event]:
    """The first event of each item of the list that has begun; take each value whole."""
    while True:
        event = _next(stream)
        if event[0] == "end_array":
            return
        yield event


def _next(stream: Iterator[Event]) -> Event:
    event = next(stream, None)
    if event is None:
        raise Unreadable(Trouble.BROKEN)
    return event


def _put(container: Any, name: str | None, value: Any) -> None:
    if isinstance(container, dict):
        container[name] = value
    else:
        container.append(value)


def _step(event: Event) -> int:
    if event[0] in ("start_map", "start_array"):
        return 1
    return -1 if event[0] in ("end_map", "end_array") else 0


class _Watched:
    """Refuses a value without an end before it is in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._run = 0

    def read(self, size: int = CHUNK) -> bytes:
        data = self._file.read(min(size, CHUNK) if size > 0 else size)
        last = data.rfind(b'"')
        self._run = self._run + len(data) if last < 0 else len(data) - last
        if self._run > LONGEST_TOKEN:
            raise Unreadable(Trouble.TOO_LONG)
        return data
