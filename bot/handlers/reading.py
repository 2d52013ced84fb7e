"""Reading what stands behind a command: a new contact, a log, a field's value."""

import re
from typing import Any

from bot.handlers.book import address_book
from bot.language.model import Mention
from bot.language.pieces import (
    find_people,
    read_birthday,
    read_cadence,
)
from bot.replies import UserError
from bot.turn import Turn
from bot.usecases.people import LONGEST_NAME, NewContact

TAG = re.compile(r"#(\w[\w-]*)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w@])\+?\d[\d\s().-]{6,17}\d(?!\w)")
USERNAME = re.compile(r"(?<![\w.])@([A-Za-z]\w{3,31})")
HOW_MET = re.compile(
    r"\b(?:(?:we\s+)?met\b|introduced\b|know\s+(?:him|her|them)\s+from\b|(?:ber)?kenal(?:an)?\b"
    r"|(?:ke)?temu(?:an)?\b|bertemu\b|dikenalkan\b).*",
    re.IGNORECASE | re.DOTALL,
)
ORGANISATION = re.compile(r"^(?:org(?:ani[sz]ation)?|organisasi|lembaga)\s*:\s*", re.IGNORECASE)
LONGEST_FIELD = 200


def resolve(turn: Turn, words: str) -> tuple[Mention, ...]:
    """The people a text names, each known, one of several, close to one, or new."""
    return find_people(words, address_book(turn))


def read_new_contact(words: str) -> NewContact | None:
    """'Budi Santoso, Bappenas, analyst #pilot met at the LAN training'; None without a name."""
    is_organisation = ORGANISATION.match(words) is not None
    rest = ORGANISATION.sub("", words)
    rest, tags = _take(TAG, rest)
    rest, emails = _take(EMAIL, rest)
    rest, usernames = _take(USERNAME, rest)
    rest, phones = _take(PHONE, rest)
    head, _, tail = rest.partition(",")
    met = HOW_MET.search(tail) or HOW_MET.search(head, pos=len(head.split(" ")[0]))
    if met:
        how_met = " ".join(met.group().split(",")[0].split()) if met.string is head else met.group()
        head, tail = (
            (head[: met.start()], tail) if met.string is head else (head, tail[: met.start()])
        )
    else:
        how_met = None
    parts = [" ".join(part.split()).strip(" .;") for part in [head, *tail.split(",")]]
    name, details = parts[0], [part for part in parts[1:] if part]
    if not any(character.isalnum() for character in name) or len(name) > LONGEST_NAME:
        return None
    return NewContact(
        name=name,
        kind="organisation" if is_organisation else "person",
        organisation=details[0][:LONGEST_FIELD] if details else None,
        role=", ".join(details[1:])[:LONGEST_FIELD] or None,
        tags=tuple(dict.fromkeys(tag.casefold() for tag in tags)),
        how_met=" ".join(how_met.split()).strip(" ,.;")[:LONGEST_FIELD] if how_met else None,
        phone=" ".join(phones[0].split()) if phones else None,
        email=emails[0] if emails else None,
        username=usernames[0] if usernames else None,
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, list[str]]:
    """The text without what fits the pattern, and what fitted."""
    found = [match.group(match.lastindex or 0) for match in pattern.finditer(text)]
    return pattern.sub(" ", text), found


def read_field(field: str, words: str) -> Any:
    """A contact's field from what was typed. Raises UserError where it cannot be one."""
    text = " ".join(words.split())
    if field in ("tags", "aliases"):
        parts = re.split(r"[,;]\s*|\s+(?=#)" if field == "tags" else r"[,;]\s*", text)
        cleaned = [part.strip(" #").casefold() if field == "tags" else part for part in parts]
        return list(dict.fromkeys(part[:LONGEST_NAME] for part in cleaned if part))
    if field == "cadence_days":
        cadence = read_cadence(text)
        if cadence is None:
            raise UserError("wrong_field", field=field)
        return cadence.days
    if field == "birthday":
        birthday = read_birthday(text)
        if birthday is None:
            raise UserError("wrong_field", field=field)
        year = f"{birthday.year:04d}" if birthday.year else "-"
        return f"{year}-{birthday.month:02d}-{birthday.day:02d}"
    most = LONGEST_NAME if field == "name" else LONGEST_FIELD
    if len(text) > most or (field == "email" and not EMAIL.fullmatch(text)):
        raise UserError("wrong_field", field=field)
    return text
