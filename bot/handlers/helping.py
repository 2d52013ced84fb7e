"""/favour, and the buttons about help: which way it went, of what kind, thanked."""

from bot.handlers import proposing
from bot.handlers.book import address_book
from bot.handlers.contacts import card_of, contact_of
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.help_told import direction_told, kind_told
from bot.language.pieces import find_people
from bot.language.reading import set_scene
from bot.language.telling import read_details
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, favours, introductions
from storage.tables import Question

LONGEST_WHAT = 300


def favour(turn: Turn) -> list[Answer]:
    """/favour NAME: what"""
    names, _, what = turn.words.partition(":")
    people = mentioned(find_people(names, address_book(turn))) if names.strip() else []
    details = read_details(what, turn.local_now)
    if not people or not details.note:
        raise UserError("favour_usage")
    if details.on > turn.today:
        raise UserError("log_future", on=details.on)
    way = direction_told(what)
    told = {
        "on": details.on.isoformat(),
        "note": details.note[:LONGEST_WHAT],
        "direction": str(way) if way else None,
        "favour_kind": _kind(turn, what),
    }
    return carry_out(turn, Wish("favour", people, told))


def gave(turn: Turn) -> list[Answer]:
    """gave:QUESTION:DIRECTION"""
    question = asking.pending(turn.session, turn.owner_id, turn.number(), turn.now)
    if question is None or question.kind != "gave" or turn.word(1) not in favours.DIRECTIONS:
        raise UserError("button_expired")
    wish = Wish(**question.data)
    wish.details["direction"] = turn.word(1)
    asking.close(turn.session, question)
    return carry_out(turn, wish)


def help_there(turn: Turn) -> list[Answer]:
    """help:INTERACTION[:DIRECTION[:CONTACT[:note]]]: whether one helped the other there."""
    occasion = favours.occasion(turn.session, turn.owner_id, turn.number())
    if occasion is None:
        raise UserError("button_expired")
    way = turn.word(1)
    if not way:
        names = [each.name for each in occasion.people]
        number = occasion.interaction_id
        return [Reply.new("favour_which_way", names=names, command="help", number=number)]
    if way not in favours.DIRECTIONS:
        raise UserError("button_expired")
    who = turn.number(2) if turn.word(2) else None
    if who is None and len(occasion.people) > 1:
        return [Reply.of("favour_with_whom", occasion=occasion, way=way)]
    number = who or occasion.people[0].id
    if number not in {each.id for each in occasion.people}:
        raise UserError("button_expired")
    contact = contact_of(turn, number)
    if turn.word(3) == "note" and occasion.note:
        return _add(turn, contact.id or 0, occasion, way, occasion.note)
    asking.cancel(turn.session, turn.owner_id)
    data = {"interaction": occasion.interaction_id, "way": way, "contact": contact.id}
    asking.ask(turn.session, turn.owner_id, "help", data, turn.now)
    return [Reply.of("favour_what", contact=contact, occasion=occasion, way=way)]


def set_help(turn: Turn, question: Question) -> list[Answer]:
    """What the help was, typed."""
    data = question.data
    occasion = favours.occasion(turn.session, turn.owner_id, data["interaction"])
    asking.close(turn.session, question)
    if occasion is None:
        raise UserError("button_expired")
    return _add(turn, data["contact"], occasion, data["way"], " ".join(turn.words.split()))


def _add(
    turn: Turn, contact_id: int, occasion: favours.Occasion, way: str, what: str
) -> list[Answer]:
    kept = favours.add_favour(
        turn.session,
        turn.owner_id,
        contact_of(turn, contact_id),
        occasion.on,
        way,
        what[:LONGEST_WHAT],
        _kind(turn, what),
        turn.now,
    )
    return [Reply.of("favour_kept", favour=kept), *proposing.after(turn, [contact_id])]


def kind(turn: Turn) -> list[Answer]:
    """kind:FAVOUR shows Cross's kinds, kind:FAVOUR:KIND sets one."""
    wanted = turn.word(1)
    if not wanted:
        shown = favours.show(turn.session, turn.owner_id, turn.number())
        if shown is None:
            raise UserError("button_expired")
        return [Reply.of("favour_kind", favour=shown)]
    if wanted not in favours.KINDS:
        raise UserError("button_expired")
    kept = favours.set_kind(turn.session, turn.owner_id, turn.number(), wanted, turn.now)
    if kept is None:
        raise UserError("button_expired")
    return [Reply.of("favour_kept", favour=kept)]


def thanked(turn: Turn) -> list[Answer]:
    """thanks:FAVOUR"""
    kept = favours.thank(turn.session, turn.owner_id, turn.number(), turn.today, turn.now)
    if kept is None:
        raise UserError("button_expired")
    return [Reply.of("favour_kept", favour=kept)]


def kept(turn: Turn) -> list[Answer]:
    """kept:PROMISE: the owner's, or theirs."""
    number = turn.number()
    contact = favours.keep_promise(turn.session, turn.owner_id, number, turn.today, turn.now)
    if contact is None:
        raise UserError("button_expired")
    return [card_of(turn, contact), *proposing.after(turn, [contact.id or 0])]


def door(turn: Turn) -> list[Answer]:
    """door:INTRODUCTION: whoever opened that door was thanked."""
    made = introductions.thank(turn.session, turn.owner_id, turn.number(), turn.today, turn.now)
    if made is None:
        raise UserError("button_expired")
    return [Reply.of("introduced", made=made)]


def _kind(turn: Turn, what: str) -> str | None:
    told = kind_told(set_scene(what, address_book(turn), turn.today))
    return str(told) if told else None
