"""The forms of a name, from the whole to the shortest that still tells who it is."""

from collections import Counter
from collections.abc import Iterable

from bot.map.lettering import clean

# So common as a first name that it tells nobody apart: written as an initial.
_EVERYONES = frozenset(
    {"muhammad", "mohammad", "muhamad", "mohamad", "mohammed", "muhammed", "moh", "moch", "muh"}
)


def forms(name: str, first_names: Counter[str]) -> tuple[str, ...]:
    """Whole name, first name and initial, first name; a shared first name keeps its initial
    unless nothing else is left."""
    whole = clean(name)
    core = _core(whole)
    first = core[0] if core else whole
    initial = f"{first} {core[1][0]}." if len(core) > 1 and _has_capitals(core[1]) else first
    shared = first_names[first] > 1
    if len(whole) <= 12 and not _has_capitals(whole):
        return (whole,)
    order = (whole, initial, first) if shared else (whole, first)
    return tuple(dict.fromkeys(order))


def count_first_names(names: Iterable[str]) -> Counter[str]:
    """How often each first name occurs."""
    cores = (_core(clean(name)) for name in names)
    return Counter(core[0] for core in cores if core)


def _has_capitals(word: str) -> bool:
    """Scripts without capitals (Arabic, Thai, Chinese) have no initials either."""
    return word[:1].isupper() or word[:1].islower()


def _core(name: str) -> list[str]:
    """The name's words without titles and degrees; the first may hold two ('Ni Luh')."""
    words = [w for w in name.split(",")[0].split() if not w.endswith(".") or len(w) <= 2]
    if len(words) < 2:
        return words
    if words[0].casefold() in _EVERYONES:
        return [f"{words[0][0]}. {words[1]}", *words[2:]]
    if len(words[0]) <= 2 and words[0].isascii():
        return [f"{words[0]} {words[1]}", *words[2:]]
    return words
