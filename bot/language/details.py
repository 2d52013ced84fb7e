"""Telephone numbers, addresses, tags and times of day in a text."""

import re
from datetime import time

from bot.language.model import FoundTime, Span

PHONE = re.compile(r"(?<![\w+])\+?\d[\d \-().]{6,18}\d(?!\w)")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
TAG = re.compile(r"(?<!\w)#([^\W_][\w-]{0,40})")
CLOCK = re.compile(
    r"(?<![\w/])(?P<mark>at|@|jam|jm|pukul|pkl|around|by|sekitar)?\s{0,2}"
    r"(?P<half>setengah\s)?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s{0,2}"
    r"(?P<part>am|pm|a\.m\.|p\.m\.|pagi|siang|sore|malam|malem|o'clock|in the morning|"
    r"in the afternoon|in the evening)?(?![\w/])",
    re.IGNORECASE,
)
NAMED = re.compile(r"\b(noon|midnight|tengah hari|tengah malam)\b", re.IGNORECASE)
LIMIT = 1500


def find_phone(text: str) -> str | None:
    """The first run that holds 8 to 15 digits and is no date."""
    for found in PHONE.finditer(text[:LIMIT]):
        digits = sum(letter.isdecimal() for letter in found.group())
        if 8 <= digits <= 15 and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.group()):
            return found.group().strip()
    return None


def find_email(text: str) -> str | None:
    if "@" not in text[:LIMIT]:
        return None
    found = EMAIL.search(text[:LIMIT])
    return found.group() if found else None


def find_tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.group(1).lower() for found in TAG.finditer(text[:LIMIT])))


def find_time(text: str) -> FoundTime | None:
    """A time of day: 'at 3pm', 'jam 7 malam', '14:30'; 'at 3' is 15:00, 'jam 9' 09:00."""
    named = NAMED.search(text[:LIMIT])
    for found in CLOCK.finditer(text[:LIMIT]):
        if not (found["mark"] or found["part"] or (found["minute"] and ":" in found.group())):
            continue
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        value = clock(hour, minute, (found["part"] or "").lower(), half=bool(found["half"]))
        if value:
            return FoundTime(value, Span(found.start(), found.end()))
    if named:
        hour = 0 if named[1].lower() in ("midnight", "tengah malam") else 12
        return FoundTime(time(hour), Span(named.start(), named.end()))
    return None


def clock(hour: int, minute: int, part: str, *, half: bool) -> time | None:
    """'setengah 8' is 7:30; without a part of the day hours 1 to 6 are in the afternoon."""
    if half:
        hour, minute = hour - 1, 30
    if not (0 <= hour <= 23 and minute <= 59):
        return None
    after_noon = part in ("pm", "p.m.", "sore", "malam", "malem", "in the afternoon",
                          "in the evening") or (part == "siang" and hour < 10)  # fmt: skip
    if after_noon and hour < 12:
        hour += 12
    elif part in ("am", "a.m.", "pagi", "in the morning"):
        hour %= 12
    elif not part and 1 <= hour <= 6:
        hour += 12
    return time(hour, minute)
