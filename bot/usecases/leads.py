"""Who can bring the owner to somebody, and what if somebody leaves or two are introduced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from analysis.cuts import LIVING
from analysis.paths import Path, find_paths, members
from analysis.whatif import Change, drop_contact, tie_contacts
from bot.usecases.network import read_network
from bot.usecases.people import Named
from storage import contacts
from storage.tables import Contact, Owner


@dataclass(frozen=True, slots=True)
class Leads:
    """The ways to a person or an organisation; `direct` are those the owner can ask right away."""

    label: str
    direct: tuple[Named, ...]
    paths: tuple[tuple[Named, ...], ...]  # from the one to ask first to the goal
    first: Contact | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A network with one contact less (`b` is None) or two introduced."""

    a: Named
    b: Named | None
    change: Change
    names: Mapping[int, Named]


def find_leads(session: Session, owner: Owner, today: date, label: str, goal: int | None) -> Leads:
    """The best ways to a contact, or to anybody in the organisation called `label`."""
    network = read_network(session, owner, today)
    goals = (goal,) if goal is not None else members(network.alters, label)
    alters = network.by_id
    near = [number for number in goals if number in alters and alters[number].strength >= LIVING]
    near.sort(key=lambda number: (-alters[number].strength, number))
    found: tuple[Path, ...] = ()
    if not near:
        found = find_paths(network.join(network.connect()), goals)
    first = contacts.get(session, owner.id or 0, found[0].first) if found else None
    return Leads(
        label=label,
        direct=tuple(network.names[number] for number in near[:3]),
        paths=tuple(tuple(network.names[i] for i in path.contacts) for path in found),
        first=first,
    )


def what_if(session: Session, owner: Owner, today: date, a: int, b: int | None) -> WhatIf | None:
    """None where a contact is no longer there."""
    network = read_network(session, owner, today)
    if a not in network.names or (b is not None and b not in network.names):
        return None
    graph = network.connect()
    change = (
        drop_contact(graph, network.alters, a)
        if b is None
        else tie_contacts(graph, network.alters, a, b)
    )
    names = network.names
    return WhatIf(names[a], names[b] if b is not None else None, change, names)
