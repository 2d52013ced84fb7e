"""Scores the reader on labelled utterances: accuracy per field, intent and language, and latency.

python -m tests.benchmarks.understanding --gold FILE --contacts FILE [--predictions OUT]
"""

import argparse
import json
import re
import statistics
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.language.book import AddressBook, Person
from bot.language.model import Guess, Intent, Known, Mention, New, Reading
from bot.language.reading import read

FIELDS = {
    "log": ("people", "when", "channel", "about"),
    "add_contact": ("people", "when", "organisation", "role", "about"),
    "favour": ("people", "when", "direction", "about"),
    "connect": ("people", "about"),
    "remind": ("people", "when", "channel", "about"),
    "query": ("people", "organisation"),
    "chatter": (),
}
HONORIFIC = re.compile(
    r"^(?:(?:bapak|pak|ibu|bu|mas|mbak|bang|kak|mr|mrs|ms|dr|prof)\.?\s+)+", re.IGNORECASE
)
Row = dict[str, Any]


def load_lines(path: Path) -> list[Row]:
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


class Contacts:
    """The contacts file as an address book, and the way back from its numbers to the file's ids."""

    def __init__(self, path: Path) -> None:
        table = json.loads(path.read_text(encoding="utf-8"))
        self.now = datetime.fromisoformat(table["now"])
        self.ids = {number: row["id"] for number, row in enumerate(table["contacts"], start=1)}
        people = [
            Person(number, row["name"], tuple(row["aliases"]), row["organisation"], row["kind"])
            for number, row in enumerate(table["contacts"], start=1)
        ]
        started = time.perf_counter()
        self.book = AddressBook(people)
        self.build_ms = (time.perf_counter() - started) * 1000
        self.organisations = {
            name.casefold(): row["name"].casefold()
            for row in table["contacts"]
            if row["kind"] == "organisation"
            for name in (row["name"], *row["aliases"])
        }

    def written(self, mention: Mention) -> Any:
        """A mention as the labels write it; a guess as the one it would ask about."""
        if isinstance(mention, Known):
            return self.ids[mention.id]
        if isinstance(mention, New):
            return {"new": mention.name}
        ids = [self.ids[i] for i in mention.ids]
        return ids[0] if isinstance(mention, Guess) and len(ids) == 1 else {"ambiguous": ids}


def predict(contacts: Contacts, row: Row, reading: Reading) -> Row:
    """The reading as a line of predictions; a correction writes nothing, so it counts as chatter.

    A log whose words leave the channel open is kept as a meeting, the bot's default.
    """
    intent = "chatter" if reading.intent is Intent.CORRECT else reading.intent.value
    channel = reading.channel.value if reading.channel else None
    return {
        "id": row["id"],
        "intent": intent,
        "people": [contacts.written(mention) for mention in reading.people],
        "when": reading.when.isoformat() if reading.when else None,
        "channel": channel or ("meeting" if intent == "log" else None),
        "direction": reading.direction.value if reading.direction else None,
        "organisation": reading.organisation,
        "role": reading.role,
        "about": reading.about,
        "note": reading.note,
        "confidence": round(reading.confidence, 3),
    }


def person_key(entry: Any) -> tuple[str, Any]:
    if isinstance(entry, str):
        return "id", entry
    if "new" in entry:
        return "new", HONORIFIC.sub("", entry["new"].strip()).casefold()
    return "ambiguous", frozenset(entry["ambiguous"])


def same_day(gold: Row, told: str | None, today: str) -> bool:
    """Equal, within what the label also accepts, or both 'now' in a log or favour."""
    wanted = gold.get("when")
    if wanted == told:
        return True
    if gold["intent"] in ("log", "favour") and {wanted, told} == {None, today}:
        return True
    for accepted in gold.get("when_ok", ()):
        first, _, last = accepted.partition("..")
        if told and first <= told <= (last or first):
            return True
    return False


def field_right(field: str, gold: Row, told: Row, contacts: Contacts) -> bool:
    wanted, got = gold.get(field), told.get(field)
    if field == "people":
        return {person_key(p) for p in wanted or []} == {person_key(p) for p in got or []}
    if field == "when":
        return same_day(gold, got, contacts.now.date().isoformat())
    if field == "channel" and wanted is None:
        return gold["intent"] == "remind" or got in (None, "other", "meeting")
    if field == "about":
        kept = f"{told.get('about') or ''} \n {told.get('note') or ''}".casefold()
        return not wanted or wanted.casefold() in kept
    if field == "organisation":
        return organisation(wanted, contacts) == organisation(got, contacts)
    if field == "role":
        return role(wanted) == role(got)
    return bool(wanted == got)


def organisation(name: str | None, contacts: Contacts) -> str | None:
    if not name:
        return None
    plain = re.sub(r"^(the|pt)\s+", "", name.strip().casefold())
    return contacts.organisations.get(plain, plain)


def role(words: str | None) -> str | None:
    return (
        re.sub(r"^(?:(?:a|an|the|new|seorang)\s+)+", "", words.strip().casefold())
        if words
        else None
    )


