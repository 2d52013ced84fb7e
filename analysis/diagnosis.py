"""The network of a user summed up: all the facts that `/network` puts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.benefits import Benefits, Favour, sum_benefits
from analysis.brokers import (
    Broker,
    Innovator,
    Roles,
    count_roles,
    rank_brokers,
    rank_innovators,
)
from analysis.cuts import LIVING, Keystone, SoleLink, bridges, inner_circle, keystones, sole_links
from analysis.ego import Position, measure
from analysis.gaps import Gap, find_gaps
from analysis.groups import Group, communities, name_groups
from analysis.mending import Mend, find_mends
from analysis.network import (
    EGO,
    ORGANISATION,
    Alter,
    Event,
    Neighbours,
    Tie,
    components,
    connect,
    density,
    join_ego,
)
from analysis.reach import Reach, harmonic_closeness, measure_reach
from analysis.variety import Balance, Trait, Variety, measure_balance, measure_variety

STRONG = 0.5  # a tie of this strength or more is a strong one
MOST = 5  # how many are named in a ranking


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What depends on the user: the own organisation, values wanted, where a tie is strong.

    `wanted` are values the user would like to meet in the network, such as the sectors a purpose
    needs; those that no contact has are reported missing.
    """

    organisation: str | None = None
    wanted: Mapping[Trait, Sequence[str]] = field(default_factory=dict)
    strong_from: float = STRONG
    living_from: float = LIVING


@dataclass(frozen=True, slots=True)
class Summary:
    """A person's network in figures; contacts by id. Rankings are broken by id."""

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
    innovators: tuple[Innovator, ...]
    nearest: tuple[tuple[int, float], ...]  # harmonic closeness: whom to tell so that all know
    inner_circle: tuple[int, ...]
    bridges: tuple[tuple[int, int], ...]  # ties without which two sides are apart
    keystones: tuple[Keystone, ...]
    sole_links: tuple[SoleLink, ...]
    reach: Reach
    position: Position
    roles: Roles | None  # the user's own; None without an organisation of the user's
    varieties: tuple[Variety, ...]  # by trait; those on record of nobody left out
    balance: Balance
    benefits: Benefits
    mends: tuple[Mend, ...]
    gaps: tuple[Gap, ...]

    @property
    def most_alike(self) -> Variety | None:
        """The trait in which one value has the largest share of the contacts."""
        known = [v for v in self.varieties if v.known >= MOST]
        return max(known, key=lambda v: v.counts[0][1] / v.known, default=None)


DEFAULT = Viewpoint()


def summarise(
    alters: Sequence[Alter],
    ties: Iterable[Tie],
    events: Iterable[Event],
    favours: Sequence[Favour] = (),
    view: Viewpoint = DEFAULT,
) -> Summary:
    """The summary of a network; an empty one gives zeros, Nones and empty tuples."""
    return summarise_graph(connect(alters, ties, events), alters, favours, view)


def summarise_graph(
    graph: Neighbours,
    alters: Sequence[Alter],
    favours: Sequence[Favour] = (),
    view: Viewpoint = DEFAULT,
) -> Summary:
    """The summary of A as read; every contact in the graph is among the alters and back."""
    known = {alter.id: alter for alter in alters}
    by_strength = sorted(alters, key=lambda alter: (-alter.strength, alter.id))
    organisations = sum(alter.kind == ORGANISATION for alter in alters)
    tied = sum(map(len, graph.values())) // 2
    parts = components(graph)
    groups = name_groups(graph, known, communities(graph))
    holding = keystones(graph, known, view.living_from)
    with_user = join_ego(graph, {alter.id: alter.strength for alter in alters})
    members = [group.members for group in groups]
    return Summary(
        people=len(alters) - organisations,
        organisations=organisations,
        strong=tuple(a for a in by_strength if a.strength >= view.strong_from),
        weak=tuple(a for a in by_strength if a.strength < view.strong_from),
        ties=tied,
        density=density(graph),
        components=tuple(part for part in parts if len(part) > 1),
        isolates=tuple(part[0] for part in parts if len(part) == 1),
        groups=groups,
        brokers=rank_brokers(graph, members, MOST),
        innovators=rank_innovators(graph, members, MOST),
        nearest=_nearest(graph),
        inner_circle=inner_circle(graph),
        bridges=bridges(graph),
        keystones=holding,
        sole_links=sole_links(alters),
        reach=measure_reach(graph, known, view.living_from),
        position=measure(with_user),
        roles=_own_roles(with_user, alters, view),
        varieties=_varieties(graph, alters, view),
        balance=measure_balance(alters),
        benefits=sum_benefits(favours),
        mends=find_mends(known, groups, holding, strong_from=view.strong_from, most=MOST),
        gaps=find_gaps(alters, tied, len(favours)),
    )


def _nearest(graph: Neighbours) -> tuple[tuple[int, float], ...]:
    closeness = {node: round(value, 12) for node, value in harmonic_closeness(graph).items()}
    ranked = sorted((-value, node) for node, value in closeness.items() if value)
    return tuple((node, -value) for value, node in ranked[:MOST])


def _own_roles(with_user: Neighbours, alters: Sequence[Alter], view: Viewpoint) -> Roles | None:
    if view.organisation is None:
        return None
    groups = {alter.id: alter.organisation for alter in alters if alter.organisation}
    groups |= {alter.id: view.organisation for alter in alters if alter.inside}
    return count_roles(with_user, EGO, groups | {EGO: view.organisation})


def _varieties(graph: Neighbours, alters: Sequence[Alter], view: Viewpoint) -> tuple[Variety, ...]:
    found = [
        measure_variety(graph, alters, trait, view.strong_from, view.wanted.get(trait, ()))
        for trait in Trait
    ]
    return tuple(variety for variety in found if variety is not None)
