"""/next: the best next steps, across the network or with one contact, and their buttons."""

from analysis.recipes import Logs
from bot.handlers import proposing
from bot.handlers.contacts import contact_of, one_called
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, favours, introductions, next_steps
from storage.tables import Contact, Question, Suggestion

LONGEST_OUTCOME = 200
ASKED = {"learn_needs": "need", "learn_offers": "offer"}


def next_(turn: Turn) -> list[Answer]:
    """/next, or /next NAME"""
    if turn.words:
        found = one_called(turn, turn.words, "next")
        return [found if isinstance(found, Reply) else _with(turn, found)]
    shown = next_steps.suggest_across(turn.session, turn.owner, turn.today)
    return [Reply.of("next", shown=shown, contact=None)]


def next_with(turn: Turn) -> list[Answer]:
    """next:CONTACT"""
    return [_with(turn, contact_of(turn, turn.number()))]


def _with(turn: Turn, contact: Contact) -> Reply:
    shown = next_steps.suggest_for(turn.session, turn.owner, contact, turn.today)
    return Reply.of("next", shown=shown, contact=contact)


def step(turn: Turn) -> list[Answer]:
    """step:SUGGESTION:done, :later, :declined, :draft"""
    row = next_steps.get(turn.session, turn.owner_id, turn.number())
    what = turn.word(1)
    if row is None:
        raise UserError("button_expired")
    if what == "draft":
        return [_draft(turn, row)]
    if what == "done":
        return _done(turn, row)
    if what not in next_steps.ANSWERS or row.outcome == "done":
        raise UserError("button_expired")
    next_steps.answer(turn.session, turn.owner_id, row, what, turn.today, turn.now)
    return [_message(turn, row)]


def _message(turn: Turn, row: Suggestion, change_id: int | None = None) -> Reply:
    shown = next_steps.shown_with(turn.session, turn.owner_id, row)
    alone = contact_of(turn, row.contact_id) if len({each.who.id for each in shown}) == 1 else None
    return Reply.of("next", shown=shown, contact=alone, change_id=change_id)


def _draft(turn: Turn, row: Suggestion) -> Reply:
    shown = next_steps.shown_with(turn.session, turn.owner_id, row)
    one = next((each for each in shown if each.id == row.id), None)
    if one is None or one.draft is None:
        raise UserError("button_expired")
    return Reply.new("step_draft", step=one)


def _done(turn: Turn, row: Suggestion) -> list[Answer]:
    done = next_steps.finish(turn.session, turn.owner_id, row, turn.today, turn.now)
    if done is None:
        raise UserError("button_expired")
    asked = _asked_after(turn, done)
    proposed = [] if asked else proposing.after(turn, [row.contact_id])
    return [_message(turn, row, done.change_id), *asked, *proposed]


def _asked_after(turn: Turn, done: next_steps.Done) -> list[Answer]:
    """More about a step that was done, that only the owner knows."""
    contact = done.contact
    asking.cancel(turn.session, turn.owner_id)
    if done.logs in (Logs.FAVOUR_GIVEN, Logs.FAVOUR_ASKED) and done.interaction_id:
        occasion = favours.occasion(turn.session, turn.owner_id, done.interaction_id)
        if occasion is None:
            return []
        if done.logs is Logs.FAVOUR_ASKED:
            names = [contact.name]
            number = done.interaction_id
            return [Reply.new("favour_which_way", names=names, command="help", number=number)]
        data = {"interaction": done.interaction_id, "way": "given", "contact": contact.id}
        asking.ask(turn.session, turn.owner_id, "help", data, turn.now)
        return [Reply.new("favour_what", contact=contact, occasion=occasion, way="given")]
    if done.logs is Logs.OUTCOME and done.introduction_id:
        data = {"introduction": done.introduction_id}
        asking.ask(turn.session, turn.owner_id, "outcome", data, turn.now)
        return [Reply.new("outcome_ask", contact=contact)]
    if done.step == "learn_birthday":
        data = {"contact": contact.id, "field": "birthday"}
        asking.ask(turn.session, turn.owner_id, "edit", data, turn.now)
        return [Reply.new("edit_field", contact=contact, field="birthday")]
    if done.step in ASKED:
        data = {"contact": contact.id, "kind": ASKED[done.step]}
        asking.ask(turn.session, turn.owner_id, "exchange", data, turn.now)
        return [Reply.new("exchange_ask", contact=contact, kind=ASKED[done.step])]
    return []


def set_outcome(turn: Turn, question: Question) -> list[Answer]:
    """What came of an introduction, typed."""
    told = " ".join(turn.words.split())[:LONGEST_OUTCOME]
    number = question.data["introduction"]
    asking.close(turn.session, question)
    change_id = introductions.tell_outcome(turn.session, turn.owner_id, number, told, turn.now)
    if change_id is None:
        raise UserError("button_expired")
    return [Reply.of("outcome_kept", outcome=told, change_id=change_id)]
