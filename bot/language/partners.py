"""Which names beside a deed are those met: not a topic, a place, an owner or one left out."""

from bot.language.channels import topic_start
from bot.language.claims import Scene
from bot.language.clauses import Clause
from bot.language.lexicon_files import word_set
from bot.language.naming import Spot
from bot.language.phrases import Event

NOT_WITH = word_set("happening", "not_with")
OWNED = word_set("happening", "owned")


def takes_part(scene: Scene, clause: Clause, event: Event, spot: Spot) -> bool:
    """Whether a name in the clause is one of those met, not a topic, a place or one left out."""
    message = scene.message
    at = message.before_name(spot.low)
    if message.norm(at - 1) in NOT_WITH or mere_owner(scene, spot):
        return False
    if spot.organisation:
        return partner_organisation(scene, event, spot)
    if "noun" in event.forms and "past" not in event.forms and mere_place(scene, clause, spot):
        return False
    if spot.low >= event.high:
        topic = topic_start(message, event, clause.low, clause.high)
        if topic is not None and topic < spot.low and not regained(scene, topic, spot):
            return False
        return not begins_deed(scene, event, spot)
    return True


PLACES = frozenset(("tempat", "rumah", "kantor", "warung", "kafe", "toko"))
JUDGED = word_set("partners", "judged")


def mere_place(scene: Scene, clause: Clause, spot: Spot) -> bool:
    """'the coffee at Rio's place is terrible': an opinion of a place, nobody met."""
    message = scene.message
    owner = message.words[spot.high - 1].possessive or message.norm(spot.low - 1) in PLACES
    return owner and any(message.norm(i) in JUDGED for i in range(spot.high, clause.high))


def regained(scene: Scene, topic: int, spot: Spot) -> bool:
    """'discussed the grant with Ani': a 'with' after the topic began."""
    message = scene.message
    first = spot
    for other in reversed([s for s in scene.spots if s.high <= spot.low]):
        if listed(scene, other, first):
            first = other
    at = message.before_name(first.low)
    start = message.cues.ending("words.with", at)
    return start is not None and start > topic


def listed(scene: Scene, first: Spot, second: Spot) -> bool:
    """Whether only 'and', commas and honorifics stand between two names."""
    message = scene.message
    between = range(first.high, message.before_name(second.low))
    return all(
        message.norm(i) in ("and", "dan", ",", "&", "plus", "juga", "+", "/", "sama")
        for i in between
    )


def mere_owner(scene: Scene, spot: Spot) -> bool:
    """'Grace's sister', 'istri Budi': somebody of theirs was met, not they."""
    message = scene.message
    if message.words[spot.high - 1].possessive:
        return spot.high < message.size and message.norm(spot.high) not in OWNED
    at = message.before_name(spot.low)
    return message.cues.ending("connect.family", at) is not None and (
        message.cues.ending("words.honorific", at) is None
    )


def begins_deed(scene: Scene, event: Event, spot: Spot) -> bool:
    """'had lunch with ani [budi is moving]': a name that opens a new statement."""
    message = scene.message
    people = [s for s in scene.people if event.high <= s.low < spot.low]
    if not people or listed(scene, people[-1], spot):
        return False
    follows = message.norm(spot.high) in (
        "is",
        "was",
        "will",
        "has",
        "mau",
        "akan",
        "lagi",
        "sudah",
    )
    return follows or message.cues.starting("words.said", spot.high) is not None


def partner_organisation(scene: Scene, event: Event, spot: Spot) -> bool:
    """An organisation met as such: 'with Telkom', 'met the GIZ team'; not 'at Telkom'."""
    message = scene.message
    at = spot.low
    while message.norm(at - 1) in (
        "the",
        "tim",
        "team",
        "orang",
        "pihak",
        "perwakilan",
        "teman",
        "folks",
        "delegasi",
        "our",
    ):
        at -= 1
    if message.norm(spot.high) in (
        "office",
        "building",
        "tower",
        "event",
        "canteen",
        "lobby",
        "workshop",
        "seminar",
        "conference",
        "party",
    ):
        return False
    follows = message.event_at(spot.high)
    if follows and follows.kind == "event":
        return False
    before = message.norm(at - 1)
    if before in ("and", "dan", "&", ","):
        earlier = [s for s in scene.spots if s.high <= spot.low]
        if not earlier:
            return False
        last = earlier[-1]
        return partner_organisation(scene, event, last) if last.organisation else bool(spot.ids)
    if message.cues.ending("words.with", at) is not None:
        return True
    if event.high == at:
        if before in ("di", "at", "in") or before in ("kantor", "rumah", "tempat"):
            return bool(spot.ids) and not scene.people and before in ("kantor", "tempat")
        return bool(event.forms & {"past", "verb", "base", "passive"}) or before == "ke"
    return (
        before in ("to", "ke", "kepada", "dari", "from")
        and event.kind
        in (
            "email",
            "message",
            "call",
            "meeting",
            "discuss",
        )
        and not any(s.high <= spot.low for s in scene.people)
    )
