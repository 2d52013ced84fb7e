"""Names of the address book in a message, told from the ordinary words they look like."""

from dataclasses import dataclass, replace

from bot.language.book import FULL, GIVEN, SURNAME, AddressBook
from bot.language.lexicon_files import load_words, word_set
from bot.language.message import FAVOUR_FORMS, Message, acts_like_person, leads_to_person
from bot.language.spelling import one_letter_apart, sound
from bot.language.words import fold, known_words, may_be_surname

DETERMINERS = word_set("naming", "determiners")
MONTH_BEFORE = word_set("naming", "month_before")
PRONOUNS = word_set("naming", "pronouns")
MONTHS = word_set("naming", "months")
TOWARD = word_set("naming", "toward")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words low..high name somebody: `ids` of the book, or a `name` it does not hold."""

    low: int
    high: int
    ids: tuple[int, ...] = ()
    name: str | None = None
    organisation: str | None = None
    guessed: bool = False
    weak: bool = False


def find_known(message: Message, book: AddressBook) -> list[Spot]:
    """Every name of the book, longest first at each place, words that only look like names out."""
    folded = [word.raw if word.raw.isascii() else fold(word.raw) for word in message.words]
    spots: list[Spot] = []
    i = 0
    while i < len(folded):
        spot = None if message.words[i].mark else known_at(message, book, folded, i)
        if spot:
            spots.append(spot)
            i = spot.high
        else:
            i += 1
    return spots


def known_at(message: Message, book: AddressBook, folded: list[str], i: int) -> Spot | None:
    for length in range(min(book.longest, len(folded) - i), 0, -1):
        key = tuple(folded[i : i + length])
        form = book.forms.get(key)
        if form and fits(message, i, i + length, max(form.owners.values())):
            ids = form.strongest()
            weak = max(form.owners.values()) == SURNAME
            return Spot(i, i + length, ids, weak=weak)
        name = book.organisations.get(key)
        if not name and not message.event_at(i) and general_organisation(key):
            name = message.typed(i, i + length)
        if name and organisation_fits(message, i, i + length):
            partner = book.partners.get(name)
            return Spot(i, i + length, () if partner is None else (partner,), organisation=name)
    return None


def general_organisation(key: tuple[str, ...]) -> str | None:
    name = " ".join(key)
    return name if name in load_words("organisations") else None


def fits(message: Message, i: int, j: int, strength: int) -> bool:
    """Whether the words there are meant as a person's name."""
    last = message.words[j - 1]
    if j - i > 1:
        return len(last.raw) > 1 or last.capital or strength == FULL or message.norm(j) == "."
    if message.norm(i - 1) in ("@", "#"):
        return False
    if len(message.raw(i)) == 1:
        return False
    if not is_ordinary(message.raw(i)):
        return strength >= GIVEN or message.capital(i) or leads_to_person(message, i)
    return not reads_as_word(message, i) and person_likely(message, i)


def is_ordinary(raw: str) -> bool:
    """Whether a name is also an ordinary word of either language."""
    return raw in known_words() or raw in MONTHS


WEEKDAYS = word_set("naming", "weekdays")


ASKED_OF = frozenset(("siapa", "orang", "kerja", "dari", "sih", "yang", "anak", "temannya"))


def reads_as_word(message: Message, i: int) -> bool:
    """What surely is a word: a month beside a number, 'to mark the', 'I hope', 'the will'."""
    raw, before, after = message.raw(i), message.norm(i - 1), message.norm(i + 1)
    if raw in MONTHS:
        digits = (
            after[:1].isdecimal() or before[:1].isdecimal() or before in ("st", "nd", "rd", "th")
        )
        if digits or (before in MONTH_BEFORE and not message.words[i].possessive):
            return True
    if before[:1].isdecimal() or (raw == "hari" and message.norm(i + 1) in WEEKDAYS):
        return not message.capital(i)
    if after == "itu" and message.norm(i + 2) in ASKED_OF:
        return False
    if before in DETERMINERS or (after in ("ini", "itu") and not message.capital(i)):
        return not message.capital(i) or message.opens(i)
    if before in PRONOUNS or before in ("not", "tidak"):
        return not message.capital(i)
    if raw == "will":
        event = message.event_at(i + 1)
        return (
            not leads_to_person(message, i)
            and before not in ("to", "from")
            and not (event and "past" in event.forms)
        )
    return before == "to" and after in DETERMINERS | {"my", "our", "it"}


