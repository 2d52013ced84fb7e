"""Needs met by offers: across contacts, and between the user and each of them.

An exchange is best where what the two sides have differs and completes each other (Kilduff & Tsai,
as restated by the essay this product follows).
Words of both languages are brought to one notion by `data/exchange.toml`. Better no match than a
wrong one: different fields, places or subjects rule a match out.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analysis.contact_facts import Opening, OpeningKind
from analysis.lexicon import words

SHORTEST = 4  # a word that stands for itself has at least so many letters


@dataclass(frozen=True)
class Item:
    """One need or one offer. `holder` is a contact's id, None for the user."""

    id: int
    holder: int | None
    text: str


@dataclass(frozen=True)
class Match:
    """A need and an offer that meet; the words of each by which they do, in the same order."""

    need: Item
    offer: Item
    need_words: tuple[str, ...]
    offer_words: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a text is about: things, fields and places by notion, other words by themselves."""

    things: Mapping[str, str]
    fields: Mapping[str, str]
    places: frozenset[str]
    others: Mapping[str, str]


@dataclass(frozen=True)
class Notions:
    """The notions known: one pattern over all their phrases, longest first."""

    pattern: re.Pattern[str]
    names: tuple[tuple[str, str], ...]
    broad: frozenset[str]
    filler: re.Pattern[str]


def match(needs: Iterable[Item], offers: Iterable[Item]) -> tuple[Match, ...]:
    """Every need with every offer of somebody else that meets it.

    Those sharing more words first, then by need and offer id.
    """
    read_offers = [(offer, read(offer.text)) for offer in offers]
    found = []
    for need in needs:
        wanted = read(need.text)
        for offer, offered in read_offers:
            shared = _shared(wanted, offered) if offer.holder != need.holder else ()
            if shared:
                found.append(Match(need, offer, *zip(*shared, strict=True)))
    return tuple(sorted(found, key=lambda one: (-len(one.need_words), one.need.id, one.offer.id)))


def openings(
    contact_id: int, matches: Iterable[Match], names: Mapping[int, str]
) -> tuple[Opening, ...]:
    """What the matches mean for one contact; `names` of the other contacts by id."""
    return tuple(
        opening for one in matches if (opening := _opening(contact_id, one, names)) is not None
    )


def _opening(contact_id: int, one: Match, names: Mapping[int, str]) -> Opening | None:
    need, offer = one.need, one.offer
    if need.holder == contact_id:
        if offer.holder is None:
            return Opening(OpeningKind.I_CAN_HELP, need.text)
        return Opening(OpeningKind.ANOTHER_CAN_HELP, need.text, names[offer.holder], offer.holder)
    if offer.holder == contact_id:
        if need.holder is None:
            return Opening(OpeningKind.THEY_CAN_HELP, need.text)
        return Opening(
            OpeningKind.THEY_CAN_HELP_ANOTHER, need.text, names[need.holder], need.holder
        )
    return None


def _shared(need: Reading, offer: Reading) -> tuple[tuple[str, str], ...]:
    """The pairs of words by which need and offer meet; none where they do not."""
    if need.places and offer.places and not need.places & offer.places:
        return ()
    things = _both(need.things, offer.things)
    fields = _both(need.fields, offer.fields)
    others = _both(need.others, offer.others)
    if need.fields and offer.fields and not fields:
        return ()
    if things:
        sharp = things.keys() - notions().broad
        about_differs = (need.others or need.fields) and (offer.others or offer.fields)
        if not sharp and about_differs and not (fields or others):
            return ()
    elif (need.things and offer.things) or (
        not others and (need.things or offer.things or not fields)
    ):
        return ()
    return (*things.values(), *fields.values(), *others.values())


def _both(need: Mapping[str, str], offer: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {notion: (said, offer[notion]) for notion, said in need.items() if notion in offer}


@cache
def read(text: str) -> Reading:
    """Find the notions in a text."""
    said = f" {' '.join(words(text))} "
    known = notions()
    found: dict[str, dict[str, str]] = {"what": {}, "field": {}, "place": {}}
    for hit in known.pattern.finditer(said):
        kind, name = known.names[int(hit.lastindex or 1) - 1]
        found[kind].setdefault(name, hit.group().strip())
    rest = known.pattern.sub("", said).split()
    others = {_stem(word): word for word in rest if _stands_for_itself(word, known.filler)}
    return Reading(found["what"], found["field"], frozenset(found["place"]), others)


def _stands_for_itself(word: str, filler: re.Pattern[str]) -> bool:
    return len(word) >= SHORTEST and not word.isdigit() and not filler.fullmatch(word)


def _stem(word: str) -> str:
    """The word without a plural s or an Indonesian -nya, where enough of it is left."""
    for ending in ("nya", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


@cache
def notions() -> Notions:
    """The notions that come with the product."""
    data = tomllib.loads(
        (resources.files("analysis") / "data" / "exchange.toml").read_text("utf-8")
    )
    phrases = [
        (phrase, (kind, name))
        for kind in ("what", "field")
        for name, notion in data[kind].items()
        for phrase in notion["words"]
    ]
    same = {other: name for name, others in data["same_place"].items() for other in others}
    phrases += [(place, ("place", same.get(place, place))) for place in data["places"]]
    phrases.sort(key=lambda entry: (-len(entry[0].split()), -len(entry[0]), entry))
    return Notions(
        pattern=re.compile("|".join(f"( {_any_ending(phrase)}(?= ))" for phrase, _ in phrases)),
        names=tuple(name for _, name in phrases),
        broad=frozenset(name for name, notion in data["what"].items() if notion.get("broad")),
        filler=re.compile("|".join(_any_ending(word) for word in data["filler"])),
    )


def _any_ending(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", "[^ ]*").replace(r"\ ", " ")
