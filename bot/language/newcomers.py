"""Names that the address book does not hold, and slips of names that it does."""

import re

from bot.language.book import AddressBook, honorific_words
from bot.language.lexicon_files import load_words
from bot.language.message import Message, acts_like_person, leads_to_person
from bot.language.naming import TOWARD, Spot, general_organisation
from bot.language.spelling import sound
from bot.language.words import Word, fold, known_words, may_be_surname


def find_new(message: Message, book: AddressBook, spots: list[Spot]) -> list[Spot]:
    """Spots of unknown names, with the known ones, in order."""
    taken = {k for spot in spots for k in range(spot.low, spot.high)}
    found = list(spots)
    i = 0
    while i < message.size:
        high = None if i in taken else name_end(message, book, i, taken)
        if high:
            high = joined_name(message, found, i, high)
            found = [spot for spot in found if not i <= spot.low < high]
            found.append(new_spot(message, book, i, high))
            taken.update(range(i, high))
            i = high
        else:
            i += 1
    return sorted(found, key=lambda spot: spot.low)


def joined_name(message: Message, spots: list[Spot], low: int, high: int) -> int:
    """'Ratna Dewi' is one person, though a Dewi is known."""
    following = next((spot for spot in spots if spot.low == high and not spot.organisation), None)
    if following is None or following.high - following.low > 1 or high - low > 1:
        return high
    same_case = message.capital(low) == message.capital(following.low)
    return following.high if same_case and not message.honoured(following.low) else high


def new_spot(message: Message, book: AddressBook, low: int, high: int) -> Spot:
    """A slip or short form of a name in the book, or a new name."""
    typed = message.typed(low, high)
    word = fold(message.raw(low))
    if high - low == 1:
        nicknamed = book.nicknamed(word)
        if nicknamed:
            return Spot(low, high, nicknamed, guessed=True)
        near = book.near(word)
        same_sound = [name for name in near if sound(name) == sound(word)]
        close = same_sound or ([] if word in load_words("given_names") else list(near))
        owners = sorted({i for name in close for i in book.forms[(name,)].strongest()})
        if owners:
            return Spot(low, high, tuple(owners), guessed=True)
    return Spot(low, high, name=typed if message.capital(low) else typed.title())


def name_end(message: Message, book: AddressBook, i: int, taken: set[int]) -> int | None:
    """Where an unknown name ends that begins at word i, or None where none does."""
    word = message.words[i]
    if word.mark or not nameable(word):
        return None
    given = word.raw in load_words("given_names") and word.raw not in known_words()
    slot = leads_to_person(message, i) or listed_after(message, i, taken)
    if word.capital and not message.shouted:
        likely = capital_likely(message, i, given=given, slot=slot)
    else:
        likely = lower_likely(message, i, given=given, slot=slot) or (
            slot and bool(book.near(fold(word.raw))) and word.raw not in known_words()
        )
    if not likely:
        return None
    end = i + 1
    while end < min(message.size, i + 5) and end not in taken and continues(message, end, word):
        end += 1
    return end


def nameable(word: Word) -> bool:
    raw = word.raw
    return (
        raw[0].isalpha()
        and 2 <= len(raw) <= 30
        and raw not in honorific_words()
        and raw not in load_words("places")
        and not general_organisation((raw,))
        and (word.norm == raw or raw in load_words("given_names"))
        and not suffixed(raw)
    )


def suffixed(raw: str) -> bool:
    """'timnya', 'bosku': an ordinary word with an ending."""
    return any(
        raw.endswith(end) and raw[: -len(end)] in known_words() for end in ("nya", "ku", "mu")
    )


def capital_likely(message: Message, i: int, *, given: bool, slot: bool) -> bool:
    """Whether a word with a capital is a person's name."""
    raw = message.raw(i)
    if raw in known_words():
        full = message.capital(i + 1) and message.raw(i + 1) in load_words("given_names")
        return (slot or full) and raw in load_words("given_names") and not message.opens(i)
    acronym = message.typed(i, i + 1).isupper() and 1 < len(raw) <= 6
    if given or (slot and (not acronym or message.honoured(i))):
        return True
    end = i + 1
    while end < min(message.size, i + 5) and continues(message, end, message.words[i]):
        end += 1
    if end - i > 1 and (acts_like_person(message, end) or message.norm(end) in ("is", "adalah")):
        return True
    if message.typed(i, i + 1).isupper() and len(raw) <= 6:
        return False
    if message.norm(i - 1) in TOWARD - {",", "from", "dari"}:
        return not message.opens(i)
    return acts_like_person(message, i + 1)


def lower_likely(message: Message, i: int, *, given: bool, slot: bool) -> bool:
    """Whether a word without a capital (or shouted) is a person's name."""
    raw = message.raw(i)
    if given and len(raw) > 2:
        return slot or message.norm(i - 1) in TOWARD or acts_like_person(message, i + 1)
    if raw in load_words("given_names") and message.cues.ending("add.strong", i) is not None:
        return True
    if raw in known_words() or len(raw) < 3 or not plain(raw):
        return False
    if message.honoured(i):
        return True
    return slot and met_directly(message, i) and not derived(raw)


AFFIXED = re.compile(
    r"(me|ber|di|ter|pe|ke|nge|ny|se|re|un|pre)\w{5,}|\w+(isasi|tion|ing|ik|asi|ment|ness|"
    r"ity|ers|ies|ian|kan|ism|ship|ware|ology|ance|ence)"
)


def derived(raw: str) -> bool:
    """Built like an ordinary word: 'penelitian', 'logistik', 'tutoring'."""
    return AFFIXED.fullmatch(raw) is not None


def met_directly(message: Message, i: int) -> bool:
    """Whether 'with' or a word of meeting stands right before: the place of a name."""
    at = message.before_name(i)
    start = message.cues.ending("words.with", at)
    if start is not None:
        return message.norm(start - 1) not in ("kerja", "bekerja")
    if message.cues.ending("add.strong", at) is not None:
        return True
    event = message.event_ending(at)
    meeting = event is not None and event.kind == "meeting"
    return meeting or listed_names(message, at)


def listed_names(message: Message, at: int) -> bool:
    return message.norm(at - 1) in ("and", "dan", "&") and message.capital(at - 2)


def plain(raw: str) -> bool:
    """Letters that a name has; leaves out 'xyz' and the like."""
    return raw.isalpha() and any(letter in "aeiouy" for letter in raw)


def listed_after(message: Message, i: int, taken: set[int]) -> bool:
    """Whether the word goes on a list of people: 'Ani and ...', 'Ani, ...'."""
    at = message.before_name(i)
    if message.norm(at - 1) not in ("and", "dan", "&", ",", "plus", "sama", "+", "juga"):
        return False
    back = at - 2 if message.norm(at - 2) != "," else at - 3
    if message.norm(at - 1) == ",":
        return back in taken and message.words[i].capital
    return back in taken


def continues(message: Message, i: int, first: Word) -> bool:
    """Whether word i goes on with the name begun."""
    word = message.words[i]
    if word.mark or not nameable(word) or message.words[i - 1].possessive:
        return False
    if first.capital and not message.shouted:
        return word.capital and (may_be_surname(word.raw) or word.raw in load_words("given_names"))
    return word.raw in load_words("given_names") and word.raw not in known_words()
