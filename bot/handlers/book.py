"""The owner's address book, as the language reader wants it."""

from collections import OrderedDict

from bot.language.book import AddressBook, Person
from bot.turn import Turn
from bot.usecases import people

MOST_BOOKS = 64

_books: OrderedDict[int, tuple[tuple[Person, ...], AddressBook]] = OrderedDict()


def address_book(turn: Turn) -> AddressBook:
    """Everybody the owner knows and has not archived.

    The index is kept while the entries stay the same: building it costs far more than a turn.
    """
    entries = tuple(Person(*entry) for entry in people.entries(turn.session, turn.owner_id))
    kept = _books.pop(turn.owner_id, None)
    if kept is None or kept[0] != entries:
        kept = (entries, AddressBook(entries))
    _books[turn.owner_id] = kept
    if len(_books) > MOST_BOOKS:
        _books.popitem(last=False)
    return kept[1]


def close_book(owner_id: int) -> None:
    """Keep nothing of an owner who is gone."""
    _books.pop(owner_id, None)
