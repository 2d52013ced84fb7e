"""Contacts that happened: which deeds of the message the user had a part in, and with whom."""

from bot.language.channels import by_means, channel_of
from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause, Doers, find_doers, main_event, me_after, named_after
from bot.language.lexicon_files import load_words, word_set
from bot.language.model import Intent, Party
from bot.language.naming import Spot
from bot.language.partners import mere_owner, takes_part
from bot.language.phrases import Event
from bot.language.truth import Truth, bare, truth_of

CERTAIN, HESITANT = 0.9, 0.75


def claim_log(scene: Scene) -> Claim | None:
    """The contact that the message tells of, over all its clauses; None where none happened."""
    partners: list[Spot] = []
    used: list[Clause] = []
    first: Event | None = None
    started: Party | None = None
    weak = False
    for clause in scene.clauses:
        event = main_event(scene.message.events, clause)
        if event is None:
            continue
        found = partners_of(scene, clause, event)
        if found is None or (
            used
            and not found[0]
            and not (by_means(scene.message, event) or shared(scene, clause, event))
        ):
            continue
        partners.extend(found[0])
        started = started or found[1]
        weak = weak or (first is None and feeble(scene, clause, event))
        first = first or event
        used.append(clause)
    if first is None:
        return None
    partners.extend(joining(scene, used))
    low, high = min(c.low for c in used), max(c.high for c in used)
    if not partners:
        weak = True
        partners.extend(named_just_before(scene, used[0]))
        low = min((spot.low for spot in partners), default=low)
    if not partners:
        return None
    channel = channel_of(scene.message, *reach(scene, low, high), first)
    return Claim(
        Intent.LOG,
        HESITANT if weak or unheard_of(scene, partners) else CERTAIN,
        unique(people_first(partners)),
        (first.low, first.high),
        channel,
        started_by=started,
        clauses=tuple(used),
    )


def shared(scene: Scene, clause: Clause, event: Event) -> bool:
    """'ketemu Ani, trus makan bareng': the company goes on to a meal."""
    together = ("bareng", "bersama", "together", "we", "kami")
    return event.kind in ("meal", "coffee", "event") and any(
        scene.message.norm(k) in together for k in range(clause.low, clause.high)
    )


def people_first(partners: list[Spot]) -> list[Spot]:
    """Beside people, an organisation that is no contact only tells where they are from."""
    people = [spot for spot in partners if not spot.organisation or spot.ids]
    return people or partners


def unheard_of(scene: Scene, partners: list[Spot]) -> bool:
    """A partner named only by a word in small letters that no list of names holds."""
    return any(
        spot.name is not None
        and not scene.message.capital(spot.low)
        and scene.message.raw(spot.low) not in load_words("given_names")
        for spot in partners
    )


def reach(scene: Scene, low: int, high: int) -> tuple[int, int]:
    """The words whose channel counts: the deed's clauses and bare neighbours."""
    for clause in scene.clauses:
        if clause.high <= low and clause.high >= low - 1 and bare(scene, clause):
            low = clause.low
    return low, high


def feeble(scene: Scene, clause: Clause, event: Event) -> bool:
    """An English plain form ('call Ani') may be an order; it logs only beside a past day."""
    if event.forms & {"past", "noun", "verb", "passive"}:
        return False
    return not any(hit.past for hit in scene.date_in(clause))


def partners_of(
    scene: Scene, clause: Clause, event: Event
) -> tuple[list[Spot], Party | None] | None:
    """Those met in the clause, and who began; None where it did not happen or not to the user."""
    if event.forms == frozenset(("base",)) and not dated_past(scene, clause):
        return None
    if truth_of(scene, clause, event.low, event.high) is not Truth.DONE:
        return None
    doers = find_doers(scene.message, clause, event.low, scene.spots)
    after = [
        spot
        for spot in named_after(clause, event.high, scene.spots)
        if takes_part(scene, clause, event, spot)
    ]
    if doers.me or not (doers.named or doers.other):
        return user_deed(scene, clause, event, doers, after)
    return others_deed(scene, clause, event, doers, after)


def dated_past(scene: Scene, clause: Clause) -> bool:
    return any(hit.past for hit in scene.date_in(clause))


def user_deed(
    scene: Scene, clause: Clause, event: Event, doers: Doers, after: list[Spot]
) -> tuple[list[Spot], Party | None]:
    """The user did it, or it was done to the user ('ditelepon Ani')."""
    before = [
        spot
        for spot in (*doers.named, *led_before(scene, clause, event))
        if takes_part(scene, clause, event, spot)
    ]
    came = [spot for spot in scene.spots if came_along(scene, clause, event, spot)]
    before.extend(came)
    started = Party.THEM if came or (event.forms & {"passive"} and after) else None
    if doers.me and event.forms & {"past", "verb"} and not before:
        started = Party.ME
    return [*before, *after], started


def led_before(scene: Scene, clause: Clause, event: Event) -> list[Spot]:
    """Organisations before the deed that are its partner: 'with Telkom we met'."""
    return [
        spot
        for spot in scene.spots
        if spot.organisation
        and clause.low <= spot.low
        and spot.high <= event.low
        and scene.message.cues.ending("words.with", spot.low) is not None
    ]


def came_along(scene: Scene, clause: Clause, event: Event, spot: Spot) -> bool:
    """'tim GIZ dateng ke kantor': the organisation is the doer."""
    if not (spot.organisation and spot.ids) or "intransitive" not in event.forms:
        return False
    if not clause.low <= spot.low < event.low:
        return False
    low = spot.low
    while low > clause.low and scene.message.norm(low - 1) in ("tim", "team", "the", "orang"):
        low -= 1
    dated = {k for hit in scene.dates for k in range(hit.low, hit.high)}
    return all(k in dated for k in range(clause.low, low))


