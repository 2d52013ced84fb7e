"""The owner's network: the record as the analysis wants it, and what it was a month ago."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from sqlmodel import Session

from analysis.benefits import Favour
from analysis.diagnosis import Summary, Viewpoint
from analysis.history import Benefit, Direction
from analysis.network import Alter, Event, Neighbours, Tie, connect, join_ego
from analysis.purpose import NeedKind
from analysis.snapshot import Difference, Snapshot, compare, from_json, take_snapshot, to_json
from analysis.strength import STRONG_FROM
from analysis.variety import Trait
from bot.usecases.aims import read_aims
from bot.usecases.people import Named
from bot.usecases.standing import Standing, Standings, stand
from storage import contacts, favours, interactions, owners, snapshots, ties
from storage.tables import NetworkSnapshot, Owner

CROWD = 12  # who was among more people than this did not necessarily meet them all
FEWEST = 3  # contacts below which there is nothing to say of a network
LARGE = 200  # contacts; see docs/network.md
KEEP_EVERY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Network:
    """The record of a network; `names` names the contacts by number."""

    alters: tuple[Alter, ...]
    ties: tuple[Tie, ...]
    events: tuple[Event, ...]
    favours: tuple[Favour, ...]
    view: Viewpoint
    names: Mapping[int, Named]

    def connect(self) -> Neighbours:
        """The contacts alone: graph A."""
        return connect(self.alters, self.ties, self.events)

    def join(self, graph: Neighbours) -> Neighbours:
        """The contacts and the owner: graph E."""
        return join_ego(graph, {alter.id: alter.strength for alter in self.alters})

    @property
    def by_id(self) -> dict[int, Alter]:
        return {alter.id: alter for alter in self.alters}


@dataclass(frozen=True, slots=True)
class Overview:
    """A network summed up, in facts; `change` since about a month ago, None if unknown."""

    summary: Summary
    names: Mapping[int, Named]
    enough: bool
    organisation: str | None = None  # the owner's own
    change: Difference | None = None


def read_network(session: Session, owner: Owner, today: date) -> Network:
    standings = stand(session, owner, today)
    alters, stated, events = network(session, owner, standings)
    aims = read_aims(session, owner.id or 0)
    return Network(
        alters=tuple(alters),
        ties=tuple(stated),
        events=tuple(events),
        favours=tuple(_favours(session, owner)),
        view=Viewpoint(
            organisation=owner.organisation,
            wanted={
                Trait.SECTOR: aims.values(NeedKind.SECTOR),
                Trait.ORGANISATION: aims.values(NeedKind.ORGANISATION),
            },
            strong_from=STRONG_FROM,
        ),
        names={each.who.id: each.who for each in standings.everybody},
    )


def network(
    session: Session, owner: Owner, standings: Standings
) -> tuple[list[Alter], list[Tie], list[Event]]:
    """Contacts with the strength of their tie to the owner, ties between them, shared events."""
    owner_id = owner.id or 0
    home = owner.organisation.casefold() if owner.organisation else None
    alters = [_alter(each, home) for each in standings.everybody]
    stated = [Tie(tie.a, tie.b, tie.kind) for tie in ties.everything(session, owner_id)]
    on = {each.id: each.on for each in interactions.everything(session, owner_id)}
    events = [
        Event(tuple(together), on[number])
        for number, together in interactions.participants(session, owner_id).items()
        if 1 < len(together) <= CROWD
    ]
    return alters, stated, events


def seen_together(with_whom: Mapping[int, Sequence[int]]) -> set[tuple[int, int]]:
    """Pairs of contacts that took part in one interaction, the lower number first."""
    return {
        pair
        for together in with_whom.values()
        if len(together) <= CROWD
        for pair in combinations(sorted(together), 2)
    }


def change_since(
    session: Session, owner_id: int, summary: Summary, today: date
) -> Difference | None:
    """What is new since the latest snapshot of a month ago or more, else since the first one."""
    kept = snapshots.everything(session, owner_id)
    past = [one for one in kept if one.on < today]
    if not past:
        return None
    old = [one for one in past if today - one.on >= KEEP_EVERY]
    before = _read(old[-1] if old else past[0])
    return compare(before, take_snapshot(summary, today)) if before else None


def is_snapshot_due(session: Session, owner_id: int, today: date) -> bool:
    kept = snapshots.everything(session, owner_id)
    return not kept or today - kept[-1].on >= KEEP_EVERY


def keep_snapshot(session: Session, owner_id: int, snapshot: Snapshot) -> None:
    """Keep the network of a day, unless one was kept within the month or the owner is gone."""
    gone = owners.get(session, owner_id) is None
    if not gone and is_snapshot_due(session, owner_id, snapshot.on):
        facts = to_json(snapshot)
        session.add(NetworkSnapshot(owner_id=owner_id, on=snapshot.on, facts=facts))
        session.flush()


def is_large(session: Session, owner_id: int) -> bool:
    """Whether to sum up the network takes so long that it must be done apart."""
    return len(contacts.entries(session, owner_id)) > LARGE


def _read(row: NetworkSnapshot) -> Snapshot | None:
    try:
        return from_json(row.facts)
    except ValueError:  # of another version of the program
        return None


def _favours(session: Session, owner: Owner) -> list[Favour]:
    return [
        Favour(row.contact_id, Benefit(row.kind), Direction(row.direction))
        for row in favours.favours(session, owner.id or 0)
        if row.kind
    ]


def _alter(standing: Standing, home: str | None) -> Alter:
    contact = standing.contact
    inside = None
    if home and contact.organisation:
        inside = contact.organisation.casefold() == home
    return Alter(
        id=contact.id or 0,
        name=contact.name,
        organisation=contact.organisation,
        kind=contact.kind,
        tags=tuple(contact.tags),
        sector=contact.sector,
        place=contact.place,
        stage=contact.stage,
        strength=standing.strength.value,
        inside=inside,
    )
