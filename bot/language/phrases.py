"""Which phrases of the word lists a message holds, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from bot.language.lexicon_files import listed, load_table
from bot.language.words import Word, cut, standard_forms

TABLES = ("grammar", "events", "favours", "intents", "people")
EVENT_KINDS = (
    "video", "event", "email", "message", "call", "meal", "coffee", "other", "discuss", "talk",
    "meeting",
)  # fmt: skip
FORMS = ("past", "base", "noun", "verb", "passive")


def lexicon_phrases() -> Iterator[tuple[str, str]]:
    """(concept, phrase) for every entry: 'call.past', 'phoned'."""
    for name in TABLES:
        for group, rows in load_table(name).items():
            for key, entries in rows.items():
                for phrase in listed(entries):
                    yield f"{group}.{key}", phrase
                    if group == "connect" and " " not in phrase and not phrase.endswith("nya"):
                        yield f"{group}.{key}", f"{phrase}nya"  # 'tantenya': the aunt of


@cache
def lexicon_words() -> frozenset[str]:
    """Single words of all word lists, as written there."""
    found: set[str] = set()
    for _, phrase in lexicon_phrases():
        found.update(phrase.split())
    for table in load_table("time").values():
        for entries in table.values():
            found.update(entries.replace(",", " ").split())
    for variant, forms in standard_forms().items():
        found.add(variant)
        found.update(forms)
    return frozenset(found)


@cache
def phrase_index() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the phrases that begin with it, each with its concept, longest first."""
    index: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for concept, phrase in lexicon_phrases():
        norms = tuple(word.norm for word in cut(phrase) if not word.mark)
        if norms:
            index.setdefault(norms[0], set()).add((norms, concept))
    return {
        first: sorted(rows, key=lambda row: (-len(row[0]), row)) for first, rows in index.items()
    }


@dataclass(slots=True)
class Cues:
    """Concept -> its places, as (first word, word after the last)."""

    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def within(self, concept: str, low: int, high: int) -> list[tuple[int, int]]:
        return [at for at in self.places.get(concept, ()) if low <= at[0] and at[1] <= high]

    def has(self, concept: str, low: int, high: int) -> bool:
        return any(low <= i and j <= high for i, j in self.places.get(concept, ()))

    def starting(self, concept: str, at: int) -> int | None:
        """Where the concept ends that starts there, else None."""
        ends = [j for i, j in self.places.get(concept, ()) if i == at]
        return max(ends) if ends else None

    def ending(self, concept: str, at: int) -> int | None:
        """Where the concept starts that ends just before that word, else None."""
        starts = [i for i, j in self.places.get(concept, ()) if j == at]
        return min(starts) if starts else None

    def without(self, taken: list[tuple[int, int]]) -> "Cues":
        """The cues that touch none of the places taken."""

        def free(place: tuple[int, int]) -> bool:
            return all(place[1] <= low or place[0] >= high for low, high in taken)

        return Cues({key: [p for p in rows if free(p)] for key, rows in self.places.items()})


def find_cues(words: list[Word]) -> Cues:
    """All phrases in the words; of one concept the longest at each place."""
    index = phrase_index()
    norms = [word.norm for word in words]
    found: dict[str, list[tuple[int, int]]] = {}
    for i, norm in enumerate(norms):
        for phrase, concept in index.get(norm, ()):
            length = len(phrase)
            if length > 1 and tuple(norms[i : i + length]) != phrase:
                continue
            rows = found.setdefault(concept, [])
            if not rows or rows[-1][0] != i:
                rows.append((i, i + length))
    return Cues(found)


@dataclass(frozen=True, slots=True)
class Event:
    """Words of being in touch: their kind (a channel, 'talk' or 'discuss') and form."""

    kind: str
    forms: frozenset[str]
    low: int
    high: int


def find_events(cues: Cues) -> list[Event]:
    """Being in touch, left to right; where phrases overlap the longer wins."""
    rows: dict[tuple[int, int], list[tuple[int, str, str]]] = {}
    for rank, kind in enumerate(EVENT_KINDS):
        for form in (*FORMS, "intransitive"):
            for place in cues.places.get(f"{kind}.{form}", ()):
                rows.setdefault(place, []).append((rank, kind, form))
    events: list[Event] = []
    for low, high in sorted(rows, key=lambda place: (place[0] - place[1], place[0])):
        if any(low < event.high and event.low < high for event in events):
            continue
        best = min(rows[low, high])[1]
        forms = frozenset(form for _, kind, form in rows[low, high] if kind == best)
        events.append(Event(best, forms, low, high))
    return sorted(events, key=lambda event: event.low)
