"""How close two spellings are, and repairing small slips in the words the reader lives by."""

import re
from functools import cache

from bot.language.lexicon_files import load_words
from bot.language.words import Word, known_words

SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("kh", "k"), ("ph", "p"), ("th", "t"),
    ("ck", "k"), ("ch", "c"), ("sh", "s"), ("sy", "s"), ("v", "p"), ("f", "p"), ("q", "k"),
    ("x", "ks"), ("z", "s"), ("y", "i"), ("ie", "i"), ("ee", "i"), ("w", "u"), ("dh", "d"),
    ("rh", "r"), ("ah", "a"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """One key for spellings that sound alike in Indonesian: Yusuf and Yusup, Soesilo and Susilo."""
    for typed, heard in SOUNDS:
        word = word.replace(typed, heard)
    return DOUBLED.sub(r"\1", word)


def removals(word: str) -> list[str]:
    """The word with each letter left out in turn."""
    return [word[:i] + word[i + 1 :] for i in range(len(word))] if len(word) <= 20 else []


def one_letter_apart(first: str, second: str) -> bool:
    """One letter put in, left out, changed, or two neighbours swapped; the first letter stays."""
    if first == second or first[:1] != second[:1] or abs(len(first) - len(second)) > 1:
        return False
    low = 0
    shorter, longer = sorted((first, second), key=len)
    while low < len(shorter) and shorter[low] == longer[low]:
        low += 1
    if len(shorter) < len(longer):
        return shorter[low:] == longer[low + 1 :]
    swapped = first[low : low + 2][::-1] == second[low : low + 2]
    return first[low + 1 :] == second[low + 1 :] or (
        swapped and first[low + 2 :] == second[low + 2 :]
    )


@cache
def repairs() -> dict[str, tuple[str, ...]]:
    """A word with a letter left out -> the words worth repairing that it may come from."""
    found: dict[str, set[str]] = {}
    for word in sorted(load_words("repairable")):
        for rest in (word, *removals(word)):
            found.setdefault(rest, set()).add(word)
    return {rest: tuple(sorted(words)) for rest, words in found.items()}


def repair(words: list[Word], names: set[str]) -> None:
    """Puts right slips such as 'yesterdy' and 'meetng' in place; names and known words stay."""
    known, given = known_words(), load_words("given_names")
    index = repairs()
    for number, word in enumerate(words):
        raw = word.raw
        if word.mark or len(raw) < 4 or len(raw) > 20 or word.norm != raw:
            continue
        if raw in known or raw in names or raw in given or (word.capital and number):
            continue
        found = {c for rest in (raw, *removals(raw)) for c in index.get(rest, ())}
        close = sorted(c for c in found if one_letter_apart(raw, c))
        if len(close) == 1:
            word.norm = close[0]
