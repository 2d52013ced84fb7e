"""Reads one message: what the user meant by it."""

from collections.abc import Callable
from datetime import date, datetime

from bot.language import choosing
from bot.language.acquaintance import claim_contact
from bot.language.book import AddressBook
from bot.language.claims import Claim, Scene
from bot.language.clauses import split_clauses
from bot.language.connections import claim_connection
from bot.language.corrections import claim_correction
from bot.language.dates import find_dates
from bot.language.favours import claim_favour
from bot.language.happening import claim_log
from bot.language.message import Message
from bot.language.model import Reading
from bot.language.naming import Spot, extend, find_known, qualify
from bot.language.newcomers import find_new
from bot.language.phrases import Cues, Event, find_cues, find_events
from bot.language.queries import claim_query
from bot.language.reminders import claim_reminder
from bot.language.spelling import repair
from bot.language.unspoken import claim_unspoken
from bot.language.words import cut

CLAIMS: tuple[Callable[[Scene], Claim | None], ...] = (
    claim_correction,
    claim_reminder,
    claim_query,
    claim_contact,
    claim_favour,
    claim_log,
    claim_unspoken,
    claim_connection,
)


def read(text: str, book: AddressBook, now: datetime) -> Reading:
    """The reading of any text; `now` is aware, in the user's zone. Never raises, keeps the text."""
    scene = set_scene(text, book, now.date())
    claims = [claim for make in CLAIMS if (claim := make(scene))]
    return choosing.choose(scene, text, claims)


def set_scene(text: str, book: AddressBook, today: date) -> Scene:
    """Words, names, clauses and dates of the text, names masked before the rest is read."""
    words = cut(text)
    repair(words, book.name_words)
    cues = find_cues(words)
    message = Message(text, words, cues, find_events(cues))
    spots = extend(message, book, find_known(message, book))
    spots = qualify(message, book, find_new(message, book, spots))
    taken = [(spot.low, spot.high) for spot in spots]
    message.cues = cues.without(taken)
    message.events = [
        event
        for event in find_events(message.cues)
        if free(event, spots) and not within_hearsay(message.cues, event)
    ]
    dates = find_dates(words, today, taken)
    return Scene(message, book, spots, split_clauses(message, spots), dates, today)


def within_hearsay(cues: Cues, event: Event) -> bool:
    """'saw on linkedin': seeing that is no meeting."""
    return any(
        i <= event.low and event.high <= j and j - i > event.high - event.low
        for i, j in cues.places.get("words.hearsay", ())
    )


def free(event: Event, spots: list[Spot]) -> bool:
    return all(event.high <= spot.low or event.low >= spot.high for spot in spots)
