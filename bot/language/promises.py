"""Promises and needs heard inside a log."""

from datetime import date

from bot.language.claims import Scene
from bot.language.clauses import Clause
from bot.language.dates import Hit
from bot.language.model import Need, Party, Promise, Span


def find_promise(scene: Scene) -> Promise | None:
    """The first promise: by whom, its words, the day it is due if told."""
    for concept, by in (("promise.theirs", Party.THEM), ("promise.mine", Party.ME)):
        for i, j in scene.message.cues.places.get(concept, ()):
            clause = clause_from(scene, i)
            if i == 0 and concept == "promise.mine" and not scene.people:
                continue
            if not worth(scene, i, j, clause.high):
                continue
            due = next((hit for hit in scene.dates if i <= hit.low < clause.high), None)
            what = words_between(scene, j, clause.high, due)
            if what:
                return Promise(by, what, due_day(due), span(scene, i, clause.high))
    return None


def worth(scene: Scene, i: int, j: int, high: int) -> bool:
    """Plain 'will' and 'mau' count only with a deed after them."""
    plain = {"promised", "promise", "janji", "berjanji", "owe", "agreed"}
    if plain & {scene.message.norm(k) for k in range(i, j)}:
        return True
    return any(scene.message.cues.has(f"active.{form}", j - 1, high) for form in ("base", "verb"))


def due_day(hit: Hit | None) -> date | None:
    days = hit and (hit.future or hit.past)
    return days.best if days else None


def clause_from(scene: Scene, i: int) -> Clause:
    """From word i to the end of its sentence or the next comma."""
    high = i
    while high < scene.message.size and scene.message.words[high].norm not in ".;!?\n,":
        high += 1
    return Clause(i, high)


def words_between(scene: Scene, low: int, high: int, due: Hit | None) -> str:
    while low < high and scene.message.norm(low) in (
        "to",
        "untuk",
        "that",
        "i",
        "will",
        "would",
        "akan",
        "mau",
        "saya",
        "him",
        "her",
        "me",
    ):
        low += 1
    if due and due.high >= high:
        high = due.low
    return scene.message.typed(low, high).strip() if high > low else ""


def span(scene: Scene, low: int, high: int) -> Span:
    words = scene.message.words
    return Span(words[low].start, words[high - 1].end)


def find_need(scene: Scene) -> Need | None:
    """'she is looking for a data engineer', 'dia lagi cari investor'; offers likewise."""
    for concept, offered in (("needs.seek", False), ("needs.offer", True)):
        for i, j in scene.message.cues.places.get(concept, ()):
            clause = clause_from(scene, i)
            what = scene.message.typed(j, clause.high).strip() if clause.high > j else ""
            mine = scene.message.norm(i - 1) in ("i", "we", "saya", "kami")
            if what and scene.people:
                who = Party.ME if mine else Party.THEM
                return Need(who, what, offered, span(scene, i, clause.high))
    return None
