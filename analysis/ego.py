"""The user's own position among the contacts: Burt's structural holes and ego betweenness.

Everything here is read from E, and of the user only: of a contact one person's record shows too
few ties to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from analysis.network import EGO, Neighbours, Network, read


class Openness(StrEnum):
    """Where a constraint lies between the least and the most a network of that size can have."""

    OPEN = "open"  # the contacts hardly know each other
    MIXED = "mixed"
    CLOSED = "closed"  # the contacts nearly all know each other, or one tie outweighs the rest


@dataclass(frozen=True, slots=True)
class Position:
    """The user among `size` contacts; None where a measure is undefined, as all are without any.

    constraint      how much the contacts leave no way round each other; can exceed 1: no percentage
    openness        constraint against a star and a clique of the same size; None below two
    effective_size  contacts less those who repeat each other, 1..size in unweighted networks
    efficiency      effective_size / size
    hierarchy       0 where all contacts constrain alike, 1 where one alone does
    betweenness     pairs of contacts who have only the user between them, shared ones by parts
    between_share   the same as a share of all pairs, 0..1; None below two contacts
    density         share of the pairs of contacts who are tied, 0..1; None below two
    tightest        the contact who constrains most
    """

    size: int
    constraint: float | None
    openness: Openness | None
    effective_size: float | None
    efficiency: float | None
    hierarchy: float | None
    betweenness: float | None
    between_share: float | None
    density: float | None
    tightest: int | None


NOWHERE = Position(0, None, None, None, None, None, None, None, None, None)


def measure(graph: Network, ego: int = EGO) -> Position:
    """The position of one node, by default the user's in E.

    constraint: sum over contacts j of (p_ej + sum over q of p_eq p_qj)², p the share a tie has in
    all of its owner's strength; effective size: sum over j of 1 - sum over q of p_eq m_jq, m_jq =
    a_jq over j's strongest tie; hierarchy: Coleman's index of the contacts' parts of constraint.
    Sources: Burt (1992), 'Structural Holes'; Borgatti (1997), 'Structural holes: unpacking Burt's
    redundancy measures', Connections 20(1); Everett & Borgatti (2005), 'Ego network betweenness',
    Social Networks 27.
    """
    neighbours = read(graph)
    own = neighbours.get(ego)
    if not own:
        return NOWHERE
    size = len(own)
    parts, effective = _constraints(neighbours, own)
    constraint = sum(parts)
    between = ego_betweenness(neighbours, ego)
    pairs = size * (size - 1) / 2
    ties = sum(other in own for alter in own for other in neighbours[alter]) / 2
    return Position(
        size=size,
        constraint=constraint,
        openness=judge_constraint(constraint, size),
        effective_size=effective,
        efficiency=effective / size,
        hierarchy=_hierarchy(parts),
        betweenness=between,
        between_share=between / pairs if pairs else None,
        density=ties / pairs if pairs else None,
        tightest=min(zip(own, parts, strict=True), key=lambda pair: (-pair[1], pair[0]))[0],
    )


def judge_constraint(constraint: float, size: int) -> Openness | None:
    """OPEN in the lowest third between star (1/N) and clique ((2N-1)²/N³), CLOSED in the highest.

    Constraint falls with size whatever the structure, so only this comparison says anything about
    structure. None below two contacts, where star and clique are one.
    Source of the bounds: Everett & Borgatti (2020), 'Unpacking Burt's constraint measure', Social
    Networks 62; the thirds are ours.
    """
    if size < 2:
        return None
    star, clique = 1 / size, (2 * size - 1) ** 2 / size**3
    place = (constraint - star) / (clique - star)
    if place < 1 / 3:
        return Openness.OPEN
    return Openness.MIXED if place < 2 / 3 else Openness.CLOSED


def ego_betweenness(neighbours: Neighbours, ego: int) -> float:
    """Sum over the pairs of contacts not tied of 1/(1 + contacts tied to both); 0 below two.

    Contacts are bits of whole numbers, so that one contact is compared with all others at once.
    """
    own = neighbours[ego]
    bit = {alter: 1 << i for i, alter in enumerate(own)}
    masks = {alter: sum([bit[o] for o in neighbours[alter] if o in bit]) for alter in own}
    later = (1 << len(own)) - 1
    between = 0.0
    for alter, mask in masks.items():
        later ^= bit[alter]
        ways = _add_up([masks[other] for other in neighbours[alter] if other in masks])
        between += _sum_shares(later & ~mask, ways)
    return between


def _add_up(masks: list[int]) -> list[int]:
    """How many of the masks have each bit, as a binary number per bit, lowest digit first."""
    digits: list[int] = []
    for carry in masks:
        for place, digit in enumerate(digits):
            digits[place] = digit ^ carry
            carry &= digit
            if not carry:
                break
        else:
            if carry:
                digits.append(carry)
    return digits


def _sum_shares(members: int, digits: list[int]) -> float:
    """Sum of 1/(1 + the number that the digits have for it) over the bits of `members`."""
    parts = {0: members}
    for place in range(len(digits) - 1, -1, -1):
        digit, value = digits[place], 1 << place
        split = {}
        for ways, part in parts.items():
            if ones := part & digit:
                split[ways + value] = ones
            if zeros := part ^ ones:
                split[ways] = zeros
        parts = split
    return sum([part.bit_count() / (1 + ways) for ways, part in parts.items()])


def _constraints(neighbours: Neighbours, own: dict[int, float]) -> tuple[list[float], float]:
    """Each contact's part of the constraint, and the effective size."""
    total = sum(own.values())
    share = {alter: strength / total for alter, strength in own.items()}
    passed_on = {alter: share[alter] / sum(neighbours[alter].values()) for alter in own}
    parts = []
    effective = 0.0
    for alter in own:
        row = neighbours[alter]
        indirect = overlap = 0.0
        for other, strength in row.items():
            if other in own:
                indirect += passed_on[other] * strength
                overlap += share[other] * strength
        parts.append((share[alter] + indirect) ** 2)
        effective += 1 - overlap / max(row.values())
    return parts, effective


def _hierarchy(parts: Sequence[float]) -> float:
    """Coleman's index over the parts; 1 where there is one contact.

    Source: Burt (1992), 'Structural Holes', chapter 2.
    """
    size = len(parts)
    if size == 1:
        return 1.0
    mean = sum(parts) / size
    return sum(part / mean * log(part / mean) for part in parts) / (size * log(size))