def wrong_fields(gold: Row, told: Row, contacts: Contacts) -> list[str]:
    wrong = [] if gold["intent"] == told["intent"] else ["intent"]
    fields = FIELDS.get(gold["intent"], ())
    return wrong + [f for f in fields if not field_right(f, gold, told, contacts)]


def report(gold: list[Row], told: dict[str, Row], contacts: Contacts, errors: int) -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    shown = 0
    for row in gold:
        wrong = wrong_fields(row, told[row["id"]], contacts)
        for lang in ("all", row["lang"]):
            for intent in ("all", row["intent"]):
                tally(counts, (lang, intent), row, wrong)
        if wrong and shown < errors:
            shown += 1
            print("WRONG", row["id"], row["intent"], wrong, "|", row["text"])
            for field in wrong:
                print("     ", field, "gold", row.get(field), "told", told[row["id"]].get(field))
    print_table(counts)
    print_false_writes(gold, told)


def tally(
    counts: Counter[tuple[str, str, str]], key: tuple[str, str], row: Row, wrong: list[str]
) -> None:
    counts[(*key, "n")] += 1
    counts[(*key, "right")] += not wrong
    counts[(*key, "intent")] += "intent" not in wrong
    for field in FIELDS.get(row["intent"], ()):
        counts[(*key, f"{field}:n")] += 1
        counts[(*key, field)] += field not in wrong


def print_table(counts: Counter[tuple[str, str, str]]) -> None:
    fields = ("people", "when", "channel", "direction", "organisation", "role", "about")
    print(f"{'':4} {'':12} {'n':>4} {'right':>7} {'intent':>7}", *(f"{f[:8]:>8}" for f in fields))
    for lang, intent in sorted({(a, b) for a, b, _ in counts}, key=lambda k: (k[0] != "all", k)):
        size = counts[lang, intent, "n"]
        shares = [f"{counts[lang, intent, 'right'] / size:7.1%}"]
        shares.append(f"{counts[lang, intent, 'intent'] / size:7.1%}")
        for field in fields:
            n = counts[lang, intent, f"{field}:n"]
            shares.append(f"{counts[lang, intent, field] / n:8.1%}" if n else " " * 8)
        print(f"{lang:4} {intent:12} {size:4d}", *shares)


def print_false_writes(gold: list[Row], told: dict[str, Row]) -> None:
    idle = [row for row in gold if row["intent"] in ("chatter", "query")]
    logs = [r for r in idle if told[r["id"]]["intent"] in ("log", "favour")]
    writes = [r for r in idle if told[r["id"]]["intent"] not in ("chatter", "query")]
    other = [r for r in gold if r["intent"] not in ("log", "favour")]
    false = [r for r in other if told[r["id"]]["intent"] in ("log", "favour")]
    print(f"interactions written for chatter or queries: {len(logs)}/{len(idle)}")
    print(f"anything written for chatter or queries: {len(writes)}/{len(idle)}")
    print(f"interactions written for anything but logs and favours: {len(false)}/{len(other)}")


def crowd(book: AddressBook, size: int) -> AddressBook:
    """The people of the book and invented ones, `size` in all."""
    from bot.language.lexicon_files import load_words

    given = sorted(load_words("given_names"))
    people = list(book.people.values())
    for number in range(len(people), size):
        first, last = given[number % len(given)], given[(number * 7 + 3) % len(given)]
        people.append(Person(10_000 + number, f"{first.title()} {last.title()}"))
    return AddressBook(people)


def latencies(gold: list[Row], book: AddressBook, now: datetime) -> list[float]:
    """Milliseconds of each utterance: the best of three rounds."""
    rounds = []
    for _ in range(3):
        spent = []
        for row in gold:
            started = time.perf_counter()
            read(row["text"], book, now)
            spent.append((time.perf_counter() - started) * 1000)
        rounds.append(spent)
    return sorted(map(min, zip(*rounds, strict=True)))


def print_latency(label: str, gold: list[Row], book: AddressBook, now: datetime) -> None:
    spent = latencies(gold, book, now)
    p95 = spent[max(0, round(len(spent) * 0.95) - 1)]
    print(
        f"latency ms, {label}: p50 {statistics.median(spent):.2f} p95 {p95:.2f} max {spent[-1]:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--contacts", type=Path, required=True)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--errors", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="*", default=[150, 5000])
    options = parser.parse_args()
    contacts = Contacts(options.contacts)
    gold = load_lines(options.gold)
    started = time.perf_counter()
    read("hello", contacts.book, contacts.now)
    print(f"first reading, word lists loaded: {(time.perf_counter() - started) * 1000:.0f} ms")
    told = {
        row["id"]: predict(contacts, row, read(row["text"], contacts.book, contacts.now))
        for row in gold
    }
    if options.predictions:
        lines = (json.dumps(line, ensure_ascii=False) for line in told.values())
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report(gold, told, contacts, options.errors)
    for size in options.sizes:
        started = time.perf_counter()
        book = crowd(contacts.book, size)
        built = (time.perf_counter() - started) * 1000
        print(f"address book of {size}: built in {built:.0f} ms")
        print_latency(f"{size} contacts", gold, book, contacts.now)


if __name__ == "__main__":
    main()
