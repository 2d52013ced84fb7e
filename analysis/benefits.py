"""What the network gives: the five kinds of help, who gives which, and which are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.history import Benefit, Direction


@dataclass(frozen=True, slots=True)
class Favour:
    """One time that help of one kind went between the user and a contact."""

    contact: int
    benefit: Benefit
    direction: Direction


@dataclass(frozen=True, slots=True)
class BenefitUse:
    """One kind of help: how often it came from and went to whom, most often first, then by id."""

    benefit: Benefit
    received: tuple[tuple[int, int], ...]
    given: tuple[tuple[int, int], ...]

    @property
    def sole(self) -> int | None:
        """The only contact the user gets this kind of help from."""
        return self.received[0][0] if len(self.received) == 1 else None


@dataclass(frozen=True, slots=True)
class Benefits:
    """All five kinds, in the order of Benefit; `missing` are those the user never received."""

    uses: tuple[BenefitUse, ...]
    missing: tuple[Benefit, ...]


def sum_benefits(favours: Iterable[Favour]) -> Benefits:
    """Favours by kind and contact; a mutual one counts both ways.

    Source of the kinds: Cross, Borgatti & Parker (2002), 'Making invisible work visible: using
    social network analysis to support strategic collaboration', California Management Review 44(2).
    """
    received: dict[Benefit, Counter[int]] = {benefit: Counter() for benefit in Benefit}
    given: dict[Benefit, Counter[int]] = {benefit: Counter() for benefit in Benefit}
    for favour in favours:
        if favour.direction is not Direction.GIVEN:
            received[favour.benefit][favour.contact] += 1
        if favour.direction is not Direction.RECEIVED:
            given[favour.benefit][favour.contact] += 1
    return Benefits(
        uses=tuple(BenefitUse(b, _ranked(received[b]), _ranked(given[b])) for b in Benefit),
        missing=tuple(benefit for benefit in Benefit if not received[benefit]),
    )


def _ranked(counts: Counter[int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