def person_likely(message: Message, i: int) -> bool:
    """Whether anything around an ordinary word makes it a name here."""
    if leads_to_person(message, i) or message.words[i].possessive:
        return True
    if message.capital(i) and not message.opens(i) and not message.shouted:
        return True
    if message.norm(i + 1) == "itu" and message.norm(i + 2) in ASKED_OF:
        return True
    if message.norm(i - 1) in TOWARD and message.norm(i - 1) != ",":
        return message.capital(i) or joined(message, i) or given_something(message, i)
    return acts_like_person(message, i + 1) or joined(message, i)


COMPANIONS = frozenset(("team", "tim", "her", "his", "family", "keluarga", "husband", "wife"))


def given_something(message: Message, i: int) -> bool:
    """'kirim file ke bunga', 'borrowed chairs from putri': a deed before, nothing owned after."""
    if message.norm(i + 1) in DETERMINERS or message.norm(i + 1) in ("my", "our", "saya"):
        return False
    favour = any(
        message.cues.has(form, 0, i)
        for form in (*FAVOUR_FORMS, "receive.past", "remind.strong", "remind.task")
    )
    return favour or any(event.high <= i for event in message.events)


def joined(message: Message, i: int) -> bool:
    """Whether another name stands beside, joined by 'and' or a comma."""
    joints = ("and", "dan", "&", ",", "sama")
    if message.norm(i + 1) in joints and message.norm(i + 2) in COMPANIONS:
        return True
    if message.norm(i + 1) in joints and message.norm(i + 2) in ("i", "saya", "me", "kami"):
        return True
    if message.norm(i - 1) in joints and names_somebody(message, i - 2):
        return True
    return message.norm(i + 1) in joints and names_somebody(message, i + 2)


def names_somebody(message: Message, i: int) -> bool:
    return message.raw(i) in load_words("given_names")


def organisation_fits(message: Message, i: int, j: int) -> bool:
    """Whether the words there are meant as an organisation's name."""
    if any(
        event.low < j and i < event.high and event.high - event.low > 1 for event in message.events
    ):
        return False
    raw = message.raw(i)
    capital = message.capital(i)
    letters = message.typed(i, j)
    if j - i > 1:
        return True
    if not capital and raw in load_words("common_english"):
        return False
    if len(raw) <= 2 and not (letters.isupper() or at_place(message, i)):
        return False
    if raw in known_words() or raw in load_words("given_names") or raw in load_words("places"):
        return (capital and not message.opens(i)) or at_place(message, i)
    return True


def at_place(message: Message, i: int) -> bool:
    """Whether 'at', 'di', 'from', 'tim' ... stands before the word."""
    if message.norm(i - 1) in ("at", "di", "from", "dari", "@", "anak", "orang", "tim", "team"):
        return True
    return message.cues.ending("organisation_words.team", i) is not None


def extend(message: Message, book: AddressBook, spots: list[Spot]) -> list[Spot]:
    """'Sarah Wijaya' is not Sarah Johnson, 'Ratna Sari' not Maya Sari, 'Sarah Jonson' a typo."""
    result: list[Spot] = []
    taken = {k for spot in spots if not spot.weak for k in range(spot.low, spot.high)}
    for spot in spots:
        person = not spot.organisation and spot.high - spot.low == 1
        if not person:
            result.append(spot)
            continue
        if spot.weak and is_name_word(message, book, spot.low - 1, taken):
            low = spot.low - 1
            result.append(Spot(low, spot.high, name=message.typed(low, spot.high)))
        elif is_name_word(message, book, spot.high, taken):
            result.append(with_surname(message, book, spot))
        else:
            result.append(spot)
    return drop_swallowed(result)


