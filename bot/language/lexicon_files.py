"""The word lists of the two languages, read from `lexicon/` once, when first needed."""

import tomllib
from collections.abc import Iterable, Iterator, Set
from functools import cache, cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"


@cache
def load_table(name: str) -> dict[str, Any]:
    """The TOML file of that name, as a table."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_words(name: str) -> frozenset[str]:
    """Words parted by blanks or commas; commas let an entry have several words."""
    entries: set[str] = set()
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            parts = line.split(",") if "," in line else line.split()
            entries.update(part.strip() for part in parts if part.strip())
    return frozenset(entries)


@cache
def load_nicknames() -> dict[str, tuple[str, ...]]:
    """Short form -> the given names it may stand for."""
    lines = (FOLDER / "nicknames.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: tuple(row[1:]) for row in rows}


@cache
def load_short_organisations() -> dict[str, str]:
    """Short name of an organisation -> its full name, in lower case."""
    lines = (FOLDER / "organisation_names.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs}


class WordSet(Set[str]):
    """One set of sets.toml, read when it is first asked, so that importing reads no file."""

    def __init__(self, module: str, name: str) -> None:
        self.place = (module, name)

    @cached_property
    def words(self) -> frozenset[str]:
        module, name = self.place
        return frozenset(load_table("sets")[module][name].split())

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> frozenset[Any]:
        return frozenset(it)

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


def word_set(module: str, name: str) -> WordSet:
    """The words of one set of sets.toml."""
    return WordSet(module, name)


def listed(entries: str) -> list[str]:
    """'a, b c' -> ['a', 'b c']."""
    return [part.strip() for part in entries.replace("\n", " ").split(",") if part.strip()]
