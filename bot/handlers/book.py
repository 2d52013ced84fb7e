"""The owner's address book, as the language reader wants it."""

from bot.language.book import AddressBook, Person
from bot.turn import Turn
from bot.usecases import people


def address_book(turn: Turn) -> AddressBook:
    """Everybody the owner knows and has not archived."""
    return AddressBook(
        Person(
            id=each.id or 0,
            name=each.name,
            aliases=tuple(each.aliases),
            organisation=each.organisation,
            kind=each.kind,
        )
        for each in people.everyone(turn.session, turn.owner_id)
    )
