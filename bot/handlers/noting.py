"""Keeping what somebody needs or offers, once it is plain who."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, exchange, people
from storage.tables import Contact

if TYPE_CHECKING:
    from bot.handlers.wishes import Wish


def keep(turn: Turn, wish: "Wish") -> list[Answer]:
    """Of the first of the people; of somebody new, whom this adds."""
    kind, what = wish.details["kind"], tuple(wish.details["what"])
    answers: list[Answer] = []
    if not wish.contact_ids():
        new = people.NewContact(wish.newcomers()[0])
        added = people.add_contact(turn.session, turn.owner_id, new, turn.today, turn.now)
        contact = added.contact
        answers.append(Reply.of("added", added=added, contact=contact))
    else:
        contact = _contact(turn, wish.contact_ids()[0])
    noted = exchange.note(turn.session, turn.owner_id, contact, kind, what, turn.today, turn.now)
    return [
        *answers,
        Reply.new("noted", noted=noted) if answers else Reply.of("noted", noted=noted),
    ]


def heard(turn: Turn, told: dict[str, Any] | None, present: Sequence[people.Named]) -> list[Answer]:
    """A need or an offer told along with what happened: the owner's, or the first one's there."""
    if not told or (told["who"] == "them" and not present):
        return []
    contact = _contact(turn, present[0].id) if told["who"] == "them" else None
    what = (told["what"],)
    noted = exchange.note(
        turn.session, turn.owner_id, contact, told["kind"], what, turn.today, turn.now
    )
    return [Reply.new("noted", noted=noted)] if noted.change_id or noted.met else []


def _contact(turn: Turn, number: int) -> Contact:
    contact = cards.get(turn.session, turn.owner_id, number)
    if contact is None:
        raise UserError("contact_gone")
    return contact
