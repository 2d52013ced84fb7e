"""Whether a deed happened: not denied, wished for, planned, called off or heard of."""

from enum import StrEnum

from bot.language.claims import Scene
from bot.language.clauses import Clause
from bot.language.dates import Hit
from bot.language.words import STOP


class Truth(StrEnum):
    DONE = "done"
    DENIED = "denied"
    UNREAL = "unreal"
    PLANNED = "planned"
    HEARD = "heard"


def truth_of(scene: Scene, clause: Clause, low: int, high: int) -> Truth:
    """How the deed at words low..high of the clause is told."""
    if heard(scene, low):
        return Truth.HEARD
    if denied(scene, clause, low):
        return Truth.DENIED
    if unreal(scene, clause, low, high):
        return Truth.UNREAL
    if planned(scene, clause, low, high):
        return Truth.PLANNED
    return Truth.DONE


def sentence_start(scene: Scene, at: int) -> int:
    """The first word of the sentence that holds word `at`."""
    while at > 0 and scene.message.words[at - 1].norm not in STOP:
        at -= 1
    return at


def heard(scene: Scene, low: int) -> bool:
    """A word of hearsay, or somebody's saying, before the deed in the sentence."""
    start = sentence_start(scene, low)
    cues = scene.message.cues
    for concept in ("words.hearsay", "words.said"):
        for i, j in cues.within(concept, start, low):
            overlapped = any(e.low <= i and j <= e.high for e in scene.message.events)
            if overlapped or own_saying(scene, i, j):
                continue
            if not any(event.high <= i and event.low >= start for event in scene.message.events):
                return True
    return False


def own_saying(scene: Scene, i: int, j: int) -> bool:
    """'I told ...', 'kabar baik:' are not hearsay."""
    return scene.message.norm(i - 1) in ("i", "we", "saya", "kami") or (
        scene.message.norm(i) == "kabar" and scene.message.norm(j) in ("baik", "gembira")
    )


def denied(scene: Scene, clause: Clause, low: int) -> bool:
    """'did not meet', 'belum ketemu', 'batal', also told in the clause after ('tapi batal')."""
    cues = scene.message.cues
    excused = cues.within("words.unless_about", clause.low, clause.high)
    for i, j in cues.within("words.negation", clause.low, low):
        if not any(a <= i < b for a, b in excused) and not apart(scene, j, low):
            return True
    if called_off(scene, clause, low):
        return True
    number = scene.clauses.index(clause)
    after = scene.clauses[number + 1 : number + 2]
    return any(only_calls_off(scene, later) for later in after)


def apart(scene: Scene, j: int, low: int) -> bool:
    """Whether a name's end stands between a negation and the deed: 'not Budi but ... met'."""
    return any(j <= spot.low and spot.high <= low for spot in scene.people) and low - j > 3


def called_off(scene: Scene, clause: Clause, low: int) -> bool:
    cues = scene.message.cues
    for i, _ in cues.within("words.cancelled", clause.low, clause.high):
        topic = cues.within("words.topic", low, i)
        if not topic:
            return True
    return False


def only_calls_off(scene: Scene, clause: Clause) -> bool:
    """A clause that cancels and names neither another deed nor another person."""
    if not scene.message.cues.has("words.cancelled", clause.low, clause.high):
        return False
    return not any(clause.holds(spot.low) for spot in scene.people)


def unreal(scene: Scene, clause: Clause, low: int, high: int) -> bool:
    """Wishes, conditions, near misses, dreams, attempts."""
    cues = scene.message.cues
    for i, _ in cues.within("words.unreal", clause.low, low):
        if not any(event.high <= i for event in scene.message.events if clause.holds(event.low)):
            return True
    if cues.has("words.unreal_after", high, clause.high):
        return True
    number = scene.clauses.index(clause)
    before = scene.clauses[number - 1] if number else None
    if before and joined_condition(scene, before):
        return True
    after = scene.clauses[number + 1] if number + 1 < len(scene.clauses) else None
    return bool(after and cues.starting("words.unreal_after", after.low) is not None)


def joined_condition(scene: Scene, clause: Clause) -> bool:
    """A clause before that has a wish and neither deed nor name: 'semoga, ...', 'I wish ...'."""
    if not scene.message.cues.has("words.unreal", clause.low, clause.high):
        return False
    return not any(clause.holds(event.low) for event in scene.message.events) and not any(
        clause.holds(spot.low) for spot in scene.people
    )


def planned(scene: Scene, clause: Clause, low: int, high: int) -> bool:
    """'will', 'mau', 'besok': a plan before the deed, or only days to come in the clause."""
    cues = scene.message.cues
    for i, _ in cues.within("words.plan", clause.low, high):
        if i >= low:
            continue
        earlier = [e for e in scene.message.events if clause.holds(e.low) and e.high <= i]
        if not earlier and not overruled(scene, clause, i):
            return True
    hits = dates_near(scene, clause)
    past = [hit for hit in hits if hit.past and not leans_ahead(scene, clause, hit)]
    return bool(hits) and not past


def leans_ahead(scene: Scene, clause: Clause, hit: Hit) -> bool:
    """'lunch with Ani on 2 April' in March: without a tense the far nearer day to come is meant."""
    if hit.past is None or hit.future is None:
        return False
    told = any(
        event.forms == {"past"} or ("past" in event.forms and "noun" not in event.forms)
        for event in scene.message.events if clause.holds(event.low)
    )  # fmt: skip
    if told or scene.message.cues.has("words.past_mark", clause.low, clause.high):
        return False
    back, ahead = (scene.today - hit.past.best).days, (hit.future.best - scene.today).days
    return back > 60 and ahead < back


def overruled(scene: Scene, clause: Clause, i: int) -> bool:
    """'kemarin bisa ketemu', 'finally could': done after all."""
    past = any(hit.past and not hit.future for hit in scene.date_in(clause))
    if scene.message.norm(i) in ("ngajak", "mengajak"):
        return past and not any(clause.low <= spot.low < i for spot in scene.people)
    if scene.message.norm(i) == "diajak":
        return past
    if scene.message.norm(i) in ("am", "are", "is"):
        return any(hit.weak for hit in scene.date_in(clause))
    if scene.message.norm(i) not in ("bisa", "can", "boleh"):
        return False
    return past or scene.message.norm(i - 1) in ("akhirnya", "finally")


def dates_near(scene: Scene, clause: Clause) -> list[Hit]:
    """Dates of the clause and of bare neighbours: 'besok, ketemu Ani'."""
    hits = list(scene.date_in(clause))
    if hits:
        return hits
    number = scene.clauses.index(clause)
    for other in scene.clauses[max(number - 1, 0) : number + 2]:
        if other != clause and bare(scene, other):
            hits.extend(scene.date_in(other))
    return hits


def bare(scene: Scene, clause: Clause) -> bool:
    """A clause without a deed of its own: only names, days and small words."""
    inside = [event for event in scene.message.events if clause.holds(event.low)]
    said = scene.message.cues.has("words.said", clause.low, clause.high)
    verbs = any(scene.message.cues.has(c, clause.low, clause.high)
                for c in ("words.plan", "words.unreal", "active.past", "active.verb"))  # fmt: skip
    return not inside and not said and not verbs
