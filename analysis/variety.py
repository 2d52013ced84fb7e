"""How much alike the contacts are: homophily, variety, and inside against outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

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


def tie_ei(graph: Network, values: Mapping[int, Collection[str]]) -> float | None:
    """E-I index of the ties between contacts; two who share any value are alike.

    Ties with a contact of no value do not count.
    """
    known = {node: frozenset(own) for node, own in values.items() if own}
    external = internal = 0  # each tie is met from both ends, which leaves the index as it is
    for node, tied in read(graph).items():
        if own := known.get(node):
            for other in tied:
                if theirs := known.get(other):
                    if own.isdisjoint(theirs):
                        external += 1
                    else:
                        internal += 1
    return ei_index(external, internal)


def measure_variety(
    graph: Network,
    alters: Iterable[Alter],
    trait: Trait,
    strong_from: float,
    wanted: Iterable[str] = (),
) -> Variety | None:
    """How the contacts differ in a trait; None when it is on record of none."""
    known = [alter for alter in alters if values_of(alter, trait)]
    counts = _count(known, trait)
    if not counts:
        return None
    numbers = [count for _, count in counts]
    strong = [alter for alter in known if alter.strength >= strong_from]
    share = numbers[0] / len(known)
    return Variety(
        trait=trait,
        known=len(known),
        counts=counts,
        blau=blau(numbers) or 0.0,
        iqv=iqv(numbers),
        ei=tie_ei(graph, {alter.id: values_of(alter, trait) for alter in known}),
        strong=_commonest(strong, trait),
        missing=tuple(sorted(set(wanted) - dict(counts).keys())),
        likeness=_judge(share),
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


def values_of(alter: Alter, trait: Trait) -> tuple[str, ...]:
    """What a contact has of a trait: any number of tags, one or none of the others."""
    if trait is Trait.TAG:
        return tuple(sorted(set(alter.tags)))
    value: str | None = getattr(alter, trait.value)  # the other traits are named as the fields are
    return (value,) if value else ()


def _count(alters: Iterable[Alter], trait: Trait) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for alter in alters for value in values_of(alter, trait))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _commonest(alters: list[Alter], trait: Trait) -> tuple[str, float] | None:
    counts = _count(alters, trait)
    return (counts[0][0], counts[0][1] / len(alters)) if counts else None


def _judge(share: float) -> Likeness:
    if share > 1 / 2:
        return Likeness.ALIKE
    return Likeness.VARIED if share < 1 / 4 else Likeness.MIXED