def drop_swallowed(spots: list[Spot]) -> list[Spot]:
    kept: list[Spot] = []
    for spot in spots:
        if kept and spot.low < kept[-1].high:
            continue
        kept.append(spot)
    return kept


def is_name_word(message: Message, book: AddressBook, i: int, taken: set[int]) -> bool:
    """Whether word i can be a part of a full name beside a name found."""
    if not 0 <= i < message.size or i in taken or message.words[i].mark:
        return False
    word = message.words[i]
    raw = word.raw
    if len(raw) < 2 or raw[0].isdecimal() or raw in load_words("places") or word.norm != raw:
        return False
    if general_organisation((raw,)) or (raw,) in book.organisations:
        return False
    if word.capital and not message.shouted:
        surname = raw in load_words("given_names") or may_be_surname(raw)
        return surname and not (message.opens(i) and raw not in load_words("given_names"))
    form = book.forms.get((raw,))
    given = form is not None and max(form.owners.values()) >= GIVEN
    return raw in load_words("given_names") and raw not in known_words() and not given


def with_surname(message: Message, book: AddressBook, spot: Spot) -> Spot:
    """The spot with the word after it: a slip of an owner's surname, or another person."""
    word = fold(message.raw(spot.high))
    owners = []
    for owner in spot.ids:
        surname = fold(book.people[owner].name.split()[-1])
        close = one_letter_apart(word, surname) or sound(word) == sound(surname)
        if close or (len(word) >= 3 and surname.startswith(word)):
            owners.append(owner)
    if owners:
        return Spot(spot.low, spot.high + 1, tuple(owners), guessed=True)
    return Spot(spot.low, spot.high + 1, name=message.typed(spot.low, spot.high + 1))


def qualify(message: Message, book: AddressBook, spots: list[Spot]) -> list[Spot]:
    """Narrows 'Budi' by the organisation told: 'Budi Telkom', 'Budi from Telkom'."""
    result: list[Spot] = []
    for spot in spots:
        organisation = organisation_beside(message, spots, spot)
        if spot.ids and not spot.organisation and organisation:
            narrowed = book.at_organisation(spot.ids, organisation)
            if narrowed:
                spot = replace(spot, ids=narrowed)
        result.append(spot)
    return settle(result)


def organisation_beside(message: Message, spots: list[Spot], spot: Spot) -> str | None:
    """The organisation that a person's name is told with, else None."""
    for other in spots:
        if not other.organisation:
            continue
        if other.low >= spot.high and links(message, spot.high, other.low):
            return other.organisation
        if other.high == spot.low and message.words[other.high - 1].possessive:
            return other.organisation
    return None


LINKS = word_set("naming", "links")


def links(message: Message, low: int, high: int) -> bool:
    """Whether only linking words stand between a person and an organisation."""
    between = [message.norm(i) for i in range(low, high)]
    if between and between[0] == ",":
        between = between[1:]
        return (
            bool(between)
            and between[0] in ("from", "dari", "yang", "the")
            and set(between) <= LINKS
        )
    return len(between) <= 5 and set(between) <= LINKS and between[:1] != ["with"]


def settle(spots: list[Spot]) -> list[Spot]:
    """'Budi' is Budi Santoso where the same message names him in full."""
    certain = {spot.ids[0] for spot in spots if len(spot.ids) == 1 and not spot.organisation}
    result = []
    for spot in spots:
        named = tuple(i for i in spot.ids if i in certain)
        result.append(replace(spot, ids=named) if len(spot.ids) > 1 and len(named) == 1 else spot)
    return result
