"""The owner's network, summed up: the record as the analysis wants it, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlmodel import Session

from analysis.diagnosis import Summary, Viewpoint, summarise
from analysis.network import Alter, Event, Tie
from analysis.strength import STRONG_FROM
from bot.usecases.people import Named
from bot.usecases.standing import Standing, Standings, stand
from storage import interactions, ties
from storage.tables import Owner

CROWD = 12  # who was among more people than this did not necessarily meet them all
FEWEST = 3  # contacts below which there is nothing to say of a network


@dataclass(frozen=True, slots=True)
class Overview:
    """A network in facts; `names` names the contacts by number."""

    summary: Summary
    names: Mapping[int, Named]
    enough: bool


def overview(session: Session, owner: Owner, today: date) -> Overview:
    standings = stand(session, owner, today)
    summary = summarise(
        *network(session, owner, standings), view=Viewpoint(strong_from=STRONG_FROM)
    )
    names = {each.who.id: each.who for each in standings.everybody}
    return Overview(summary, names, enough=len(names) >= FEWEST)


def network(
    session: Session, owner: Owner, standings: Standings
) -> tuple[list[Alter], list[Tie], list[Event]]:
    """Contacts with the strength of their tie to the owner, ties between them, shared events."""
    owner_id = owner.id or 0
    alters = [_alter(each) for each in standings.everybody]
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


def _alter(standing: Standing) -> Alter:
    contact = standing.contact
    return Alter(
        id=contact.id or 0,
        name=contact.name,
        organisation=contact.organisation,
        kind=contact.kind,
        tags=tuple(contact.tags),
        stage=contact.stage,
        strength=standing.strength.value,
    )
