"""Corrections of the last write: 'no, it was Tuesday', 'bukan Budi Santoso, Budi Hartono'."""

from bot.language.channels import channel_of
from bot.language.claims import Claim, Scene
from bot.language.dates import Hit
from bot.language.lexicon_files import word_set
from bot.language.model import Intent
from bot.language.naming import Spot

FILLERS = word_set("corrections", "fillers")
SWAPS = frozenset(["bukan", "not", "bukannya"])
UNDO = word_set("corrections", "undo")
DAY_WORDS = ("hari", "tanggal", "kemarin", "tadi")
LONGEST = 14


def claim_correction(scene: Scene) -> Claim | None:
    """A short message that begins by taking something back and tells something else."""
    message = scene.message
    letters = [word for word in message.words if not word.mark]
    if not letters or len(letters) > LONGEST:
        return None
    at = 0
    while message.norm(at) in FILLERS:
        at += 1
    filled = at > 0
    end = message.cues.starting("correct.start", at) or message.cues.starting("correct.start", 0)
    swap = swapped(scene, at)
    if swap:
        return Claim(Intent.CORRECT, 0.9, swap, (0, at + 1))
    if end is None:
        end = message.cues.starting("correct.start", 0)
    if two_days(scene, at):
        return Claim(Intent.CORRECT, 0.88, (), (0, at + 1))
    if undoes(scene, at):
        return Claim(Intent.CORRECT, 0.9, (), (0, message.size))
    if end is None or not tells_something(scene, end, filled=filled):
        return None
    return Claim(Intent.CORRECT, 0.88, tuple(scene.people), (0, end))


def two_days(scene: Scene, at: int) -> bool:
    """'not Monday, Tuesday', 'bukan Senin tapi Selasa': one day taken back for another."""
    told = [hit for hit in scene.dates if not hit.weak]
    plain = not scene.message.events and not scene.people
    return (
        plain and scene.message.norm(at) in SWAPS and len(told) == 2 and told[0].low - at in (1, 2)
    )


def swapped(scene: Scene, at: int) -> tuple[Spot, ...] | None:
    """'bukan X tapi Y', 'not X, Y', 'X bukan Y': the right one first, then the wrong one."""
    message = scene.message
    if len(scene.people) != 2 or any("past" in e.forms for e in message.events):
        return None
    first, second = scene.people
    if message.norm(message.before_name(first.low) - 1) in SWAPS and first.low - at <= 5:
        return second, first
    if message.norm(message.before_name(second.low) - 1) in SWAPS and first.low - at <= 4:
        return first, second
    return None


def meant(scene: Scene, hits: list[Hit]) -> Hit:
    """'not Monday, Tuesday': the day that is not taken back."""
    kept = [hit for hit in hits if scene.message.norm(hit.low - 1) not in ("bukan", "not")]
    return (kept or hits)[0]


def undoes(scene: Scene, at: int) -> bool:
    message = scene.message
    rest = {word.norm for word in message.words if not word.mark}
    small = {
        "that",
        "it",
        "the",
        "last",
        "one",
        "entry",
        "itu",
        "tadi",
        "yang",
        "terakhir",
        "catatan",
        "log",
        "please",
        "tolong",
        "ya",
        "dong",
        "back",
        "saja",
        "undo",
        "barusan",
        "lagi",
    }
    return message.norm(at) in UNDO and rest <= small | UNDO | FILLERS


def tells_something(scene: Scene, end: int, *, filled: bool) -> bool:
    """A date, a person or a channel after the taking back, and no new deed in the past tense."""
    message = scene.message
    phrase = end > 1 or message.norm(0) in (
        "ralat",
        "koreksi",
        "correction",
        "salah",
        "maksud",
        "maksudku",
        "maksudnya",
        "harusnya",
        "seharusnya",
    )
    refused = message.norm(0) == "bukan" and message.norm(1) in (",", *DAY_WORDS)
    if not (phrase or filled or refused):
        return False
    if any("past" in event.forms and event.high - event.low >= 1 for event in message.events):
        return False
    deed = [e for e in message.events if e.low >= end and e.forms & {"verb"} and e.kind != "talk"]
    if deed and scene.people:
        return False
    when = [hit for hit in scene.dates if not hit.weak]
    channel = channel_of(message, end, message.size, None)
    return bool(when or scene.people or channel)
