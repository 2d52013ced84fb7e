"""Chooses between the claims on a message and fills in the reading."""

from bot.language import details, favours, promises, queries, roles
from bot.language.book import honorific_words
from bot.language.calendar import Days
from bot.language.channels import channel_of
from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause
from bot.language.connections import relation_of
from bot.language.corrections import meant
from bot.language.dates import Hit
from bot.language.model import (
    UNSURE,
    Ambiguous,
    Channel,
    Correction,
    Evidence,
    Found,
    Guess,
    Intent,
    Known,
    Mention,
    New,
    Reading,
    Span,
)
from bot.language.naming import Spot
from bot.language.topics import topic_of

ORDER = (
    Intent.CORRECT,
    Intent.REMIND,
    Intent.QUERY,
    Intent.ADD_CONTACT,
    Intent.FAVOUR,
    Intent.LOG,
    Intent.CONNECT,
)


def choose(scene: Scene, text: str, claims: list[Claim]) -> Reading:
    """The strongest claim; of equal ones the first in ORDER. No claim: chatter."""
    if not claims:
        return Reading(Intent.CHATTER, chatter_confidence(scene), text, mentioned=mentions(scene))
    claims = [claim for claim in claims if weight(scene, claim, claims) >= UNSURE]
    if not claims:
        return Reading(Intent.CHATTER, UNSURE, text, mentioned=mentions(scene))
    best = max(claims, key=lambda claim: (weight(scene, claim, claims), -ORDER.index(claim.intent)))
    return fill(scene, text, best)


def weight(scene: Scene, claim: Claim, claims: list[Claim]) -> float:
    """A claim's strength after what the others say against it."""
    intents = {other.intent: other.strength for other in claims}
    strength = claim.strength
    if asked(scene, claim):
        strength -= 0.45
    if claim.intent is Intent.LOG and Intent.ADD_CONTACT in intents:
        known = any(spot.ids and not spot.guessed for spot in claim.spots)
        strength += 0.04 if known else -0.06
    if claim.intent is Intent.FAVOUR and claim.at and intents.get(Intent.LOG, 0) >= 0.9:
        strength -= 0.1 if favours.only_shown(scene, claim.at) else 0.0
    if claim.intent is Intent.REMIND and claim.strength < 0.9:
        done = intents.get(Intent.LOG, 0) >= 0.75 or Intent.FAVOUR in intents
        strength -= 0.15 if done else 0.0
    if claim.intent is Intent.QUERY and intents.get(Intent.REMIND, 0) > 0.9:
        order = next(other for other in claims if other.intent is Intent.REMIND).at or (0, 1)
        named = scene.message.norm(order[0]) in REMINDER_NOUNS
        asks = named or scene.message.norm(0) in ("who", "when", "what", "siapa", "kapan", "apa")
        strength += 0.05 if asks else -0.05
    return strength


ASKING_ENDINGS = (("tidak", "iya"), ("tidak", "sih"), ("belum", "iya"), ("belum", "sih"))


def asked(scene: Scene, claim: Claim) -> bool:
    """'does Grant know Elena?', 'ketemu Ani kemarin?': a question tells of no deed."""
    if claim.intent not in (Intent.LOG, Intent.FAVOUR, Intent.CONNECT):
        return False
    size = scene.message.size
    ending = (scene.message.norm(size - 2), scene.message.norm(size - 1))
    if ending[1] != "?" and ending not in ASKING_ENDINGS:
        return False
    return claim.intent is Intent.CONNECT or scene.clauses[-1] in claim.clauses


def chatter_confidence(scene: Scene) -> float:
    """High where nothing was named that could be acted on."""
    return 0.95 if not scene.spots else 0.85


def mention(scene: Scene, spot: Spot) -> Mention:
    words = scene.message.words
    at = Span(words[spot.low].start, words[spot.high - 1].end)
    typed = scene.message.typed(spot.low, spot.high)
    if spot.guessed:
        return Guess(spot.ids, typed, at)
    if len(spot.ids) == 1:
        return Known(spot.ids[0], typed, at)
    if spot.ids:
        return Ambiguous(spot.ids, typed, at)
    return New(plain_name(spot.name or spot.organisation or typed), typed, at)


