"""Changing a contact's details: edit:CONTACT shows the fields, edit:CONTACT:FIELD asks for one."""

from typing import Any

from bot.handlers.contacts import contact_of
from bot.handlers.reading import read_field
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, people
from storage.tables import Question

FIELDS = (
    "name",
    "organisation",
    "role",
    "sector",
    "place",
    "tags",
    "aliases",
    "how_met",
    "phone",
    "email",
    "birthday",
    "cadence_days",
)
EMPTY = ("-", "–", "—")


def edit(turn: Turn) -> list[Answer]:
    contact = contact_of(turn, turn.number())
    field = turn.word(1)
    if not field:
        return [Reply.of("edit", contact=contact)]
    if field not in FIELDS:
        raise UserError("button_expired")
    asking.cancel(turn.session, turn.owner_id)
    data = {"contact": contact.id, "field": field}
    asking.ask(turn.session, turn.owner_id, "edit", data, turn.now)
    return [Reply.of("edit_field", contact=contact, field=field)]


def set_field(turn: Turn, question: Question) -> list[Answer]:
    """The new value of a field, typed; '-' empties it."""
    contact = contact_of(turn, question.data["contact"])
    field = question.data["field"]
    if turn.words.strip() in EMPTY:
        if field == "name":
            raise UserError("wrong_field", field=field)
        value: Any = [] if field in people.LISTS else None
    else:
        value = read_field(field, turn.words)
    asking.close(turn.session, question)
    edited = people.edit_contact(turn.session, turn.owner_id, contact, turn.now, **{field: value})
    return [Reply.of("edited", contact=contact, change_id=edited.change_id)]
