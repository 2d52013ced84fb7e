"""Bringing contacts together: which pairs, and what the owner made of the suggestions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.groups import communities, name_groups
from analysis.introductions import Match, Wants, suggest_introductions
from analysis.steps import short_name
from bot.usecases.exchange import read_exchange
from bot.usecases.introductions import Introduced, put_tie
from bot.usecases.network import read_network
from bot.usecases.people import Named, named
from storage import introductions, pairs
from storage.journal import Journal
from storage.tables import Contact, DeclinedPair, Introduction, Owner

MOST = 3


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two contacts worth introducing: what one has for the other, and which circles they join."""

    a: Named
    b: Named
    matches: tuple[Match, ...]
    circles: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to write to."""

    who: Named
    called: str
    language: str
    phone: str | None
    username: str | None


def suggest(session: Session, owner: Owner, today: date) -> tuple[tuple[Pairing, ...], int]:
    """The pairs most worth introducing, best first; and how many contacts there are."""
    network = read_network(session, owner, today)
    graph, names = network.connect(), network.names
    groups = name_groups(graph, network.by_id, communities(graph))
    found = suggest_introductions(
        graph,
        network.alters,
        [group.members for group in groups],
        _wants(session, owner.id or 0),
        settled=_settled(session, owner.id or 0),
        most=MOST,
    )
    labels = [group.label for group in groups]
    worth = tuple(
        Pairing(
            a=names[each.a],
            b=names[each.b],
            matches=each.matches,
            circles=(_circle(labels, each.groups[0]), _circle(labels, each.groups[1])),
        )
        for each in found
    )
    return worth, len(names)


def decline(
    session: Session, owner_id: int, a: Contact, b: Contact, today: date, now: datetime
) -> int | None:
    """Not these two. The change's number; None where that was said before."""
    low, high = sorted((a.id or 0, b.id or 0))
    if (low, high) in _settled(session, owner_id):
        return None
    journal = Journal(session, owner_id)
    journal.add(DeclinedPair(owner_id=owner_id, a=low, b=high, on=today))
    change = journal.close("pair_declined", [a.name, b.name], now)
    return change.id if change else None


def introduce(
    session: Session, owner_id: int, a: Contact, b: Contact, today: date, now: datetime
) -> Introduced:
    """The owner brought them together today; they know one another from now on."""
    journal = Journal(session, owner_id)
    row = journal.add(Introduction(owner_id=owner_id, whom_id=a.id, to_id=b.id, made_on=today))
    put_tie(session, journal, owner_id, a.id or 0, b.id or 0, now)
    change = journal.close("introduced", [a.name, b.name], now)
    return Introduced(
        id=row.id or 0,
        introducer=None,
        whom=named(a),
        to=named(b),
        newcomers=(),
        on=today,
        change_id=(change.id if change else None) or 0,
    )


def reason(session: Session, owner_id: int, a: int, b: int) -> tuple[Match, ...]:
    """What one has for the other."""
    return _wants(session, owner_id).matches(a, b)


def party(contact: Contact, language: str) -> Party:
    is_person = contact.kind == "person"
    return Party(
        who=named(contact),
        called=short_name(contact.name) if is_person else contact.name,
        language=contact.language or language,
        phone=contact.phone,
        username=contact.username,
    )


def _wants(session: Session, owner_id: int) -> Wants:
    """Offers and needs of contacts, made comparable: a need that is met stands for both sides."""
    offers: dict[int, list[str]] = {}
    needs: dict[int, list[str]] = {}
    for one in read_exchange(session, owner_id).matches:
        if one.need.holder is not None and one.offer.holder is not None:
            offers.setdefault(one.offer.holder, []).append(one.need.text)
            needs.setdefault(one.need.holder, []).append(one.need.text)
    return Wants(offers, needs)


def _settled(session: Session, owner_id: int) -> set[tuple[int, int]]:
    """Pairs not to suggest again: declined, or brought together already."""
    settled = {(row.a, row.b) for row in pairs.declined(session, owner_id)}
    for row in introductions.everything(session, owner_id):
        if row.whom_id is not None and row.to_id is not None:
            settled.add((min(row.whom_id, row.to_id), max(row.whom_id, row.to_id)))
    return settled


def _circle(labels: list[str], place: int | None) -> str | None:
    return labels[place] if place is not None else None