def plain_name(name: str) -> str:
    """Without honorifics, possessive and marks; 'kevin' gets its capital."""
    parts = name.replace(".", ". ").split()
    while len(parts) > 1 and parts[0].casefold().strip(".") in honorific_words():
        parts.pop(0)
    name = " ".join(parts).strip(" .,")
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name.title() if name.islower() else name


def mentions(scene: Scene) -> tuple[Mention, ...]:
    return tuple(mention(scene, spot) for spot in scene.spots if spot.ids or spot.name)


def fill(scene: Scene, text: str, claim: Claim) -> Reading:
    """The whole reading of the message under the claim that won."""
    hit = date_of(scene, claim)
    days = side(hit, claim.intent)
    time = details.find_time(text)
    day = days.best if days else None
    if claim.intent is Intent.REMIND and time and day is None:
        day = scene.today
    clause = claim.clauses[0] if claim.clauses else Clause(0, scene.message.size)
    post = post_of(scene, claim)
    organisation = (
        queries.asked_organisation(scene) if claim.intent is Intent.QUERY else post.organisation
    )
    taking_part = {(spot.low, spot.high) for spot in claim.spots}
    others = [s for s in scene.spots if (s.low, s.high) not in taking_part and (s.ids or s.name)]
    return Reading(
        intent=claim.intent,
        confidence=claim.strength,
        note=text,
        people=tuple(mention(scene, spot) for spot in claim.spots),
        mentioned=tuple(mention(scene, spot) for spot in others),
        when=day,
        span=(days.first, days.last) if days and days.first != days.last else None,
        time=time.time if time else None,
        channel=claim.channel,
        direction=claim.direction,
        favour_kind=favours.kind_of(scene, clause) if claim.intent is Intent.FAVOUR else None,
        organisation=organisation,
        role=post.role,
        how_met=how_met(scene, claim),
        tags=details.find_tags(text),
        phone=details.find_phone(text),
        email=details.find_email(text),
        about=topic_of(scene),
        query=queries.query_of(scene, organisation) if claim.intent is Intent.QUERY else None,
        correction=correction(scene, claim),
        promise=promises.find_promise(scene) if claim.intent in PAST_INTENTS else None,
        need=promises.find_need(scene) if claim.intent in PAST_INTENTS else None,
        started_by=claim.started_by,
        relation=relation_of(scene, claim.at or (0, 0)) if claim.intent is Intent.CONNECT else None,
        evidence=evidence(scene, claim, hit),
    )


REMINDER_NOUNS = frozenset(
    ["pengingat", "reminder", "reminders", "deadline", "due", "schedule", "jadwal"]
)
PAST_INTENTS = (Intent.LOG, Intent.FAVOUR, Intent.ADD_CONTACT)


def post_of(scene: Scene, claim: Claim) -> roles.Post:
    if claim.intent is not Intent.ADD_CONTACT or not claim.spots:
        return roles.Post()
    return roles.find_post(scene, claim.spots[0])


MET_AT = frozenset(("at", "di", "during", "through", "via", "lewat", "pas", "waktu"))


def how_met(scene: Scene, claim: Claim) -> str | None:
    """'at a seminar in Bandung', 'di Tech in Asia': the words after 'met', 'kenalan'."""
    if claim.intent is not Intent.ADD_CONTACT:
        return None
    message = scene.message
    for concept in ("add.met", "meeting.past", "meeting.verb"):
        for _, j in message.cues.places.get(concept, ()):
            for i in range(j, min(j + 8, message.size)):
                if message.norm(i) in MET_AT:
                    clause = promises.clause_from(scene, i)
                    return (
                        message.typed(i + 1, clause.high).strip() if clause.high > i + 1 else None
                    )
                if message.norm(i) in (",", "."):
                    break
    return None


