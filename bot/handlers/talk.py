"""Messages that are no command: an answer to a question, or plain talk."""

from bot.handlers import contacts, editing, settings
from bot.replies import Answer, Reply
from bot.turn import Turn
from bot.usecases import asking
from bot.usecases.people import NewContact

ANSWERS = {"edit": editing.set_field, "timezone": settings.set_city}


def hear(turn: Turn) -> list[Answer]:
    question = asking.latest(turn.session, turn.owner_id, turn.now)
    if question is not None and question.kind in ANSWERS:
        return ANSWERS[question.kind](turn, question)
    return [Reply.of("not_understood")]


def card(turn: Turn) -> list[Answer]:
    """A contact card shared from the phone's address book or from Telegram."""
    message = turn.update.message
    if message is None or message.contact is None:
        return []
    shared = message.contact
    name = " ".join(filter(None, [shared.first_name, shared.last_name])).strip()
    new = NewContact(
        name=name or shared.phone_number, phone=shared.phone_number, telegram_id=shared.user_id
    )
    return contacts.add_new(turn, new)


def other(turn: Turn) -> list[Answer]:
    """A sticker, a picture without words, and the like."""
    return [Reply.of("not_text")]
