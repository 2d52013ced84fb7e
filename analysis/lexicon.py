"""Words in notes that bear evidence: phrases of two languages, read from `data/words.toml`."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

NEAR_WORDS = 4  # how far before a phrase a 'not' still turns it around
CLAUSE_END = re.compile(r"[,.;:!?()\n]+|\bbut\b|\btapi\b|\btetapi\b|\bnamun\b")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Lexicon:
    """The phrases of each kind as one pattern, and the words that undo them."""

    kinds: dict[str, re.Pattern[str]]
    exceptions: dict[str, re.Pattern[str]]
    undone_before: re.Pattern[str]
    undone_after: re.Pattern[str]
    planned_before: re.Pattern[str]
    planned_after: re.Pattern[str]
    plannable: frozenset[str]

    def found(self, note: str, kind: str) -> str | None:
        """The words of the note that are of this kind, or None; negated and planned ones not."""
        exceptions = self.exceptions.get(kind)
        for clause in _clauses(note):
            if exceptions:
                clause = exceptions.sub(" ·", clause)
            for match in self.kinds[kind].finditer(clause):
                if not self._undone(clause, match, kind):
                    return match.group().strip()
        return None

    def _undone(self, clause: str, match: re.Match[str], kind: str) -> bool:
        before = " ".join(["", *clause[: match.start()].split()[-NEAR_WORDS:], ""])
        after = clause[match.end() :] + " "
        undone = self.undone_before.search(before) or self.undone_after.search(after)
        if kind in self.plannable:
            undone = (
                undone or self.planned_before.search(before) or self.planned_after.search(after)
            )
        return undone is not None


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    data = tomllib.loads((resources.files("analysis") / "data" / "words.toml").read_text("utf-8"))
    denials = data["not"]["before"]
    kinds = {kind: data[kind] for kind in data.keys() - {"not", "plan"}}
    return Lexicon(
        kinds={name: pattern(kind["phrases"], denials) for name, kind in kinds.items()},
        exceptions={
            name: pattern(kind["except"]) for name, kind in kinds.items() if "except" in kind
        },
        undone_before=pattern(denials),
        undone_after=pattern(data["not"]["after"]),
        planned_before=pattern(data["plan"]["before"]),
        planned_after=pattern(data["plan"]["after"]),
        plannable=frozenset(data["plan"]["kinds"]),
    )


def pattern(phrases: Iterable[str], denials: Iterable[str] = ()) -> re.Pattern[str]:
    """One pattern for many phrases: `*` for any ending or beginning, `..` for up to three words.

    None of those words may be a denial.
    """
    denied = "|".join(_word(denial) for denial in denials)
    between = f"(?: (?!(?:{denied}) )[^ ]+){{0,3}}" if denied else "(?: [^ ]+){0,3}"
    return re.compile("|".join(_phrase(phrase, between) for phrase in phrases))


def words(text: str) -> list[str]:
    """The words of a text in lower case, marks left out, straight apostrophes."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def _clauses(note: str) -> list[str]:
    """Each clause as its words with a space around every one, so that only whole words match."""
    clauses = (words(clause) for clause in CLAUSE_END.split(note.lower()))
    return [f" {' '.join(clause)} " for clause in clauses if clause]


def _phrase(phrase: str, between: str) -> str:
    parts = (between if word == ".." else f" {_word(word)}" for word in phrase.split())
    return "".join(parts) + "(?= )"


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", "[^ ]*").replace(r"\ ", " ")
