"""A message in clauses, and who does what in each."""

from dataclasses import dataclass

from bot.language.lexicon_files import word_set
from bot.language.message import Message
from bot.language.naming import Spot
from bot.language.phrases import Event
from bot.language.words import STOP

SUBJECTS = frozenset(["i", "we", "he", "she", "they"])
SUBJECTS_ID = frozenset(["dia", "mereka"])
LINKING_TO = frozenset(["to", "untuk", "buat"])
DASHES = frozenset("-—–")


@dataclass(frozen=True, slots=True)
class Clause:
    low: int
    high: int

    def holds(self, i: int) -> bool:
        return self.low <= i < self.high


def split_clauses(message: Message, spots: list[Spot]) -> list[Clause]:
    """Cuts at full stops, commas that part no names, conjunctions and new subjects."""
    inside = {k for spot in spots for k in range(spot.low, spot.high)}
    clauses: list[Clause] = []
    low = 0
    for i in range(message.size):
        cut = cuts(message, inside, low, i)
        if cut:
            if i > low:
                clauses.append(Clause(low, i))
            low = i + 1 if message.words[i].mark else i
    if low < message.size:
        clauses.append(Clause(low, message.size))
    return clauses


def cuts(message: Message, inside: set[int], low: int, i: int) -> bool:
    word = message.words[i]
    if word.mark:
        if word.norm == ".":
            return not (message.cues.ending("words.honorific", i) is not None and i + 1 in inside)
        if word.norm in STOP or (word.norm in DASHES and i > low):
            return True
        return word.norm == "," and not parts_names(message, inside, i)
    if i <= low or i in inside or any(e.low < i < e.high for e in message.events):
        return False
    return new_subject(message, low, i) or conjunction(message, inside, low, i)


def parts_names(message: Message, inside: set[int], i: int) -> bool:
    """Whether the comma stands within a list of names."""
    after = i + 1
    while message.norm(after) in ("and", "dan", "&", "juga", "plus", "sama") or (
        message.cues.starting("words.honorific", after) is not None
    ):
        after += 1
        if message.norm(after) == ".":
            after += 1
    mine = message.norm(i - 1) in ("saya", "i", "me", "we", "kami")
    return (i - 1 in inside or mine) and after in inside


def new_subject(message: Message, low: int, i: int) -> bool:
    """'had lunch with ani [she said ...]': a subject in the middle begins a clause."""
    norm = message.norm(i)
    if norm not in SUBJECTS and norm not in SUBJECTS_ID:
        return False
    if message.norm(i - 1) in ("and", "dan", "&", "with", "sama", "dengan", "did", "have", "do"):
        return norm in SUBJECTS and message.norm(i - 1) in ("and", "&") and has_event(
            message, low, i
        )  # fmt: skip
    event = message.event_ending(i)
    return not (event and norm in SUBJECTS_ID) and has_event(message, low, i)


def has_event(message: Message, low: int, high: int) -> bool:
    return any(low <= event.low < high for event in message.events)


def conjunction(message: Message, inside: set[int], low: int, i: int) -> bool:
    if message.cues.starting("words.clause_start", i) is None:
        return False
    if message.cues.ending("words.negation", i + 1) not in (None, i):
        return False
    norm = message.norm(i)
    if norm in ("and", "dan"):
        ours = message.norm(i + 1) in ("we", "i", "saya", "kami", "kita") and i - 1 not in inside
        return ours or has_event(message, low, i)
    if norm in LINKING_TO:
        return (
            has_event(message, low, i)
            and i + 1 not in inside
            and message.cues.starting("words.honorific", i + 1) is None
        )
    if norm in ("sampai", "until", "before", "after", "since", "pas", "waktu", "jadi", "so"):
        return has_event(message, low, i) and message.norm(i - 1) not in ("tidak", "not", "belum")
    if norm == "lalu":
        return message.norm(i + 1) not in ("", ",") and has_event(message, low, i) and (
            message.norm(i - 1) not in TIME_BEFORE_LALU
        )  # fmt: skip
    return True


TIME_BEFORE_LALU = word_set("clauses", "time_before_lalu")


TAKING = word_set("clauses", "taking")


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does a clause's deed: the user, named people before it, or somebody else."""

    me: bool
    named: tuple[Spot, ...]
    other: bool


def find_doers(message: Message, clause: Clause, low: int, spots: list[Spot]) -> Doers:
    """Looks at the words from the clause's start to the deed at `low`."""
    named = tuple(
        s
        for s in spots
        if clause.low <= s.low
        and s.high <= low
        and not s.organisation
        and not occasion_of(message, s)
    )
    me = any(
        message.norm(i) in ("i", "we", "saya", "kami", "kita", "me")
        and not possessive_saya(message, i)
        for i in range(clause.low, low)
    )
    first = named[0] if named else None
    if first and message.norm(message.before_name(first.low) - 1) in TAKING:
        me = True  # 'took Ani to lunch': the user did, who is left out
    other = False
    for i in range(clause.low, low):
        if message.norm(i) in ("he", "she", "they", "dia", "mereka"):
            other = True
        if message.cues.starting("words.others", i) is not None:
            other = True
    return Doers(me, named, other)


def occasion_of(message: Message, spot: Spot) -> bool:
    """'nikahan Laras': whose occasion it was, not who did something."""
    event = message.event_ending(spot.low)
    return event is not None and event.kind == "event" and "noun" in event.forms


def possessive_saya(message: Message, i: int) -> bool:
    """'bos saya', 'kantor saya': not the user himself."""
    before = message.norm(i - 1)
    if message.norm(i) not in ("saya", "kami", "kita") or not before:
        return False
    return message.cues.ending("words.others_id", i + 1) is not None


def named_after(clause: Clause, high: int, spots: list[Spot]) -> list[Spot]:
    return [spot for spot in spots if spot.low >= high and spot.high <= clause.high]


def me_after(message: Message, clause: Clause, high: int) -> bool:
    """Whether the deed is done to the user or to what is his: 'me', 'my', 'proposal saya'."""
    mine = ("me", "us", "my", "our", "saya", "kami", "kita", "ku", "myself")
    for i in range(high, clause.high):
        raw = message.raw(i)
        if message.norm(i) in mine or (raw.endswith("ku") and len(raw) > 4 and raw not in KU_WORDS):
            return True
    return False


KU_WORDS = word_set("clauses", "ku_words")


def main_event(events: list[Event], clause: Clause) -> Event | None:
    """The first event of the clause that is a verb, else its first; 'bahas' after it is topic."""
    inside = [event for event in events if clause.holds(event.low)]
    verbs = [
        event
        for number, event in enumerate(inside)
        if event.forms & {"past", "verb", "passive"} and not (number and event.kind == "discuss")
    ]
    return next(iter(verbs or inside), None)
