"""Single values of a file, made fit to keep: names, numbers, addresses, days."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONGEST_NAME = 120
LONGEST_FIELD = 200
LONGEST_NOTE = 2000
MOST_TAGS = 20
ADDRESS = re.compile(r"[^@\s<>\"',;:/]{1,64}@[^@\s<>\"',;:/]{1,190}\.[^@\s<>\"',;:/.]{2,24}")
JOINERS = "\u200c\u200d"  # belong to words in many scripts
BIRTHDAY = re.compile(r"(?:(\d{4})-?|--)(\d{2})-?(\d{2})")
FIRST_YEAR = 1970  # no log of contact is older


def clean(value: object, most: int = LONGEST_FIELD) -> str | None:
    """One line without control and direction marks, at most `most` characters; None if empty."""
    if not isinstance(value, str):
        return None
    line = " ".join(_plain(value[: most * 4]).split())
    return line[:most].strip() or None


def paragraph(value: object, most: int = LONGEST_NOTE) -> str | None:
    """Like `clean`, with its lines kept."""
    if not isinstance(value, str):
        return None
    lines = (" ".join(_plain(line).split()) for line in value[: most * 4].splitlines())
    return "\n".join(lines).strip()[:most].strip() or None


def name_of(*parts: object) -> str | None:
    """A whole name; None where no letter or digit is in it. It may be longer than one may be."""
    line = " ".join(filter(None, (clean(part, LONGEST_NAME + 1) for part in parts)))
    return line if any(character.isalnum() for character in line) else None


def is_garbled(text: str) -> bool:
    return "\ufffd" in text


@lru_cache(maxsize=4096)
def phone(value: str, region: str | None) -> str | None:
    """The number as +62812…, where it is a possible one; else its digits, at least five."""
    import phonenumbers

    line = clean(value, 60)
    if not line:
        return None
    line = line.removeprefix("tel:").split(";")[0]
    try:
        number = phonenumbers.parse(line, region)
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    digits = re.sub(r"\D", "", line)
    return digits if 5 <= len(digits) <= 20 else None


def email(value: object) -> str | None:
    found = ADDRESS.search(value[:400]) if isinstance(value, str) else None
    return found.group().casefold() if found else None


def day_in(moment: datetime, timezone: str) -> date:
    """The day a moment falls on; one without a zone is taken as it stands."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(ZoneInfo(timezone)).date()


def read_moment(value: object) -> datetime | None:
    """An ISO moment or day."""
    if not isinstance(value, str) or not value:
        return None
    try:
        return datetime.fromisoformat(value[:40].strip())
    except ValueError:
        return None


def birthday(value: object, *, without_year: bool = False) -> str | None:
    """1990-03-14, 19900314, --0314, --03-14 as the contact keeps it; 1604 is no year of birth."""
    if not isinstance(value, str):
        return None
    found = BIRTHDAY.match(value.strip())
    if not found:
        return None
    year = int(found[1] or 0)
    known = year > 1604 and not without_year
    try:
        day = date(year if known else 2000, int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day.isoformat() if known else f"--{day:%m-%d}"


def fold(text: str) -> str:
    """For comparing: letter case, spaces and the way letters are composed do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character in "\n\r\t\v\f" else character
        for character in unicodedata.normalize("NFC", text)
        if character in JOINERS
        or character in "\n\r\t\v\f"
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
    )