def date_of(scene: Scene, claim: Claim) -> Hit | None:
    """The date of the deed: in its own clauses first, plain before weak, then anywhere else."""
    if claim.intent in (Intent.QUERY, Intent.CONNECT):
        return None
    future = claim.intent is Intent.REMIND
    usable = [
        hit for hit in scene.dates if side(hit, claim.intent) and tells_day(scene, claim, hit)
    ]
    if not usable:
        return None
    if claim.intent is Intent.CORRECT:
        return meant(scene, usable)
    if future or not claim.clauses:
        return min(
            usable, key=lambda hit: (hit.weak, hit.past is not None and not hit.future, hit.low)
        )
    low = min(clause.low for clause in claim.clauses[:1])
    high = max(clause.high for clause in claim.clauses[:1])
    own = [hit for hit in usable if low <= hit.low < high]
    pool = own or [hit for hit in usable if beside(scene, hit) and not of_theirs(scene, high, hit)]
    plain = [hit for hit in pool if not hit.weak]
    if not plain and pool and not own:
        return pool[0]
    return next(iter(plain or pool), None)


def tells_day(scene: Scene, claim: Claim, hit: Hit) -> bool:
    """'kontak baru', 'just met' tell no day of a first meeting."""
    if claim.intent is not Intent.ADD_CONTACT or not hit.weak:
        return True
    return any(scene.message.norm(i) == "tadi" for i in range(hit.low, hit.high))


def beside(scene: Scene, hit: Hit) -> bool:
    """A date outside the deed's clause that still tells its day: before it, or bare after it."""
    if hit.future and not hit.past:
        return False
    promise = promises.find_promise(scene)
    return not (promise and scene.message.words[hit.low].start >= promise.at.start)


def of_theirs(scene: Scene, deed_end: int, hit: Hit) -> bool:
    """'coffee with Citra, she is moving in June': their day, told after the deed."""
    clause = next((c for c in scene.clauses if c.holds(hit.low)), None)
    if clause is None or clause.low < deed_end:
        return False
    return any(scene.message.norm(k) in THEY for k in range(clause.low, hit.low))


THEY = frozenset(("he", "she", "they", "dia", "mereka", "beliau", "his", "her", "their"))


def side(hit: Hit | None, intent: Intent) -> Days | None:
    """The days on the side of today that the intent looks to."""
    if hit is None:
        return None
    if intent is Intent.REMIND:
        return hit.future
    if intent is Intent.CORRECT:
        return hit.past or hit.future
    return hit.past


def correction(scene: Scene, claim: Claim) -> Correction | None:
    if claim.intent is not Intent.CORRECT:
        return None
    told = [hit for hit in scene.dates if not hit.weak]
    hit = meant(scene, told) if told else None
    days = hit and (hit.past or hit.future)
    found = None
    if hit and days:
        words = scene.message.words
        at = Span(words[hit.low].start, words[hit.high - 1].end)
        found = Found(days.best, days.first, days.last, at)
    people = [mention(scene, spot) for spot in claim.spots]
    swap = len(people) == 2
    channel = None if swap else corrections_channel(scene)
    return Correction(
        when=found,
        person=people[0] if people else None,
        instead_of=people[1] if swap else None,
        channel=channel,
        undo=not (found or people or channel),
    )


def corrections_channel(scene: Scene) -> Channel | None:
    return channel_of(scene.message, 0, scene.message.size, None)


def evidence(scene: Scene, claim: Claim, hit: Hit | None) -> tuple[Evidence, ...]:
    words = scene.message.words
    found: list[Evidence] = []
    if claim.at and claim.at[1] > claim.at[0]:
        found.append(Evidence("intent", Span(words[claim.at[0]].start, words[claim.at[1] - 1].end)))
    if hit:
        found.append(Evidence("when", Span(words[hit.low].start, words[hit.high - 1].end)))
    found.extend(
        Evidence("person", Span(words[s.low].start, words[s.high - 1].end)) for s in claim.spots
    )
    return tuple(found)
