"""What a free message wants, as a wish, an answer or a correction: one function an intent."""

from typing import Any

from bot.handlers import contacts, exchange
from bot.handlers.digest import fading
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.model import SURE, Channel, Guess, Known, New, Question, Reading
from bot.language.telling import is_small_talk, read_task
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import correcting, people, reminders, search, undoing

LONGEST_NOTE = 2000


def log(turn: Turn, reading: Reading) -> list[Answer]:
    if not reading.people:
        return [Reply.of("log_usage")]
    details = _details(turn, reading)
    details["channel"] = str(reading.channel or Channel.OTHER)
    return carry_out(turn, Wish("log", mentioned(reading.people), details))


def favour(turn: Turn, reading: Reading) -> list[Answer]:
    if not reading.people:
        return [Reply.of("log_usage")]
    details = _details(turn, reading)
    details["direction"] = str(reading.direction or "received")
    details["channel"] = str(reading.channel) if reading.channel else None
    details["favour_kind"] = str(reading.favour_kind) if reading.favour_kind else None
    return carry_out(turn, Wish("favour", mentioned(reading.people), details))


def connect(turn: Turn, reading: Reading) -> list[Answer]:
    details: dict[str, Any] = {"kind": str(reading.relation or "knows")}
    if reading.confidence < SURE:
        details["unsure"] = True
    return carry_out(turn, Wish("tie", mentioned(reading.people), details))


def remind(turn: Turn, reading: Reading) -> list[Answer]:
    if reading.when is None:
        return [Reply.of("remind_usage")]
    details: dict[str, Any] = {
        "what": read_task(reading)[:300],
        "on": max(reading.when, turn.today).isoformat(),
        "at": reading.time.isoformat() if reading.time else None,
    }
    if reading.confidence < SURE:
        details["unsure"] = True
    known = [each for each in mentioned(reading.people) if "new" not in each]
    return carry_out(turn, Wish("remind", known[:1], details))


def add_contact(turn: Turn, reading: Reading) -> list[Answer]:
    new = next((each for each in reading.people if isinstance(each, New)), None)
    known = next((each for each in reading.people if isinstance(each, Known | Guess)), None)
    name = new.name if new else None
    if name is None and isinstance(known, Known):
        contact = contacts.contact_of(turn, known.id)
        told = _told(contact.name, reading)
        edited = people.complete_contact(turn.session, turn.owner_id, contact, told, turn.now)
        return [Reply.of("edited", contact=contact, change_id=edited.change_id)]
    if name is None:
        raise UserError("add_usage")
    return contacts.add_new(turn, _told(name, reading))


def query(turn: Turn, reading: Reading) -> list[Answer]:
    kind = reading.query.kind if reading.query else Question.OTHER
    if kind is Question.QUIET:
        return fading(turn)
    if kind is Question.UPCOMING:
        return [Reply.of("reminders", planned=reminders.listed(turn.session, turn.owner))]
    if reading.people:
        return _about_person(turn, reading)
    words = reading.organisation or (reading.query.words if reading.query else None)
    if kind is Question.HOW_MANY and not words:
        count = len(people.everyone(turn.session, turn.owner_id))
        return [Reply.of("how_many", count=count)]
    if not words:
        return [Reply.of("not_understood")]
    found = search.find(turn.session, turn.owner_id, words)
    page = contacts.PAGE
    return [Reply.of("found", words=words, found=found[:page], more=len(found[page:]))]


def _about_person(turn: Turn, reading: Reading) -> list[Answer]:
    person = mentioned(reading.people)[0]
    if "new" in person:
        return [Reply.of("nobody_found", words=person["new"])]
    ids = person.get("ask") or [person["id"]]
    if len(ids) > 1:
        choices = [people.named(contacts.contact_of(turn, number)) for number in ids]
        return [Reply.of("which_card", choices=choices)]
    return [contacts.card_of(turn, contacts.contact_of(turn, ids[0]))]


def correct(turn: Turn, reading: Reading) -> list[Answer]:
    """The last write was not quite right."""
    told = reading.correction
    if told is None:
        raise UserError("nothing_to_correct")
    if told.undo:
        undone = undoing.undo_latest(turn.session, turn.owner_id, turn.now)
        return [Reply.of("undone", undone=undone) if undone else Reply.of("nothing_to_undo")]
    if told.person is not None:
        old = told.instead_of.id if isinstance(told.instead_of, Known) else None
        wish = Wish("replace", mentioned([told.person]), {"instead_of": old})
        return carry_out(turn, wish)
    if told.spelling:
        contact = correcting.respell(turn.session, turn.owner_id, told.spelling, turn.now)
        if contact is not None:
            return [contacts.card_of(turn, contact)]
    on = told.when.day if told.when else None
    channel = str(told.channel) if told.channel else None
    if on is not None and on > turn.today:
        raise UserError("log_future", on=on)
    logged = correcting.correct(turn.session, turn.owner_id, turn.now, on=on, channel=channel)
    if logged is None:
        raise UserError("nothing_to_correct")
    return [Reply.of("logged", logged=logged, corrected=True)]


def chatter(turn: Turn, reading: Reading) -> list[Answer]:
    """Nothing happened, though somebody may need or offer something; what was missed is said."""
    if is_small_talk(turn.words):
        return [Reply.of("chatter")]
    noted = exchange.told_plainly(turn, reading)
    if noted:
        return noted
    return [Reply.of("nothing_written" if reading.mentioned else "not_understood")]


def _details(turn: Turn, reading: Reading) -> dict[str, Any]:
    on = min(reading.when or turn.today, turn.today)
    details: dict[str, Any] = {
        "on": on.isoformat(),
        "note": (reading.note or reading.about or "")[:LONGEST_NOTE] or None,
        "about": reading.about,  # the answer shows the topic; the note keeps every word
        "started_by": str(reading.started_by) if reading.started_by else None,
    }
    if reading.promise is not None:
        due = reading.promise.due
        details["promised"] = {
            "by": str(reading.promise.by),
            "what": reading.promise.what[:300],
            "due_on": due.isoformat() if due else None,
        }
    if reading.need is not None:
        details["need"] = exchange.noted(reading.need)
    if reading.confidence < SURE:
        details["unsure"] = True
    return details


def _told(name: str, reading: Reading) -> people.NewContact:
    """What a message says of a contact."""
    return people.NewContact(
        name=name,
        organisation=reading.organisation,
        role=reading.role,
        tags=reading.tags,
        how_met=reading.how_met,
        phone=reading.phone,
        email=reading.email,
    )
