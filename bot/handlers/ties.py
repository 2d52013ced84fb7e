"""/tie NAME NAME: two contacts know each other."""

from bot.handlers.book import address_book
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.pieces import find_people
from bot.language.reading import read
from bot.replies import Answer, UserError
from bot.turn import Turn


def tie(turn: Turn) -> list[Answer]:
    book = address_book(turn)
    people = mentioned(find_people(turn.words, book))
    if len(people) < 2:  # 'Ani Budi', with nothing between them
        people = mentioned(read(turn.words, book, turn.local_now).people)
    if len(people) < 2:
        raise UserError("tie_usage")
    return carry_out(turn, Wish("tie", people))
