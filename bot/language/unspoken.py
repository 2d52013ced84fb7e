"""A meeting told without a verb: 'Ani yesterday at the tower', 'kemarin sama Budi di kantor'."""

from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause
from bot.language.lexicon_files import load_words
from bot.language.model import Channel, Intent
from bot.language.naming import Spot

SMALL = frozenset(
    (",", "and", "dan", "&", "at", "@", "di", "in", "on", "the", "about", "re", "soal")
)
PLACE_WORDS = 3


def claim_unspoken(scene: Scene) -> Claim | None:
    """Known people, a past day and at most a place: nothing else may be said."""
    message = scene.message
    known = [spot for spot in scene.people if len(spot.ids) >= 1 and not spot.guessed]
    past = [hit for hit in scene.dates if hit.past and not hit.weak]
    if message.events or not known or len(known) != len(scene.people) or len(past) != 1:
        return None
    if past[0].future and scene.clauses[1:]:
        return None
    left = words_left(scene)
    if left is None or len(left) > PLACE_WORDS:
        return None
    whole = Clause(0, message.size)
    return Claim(
        Intent.LOG, 0.75, tuple(known), (0, known[0].low), Channel.MEETING, clauses=(whole,)
    )


def words_left(scene: Scene) -> list[int] | None:
    """Words that are no name, day or link; None where one of them tells more than a place."""
    message = scene.message
    covered = {k for s in scene.spots for k in range(message.before_name(s.low), s.high)}
    covered |= {k for hit in scene.dates for k in range(hit.low, hit.high)}
    covered |= {k for i, j in message.cues.places.get("words.with", ()) for k in range(i, j)}
    left = [k for k in range(message.size) if k not in covered and message.norm(k) not in SMALL]
    led = next((k for k in range(message.size) if message.norm(k) in ("at", "@", "di")), None)
    together = with_someone(scene, scene.people[0])
    if led is None and (left or not together):
        return None
    if any(k < (led or 0) or not place_word(scene, k) for k in left):
        return None
    cities = load_words("places")
    if not together and led is not None and message.raw(led + 1) in cities:
        return None  # 'Ani kemarin di Bali' tells where she was
    return left


def with_someone(scene: Scene, spot: Spot) -> bool:
    at = scene.message.before_name(spot.low)
    return scene.message.cues.ending("words.with", at) is not None


def place_word(scene: Scene, k: int) -> bool:
    """No mark, and no word by which the message would deny, wish, plan or pass on something."""
    message = scene.message
    told = ("negation", "cancelled", "unreal", "plan", "hearsay", "said", "question_word", "acts")
    return not message.words[k].mark and not any(
        any(i <= k < j for i, j in message.cues.places.get(f"words.{name}", ())) for name in told
    )