def others_deed(
    scene: Scene, clause: Clause, event: Event, doers: Doers, after: list[Spot]
) -> tuple[list[Spot], Party | None] | None:
    """Named people did it: to the user ('Ani called'), or among themselves (None)."""
    message = scene.message
    with_me = me_after(message, clause, event.high)
    named = [spot for spot in doers.named if takes_part(scene, clause, event, spot)]
    people_after = [spot for spot in after if not spot.organisation]
    if doers.other and not with_me:
        return None
    if with_me:
        return [*named, *people_after], Party.THEM
    if telegraphic(scene, event, doers) and not company_of_others(
        scene, event, doers, people_after
    ):
        return [*named, *after], None
    if people_after or not named:
        return None
    if "intransitive" in event.forms and not done_to_another(scene, event):
        return [*named], Party.THEM
    if "passive" in event.forms:
        return [*named], Party.ME
    return None


ANOTHER = word_set("happening", "another")
TO_SOMEBODY = frozenset(("call", "message", "email", "video", "talk"))


def done_to_another(scene: Scene, event: Event) -> bool:
    """'Sarah emailed [the whole team]': not the user."""
    return event.kind in TO_SOMEBODY and scene.message.norm(event.high) in ANOTHER


def company_of_others(scene: Scene, event: Event, doers: Doers, after: list[Spot]) -> bool:
    """'agung rapat sama sinta': two sides, neither the user."""
    last = doers.named[-1]
    set_off = any(scene.message.norm(i) in (":", ",", "-") for i in range(last.high, event.low))
    led = scene.message.cues.ending("words.with", scene.message.before_name(doers.named[0].low))
    return bool(after) and not set_off and led is None


BETWEEN_NAME_AND_NOUN = word_set("happening", "between_name_and_noun")


def telegraphic(scene: Scene, event: Event, doers: Doers) -> bool:
    """'Ani, Budi: coffee yesterday', 'with Budi, lunch': names set before a noun, no doer."""
    message = scene.message
    last = doers.named[-1] if doers.named else None
    if last is None:
        return False
    if any(message.norm(i) == ":" for i in range(last.high, event.low)):
        return True
    if message.cues.ending("words.with", message.before_name(doers.named[0].low)) is not None:
        return True
    if event.kind in ("talk", "message"):
        return False
    nominal = event.forms <= {"noun", "base"} or message.norm(event.low) in TELEGRAPHIC
    dated = {k for hit in scene.dates for k in range(hit.low, hit.high)}
    between = (message.norm(k) for k in range(last.high, event.low) if k not in dated)
    return nominal and all(word in BETWEEN_NAME_AND_NOUN for word in between)


TELEGRAPHIC = word_set("happening", "telegraphic")


def joining(scene: Scene, used: list[Clause]) -> list[Spot]:
    """Names in bare clauses beside the deed: 'bukber, ada Intan dan Fajar', 'with Budi too'."""
    found: list[Spot] = []
    for number, clause in enumerate(scene.clauses):
        beside = any(abs(scene.clauses.index(other) - number) == 1 for other in used)
        if clause in used or not beside or not bare(scene, clause):
            continue
        inside = [spot for spot in scene.people if clause.holds(spot.low)]
        if inside and opens_with_company(scene, clause, inside):
            found.extend(spot for spot in inside if not mere_owner(scene, spot))
    return found


def opens_with_company(scene: Scene, clause: Clause, inside: list[Spot]) -> bool:
    """Whether the clause begins with 'with', 'ada', 'also', or holds only names and days."""
    message = scene.message
    if message.cues.has("words.negation", clause.low, clause.high) or message.cues.has(
        "words.cancelled", clause.low, clause.high
    ):
        return False
    at = message.before_name(inside[0].low)
    for concept in ("words.with", "words.presence", "words.join"):
        if message.cues.ending(concept, at) is not None and at - clause.low <= 3:
            return True
    if message.cues.has("words.presence", inside[-1].high, clause.high):
        return True
    covered = {k for s in scene.spots for k in range(message.before_name(s.low), s.high)}
    covered |= {k for hit in scene.dates for k in range(hit.low, hit.high)}
    rest = [message.norm(i) for i in range(clause.low, clause.high) if i not in covered]
    return all(
        word in ("and", "dan", "juga", "too", "also", "both", "&", ",", ":") for word in rest
    )


def named_just_before(scene: Scene, clause: Clause) -> list[Spot]:
    """'Joy asked to meet, finally met on Monday': who the deed without a name was with."""
    number = scene.clauses.index(clause)
    if not number:
        return []
    before = scene.clauses[number - 1]
    doers = find_doers(scene.message, clause, main_low(scene, clause), scene.spots)
    if doers.other or scene.message.cues.has("words.cancelled", before.low, before.high):
        return []
    if scene.message.cues.has("words.negation", before.low, before.high):
        return []
    return [spot for spot in scene.people if before.holds(spot.low)]


def main_low(scene: Scene, clause: Clause) -> int:
    event = main_event(scene.message.events, clause)
    return event.low if event else clause.low


def unique(spots: list[Spot]) -> tuple[Spot, ...]:
    """Each person once, in the order of the text."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda s: s.low):
        same = any((s.ids and s.ids == spot.ids) or (s.name and s.name == spot.name) for s in kept)
        if not same:
            kept.append(spot)
    return tuple(kept)
