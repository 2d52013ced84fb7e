"""/log, and 'we talked' from a contact's card."""

from datetime import timedelta

from bot.handlers import proposing
from bot.handlers.book import address_book
from bot.handlers.contacts import contact_of
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.pieces import find_people
from bot.language.reading import read
from bot.language.telling import read_details
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import meetings

DAYS_AGO = {"today": 0, "yesterday": 1, "2": 2, "3": 3, "5": 5, "7": 7, "14": 14}
LONGEST_NOTE = 2000


def log(turn: Turn) -> list[Answer]:
    """/log NAMES: what happened"""
    names, colon, what = turn.words.partition(":")
    if not names.strip():
        raise UserError("log_usage")
    if not colon:
        return _log_sentence(turn)
    people = mentioned(find_people(names, address_book(turn)))
    if not people:
        raise UserError("log_usage")
    return _log(turn, people, what)


def _log_sentence(turn: Turn) -> list[Answer]:
    """'/log coffee with Budi yesterday': the people are in the words."""
    reading = read(turn.words, address_book(turn), turn.local_now)
    people = mentioned(reading.people)
    if not people:
        raise UserError("log_usage")
    return _log(turn, people, turn.words)


def _log(turn: Turn, people: list[dict[str, object]], what: str) -> list[Answer]:
    details = read_details(what, turn.local_now)
    if details.on > turn.today:
        raise UserError("log_future", on=details.on)
    wish = Wish(
        "log",
        people,
        {
            "on": details.on.isoformat(),
            "channel": details.channel,
            "note": details.note[:LONGEST_NOTE] or None,
        },
    )
    return carry_out(turn, wish)


def log_with(turn: Turn) -> list[Answer]:
    """log:CONTACT asks when, log:CONTACT:DAY keeps it."""
    contact = contact_of(turn, turn.number())
    day = turn.word(1)
    if not day:
        return [Reply.of("log_when", contact=contact)]
    if day not in DAYS_AGO:
        raise UserError("button_expired")
    on = turn.today - timedelta(days=DAYS_AGO[day])
    happened = meetings.Happened((contact.id or 0,), on, channel="other")
    logged = meetings.log_interaction(turn.session, turn.owner_id, happened, turn.today, turn.now)
    return [Reply.of("logged", logged=logged), *proposing.after(turn, [contact.id or 0])]
