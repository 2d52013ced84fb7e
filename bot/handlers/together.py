"""Working together: put on record from a contact's stage, and ended."""

from bot.handlers import proposing
from bot.handlers.contacts import contact_of
from bot.language.pieces import read_date
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, cooperations
from storage.tables import Question

LONGEST_WHAT = 200


def together(turn: Turn) -> list[Answer]:
    """together:CONTACT shows what there is, together:CONTACT:FORM asks what it is about."""
    contact = contact_of(turn, turn.number())
    form = turn.word(1)
    if not form:
        running = cooperations.running(turn.session, turn.owner_id, contact.id or 0)
        return [Reply.of("together", contact=contact, running=running)]
    if form not in cooperations.FORMS:
        raise UserError("button_expired")
    asking.cancel(turn.session, turn.owner_id)
    data = {"contact": contact.id, "form": form}
    asking.ask(turn.session, turn.owner_id, "together", data, turn.now)
    return [Reply.of("together_what", contact=contact)]


def set_what(turn: Turn, question: Question) -> list[Answer]:
    """What they do together, typed; since when, where a day is named."""
    contact = contact_of(turn, question.data["contact"])
    found = read_date(turn.words, turn.local_now)
    on = min(found.day, turn.today) if found else turn.today
    what = " ".join(turn.words.split())[:LONGEST_WHAT]
    asking.close(turn.session, question)
    form = question.data["form"]
    begun = cooperations.begin(turn.session, turn.owner_id, contact, form, what, on, turn.now)
    proposed = proposing.after(turn, [contact.id or 0])
    return [Reply.of("together_kept", together=begun), *proposed]


def ended(turn: Turn) -> list[Answer]:
    """ended:COOPERATION"""
    over = cooperations.end(turn.session, turn.owner_id, turn.number(), turn.today, turn.now)
    if over is None:
        raise UserError("button_expired")
    return [Reply.of("together_kept", together=over)]
