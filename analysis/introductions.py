"""Introductions worth making: pairs of contacts who should know each other and do not."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from analysis.brokers import places
from analysis.network import Alter, Neighbours, Network, read

WARM = 0.3  # below this the user's tie is too weak to lend somebody's time to another


@dataclass(frozen=True, slots=True)
class Match:
    """What one contact offers and the other needs."""

    giver: int
    taker: int
    what: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two contacts worth introducing; a < b.

    `score` is strength × strength × (1 + the number of matches). `groups` are the places of the
    two in the list of groups given, None for a contact in none.
    """

    a: int
    b: int
    score: float
    matches: tuple[Match, ...]
    groups: tuple[int | None, int | None]


class Wants:
    """What contacts offer and need, in words the caller has made comparable, by contact."""

    def __init__(
        self,
        offers: Mapping[int, Iterable[str]] | None = None,
        needs: Mapping[int, Iterable[str]] | None = None,
    ) -> None:
        self._offers = {contact: frozenset(words) for contact, words in (offers or {}).items()}
        self._needs = {contact: frozenset(words) for contact, words in (needs or {}).items()}
        self._offered = frozenset().union(*self._offers.values())
        self._needed = frozenset().union(*self._needs.values())

    def matches(self, a: int, b: int) -> tuple[Match, ...]:
        """Both ways: what a gives b first, each way by name."""
        return tuple(
            Match(giver, taker, what)
            for giver, taker in ((a, b), (b, a))
            for what in sorted(self._met(giver, taker))
        )

    def count(self, a: int, b: int) -> int:
        """The number of matches, without naming them."""
        return len(self._met(a, b)) + len(self._met(b, a))

    def most(self, contact: int) -> int:
        """No pair with this contact can have more matches."""
        gives = self._offers.get(contact, _NONE) & self._needed
        return len(gives) + len(self._needs.get(contact, _NONE) & self._offered)

    def _met(self, giver: int, taker: int) -> frozenset[str]:
        return self._offers.get(giver, _NONE) & self._needs.get(taker, _NONE)


_NONE: frozenset[str] = frozenset()
NOTHING = Wants()


def suggest_introductions(
    graph: Network,
    alters: Sequence[Alter],
    groups: Sequence[Sequence[int]] = (),
    wants: Wants = NOTHING,
    *,
    settled: Collection[tuple[int, int]] = (),
    most: int = 5,
    warm_from: float = WARM,
) -> tuple[Suggestion, ...]:
    """The pairs most worth introducing, best first, ties broken by the two ids.

    A pair is not tied in A, not of one group or one organisation (they find each other without the
    user), both are tied to the user with `warm_from` or more, and it is not among the `settled`:
    pairs (a, b), a < b, already introduced, declined or asked about.

    Exact, but looks at few pairs: contacts are taken by strength × √(1 + the most matches they can
    have); the product of two of these is never below the pair's score, so a row ends at the first
    pair that cannot get among the best, and the search at the first row that ends at once.
    """
    neighbours = read(graph)
    ranked = _rank(alters, wants, warm_from)
    next_run = _next_runs([bound for bound, _ in ranked])
    apart = _apart(neighbours, places(groups), settled)
    best: list[tuple[float, int, int]] = []
    for i, (high, first) in enumerate(ranked):
        j = i + 1
        while j < len(ranked):
            low, second = ranked[j]
            pair = (min(first.id, second.id), max(first.id, second.id))
            hope = (-high * low, *pair)
            if len(best) == most and hope > best[-1]:
                if -hope[0] < -best[-1][0]:
                    break
                j = next_run[j]  # as good, but later by id, as are all of this bound
                continue
            j += 1
            if apart(first, second):
                matches = wants.count(*pair) if high > first.strength else 0
                insort(best, (-first.strength * second.strength * (1 + matches), *pair))
                del best[most:]
        if j == i + 1 and len(best) == most:
            break
    place = places(groups)
    return tuple(
        Suggestion(a, b, -score, wants.matches(a, b), (place.get(a), place.get(b)))
        for score, a, b in best
    )


def _rank(alters: Sequence[Alter], wants: Wants, warm_from: float) -> list[tuple[float, Alter]]:
    """The contacts strong enough, with a bound on what they bring to a pair, highest first."""
    ranked = []
    for alter in alters:
        if alter.strength >= warm_from and alter.strength > 0:
            matches = wants.most(alter.id)
            # a hair more than the root, so that rounding never takes the bound below a score
            factor = sqrt(1 + matches) * (1 + 1e-9) if matches else 1.0
            ranked.append((alter.strength * factor, alter))
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1].id))


def _next_runs(bounds: list[float]) -> list[int]:
    """For each place, the first later place with another bound."""
    following = [len(bounds)] * len(bounds)
    for i in range(len(bounds) - 2, -1, -1):
        following[i] = following[i + 1] if bounds[i] == bounds[i + 1] else i + 1
    return following


def _apart(
    neighbours: Neighbours, place: Mapping[int, int], settled: Collection[tuple[int, int]]
) -> Callable[[Alter, Alter], bool]:
    done = frozenset(settled)

    def apart(a: Alter, b: Alter) -> bool:
        group = place.get(a.id)
        return not (
            (group is not None and group == place.get(b.id))
            or (a.organisation is not None and a.organisation == b.organisation)
            or b.id in neighbours.get(a.id, ())
            or (min(a.id, b.id), max(a.id, b.id)) in done
        )

    return apart
