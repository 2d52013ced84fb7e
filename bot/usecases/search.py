"""Finding contacts by words: name, alias, organisation, role, tag, how met, notes.

Accents and letter case do not matter; a word of four letters or more may have one typo.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from bot.usecases.people import Named, named
from storage import contacts, interactions
from storage.tables import Contact

TYPO_LETTERS = 4  # shorter words must be typed right
NAME, DETAIL, NOTE = 3, 2, 1  # what a hit counts for


@dataclass(frozen=True, slots=True)
class Found:
    contact: Named
    note: str | None  # the note the words stand in, where they stand nowhere else


def fold(text: str) -> str:
    """The text without accents and letter case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def find(session: Session, owner_id: int, words: str) -> list[Found]:
    """Contacts that fit every word, the best first; archived ones are left out."""
    wanted = _words(words)
    if not wanted:
        return []
    notes = interactions.notes(session, owner_id)
    hits: list[tuple[int, str, Found]] = []
    for contact in contacts.everyone(session, owner_id):
        score, note = _score(contact, notes.get(contact.id or 0, ()), wanted)
        if score:
            hits.append((-score, contact.name.casefold(), Found(named(contact), note)))
    hits.sort(key=lambda hit: (hit[0], hit[1], hit[2].contact.id))
    return [found for _, _, found in hits]


def _score(contact: Contact, notes: Iterable[str], wanted: list[str]) -> tuple[int, str | None]:
    names = _words(" ".join([contact.name, *contact.aliases]))
    details = _words(
        " ".join(
            [contact.organisation or "", contact.role or "", contact.how_met or "", *contact.tags]
        )
    )
    total, shown = 0, None
    for word in wanted:
        if _fits(word, names):
            total += NAME
        elif _fits(word, details):
            total += DETAIL
        elif note := next((note for note in notes if _fits(word, _words(note))), None):
            total += NOTE
            shown = note
        else:
            return 0, None
    return total, shown


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _fits(word: str, words: list[str]) -> bool:
    return any(each.startswith(word) or is_close(word, each) for each in words)


def is_close(one: str, other: str) -> bool:
    """Whether two words differ by at most one letter added, lost, changed, or swapped."""
    if one == other:
        return True
    if min(len(one), len(other)) < TYPO_LETTERS or abs(len(one) - len(other)) > 1:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if shared is None:
        return True
    a, b = one[shared:], other[shared:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
