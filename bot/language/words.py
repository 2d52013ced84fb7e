"""A message as words in their standard spelling, each with its place in the text as typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from bot.language.lexicon_files import load_table, load_words

READ_CHARACTERS = 1000
"""Longer messages are read up to here; the note keeps every word."""

TOKEN = re.compile(
    r"1(?::|-on-|on|-)1(?![\d:/-])"  # one on one
    r"|[wW]/o?(?![^\W_])"  # 'w/' and 'w/o'
    r"|\d+(?:[.,:/\-]\d+)*"  # numbers, dates, times, telephone numbers
    r"|[^\W\d_]+(?:['’`\-/][^\W\d_]+)*(?:2(?:an|nya|in)?(?![^\W_]))?"  # words, 'teman2'
    r"|[,.;:!?()\n&+@/#\"“”—–…-]"
)
STOP = frozenset(".;!?\n…—–")


@dataclass(slots=True)
class Word:
    """`raw` is the text casefolded, `norm` the standard form; several words may share a place."""

    raw: str
    norm: str
    start: int
    end: int
    capital: bool
    possessive: bool = False
    mark: bool = False


@cache
def standard_forms() -> dict[str, tuple[str, ...]]:
    """How people type a word -> the words it stands for."""
    forms: dict[str, tuple[str, ...]] = {}
    for table in load_table("slang").values():
        for standard, typed in table.items():
            for variant in typed.split():
                forms.setdefault(variant, tuple(standard.split()))
    return forms


def cut(text: str) -> list[Word]:
    """The words and marks of the text; linear in its length."""
    text = text[:READ_CHARACTERS]
    forms = standard_forms()
    words: list[Word] = []
    for found in TOKEN.finditer(text):
        typed = found.group()
        if typed[0].isalpha() or typed in forms:
            words.extend(spell(typed, found.start(), forms))
        else:
            raw = typed
            digit = typed[0].isdecimal()
            words.append(Word(raw, raw, found.start(), found.end(), False, mark=not digit))
    return words


def spell(typed: str, start: int, forms: dict[str, tuple[str, ...]]) -> list[Word]:
    """One run of letters as one or more words in their standard spelling."""
    capital = typed[0].isupper()
    raw = typed.casefold().replace("’", "'").replace("`", "'")
    end = start + len(typed)
    if raw in forms:
        return [Word(raw, norm, start, end, capital) for norm in forms[raw]]
    for joint in "-/":
        if joint in raw:
            return spell_joined(typed, raw, start, joint, forms)
    raw = TWICE.sub("", raw)
    if raw.endswith("nya") and raw[:-3] in forms and raw not in forms:
        stem = forms[raw[:-3]]
        return [Word(raw, norm, start, end, capital) for norm in (*stem[:-1], stem[-1] + "nya")]
    possessive = raw.endswith("'s")
    if possessive:
        raw = raw[:-2]
    raw = raw.replace("'", "")
    norm = shorten(raw, forms)
    parts = forms.get(norm, (norm,))
    return [Word(raw, part, start, end, capital, possessive) for part in parts]


def spell_joined(
    typed: str, raw: str, start: int, joint: str, forms: dict[str, tuple[str, ...]]
) -> list[Word]:
    """'email-emailan' stays one word, 'ngobrol-ngobrol' loses its twin, others come apart."""
    pieces = raw.split(joint)
    if joint == "-" and raw in known_words():
        return [Word(raw, raw, start, start + len(typed), typed[0].isupper())]
    if joint == "-" and len(pieces) == 2 and pieces[0] and pieces[0] == pieces[1]:
        norm = forms.get(pieces[0], (pieces[0],))[0]
        return [Word(norm, norm, start, start + len(typed), typed[0].isupper())]
    words: list[Word] = []
    at = start
    for piece in typed.split(joint):
        if piece:
            words.extend(spell(piece, at, forms))
        at += len(piece) + 1
        if joint == "/" and at < start + len(typed):
            words.append(Word("/", "/", at - 1, at, False, mark=True))
    return words


def shorten(raw: str, forms: dict[str, tuple[str, ...]]) -> str:
    """'bangeeet' -> 'banget'; a word with no letter three times in a row stays."""
    if not LONG.search(raw):
        return raw
    known = known_words()
    twice, once = LONG.sub(r"\1\1", raw), LONG.sub(r"\1", raw)
    for candidate in (once, twice):
        if candidate in known or candidate in forms:
            return candidate
    return once


TWICE = re.compile(r"2(?:an|nya|in)?$")
LONG = re.compile(r"(\w)\1{2,}")


@cache
def known_words() -> frozenset[str]:
    """Every word of the word lists: what is never taken for a typo or an unknown name."""
    from bot.language.phrases import lexicon_words  # the phrases are spelt with this module

    return lexicon_words() | load_words("common_english") | load_words("common_indonesian")


def may_be_surname(raw: str) -> bool:
    """Beside a name and with a capital: 'Stone', 'King'; not 'Monday', 'Manager' or 'For'."""
    from bot.language.phrases import lexicon_words

    return raw not in known_words() or (raw not in lexicon_words() and len(raw) > 3)


def fold(text: str) -> str:
    """Lower case without accents: how names are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
