"""/add, /who, /contact, and the buttons on a contact's card."""

from bot.handlers import proposing
from bot.handlers.reading import read_new_contact, resolve
from bot.handlers.wishes import mentioned
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, cards, people, search, stages, weekly
from bot.usecases.people import NewContact
from storage.tables import Contact

PAGE = 8
EDIT = "edit"
SNOOZES = {"7": 7, "30": 30, "90": 90}


def add(turn: Turn) -> list[Answer]:
    """/add NAME[, ORGANISATION[, ROLE]] [#TAG] [how you met]"""
    new = read_new_contact(turn.words)
    if new is None:
        raise UserError("add_usage")
    return add_new(turn, new)


def add_new(turn: Turn, new: NewContact) -> list[Answer]:
    """Add somebody, unless it may be somebody who is there already: then ask."""
    known = people.same_account(turn.session, turn.owner_id, new)
    alike = [known] if known else people.same_name(turn.session, turn.owner_id, new.name)
    if alike:
        data = {"new": {name: getattr(new, name) for name in new.__slots__}}
        question = asking.ask(turn.session, turn.owner_id, "twin", data, turn.now)
        choices = [people.named(each) for each in alike]
        return [Reply.of("twin", new=new, choices=choices, question=question)]
    added = people.add_contact(turn.session, turn.owner_id, new, turn.today, turn.now)
    return [Reply.of("added", added=added, contact=added.contact)]


def twin(turn: Turn) -> list[Answer]:
    """Somebody of that name is there: twin:QUESTION:CONTACT or twin:QUESTION:new."""
    question = asking.pending(turn.session, turn.owner_id, turn.number(0), turn.now)
    if question is None or question.kind != "twin":
        raise UserError("button_expired")
    told = question.data["new"]
    new = NewContact(**{**told, "tags": tuple(told["tags"])})
    if turn.word(1) == "new":
        added = people.add_contact(turn.session, turn.owner_id, new, turn.today, turn.now)
        asking.close(turn.session, question)
        return [Reply.of("added", added=added, contact=added.contact)]
    contact = contact_of(turn, turn.number(1))
    edited = people.complete_contact(turn.session, turn.owner_id, contact, new, turn.now)
    asking.close(turn.session, question)
    return [Reply.of("edited", contact=contact, change_id=edited.change_id)]


def who(turn: Turn) -> list[Answer]:
    """/who WORDS"""
    if not turn.words:
        raise UserError("who_usage")
    found = search.find(turn.session, turn.owner_id, turn.words)
    return [Reply.of("found", words=turn.words, found=found[:PAGE], more=len(found[PAGE:]))]


def contact(turn: Turn) -> list[Answer]:
    """/contact NAME"""
    if not turn.words:
        raise UserError("contact_usage")
    found = one_called(turn, turn.words)
    if isinstance(found, Reply):
        return [found]
    return [card_of(turn, found), *proposing.after(turn, [found.id or 0])]


def one_called(turn: Turn, words: str, command: str = "card") -> Contact | Reply:
    """The contact that words name or find; of several, a question whose buttons say `command`.

    Raises UserError where nobody fits.
    """
    mentions = mentioned(resolve(turn, words))
    ids = [number for each in mentions for number in each.get("ask", [each.get("id")]) if number]
    if not ids:
        found = search.find(turn.session, turn.owner_id, words)
        ids = [each.contact.id for each in found]
    if not ids:
        raise UserError("nobody_found", words=words)
    if len(ids) == 1:
        return contact_of(turn, ids[0])
    choices = cards.names(turn.session, turn.owner_id, ids[:PAGE])
    return Reply.of("which_card", choices=choices, command=command)


def card(turn: Turn) -> list[Answer]:
    """card:CONTACT"""
    return [card_of(turn, contact_of(turn, turn.number()))]


def card_of(turn: Turn, contact: Contact) -> Reply:
    return Reply.of("card", card=cards.card(turn.session, turn.owner, contact, turn.today))


def contact_of(turn: Turn, number: int) -> Contact:
    """The owner's contact of that number. Raises UserError where the owner has none."""
    contact = cards.get(turn.session, turn.owner_id, number)
    if contact is None:
        raise UserError("contact_gone")
    return contact


def stage(turn: Turn) -> list[Answer]:
    """stage:CONTACT shows the stages, stage:CONTACT:STAGE moves there."""
    contact = contact_of(turn, turn.number())
    wanted = turn.word(1)
    if not wanted:
        return [stages_of(turn, contact)]
    if wanted not in stages.STAGES:
        raise UserError("button_expired")
    moved = stages.move_stage(turn.session, turn.owner_id, contact, wanted, turn.today, turn.now)
    standing = cards.standing(turn.session, turn.owner, contact, turn.today)
    return [Reply.of("stage_moved", moved=moved, step=standing.step)]


def stages_of(turn: Turn, contact: Contact) -> Reply:
    """The stages to choose from, and the moves so far."""
    moves = stages.moves(turn.session, turn.owner_id, contact)
    return Reply.of("stage", contact=contact, moves=moves)


def snooze(turn: Turn) -> list[Answer]:
    """snooze:CONTACT shows for how long, snooze:CONTACT:DAYS lets the contact rest."""
    contact = contact_of(turn, turn.number())
    days = turn.word(1)
    if not days:
        return [Reply.of("snooze", contact=contact)]
    if days not in SNOOZES:
        raise UserError("button_expired")
    until = cards.day_after(turn.today, SNOOZES[days])
    change_id = weekly.snooze(turn.session, turn.owner_id, contact, until, turn.now)
    return [Reply.of("snoozed", contact=contact, until=until, change_id=change_id)]


def archive(turn: Turn) -> list[Answer]:
    """archive:CONTACT"""
    contact = contact_of(turn, turn.number())
    change_id = people.archive(turn.session, turn.owner_id, contact, turn.now)
    return [Reply.of("archived", contact=contact, change_id=change_id)]


def bring_back(turn: Turn) -> list[Answer]:
    """back:CONTACT"""
    contact = contact_of(turn, turn.number())
    people.bring_back(turn.session, turn.owner_id, contact, turn.now)
    return [card_of(turn, contact)]
