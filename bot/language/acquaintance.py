"""New contacts: 'add Rudi, analyst at OJK', 'baru kenal Galih', 'met Kevin from Xendit'."""

from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause
from bot.language.model import Intent
from bot.language.naming import Spot
from bot.language.roles import find_post
from bot.language.truth import Truth, truth_of

OPENING = 4


def claim_contact(scene: Scene) -> Claim | None:
    """An order to add somebody, a first acquaintance, or an unknown name with a post."""
    new = [spot for spot in scene.people if spot.name or spot.guessed]
    ordered = order_at(scene)
    if ordered is not None:
        target = subject_of_order(scene, ordered)
        if target:
            return Claim(Intent.ADD_CONTACT, 0.95, (target,), (0, ordered))
    unknown = [spot for spot in new if spot.name]
    if not unknown or len(scene.people) > len(unknown):
        return None
    met = first_meeting(scene, unknown[0])
    post = find_post(scene, unknown[0])
    if met and len(unknown) == 1:
        return Claim(Intent.ADD_CONTACT, 0.88, (unknown[0],), met)
    if (post.role or post.organisation) and told_of(scene, unknown[0]):
        return Claim(Intent.ADD_CONTACT, 0.91, (unknown[0],), (unknown[0].low, unknown[0].high))
    return None


def order_at(scene: Scene) -> int | None:
    """Where the order to add ends: among the first words, or 'please add her' at the end."""
    message = scene.message
    for i, j in sorted(message.cues.places.get("add.strong", ())):
        if message.cues.has("words.negation", max(i - 3, 0), i) or message.cues.has(
            "words.past_mark", max(i - 2, 0), i
        ):
            continue
        polite = {message.norm(k) for k in range(max(i - 3, 0), i)}
        late = bool(polite & {"please", "tolong", "can", "minta", "and", ",", "bisa"})
        tail = message.norm(j - 1) in (
            "her",
            "him",
            "them",
            "contacts",
            "network",
            "list",
            "kontak",
        )
        if i < OPENING or late or tail:
            return j
    return None


def subject_of_order(scene: Scene, end: int) -> Spot | None:
    """Whom to add: the first unknown name, an organisation after 'organisation', else any name."""
    message = scene.message
    unknown = [spot for spot in scene.people if spot.name]
    if any(
        message.norm(k)
        in (
            "organisation",
            "organisasi",
            "company",
            "perusahaan",
            "institution",
            "lembaga",
            "instansi",
        )
        for k in range(end + 1)
    ):
        return organisation_told(scene, end)
    if unknown:
        return unknown[0]
    slight = next((spot for spot in scene.people if spot.weak and spot.low >= end), None)
    if slight:  # a surname alone, told with an order to add, is somebody else
        return Spot(slight.low, slight.high, name=message.typed(slight.low, slight.high))
    after = [spot for spot in scene.people if spot.low >= end] or scene.people
    if after:
        return after[0]
    low = end + (message.norm(end) in (":", ",", "-"))
    low = message_name_start(scene, low)
    high = low
    while high < message.size and not message.words[high].mark and message.capital(high):
        high += 1
    return Spot(low, high, name=message.typed(low, high)) if high > low else None


def message_name_start(scene: Scene, low: int) -> int:
    while scene.message.cues.starting("words.honorific", low) is not None:
        low += 1 + (scene.message.norm(low + 1) == ".")
    return low


def organisation_told(scene: Scene, end: int) -> Spot | None:
    message = scene.message
    low = end
    while low < message.size and message.norm(low) in (
        ":",
        "organisation",
        "organisasi",
        "company",
        "perusahaan",
        "baru",
        "new",
        "called",
        "named",
        "namanya",
        "bernama",
        "-",
        ",",
        "lembaga",
        "instansi",
        "institution",
    ):
        low += 1
    high = low
    while high < message.size and not (message.words[high].mark and message.norm(high) not in "&+"):
        high += 1
    if high == low:
        return None
    spot = next((s for s in scene.spots if s.organisation and s.low == low and s.ids), None)
    return spot or Spot(low, high, name=message.typed(low, high))


def first_meeting(scene: Scene, spot: Spot) -> tuple[int, int] | None:
    """The words of a first meeting, where it happened to the user."""
    message = scene.message
    for i, j in message.cues.places.get("add.met", ()):
        clause = next((c for c in scene.clauses if c.holds(i)), Clause(0, message.size))
        known = any(s.high <= i and clause.holds(s.low) for s in scene.people)
        if known or (message.norm(i) == "meet" and i > 0):
            continue
        if truth_of(scene, clause, i, j) is Truth.DONE and j <= spot.high + 12:
            return i, j
    return None


def told_of(scene: Scene, spot: Spot) -> bool:
    """Whether the post is told as fact: of somebody met, or 'X is the head of Y'."""
    message = scene.message
    clause = next((c for c in scene.clauses if c.holds(spot.low)), Clause(0, message.size))
    if message.cues.ending("words.topic", message.before_name(spot.low)) is not None:
        return False
    truth = truth_of(scene, clause, spot.low, spot.high)
    return truth is Truth.DONE or (truth is Truth.DENIED and message.norm(spot.low - 1) == "kontak")
