"""/needs and /offers: the owner's, and those of contacts; and a need told in plain words."""

import re

from bot.handlers.book import address_book
from bot.handlers.contacts import contact_of
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.model import Known, Need, Reading
from bot.language.pieces import find_people
from bot.language.promises import find_need
from bot.language.reading import set_scene
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, exchange
from storage.tables import Contact, Question

KINDS = (exchange.NEED, exchange.OFFER)
MOST_AT_ONCE = 10


def needs(turn: Turn) -> list[Answer]:
    """/needs, /needs WHAT, /needs NAME: WHAT"""
    return _command(turn, exchange.NEED)


def offers(turn: Turn) -> list[Answer]:
    """/offers, /offers WHAT, /offers NAME: WHAT"""
    return _command(turn, exchange.OFFER)


def _command(turn: Turn, kind: str) -> list[Answer]:
    if not turn.words:
        return [_list(turn, None, kind)]
    names, colon, rest = turn.words.partition(":")
    if not colon:
        what = _split(turn.words)
        if not what:
            raise UserError("exchange_usage", kind=kind)
        noted = exchange.note(turn.session, turn.owner_id, None, kind, what, turn.today, turn.now)
        return [Reply.of("noted", noted=noted)]
    people = mentioned(find_people(names, address_book(turn)))[:1]
    what = _split(rest)
    if not people or not what:
        raise UserError("exchange_usage", kind=kind)
    return carry_out(turn, Wish("exchange", people, {"kind": kind, "what": list(what)}))


def _split(words: str) -> tuple[str, ...]:
    """'data analysis; training' is two things."""
    parts = (" ".join(part.split()).strip(" .,-") for part in re.split(r"[;\n]", words))
    return tuple(part[: exchange.LONGEST] for part in parts if part)[:MOST_AT_ONCE]


def _list(turn: Turn, contact: Contact | None, kind: str) -> Reply:
    there = exchange.read_exchange(turn.session, turn.owner_id)
    holder = contact.id if contact else None
    return Reply.of(
        "exchange",
        contact=contact,
        kind=kind,
        rows=there.of(holder, kind),
        others=there.of_others(kind) if contact is None else (),
        met=there.met(holder),
    )


def wants(turn: Turn) -> list[Answer]:
    """wants:CONTACT:KIND: what a contact needs or offers; more can be typed."""
    contact, kind = contact_of(turn, turn.number()), turn.word(1)
    if kind not in KINDS:
        raise UserError("button_expired")
    asking.cancel(turn.session, turn.owner_id)
    data = {"contact": contact.id, "kind": kind}
    asking.ask(turn.session, turn.owner_id, "exchange", data, turn.now)
    return [_list(turn, contact, kind), Reply.new("exchange_ask", contact=contact, kind=kind)]


def set_wants(turn: Turn, question: Question) -> list[Answer]:
    """What a contact needs or offers, typed."""
    contact, kind = contact_of(turn, question.data["contact"]), question.data["kind"]
    what = _split(turn.words)
    if not what:
        raise UserError("exchange_usage", kind=kind)
    asking.close(turn.session, question)
    noted = exchange.note(turn.session, turn.owner_id, contact, kind, what, turn.today, turn.now)
    return [Reply.of("noted", noted=noted)]


def drop(turn: Turn) -> list[Answer]:
    """drop:ITEM"""
    gone = exchange.drop(turn.session, turn.owner_id, turn.number(), turn.now)
    if gone is None:
        raise UserError("button_expired")
    contact = contact_of(turn, gone.contact_id) if gone.contact_id else None
    return [_list(turn, contact, gone.kind)]


def told_plainly(turn: Turn, reading: Reading) -> list[Answer]:
    """'Citra is looking for a data engineer': nothing happened, yet somebody needs something."""
    known = [each for each in (*reading.people, *reading.mentioned) if isinstance(each, Known)]
    need = find_need(set_scene(turn.words, address_book(turn), turn.today)) if known else None
    if need is None:
        return []
    details = noted(need)
    people = mentioned(known[:1])
    if details["who"] == "me":
        return []
    wish = Wish("exchange", people, {"kind": details["kind"], "what": [details["what"]]})
    return carry_out(turn, wish)


def noted(need: Need) -> dict[str, str]:
    """A need as a wish keeps it."""
    kind = exchange.OFFER if need.offered else exchange.NEED
    return {"who": str(need.who), "kind": kind, "what": need.what[: exchange.LONGEST]}
