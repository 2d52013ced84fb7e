"""Telegram Desktop's result.json, whole or of one chat, as it streams by.

Kept of a message: the day, by whom, whether it was a call. Its words never leave the parser.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import IO, Any

from bot.imports.cleaning import clean, day_in, name_of, phone
from bot.imports.collecting import Collector
from bot.imports.json_events import Event, events, items, members, skim, whole
from bot.imports.records import Person, Reason, Trouble, Unreadable

SCALARS = {
    "type", "date", "date_unixtime", "from_id", "actor_id", "action", "duration_seconds",
}  # fmt: skip
PERSONAL = "personal_chat"
LATEST_UNIXTIME = 4_102_444_800  # the year 2100


def read_telegram(file: IO[bytes], skip: int, into: Collector) -> None:
    stream = events(file, skip)
    if next(stream, ("", None))[0] != "start_map":
        raise Unreadable(Trouble.BROKEN)
    chat: dict[str, Any] = {}
    for name, first in members(stream):
        if name == "contacts":
            _section(stream, first, lambda event: _contact(whole(stream, event), into))
        elif name == "frequent_contacts":
            _section(stream, first, lambda event: _ranking(whole(stream, event), into))
        elif name in ("chats", "left_chats"):
            _section(stream, first, lambda event: _chat(stream, event, into))
        elif name == "messages" and first[0] == "start_array":
            _messages(stream, chat, into)
        elif name in ("name", "type", "id") and not first[0].startswith("start"):
            chat[name] = first[1]
        else:
            skim(stream, first)


def _section(stream: Iterator[Event], first: Event, take: Callable[[Event], None]) -> None:
    """The items of {"about": ..., "list": [...]}."""
    if first[0] != "start_map":
        return skim(stream, first)
    for name, event in members(stream):
        if name == "list" and event[0] == "start_array":
            for item in items(stream):
                take(item)
        else:
            skim(stream, event)
    return None


def _contact(told: Any, into: Collector) -> None:
    into.row()
    if not isinstance(told, dict):
        return into.refuse(Reason.BROKEN)
    number = told.get("user_id")
    name = name_of(told.get("first_name"), told.get("last_name"))
    called = phone(str(told.get("phone_number") or ""), into.reading.region)
    telegram_id = number if _is_id(number) else None
    into.person(
        Person(
            key=f"telegram:{telegram_id}" if telegram_id else f"telegram:{name}|{called}",
            name=name or "",
            phones=(called,) if called else (),
            telegram_id=telegram_id,
        ),
        example=name or called or told.get("date"),
    )
    return None


def _ranking(told: Any, into: Collector) -> None:
    """Who is written to most, as Telegram counts: the chats themselves say it better."""
    into.row()
    into.refuse(Reason.NOT_CONTACT, told.get("name") if isinstance(told, dict) else None)


def _chat(stream: Iterator[Event], first: Event, into: Collector) -> None:
    if first[0] != "start_map":
        into.row()
        into.refuse(Reason.BROKEN)
        return skim(stream, first)
    chat: dict[str, Any] = {}
    for name, event in members(stream):
        if name == "messages" and event[0] == "start_array":
            _messages(stream, chat, into)
        elif name in ("name", "type", "id") and not event[0].startswith("start"):
            chat[name] = event[1]
        else:
            skim(stream, event)
    return None


def _messages(stream: Iterator[Event], chat: dict[str, Any], into: Collector) -> None:
    """The messages of a chat; a chat with one person is a row about that person."""
    number = chat.get("id")
    key = f"telegram:{number}"
    personal = chat.get("type") == PERSONAL and _is_id(number)
    known = False
    if personal:
        into.row()
        name = name_of(chat.get("name"))
        known = into.person(
            Person(key=key, name=name or "", telegram_id=number), example=name or number
        )
    for first in items(stream):
        into.row()
        if first[0] != "start_map":
            skim(stream, first)
            into.refuse(Reason.BROKEN)
            continue
        message = _scalars(stream)
        if not personal:
            into.refuse(Reason.GROUP, chat.get("name"))
        elif not known:
            into.refuse(Reason.UNKNOWN_PERSON)
        else:
            _message(message, key, f"user{number}", into)


def _message(message: dict[str, Any], key: str, them: str, into: Collector) -> None:
    kind = message.get("type")
    is_call = kind == "service" and message.get("action") == "phone_call"
    if kind != "message" and not (is_call and message.get("duration_seconds")):
        return into.refuse(Reason.NOT_CONTACT, message.get("action") or kind)
    sender = message.get("actor_id") if is_call else message.get("from_id")
    started_by = None if not sender else "them" if sender == them else "me"
    day = _day(message, into.reading.timezone)
    return into.contact(day, "call" if is_call else "message", key, started_by)


def _scalars(stream: Iterator[Event]) -> dict[str, Any]:
    """The few plain members of a message that say when and by whom; the rest passes by."""
    result = {}
    for name, event in members(stream):
        if event[0].startswith("start"):
            skim(stream, event)
        elif name in SCALARS:
            result[name] = clean(event[1], 60) if isinstance(event[1], str) else event[1]
    return result


def _day(message: dict[str, Any], timezone: str) -> date | None:
    """The sender's own day; an old export has only local times."""
    unixtime = str(message.get("date_unixtime") or "")
    if unixtime.isascii() and unixtime.isdigit() and int(unixtime[:12]) < LATEST_UNIXTIME:
        return day_in(datetime.fromtimestamp(int(unixtime), UTC), timezone)
    try:
        return date.fromisoformat(str(message.get("date") or "")[:10])
    except ValueError:
        return None


def _is_id(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**53
