"""Messages that are no command: an answer to a question, or plain talk."""

from bot.handlers import (
    contacts,
    digest,
    editing,
    exchange,
    hearing,
    helping,
    network,
    nexting,
    purpose,
    settings,
    together,
)
from bot.handlers.book import address_book
from bot.language.model import SURE, UNSURE, Intent, Reading
from bot.language.reading import read
from bot.replies import Answer, Reply
from bot.turn import Turn
from bot.usecases import asking
from bot.usecases.people import NewContact

ANSWERS = {
    "edit": editing.set_field,
    "home": network.set_home,
    "exchange": exchange.set_wants,
    "help": helping.set_help,
    "purpose": purpose.answer,
    "outcome": nexting.set_outcome,
    "timezone": settings.set_city,
    "together": together.set_what,
    "until": digest.set_until,
}
MEANT = {
    Intent.LOG: hearing.log,
    Intent.ADD_CONTACT: hearing.add_contact,
    Intent.FAVOUR: hearing.favour,
    Intent.CONNECT: hearing.connect,
    Intent.REMIND: hearing.remind,
    Intent.QUERY: hearing.query,
    Intent.CORRECT: hearing.correct,
    Intent.CHATTER: hearing.chatter,
}


def hear(turn: Turn) -> list[Answer]:
    """A pending question takes its answer, but never swallows a message that says something new."""
    reading = read(turn.words, address_book(turn), turn.local_now)
    question = asking.latest(turn.session, turn.owner_id, turn.now)
    if question is not None and question.kind in ANSWERS and not _is_news(reading):
        return ANSWERS[question.kind](turn, question)
    if reading.intent is not Intent.CHATTER and reading.confidence < UNSURE:
        return [Reply.of("not_understood")]
    return MEANT[reading.intent](turn, reading)


def _is_news(reading: Reading) -> bool:
    told = reading.intent not in (Intent.CHATTER, Intent.CORRECT, Intent.ADD_CONTACT)
    return told and reading.confidence >= SURE and bool(reading.people)


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
