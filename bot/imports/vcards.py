"""vCard 2.1, 3.0 and 4.0, read by vobject, a card at a time."""

import re
from collections.abc import Callable
from typing import IO, Any

from bot.imports.blocks import blocks_of
from bot.imports.cleaning import birthday, clean, email, fold, name_of, phone
from bot.imports.collecting import Collector
from bot.imports.google import SYSTEM_GROUPS
from bot.imports.records import Person, Reason

USERNAME = re.compile(
    r"(?:x-apple:|telegram:|im:telegram:|https?://t\.me/|tg:|@)*(\w{4,32})$", re.IGNORECASE
)


def read_vcards(file: IO[bytes], encoding: str, into: Collector) -> None:
    related: list[tuple[str, str]] = []
    for block in blocks_of(file, encoding, "VCARD"):
        into.row()
        if block is None:
            into.refuse(Reason.TOO_LONG)
            continue
        card = _parse(block)
        if card is None:
            into.refuse(Reason.BROKEN, _shown(block))
            continue
        if (_one(card, "kind") or "").casefold() == "group":
            into.refuse(Reason.NOT_CONTACT, _one(card, "fn"))
            continue
        person = _person(card, into.reading.region)
        if into.person(person, example=person.name or _shown(block)):
            names = _all(card, "x_abrelatednames") + _all(card, "related")
            related += [(person.key, name) for name in map(clean, names) if name]
    into.relate(related)


def _parse(block: str) -> Any:
    """The card; None for what vobject cannot read."""
    import vobject

    try:
        return next(iter(vobject.readComponents(block, ignoreUnreadable=True, allowQP=True)), None)
    except Exception:  # vobject raises whatever its input brings about, IndexError too
        return None


def _person(card: Any, region: str | None) -> Person:
    organisation = clean(_listed(card, "org"))
    nickname = clean(_listed(card, "nickname"))
    name = name_of(_one(card, "fn")) or name_of(*_structured(card)) or nickname
    company = (_one(card, "kind") or "").casefold() == "org" or (
        (_one(card, "x_abshowas") or "").upper() == "COMPANY"
    )
    is_organisation = bool(organisation) and (company or not name)
    known = (organisation if is_organisation else name) or ""
    kept = None if is_organisation else organisation
    uid = clean(_one(card, "uid"), 100)
    return Person(
        key=f"vcard:{uid}" if uid else f"vcard:{fold(known)}|{fold(kept or '')}",
        name=known,
        kind="organisation" if is_organisation else "person",
        organisation=kept,
        role=clean(_one(card, "title")) or clean(_one(card, "role")),
        phones=_ranked(card, "tel", lambda text: phone(text, region)),
        emails=_ranked(card, "email", email),
        username=_username(card),
        birthday=_birthday(card),
        aliases=(nickname,) if nickname and nickname != known else (),
        tags=_tags(card),
        how_met=clean(_one(card, "note")),
    )


def _lines(card: Any, name: str) -> list[Any]:
    found = card.contents.get(name.replace("_", "-"), [])
    return list(found)


def _all(card: Any, name: str) -> list[str]:
    return [line.value for line in _lines(card, name) if isinstance(line.value, str)]


def _one(card: Any, name: str) -> str | None:
    return next(iter(_all(card, name)), None)


def _listed(card: Any, name: str) -> str | None:
    """The first part of a value that may be a list."""
    for line in _lines(card, name):
        value = line.value[0] if isinstance(line.value, list) and line.value else line.value
        if isinstance(value, str) and value.strip():
            return value
    return None


def _structured(card: Any) -> list[str]:
    for line in _lines(card, "n"):
        value = line.value
        parts = [getattr(value, part, "") for part in ("given", "additional", "family")]
        return [part if isinstance(part, str) else " ".join(part) for part in parts]
    return []


def _ranked(card: Any, name: str, read: Callable[[str], str | None]) -> tuple[str, ...]:
    """Values, the preferred first, then mobile ones, then as they stand."""

    def rank(line: Any) -> tuple[bool, bool]:
        kinds = {
            kind.casefold()
            for each in line.params.get("TYPE", []) + list(getattr(line, "singletonparams", []))
            for kind in str(each).split(",")
        }
        preferred = "pref" in kinds or line.params.get("PREF") == ["1"]
        return not preferred, not kinds & {"cell", "mobile", "iphone"}

    lines = sorted((each for each in _lines(card, name) if isinstance(each.value, str)), key=rank)
    return tuple(dict.fromkeys(filter(None, (read(line.value) for line in lines))))


def _username(card: Any) -> str | None:
    for line in _lines(card, "impp") + _lines(card, "x-socialprofile") + _lines(card, "x-telegram"):
        told = f"{line.name} {line.params} {line.value}".casefold()
        if "telegram" in told and isinstance(line.value, str):
            found = USERNAME.search(line.value.strip())
            return found[1] if found else None
    return None


def _birthday(card: Any) -> str | None:
    for line in _lines(card, "bday"):
        return birthday(line.value, without_year="X-APPLE-OMIT-YEAR" in line.params)
    return None


def _tags(card: Any) -> tuple[str, ...]:
    tags: list[str] = []
    for line in _lines(card, "categories"):
        values = line.value if isinstance(line.value, list) else [line.value]
        tags += [tag for tag in (clean(each, 40) for each in values) if tag]
    return tuple(dict.fromkeys(tag for tag in tags if tag.casefold() not in SYSTEM_GROUPS))[:20]


def _shown(block: str) -> str:
    found = re.search(
        r"^(?:FN|N|NICKNAME|EMAIL|TEL)[^:\n]*:(.*)$", block, re.MULTILINE | re.IGNORECASE
    )
    return found[1].strip(" ;\r") if found else ""
