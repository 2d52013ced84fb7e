"""Who needs and who offers what, and where a need is met: among contacts, and with the owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from analysis.contact_facts import Opening
from analysis.exchange import Item, Match, match, openings
from bot.usecases.people import Named, named
from storage import contacts, exchange
from storage.journal import Journal
from storage.tables import Contact, ExchangeItem

NEED, OFFER = "need", "offer"
LONGEST = 200
MOST_MATCHES = 5  # said at one time


@dataclass
class Exchange:
    """All needs and offers of an owner and of the contacts who are not archived."""

    rows: tuple[ExchangeItem, ...]
    people: Mapping[int, Named]

    def of(self, holder: int | None, kind: str) -> tuple[ExchangeItem, ...]:
        """What somebody needs or offers; the owner, where `holder` is None."""
        return tuple(row for row in self.rows if row.contact_id == holder and row.kind == kind)

    def texts(self, holder: int | None, kind: str) -> tuple[str, ...]:
        return tuple(row.what for row in self.of(holder, kind))

    def of_others(self, kind: str) -> tuple[tuple[str, str], ...]:
        """(name, what) of what the contacts need or offer."""
        return tuple(
            (self.people[row.contact_id].name, row.what)
            for row in self.rows
            if row.kind == kind and row.contact_id is not None
        )

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        needs, offers = ([_item(row) for row in self.rows if row.kind == k] for k in (NEED, OFFER))
        return match(needs, offers) if needs and offers else ()

    @cached_property
    def names(self) -> dict[int, str]:
        return {number: each.name for number, each in self.people.items()}

    def openings(self, contact_id: int) -> tuple[Opening, ...]:
        return openings(contact_id, self.matches, self.names)

    def met(self, holder: int | None) -> tuple["Met", ...]:
        """The needs met by offers that somebody has a side in."""
        return self._told(
            one for one in self.matches if holder in (one.need.holder, one.offer.holder)
        )

    def met_by(self, item_id: int) -> tuple["Met", ...]:
        """The needs met by offers that this need or offer is one side of."""
        return self._told(one for one in self.matches if item_id in (one.need.id, one.offer.id))

    def _told(self, found: Iterable[Match]) -> tuple["Met", ...]:
        return tuple(
            Met(
                needs=self.people[one.need.holder] if one.need.holder is not None else None,
                need=one.need.text,
                offers=self.people[one.offer.holder] if one.offer.holder is not None else None,
                offer=one.offer.text,
            )
            for one in found
        )[:MOST_MATCHES]


@dataclass(frozen=True, slots=True)
class Met:
    """A need and the offer that meets it; None stands for the owner."""

    needs: Named | None
    need: str
    offers: Named | None
    offer: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Needs or offers as they were told, and what they meet."""

    who: Named | None
    kind: str
    what: tuple[str, ...]
    met: tuple[Met, ...]
    change_id: int | None  # None where they were known


def read_exchange(session: Session, owner_id: int) -> Exchange:
    rows = exchange.everything(session, owner_id)
    holders = {row.contact_id for row in rows if row.contact_id is not None}
    known = contacts.some(session, owner_id, sorted(holders)) if holders else []
    people = {each.id or 0: named(each) for each in known if not each.archived}
    there = tuple(row for row in rows if row.contact_id is None or row.contact_id in people)
    return Exchange(there, people)


def note(
    session: Session,
    owner_id: int,
    contact: Contact | None,
    kind: str,
    what: tuple[str, ...],
    today: date,
    now: datetime,
) -> Noted:
    """Keep what a contact (or the owner) needs or offers; what is known already is left."""
    contact_id = contact.id if contact else None
    before = read_exchange(session, owner_id)
    known = {text.casefold() for text in before.texts(contact_id, kind)}
    journal = Journal(session, owner_id)
    new = [text for text in dict.fromkeys(what) if text.casefold() not in known]
    for text in new:
        journal.add(
            ExchangeItem(
                owner_id=owner_id, contact_id=contact_id, kind=kind, what=text, noted_on=today
            )
        )
    names = [contact.name] if contact else list(new)
    change = journal.close(f"{kind}_noted", names, now)
    after = read_exchange(session, owner_id)
    wanted = {text.casefold() for text in what}
    rows = [row for row in after.of(contact_id, kind) if row.what.casefold() in wanted]
    met = [one for row in rows for one in after.met_by(row.id or 0)]
    return Noted(
        who=named(contact) if contact else None,
        kind=kind,
        what=tuple(what),
        met=tuple(dict.fromkeys(met))[:MOST_MATCHES],
        change_id=change.id if change else None,
    )


def drop(session: Session, owner_id: int, item_id: int, now: datetime) -> ExchangeItem | None:
    """Take a need or an offer off the list; None where the owner has no such one."""
    row = exchange.get(session, owner_id, item_id)
    if row is None:
        return None
    gone = ExchangeItem(**row.model_dump())
    contact = contacts.get(session, owner_id, row.contact_id) if row.contact_id else None
    journal = Journal(session, owner_id)
    journal.remove(row)
    journal.close(f"{gone.kind}_dropped", [contact.name if contact else gone.what], now)
    return gone


def _item(row: ExchangeItem) -> Item:
    return Item(row.id or 0, row.contact_id, row.what)
