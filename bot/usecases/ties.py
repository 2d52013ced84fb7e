"""Ties between contacts, as the owner states them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from sqlmodel import Session

from bot.usecases.people import Named, NewContact, named, put_contact
from storage import contacts, ties
from storage.journal import Journal
from storage.tables import Tie


@dataclass(frozen=True, slots=True)
class Tied:
    people: tuple[Named, ...]
    kind: str
    change_id: int | None  # None where they were tied already


def tie_contacts(
    session: Session,
    owner_id: int,
    contact_ids: Sequence[int],
    newcomers: Sequence[NewContact],
    kind: str,
    today: date,
    now: datetime,
) -> Tied | None:
    """Keep that these contacts know one another, each pair; None for fewer than two."""
    journal = Journal(session, owner_id)
    people = contacts.some(session, owner_id, dict.fromkeys(contact_ids))
    people += [put_contact(journal, owner_id, each, today, now) for each in newcomers]
    if len(people) < 2:
        return None
    for one, other in combinations(sorted(each.id or 0 for each in people), 2):
        tie = ties.between(session, owner_id, one, other)
        if tie is None:
            tie = Tie(owner_id=owner_id, a=one, b=other, kind=kind, created_at=now)
            journal.add(tie)
        elif kind != "knows":
            journal.update(tie, kind=kind)
    change = journal.close("tied", [each.name for each in people], now)
    return Tied(
        people=tuple(named(each) for each in people),
        kind=kind,
        change_id=change.id if change else None,
    )
