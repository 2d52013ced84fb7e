"""The network of a user summed up: all the facts that `/network` puts in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.brokers import Broker, rank_brokers
from analysis.groups import Group, communities, name_groups
from analysis.network import (
    ORGANISATION,
    Alter,
    Event,
    Tie,
    components,
    connect,
    density,
)

STRONG = 0.5  # a tie of this strength or more is a strong one


@dataclass(frozen=True, slots=True)
class Summary:
    """A person's network in figures; contacts by id, `alters` in the order of their ids."""

    people: int
    organisations: int
    strong: tuple[Alter, ...]  # strongest first
    weak: tuple[Alter, ...]  # strongest first
    ties: int  # between contacts
    density: float | None
    components: tuple[tuple[int, ...], ...]  # of two or more, largest first
    isolates: tuple[int, ...]  # tied to no other contact
    groups: tuple[Group, ...]  # largest first
    brokers: tuple[Broker, ...]


def summarise(
    alters: Sequence[Alter],
    ties: Iterable[Tie],
    events: Iterable[Event],
    *,
    strong_from: float = STRONG,
) -> Summary:
    """The summary of a network; an empty one gives zeros, Nones and empty tuples."""
    neighbours = connect(alters, ties, events)
    by_strength = sorted(alters, key=lambda alter: (-alter.strength, alter.id))
    organisations = sum(alter.kind == ORGANISATION for alter in alters)
    parts = components(neighbours)
    found = communities(neighbours)
    groups = name_groups(neighbours, {alter.id: alter for alter in alters}, found)
    return Summary(
        people=len(alters) - organisations,
        organisations=organisations,
        strong=tuple(a for a in by_strength if a.strength >= strong_from),
        weak=tuple(a for a in by_strength if a.strength < strong_from),
        ties=sum(map(len, neighbours.values())) // 2,
        density=density(neighbours),
        components=tuple(part for part in parts if len(part) > 1),
        isolates=tuple(part[0] for part in parts if len(part) == 1),
        groups=groups,
        brokers=rank_brokers(neighbours, [group.members for group in groups]),
    )
