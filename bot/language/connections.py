"""Lasting relations between two contacts: 'Ani knows Budi', 'Budi dan Citra sekantor'."""

from bot.language.claims import Claim, Scene
from bot.language.model import Intent, Relation
from bot.language.truth import heard

RELATIONS = (
    "family",
    "studied_together",
    "colleagues",
    "works_with",
    "reports_to",
    "friends",
    "knows",
)


def claim_connection(scene: Scene) -> Claim | None:
    """Two or more people of one sentence with a word of relation, and no part for the user."""
    if len(scene.people) < 2:
        return None
    low, high = scene.people[0].low, scene.people[-1].high
    for relation in RELATIONS:
        for i, j in scene.message.cues.within(f"connect.{relation}", 0, scene.message.size):
            if related(scene, i, low, high):
                return Claim(Intent.CONNECT, 0.9, tuple(scene.people[:2] if len(scene.people) == 2
                             else scene.people), (i, j))  # fmt: skip
    return None


def related(scene: Scene, i: int, low: int, high: int) -> bool:
    message = scene.message
    if any(message.norm(k) in ("i", "we", "me", "saya", "kami", "kita", "my", "our", "us")
           for k in range(message.size)):  # fmt: skip
        return False
    if any(hit.past and not hit.future and not hit.weak for hit in scene.dates):
        return False
    if deed_beside(scene, i):
        return False
    if heard(scene, i) or message.cues.has("words.negation", 0, i):
        return False
    if message.cues.has("words.unreal", 0, i) or message.cues.has("words.plan", 0, i):
        return False
    between = low < i < high
    after = i >= high and len(scene.people) >= 2
    return between or (after and i - high <= 6)


def deed_beside(scene: Scene, i: int) -> bool:
    """'Tom and his wife had dinner with Grace': the relation is told by the way."""
    owned = scene.message.norm(i - 1) in ("his", "her", "their") or scene.message.norm(i).endswith(
        "nya"
    )
    deeds = [e for e in scene.message.events if not e.low <= i < e.high]
    return owned and any(e.forms & {"past", "verb", "noun", "passive"} for e in deeds)


def relation_of(scene: Scene, at: tuple[int, int]) -> Relation:
    """The closest relation told by those words."""
    for relation in RELATIONS:
        if at in scene.message.cues.places.get(f"connect.{relation}", ()):
            return Relation(relation)
    return Relation.KNOWS
