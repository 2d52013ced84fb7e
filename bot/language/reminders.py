"""Reminders asked for, and things to come told with their day."""

from bot.language.channels import channel_of
from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause, find_doers, main_event, me_after
from bot.language.dates import Hit
from bot.language.details import find_time
from bot.language.happening import unique
from bot.language.lexicon_files import word_set
from bot.language.model import Channel, Intent
from bot.language.naming import Spot
from bot.language.partners import listed
from bot.language.truth import called_off, heard, leans_ahead

WISHES = word_set("reminders", "wishes")


def claim_reminder(scene: Scene) -> Claim | None:
    """A reminder asked for in so many words, or a day to come with somebody to meet or call."""
    order = reminder_order(scene)
    if order is not None:
        return Claim(Intent.REMIND, 0.95, reminded_people(scene, order[1]), order, channel(scene))
    if to_come(scene) and (scene.people or any(spot.ids for spot in scene.spots)):
        return Claim(Intent.REMIND, 0.85, reminded_people(scene, 0), None, channel(scene))
    return None


def channel(scene: Scene) -> Channel | None:
    whole = Clause(0, scene.message.size)
    return channel_of(scene.message, 0, whole.high, main_event(scene.message.events, whole))


def reminder_order(scene: Scene) -> tuple[int, int] | None:
    """'remind me', 'jangan lupa', 'ingatkan' as an order, not 'that reminds me of'."""
    message = scene.message
    for i, j in sorted(message.cues.places.get("remind.strong", ())):
        before = message.norm(i - 1)
        if (
            before in ("you", "not", "i", "tidak", "he", "she", "the", "did")
            and message.norm(i) != "do"
        ):
            continue
        if i > 5 and not scene.dates and message.norm(i) not in ("ingatkan", "remind", "jangan"):
            continue
        if message.cues.starting("words.question_word", j) is not None:
            continue
        if message.norm(i) == "remind" and message.norm(j) in ("her", "him", "them", "you", "dia"):
            continue
        if message.norm(i) in (
            "remember",
            "ingat",
            "due",
            "deadline",
            "schedule",
            "tell",
            "memo",
        ) and (
            not scene.people or any(hit.future is None for hit in scene.dates) or not scene.dates
        ):
            continue
        return i, j
    return order_to_act(scene)


def order_to_act(scene: Scene) -> tuple[int, int] | None:
    """'call Budi', 'follow up with Ani next week': an English order at the start."""
    message = scene.message
    start = 0
    while message.norm(start) in (
        "please",
        "must",
        "need",
        "to",
        "i",
        "have",
        "got",
        "should",
        ",",
    ):
        start += 1
    for name in ("call", "email", "message", "meeting", "talk", "video"):
        end = message.cues.starting(f"{name}.base", start)
        if (
            message.norm(start).endswith("ing")
            or end is None
            or message.cues.starting(f"{name}.past", start) is not None
        ):
            continue
        person = any(message.before_name(spot.low) - end in (0, 1) for spot in scene.people)
        past = any(hit.past and not hit.future for hit in scene.dates)
        future = any(hit.future for hit in scene.dates)
        if local(scene):
            return None
        if person and not past and (future or (start > 0 and not wishful(scene))):
            return start, end
    return None


def local(scene: Scene) -> bool:
    """Indonesian words in the message: there 'email', 'telepon' are no orders but deeds."""
    signs = {"ke", "sama", "dengan", "soal", "tanggal", "tentang", "bahas", "kemarin", "tadi"}
    return any(word.norm in signs for word in scene.message.words)


def wishful(scene: Scene) -> bool:
    named = {k for spot in scene.spots for k in range(spot.low, spot.high)}
    return any(word.norm in WISHES for k, word in enumerate(scene.message.words) if k not in named)


def days_to_come(scene: Scene) -> list[Hit]:
    """Days to come; 'nanti' alone, with no time of day either, is none."""
    ahead = [hit for hit in scene.dates if hit.future]
    alone = {hit for hit in ahead if hit.high - hit.low == 1}
    alone = {hit for hit in alone if scene.message.norm(hit.low) == "nanti"}
    if not alone or find_time(scene.message.text):
        return ahead
    return [hit for hit in ahead if hit not in alone]


def to_come(scene: Scene) -> bool:
    """Whether the message tells only of a day to come, as a fact and not as a wish."""
    future = days_to_come(scene)
    if not future or wishful(scene) or heard(scene, scene.message.size):
        return False
    if any(hit.past and not hit.future and not hit.weak for hit in scene.dates):
        return False
    if any(called_off(scene, clause, clause.low) for clause in scene.clauses):
        return False
    cues = scene.message.cues
    only_future = any(hit.past is None for hit in future)
    plan = cues.has("words.plan", 0, scene.message.size) or cues.has(
        "remind.task", 0, scene.message.size
    )
    birthday = cues.has("remind.birthday", 0, scene.message.size)
    negated = cues.has("words.negation", 0, scene.message.size)
    ours = about_me(scene) or birthday
    done = cues.has("words.past_mark", 0, scene.message.size) and not only_future
    if done:
        return False
    return (only_future or plan or birthday or nearer_ahead(scene)) and ours and not negated


def nearer_ahead(scene: Scene) -> bool:
    """'lunch with Ani on 2 April': without a tense the nearer of the two days is meant."""
    whole = Clause(0, scene.message.size)
    return any(leans_ahead(scene, whole, hit) for hit in scene.dates)


def about_me(scene: Scene) -> bool:
    """Whether the user has a part in what is to come: not 'Rio is flying to Bali tomorrow'."""
    message = scene.message
    for clause in scene.clauses:
        event = main_event(message.events, clause)
        if event is None:
            continue
        doers = find_doers(message, clause, event.low, scene.spots)
        if doers.me or not (doers.named or doers.other) or me_after(message, clause, event.high):
            return True
        if event.forms & {"noun"} and len(doers.named) == 1:
            return True
    mine = any(
        word.norm in ("i", "we", "me", "my", "saya", "kami", "kita") for word in message.words
    )
    led = not scene.people or message.before_name(scene.people[0].low) > 0
    task = message.cues.has("remind.task", 0, message.size)
    favour = any(message.cues.has(f"active.{form}", 0, 4) for form in ("base", "verb"))
    return mine or (led and (task or favour))


def reminded_people(scene: Scene, after: int) -> tuple[Spot, ...]:
    """Whom the reminder is about: names that are no topic and no owner of something else."""
    message = scene.message
    kept: list[Spot] = []
    for spot in scene.spots:
        if spot.organisation and not partner(scene, spot):
            continue
        topics = [i for i, _ in message.cues.within("words.topic", after, spot.low)]
        earlier = [s for s in kept if s.high <= spot.low]
        if topics and earlier and not listed(scene, earlier[-1], spot):
            continue
        kept.append(spot)
    return unique(kept)


def partner(scene: Scene, spot: Spot) -> bool:
    """'meet Telkom', 'call GIZ', 'with Bappenas'; not 'at Telkom' or 'Budi from Telkom'."""
    if not spot.ids:
        return False
    message = scene.message
    at = spot.low
    while message.norm(at - 1) in ("the", "tim", "team", "orang", "pihak"):
        at -= 1
    if message.norm(at - 1) in ("and", "dan", "&", ",") or message.words[spot.high - 1].possessive:
        return not scene.people
    event = message.event_ending(at)
    if event and event.forms & {"base", "verb", "past"}:
        return True
    return message.cues.ending("words.with", at) is not None or (
        message.norm(at - 1) in ("to", "ke", "kepada") and not scene.people
    )
