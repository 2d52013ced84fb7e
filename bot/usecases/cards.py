"""A contact's card: who, since when, rhythm, stage, next step, what happened lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from analysis.history import Benefit, Cooperation, Introduction, Promise
from analysis.reciprocity import Help, Reciprocity, weigh
from bot.usecases.exchange import NEED, OFFER, Met
from bot.usecases.people import Named, named
from bot.usecases.standing import Standing, stand_with
from storage import contacts, interactions, ties
from storage.tables import Contact, Interaction, Owner


@dataclass(frozen=True, slots=True)
class Card:
    contact: Contact
    standing: Standing
    recent: tuple[Interaction, ...]
    knows: tuple[Named, ...]  # ties to other contacts, as stated

    @property
    def exchanged(self) -> Reciprocity:
        """What help went each way."""
        return weigh(self.standing.facts.history, self.standing.today)

    def doors(self, part: str) -> tuple[Introduction, ...]:
        """The introductions that were made in which the contact had this part."""
        doors = self.standing.facts.history.introductions
        return tuple(one for one in doors if one.part == part and one.made_on is not None)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The promises not kept yet, the first due first."""
        there = [one for one in self.standing.facts.history.promises if one.is_open]
        return tuple(sorted(there, key=lambda one: (one.due_on or date.max, one.id)))

    @property
    def together(self) -> tuple[Cooperation, ...]:
        """What the contact and the owner work on together now."""
        there = self.standing.facts.history.cooperations
        return tuple(one for one in there if one.ended_on is None)

    @property
    def needs(self) -> tuple[str, ...]:
        return self.standing.exchange.texts(self.contact.id, NEED)

    @property
    def offers(self) -> tuple[str, ...]:
        return self.standing.exchange.texts(self.contact.id, OFFER)

    @property
    def met(self) -> tuple[Met, ...]:
        """Needs met by offers in which the contact has a side."""
        return self.standing.exchange.met(self.contact.id)

    def kinds(self, helped: Sequence[Help]) -> tuple[Benefit, ...]:
        """Of which kinds the help was."""
        there = {one.benefit for one in helped}
        return tuple(kind for kind in Benefit if kind in there)


def get(session: Session, owner_id: int, contact_id: int) -> Contact | None:
    return contacts.get(session, owner_id, contact_id)


def names(session: Session, owner_id: int, contact_ids: Sequence[int]) -> tuple[Named, ...]:
    return tuple(named(each) for each in contacts.some(session, owner_id, contact_ids))


def card(session: Session, owner: Owner, contact: Contact, today: date) -> Card:
    owner_id, contact_id = owner.id or 0, contact.id or 0
    others = [
        tie.b if tie.a == contact_id else tie.a
        for tie in ties.of_contact(session, owner_id, contact_id)
    ]
    return Card(
        contact=contact,
        standing=stand_with(session, owner, contact, today),
        recent=tuple(interactions.recent(session, owner_id, contact_id)),
        knows=names(session, owner_id, others),
    )


def standing(session: Session, owner: Owner, contact: Contact, today: date) -> Standing:
    return stand_with(session, owner, contact, today)


def day_after(today: date, days: int) -> date:
    return today + timedelta(days=days)
