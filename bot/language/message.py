"""One message prepared for reading: words, cues, and the places where names may stand."""

from dataclasses import dataclass

from bot.language.lexicon_files import word_set
from bot.language.phrases import Cues, Event
from bot.language.words import STOP, Word

VERB_FORMS = frozenset(("past", "base", "verb", "passive"))
LEADS = (
    "add.met",
    "add.strong",
    "words.presence",
    "remind.birthday",
    "connect.family",
    "connect.friends",
    "connect.colleagues",
    "connect.reports_to",
    "connect.knows",
    "connect.works_with",
    "connect.studied_together",
)
FAVOUR_FORMS = ("active.past", "active.verb", "active.base", "passive.verb", "receive.verb")


@dataclass(slots=True)
class Message:
    """The text with its words and cues; names are found in it, then masked."""

    text: str
    words: list[Word]
    cues: Cues
    events: list[Event]
    shouted: bool = False
    """Nearly every word has a capital, so that capitals say nothing."""

    def __post_init__(self) -> None:
        letters = [word for word in self.words if not word.mark and word.raw[:1].isalpha()]
        capitals = sum(word.capital for word in letters)
        self.shouted = len(letters) > 2 and capitals > 0.75 * len(letters)

    def norm(self, i: int) -> str:
        return self.words[i].norm if 0 <= i < len(self.words) else ""

    def raw(self, i: int) -> str:
        return self.words[i].raw if 0 <= i < len(self.words) else ""

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i].capital

    def opens(self, i: int) -> bool:
        """Whether a sentence begins at this word, so that a capital says nothing."""
        return i <= 0 or self.words[i - 1].norm in STOP or self.words[i - 1].norm in (":", '"')

    def typed(self, low: int, high: int) -> str:
        return self.text[self.words[low].start : self.words[high - 1].end]

    @property
    def size(self) -> int:
        return len(self.words)

    def before_name(self, i: int) -> int:
        """The word before a name once honorifics, 'also', 'my friend' ... are passed over."""
        at = i
        for _ in range(4):
            start = self.cues.ending("words.honorific", at)
            if start is None:
                start = self.cues.ending("words.also", at)
            if start is None and self.norm(at - 1) == "." and at > 1:
                start = self.cues.ending("words.honorific", at - 1)
            if start is None:
                break
            at = start
        return at

    def honoured(self, i: int) -> bool:
        """Whether an honorific stands right before the word."""
        if self.norm(i - 1) == "." and i > 1:
            i -= 1
        return self.cues.ending("words.honorific", i) is not None

    def event_ending(self, i: int) -> Event | None:
        return next((event for event in self.events if event.high == i), None)

    def event_at(self, i: int) -> Event | None:
        return next((event for event in self.events if event.low == i), None)

    def favour_ending(self, i: int) -> bool:
        return any(self.cues.ending(form, i) is not None for form in FAVOUR_FORMS)


def leads_to_person(message: Message, i: int) -> bool:
    """Whether the words before word i call for a person: 'with', 'met', 'Pak', 'telepon'."""
    if message.honoured(i) or message.norm(i - 1) == "si":
        return True
    at = message.before_name(i)
    if message.cues.ending("words.with", at) is not None:
        return True
    event = message.event_ending(at)
    if event and event.forms & VERB_FORMS and message.norm(at - 1) not in ("di", "at", "in", "on"):
        return True
    if event and event.kind == "event" and event.high == i and event.low > 0:
        return True
    if message.favour_ending(at):
        return True
    return any(message.cues.ending(concept, k) is not None for concept in LEADS for k in (at, i))


BETWEEN = word_set("message", "between")


def acts_like_person(message: Message, i: int) -> bool:
    """Whether the words from word i on are what a person does: 'called', 'said', 'nelpon'."""
    while message.norm(i) in BETWEEN:
        i += 1
    event = message.event_at(i)
    if event and event.forms & {"past", "intransitive", "verb", "passive"}:
        return True
    concepts = (
        *LEADS[2:],
        "words.said",
        "active.past",
        "active.verb",
        "passive.verb",
        "add.work",
        "words.acts",
    )
    return any(message.cues.starting(concept, i) is not None for concept in concepts)
