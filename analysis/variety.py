"""How much alike the contacts are: homophily, variety, and inside against outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from analysis.network import Alter, Network, read


class Trait(StrEnum):
    ORGANISATION = "organisation"
    SECTOR = "sector"
    PLACE = "place"
    TAG = "tag"


class Likeness(StrEnum):
    """What the spread of a trait means."""

    ALIKE = "alike"
    MIXED = "mixed"
    VARIED = "varied"


class Leaning(StrEnum):
    """Where the contacts are, seen from the user's own organisation."""

    INSIDE = "inside"
    BALANCED = "balanced"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Variety:
    """How the contacts differ in one trait.

    known      contacts of whom the trait is on record
    counts     every value with its number of contacts, commonest first
    blau       chance that two contacts drawn with replacement differ, 0..1
    iqv        blau as a share of the most it could be with as many values; None with one value
    ei         ties between unlike less those between like contacts, as a share of both, -1..1
    strong     the value commonest among the strong ties, with its share of them; None if unknown
    missing    values wanted that no contact has
    likeness   ALIKE when one value has more than half of the contacts, VARIED below a quarter
    """

    trait: Trait
    known: int
    counts: tuple[tuple[str, int], ...]
    blau: float
    iqv: float | None
    ei: float | None
    strong: tuple[str, float] | None
    missing: tuple[str, ...]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Balance:
    """Contacts inside and outside the user's organisation; `ei` is -1 all inside, 1 all outside."""

    inside: int
    outside: int
    unknown: int
    ei: float | None
    leaning: Leaning | None


def blau(counts: Collection[int]) -> float | None:
    """1 - sum of squared shares: 0 all alike, below 1; None without any.

    Source: Blau (1977), 'Inequality and Heterogeneity'.
    """
    total = sum(counts)
    return 1 - sum((count / total) ** 2 for count in counts) if total else None


def iqv(counts: Collection[int], kinds: int | None = None) -> float | None:
    """Blau's index as a share of the most it can be with so many kinds, 1 - 1/kinds; 0..1.

    `kinds` is the number of counts unless given; None below two kinds or without any.
    Source: Agresti & Agresti (1978), 'Statistical analysis of qualitative variation'.
    """
    index = blau(counts)
    number = len(counts) if kinds is None else kinds
    return None if index is None or number < 2 else index / (1 - 1 / number)


def ei_index(external: float, internal: float) -> float | None:
    """(E - I)/(E + I), -1 all within, 1 all across; None without any.

    Source: Krackhardt & Stern (1988), 'Informal networks and organizational crises', SPQ 51.
    """
    total = external + internal
    return (external - internal) / total if total else None


def tie_ei(graph: Network, values: Mapping[int, frozenset[str]]) -> float | None:
    """E-I index of the ties between contacts; two who share any value are alike.

    Ties with a contact of no value do not count.
    """
    alike = total = 0  # each tie is met from both ends, which leaves the index as it is
    for node, tied in read(graph).items():
        if own := values.get(node):
            others = [values[other] for other in tied if other in values]
            total += len(others)
            alike += len(others) - sum(map(own.isdisjoint, others))
    return ei_index(total - alike, alike)


def measure_variety(
    graph: Network,
    alters: Collection[Alter],
    trait: Trait,
    strong_from: float,
    wanted: Iterable[str] = (),
) -> Variety | None:
    """How the contacts differ in a trait; None when it is on record of none."""
    values = values_by_contact(alters, trait)
    counts = _count(values.values())
    if not counts:
        return None
    numbers = [count for _, count in counts]
    strong = [values[a.id] for a in alters if a.strength >= strong_from and a.id in values]
    commonest = _count(strong)[:1]
    there = {value.casefold() for value, _ in counts}
    return Variety(
        trait=trait,
        known=len(values),
        counts=counts,
        blau=blau(numbers) or 0.0,
        iqv=iqv(numbers),
        ei=tie_ei(graph, values),
        strong=(commonest[0][0], commonest[0][1] / len(strong)) if commonest else None,
        missing=tuple(sorted(value for value in set(wanted) if value.casefold() not in there)),
        likeness=_judge(numbers[0] / len(values)),
    )


def measure_balance(alters: Iterable[Alter]) -> Balance:
    """Inside against outside; leaning only when more than two thirds are on one side."""
    sides = Counter(alter.inside for alter in alters)
    inside, outside = sides[True], sides[False]
    ei = ei_index(outside, inside)
    leaning = None
    if ei is not None:
        leaning = Leaning.BALANCED
        if 3 * inside > 2 * (inside + outside):
            leaning = Leaning.INSIDE
        elif 3 * outside > 2 * (inside + outside):
            leaning = Leaning.OUTSIDE
    return Balance(inside, outside, sides[None], ei, leaning)


def values_by_contact(alters: Iterable[Alter], trait: Trait) -> dict[int, frozenset[str]]:
    """What each contact has of a trait, those with nothing on record left out."""
    if trait is Trait.TAG:
        return {alter.id: frozenset(alter.tags) for alter in alters if alter.tags}
    read_value = attrgetter(trait.value)  # the other traits are named as the fields are
    return {alter.id: frozenset((own,)) for alter in alters if (own := read_value(alter))}


def _count(values: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for own in values for value in own)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _judge(share: float) -> Likeness:
    if share > 1 / 2:
        return Likeness.ALIKE
    return Likeness.VARIED if share < 1 / 4 else Likeness.MIXED
