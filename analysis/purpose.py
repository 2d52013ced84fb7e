"""A purpose: what it needs of the network, how far that is found, and what the network did for it.

The four stages follow the order in which a network comes to work: it is clear what for, it is
clear who and by which norms, the places are being filled, it performs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.history import Benefit
from analysis.network import Alter, Network, join_ego, read
from analysis.paths import Path, find_paths

FILLED_FROM = 0.75  # share of the places filled from which a network can perform


class NeedKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    HELP = "help"  # a kind of help, in the words of the contacts' offers, or one of Benefit


class Filling(StrEnum):
    """How far a place is filled, best first."""

    FILLED = "filled"
    CANDIDATES = "candidates"  # contacts who fit, not yet close enough or too few
    REACHABLE = "reachable"  # nobody the user is in touch with, but somebody can introduce
    MISSING = "missing"


class PurposeStage(StrEnum):
    PURPOSE = "purpose"
    DESIGN = "design"
    GROW = "grow"
    PERFORM = "perform"


class Lack(StrEnum):
    """What would move a purpose on to the next stage."""

    STATEMENT = "statement"
    NEEDS = "needs"
    NORMS = "norms"
    PLACES = "places"  # not enough of them filled
    RESULTS = "results"  # nothing yet that the network did for it


class DeedKind(StrEnum):
    FAVOUR = "favour"
    INTRODUCTION = "introduction"
    DEAL = "deal"


@dataclass(frozen=True, slots=True)
class Need:
    """Something a purpose needs: `count` contacts who are, belong to, or offer `value`."""

    kind: NeedKind
    value: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A need as it stands: who fills it, who could (strongest first), and how to get to others."""

    need: Need
    filled_by: tuple[int, ...]
    candidates: tuple[int, ...]
    paths: tuple[Path, ...]
    filling: Filling


@dataclass(frozen=True, slots=True)
class Progress:
    """The stage a purpose is in by the data; `lacking` is what would move it on, none at the end.

    `filled` is the share of the places filled, 0..1; None without needs.
    """

    stage: PurposeStage
    lacking: tuple[Lack, ...]
    filled: float | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the network did for the purpose."""

    on: date
    kind: DeedKind
    contact: int
    benefit: Benefit | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What the network did within a period; contacts who did most first, ties broken by id."""

    kinds: tuple[tuple[DeedKind, int], ...]
    benefits: tuple[tuple[Benefit, int], ...]
    contacts: tuple[tuple[int, int], ...]


def fill_places(
    graph: Network,
    alters: Sequence[Alter],
    needs: Sequence[Need],
    offers: Mapping[int, Collection[str]],
    *,
    strong_from: float,
) -> tuple[Place, ...]:
    """Each need with the contacts that fit: strong ties fill it, weaker ones could.

    From A and the user's ties. Names and words are compared without regard to case. `filled_by`
    names all who fit and are strong, which may be more than the need counts.
    """
    neighbours = read(graph)
    with_user = join_ego(neighbours, {alter.id: alter.strength for alter in alters})
    ranked = sorted(alters, key=lambda alter: (-alter.strength, alter.id))
    places = []
    for need in needs:
        fitting = [alter for alter in ranked if fits(need, alter, offers.get(alter.id, ()))]
        strong = tuple(alter.id for alter in fitting if alter.strength >= strong_from)
        weaker = tuple(a.id for a in fitting if 0 < a.strength < strong_from)
        enough = len(strong) >= need.count
        paths = () if enough else find_paths(with_user, [a.id for a in fitting])
        filling = Filling.MISSING
        if enough:
            filling = Filling.FILLED
        elif strong or weaker:
            filling = Filling.CANDIDATES
        elif paths:
            filling = Filling.REACHABLE
        places.append(Place(need, strong, weaker, paths, filling))
    return tuple(places)


def judge_progress(
    *, stated: bool, norms: bool, places: Sequence[Place], deeds: Sequence[Deed]
) -> Progress:
    """The first stage whose condition does not hold yet, and what it lacks.

    PURPOSE until it is stated; DESIGN until it has needs and norms; GROW until three quarters of
    the places are filled; then PERFORM, which lacks results until there are some.
    """
    filled = None
    if places:
        filled = sum(place.filling is Filling.FILLED for place in places) / len(places)
    if not stated:
        return Progress(PurposeStage.PURPOSE, (Lack.STATEMENT,), filled)
    design = [
        lack for lack, there in ((Lack.NEEDS, bool(places)), (Lack.NORMS, norms)) if not there
    ]
    if design or filled is None:
        return Progress(PurposeStage.DESIGN, tuple(design), filled)
    if filled < FILLED_FROM:
        return Progress(PurposeStage.GROW, (Lack.PLACES,), filled)
    return Progress(PurposeStage.PERFORM, () if deeds else (Lack.RESULTS,), filled)


def report_deeds(deeds: Sequence[Deed], since: date, until: date) -> Report:
    """The deeds of a period, both days included, by kind, by benefit and by contact."""
    within = [deed for deed in deeds if since <= deed.on <= until]
    kinds = Counter(deed.kind for deed in within)
    benefits = Counter(deed.benefit for deed in within if deed.benefit)
    contacts = Counter(deed.contact for deed in within)
    return Report(
        kinds=tuple((kind, kinds[kind]) for kind in DeedKind if kinds[kind]),
        benefits=tuple((benefit, benefits[benefit]) for benefit in Benefit if benefits[benefit]),
        contacts=tuple(sorted(contacts.items(), key=lambda item: (-item[1], item[0]))),
    )


def fits(need: Need, alter: Alter, offers: Collection[str] = ()) -> bool:
    """Whether the contact is, belongs to, or offers what is needed; case does not matter."""
    wanted = need.value.casefold()
    has = {
        NeedKind.PERSON: (alter.name,),
        NeedKind.ORGANISATION: (alter.organisation or "", alter.name),
        NeedKind.SECTOR: (alter.sector or "",),
        NeedKind.HELP: tuple(offers),
    }[need.kind]
    return wanted in (word.casefold() for word in has)
