"""Reach: whom the user gets to over others, who opens the way, who is near to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.cuts import LIVING
from analysis.network import Alter, Network, read


@dataclass(frozen=True, slots=True)
class Opener:
    """A contact over whom the user gets to `opened`, whom the user does not reach alone."""

    id: int
    opened: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The contacts by the number of steps to them over living ties.

    `direct` are one step away, `second` two, `further` more, `beyond` out of reach: known of, but
    over nobody. `organisations` have a direct contact, `opened` are those one more step opens.
    """

    direct: tuple[int, ...]
    second: tuple[int, ...]
    further: tuple[int, ...]
    beyond: tuple[int, ...]
    organisations: tuple[str, ...]
    opened: tuple[str, ...]
    openers: tuple[Opener, ...]


def measure_reach(
    graph: Network, alters: Mapping[int, Alter], living_from: float = LIVING
) -> Reach:
    """Reach over A and the user's own ties of at least `living_from`; openers of most first."""
    neighbours = read(graph)
    direct = [node for node in neighbours if alters[node].strength >= living_from]
    seen = set(direct)
    steps = [direct]
    while steps[-1]:
        new = {other for node in steps[-1] for other in neighbours[node]} - seen
        seen |= new
        steps.append(sorted(new))
    second = steps[1] if len(steps) > 1 else []
    organisations = _organisations(alters, direct)
    near = set(second)
    openers = [Opener(node, tuple(sorted(neighbours[node].keys() & near))) for node in direct]
    return Reach(
        direct=tuple(sorted(direct)),
        second=tuple(second),
        further=tuple(sorted(node for step in steps[2:] for node in step)),
        beyond=tuple(sorted(neighbours.keys() - seen)),
        organisations=tuple(sorted(organisations)),
        opened=tuple(sorted(_organisations(alters, second) - organisations)),
        openers=tuple(sorted((o for o in openers if o.opened), key=_most_opened)),
    )


def harmonic_closeness(graph: Network) -> dict[int, float]:
    """Mean over the other contacts of 1/steps to them, 0..1, out of reach counting 0.

    In A, which falls apart, plain closeness is undefined; this is not. All 0 with one contact.
    All contacts at once: who is within k steps of whom is one bit in one whole number a contact.
    Source: Marchiori & Latora (2000), 'Harmony in the small-world', Physica A 285.
    """
    neighbours = read(graph)
    place = {node: i for i, node in enumerate(neighbours)}
    rows = [[place[other] for other in tied] for tied in neighbours.values()]
    within = [1 << i for i in range(len(rows))]
    counts = [1] * len(rows)
    closeness = [0.0] * len(rows)
    steps, growing = 0, [i for i, row in enumerate(rows) if row]
    while growing:
        steps += 1
        wider = within[:]
        still = []
        for i in growing:
            mask = within[i]
            for other in rows[i]:
                mask |= within[other]
            count = mask.bit_count()
            if count > counts[i]:
                closeness[i] += (count - counts[i]) / steps
                counts[i], wider[i] = count, mask
                still.append(i)
        within, growing = wider, still
    others = len(rows) - 1
    return {node: closeness[i] / others if others else 0.0 for node, i in place.items()}


def _organisations(alters: Mapping[int, Alter], nodes: list[int]) -> set[str]:
    return {organisation for node in nodes if (organisation := alters[node].organisation)}


def _most_opened(opener: Opener) -> tuple[int, int]:
    return -len(opener.opened), opener.id
