"""Help given, received or exchanged."""

import re

from bot.language.claims import Claim, Scene
from bot.language.clauses import Clause, find_doers, main_event, me_after, named_after
from bot.language.happening import partners_of, unique
from bot.language.lexicon_files import listed as entries_of
from bot.language.lexicon_files import load_table, word_set
from bot.language.model import Direction, FavourKind, Intent
from bot.language.naming import Spot
from bot.language.partners import listed, mere_owner
from bot.language.truth import Truth, truth_of

ENGLISH, INDONESIAN = "past", "verb"
CLASSES = ("mutual", "passive", "receive", "active")
TO_PERSON = frozenset(["to", "for", "ke", "kepada", "buat", "untuk", "sama"])
FROM_PERSON = word_set("favours", "from_person")
HELPING = word_set("favours", "helping")


def claim_favour(scene: Scene) -> Claim | None:
    """The first help in the message that came about, with all who had a part in it."""
    for clause in scene.clauses:
        for concept, low, high in favour_cues(scene, clause):
            claim = favour_at(scene, clause, concept, low, high)
            if claim:
                return claim
    return None


def favour_cues(scene: Scene, clause: Clause) -> list[tuple[str, int, int]]:
    """(class, first word, after last) of each word of help that is no mere contact."""
    found = []
    cues = scene.message.cues
    for name in CLASSES:
        for form in (ENGLISH, INDONESIAN):
            for low, high in cues.within(f"{name}.{form}", clause.low, clause.high):
                wider = any(
                    e.low <= low and high <= e.high and e.high - e.low > high - low
                    for e in scene.message.events
                )
                if (
                    not wider
                    and not thanks(scene, low)
                    and not contact_only(scene, name, clause, low, high)
                ):
                    found.append((name, low, high))
    kept = [a for a in found if not any(swallows(b, a) for b in found)]
    return sorted(kept, key=lambda cue: cue[1])


def thanks(scene: Scene, low: int) -> bool:
    """'terima kasih' holds two words of giving and is neither."""
    norm = scene.message.norm
    return "terima kasih" in (f"{norm(low)} {norm(low + 1)}", f"{norm(low - 1)} {norm(low)}")


def swallows(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[1] <= other[1] and other[2] <= one[2] and one[2] - one[1] > other[2] - other[1]


MEANS_TOLD = re.compile(r" (?:over|by|via|through|lewat|melalui|on|pakai|per) (?:an? |the )?\w+")


def contact_only(scene: Scene, name: str, clause: Clause, low: int, high: int) -> bool:
    """'sent Budi an email', 'got home', 'exchanged words': being in touch or nothing at all."""
    table = load_table("favours")["never"]
    if scene.message.norm(low) in ("got", "get") and name == "receive":
        key = "objects_of_got"
        if not any(scene.message.norm(i) == "from" for i in range(high, clause.high)):
            return True
    else:
        key = "objects_mutual_contact" if name == "mutual" else "objects"
    objects = entries_of(table[key])
    end = min(clause.high, high + 5)
    after = " ".join(scene.message.norm(i) for i in range(high, end) if not inside_spot(scene, i))
    padded = MEANS_TOLD.sub(" ", f" {after} ")
    if name == "receive" and key == "objects":
        return padded.startswith((" email ", " an email ", " a message ", " a call ", " kabar "))
    return any(position(padded, entry) <= 25 for entry in objects if f" {entry} " in padded)


def position(padded: str, entry: str) -> int:
    return padded.index(f" {entry} ")


def inside_spot(scene: Scene, i: int) -> bool:
    return any(spot.low <= i < spot.high for spot in scene.spots)


def favour_at(scene: Scene, clause: Clause, name: str, low: int, high: int) -> Claim | None:
    if truth_of(scene, clause, low, high) is not Truth.DONE or promised(scene, low):
        return None
    if english_noun(scene, name, low):
        return None
    needed = NEEDS.get(scene.message.norm(low))
    if needed and high - low == 1 and not holds_word(scene, clause, high, needed):
        return None
    doers = find_doers(scene.message, clause, low, scene.spots)
    before = [s for s in doers.named if not mere_owner(scene, s)]
    after = [s for s in named_after(clause, high, scene.spots) if concerns(scene, high, s)]
    mine = me_after(scene.message, clause, low)
    direction = direction_of(
        scene, clause, name, (low, high), before, after, mine, doers.me, doers.other
    )
    if direction is None:
        return None
    people = [*before, *after]
    if not people or (doers.other and not before):
        people = [*company(scene, clause), *people]
    if not people:
        return None
    return Claim(
        Intent.FAVOUR, 0.92, unique(people), (low, high), direction=direction, clauses=(clause,)
    )


NEEDS = {
    "put": frozenset(("touch", "contact")),
    "wrote": frozenset(["recommendation", "reference", "testimonial", "endorsement"]),
}
"""Words that are help only beside another: 'put Vina in touch', 'wrote Putri a reference'."""


def holds_word(scene: Scene, clause: Clause, high: int, words: frozenset[str]) -> bool:
    return any(scene.message.norm(i) in words for i in range(high, clause.high))


def english_noun(scene: Scene, name: str, low: int) -> bool:
    """'the share', 'a review': a noun, not a deed."""
    return name != "passive" and scene.message.norm(low - 1) in ("a", "the", "an", "for", "of")


def promised(scene: Scene, low: int) -> bool:
    near = {scene.message.norm(i) for i in range(max(low - 4, 0), low)}
    return bool(
        near & {"promised", "promise", "janji", "berjanji", "minta", "asked", "to", "disuruh"}
        and not near & {"was", "got"}
    )


def concerns(scene: Scene, high: int, spot: Spot) -> bool:
    """Whether a name after the deed is a party to it, not what it is about."""
    if spot.organisation and not spot.ids:
        return False
    if spot.organisation:
        return (
            scene.message.norm(spot.low - 1) in TO_PERSON | FROM_PERSON | {"the"}
            or spot.low == high
        )
    topics = [i for i, _ in scene.message.cues.within("words.topic", high, spot.low)]
    if scene.message.norm(scene.message.before_name(spot.low) - 1) in FROM_PERSON | TO_PERSON:
        return True
    return not topics and (
        scene.message.words[spot.high - 1].possessive or not mere_owner(scene, spot)
    )


def direction_of(
    scene: Scene,
    clause: Clause,
    name: str,
    at: tuple[int, int],
    before: list[Spot],
    after: list[Spot],
    mine: bool,
    me: bool,
    other: bool,
) -> Direction | None:
    """Who gave: from the class of the deed, its doer and whom it was done to."""
    people_after = [spot for spot in after if not spot.organisation or spot.ids]
    if name == "mutual":
        return mutual(scene, clause, before, people_after, me)
    if name == "receive":
        return received(scene, at, before, people_after, me, mine, other)
    if name == "passive" and not before and only_introduced(scene, after):
        return None
    if name == "passive":
        if before and not me:
            return Direction.GIVEN if mine or not people_after else None
        return Direction.RECEIVED if people_after else None
    return active(scene, at, before, people_after, mine, me, other)


def only_introduced(scene: Scene, after: list[Spot]) -> bool:
    """'got introduced to Jonas': nobody is named who did it."""
    norms = [scene.message.norm(scene.message.before_name(spot.low) - 1) for spot in after]
    return bool(norms) and all(norm in ("to", "ke") for norm in norms)


def mutual(
    scene: Scene, clause: Clause, before: list[Spot], after: list[Spot], me: bool
) -> Direction | None:
    third = bool(before) and not me and (len(before) > 1 or bool(after))
    if third and not me_after(scene.message, clause, before[-1].high):
        return None
    return Direction.MUTUAL if before or after else None


def received(
    scene: Scene,
    at: tuple[int, int],
    before: list[Spot],
    after: list[Spot],
    me: bool,
    mine: bool,
    other: bool,
) -> Direction | None:
    """'borrowed X from Ani', 'minjam buku Ani'; 'Ani borrowed my car' is given."""
    message = scene.message
    if (before or other) and not me:
        return Direction.GIVEN if mine else None
    source = [s for s in after if message.norm(message.before_name(s.low) - 1) in FROM_PERSON]
    direct = [s for s in after if message.before_name(s.low) == at[1]]
    asked = message.norm(at[0]) in ("asked", "minta", "owe", "owed", "minjam", "pinjam")
    return Direction.RECEIVED if source or direct or (asked and after) else None


def active(
    scene: Scene,
    at: tuple[int, int],
    before: list[Spot],
    after: list[Spot],
    mine: bool,
    me: bool,
    other: bool,
) -> Direction | None:
    """Given by its doer: the user where nobody else is named before it."""
    message = scene.message
    if (before or other) and not me:
        if mine:
            return Direction.RECEIVED
        if after and (before or not other):
            return None
        return Direction.RECEIVED if before and message.norm(at[0]) in HELPING else None
    if mine and not me and not after and not before:
        return None
    return (
        Direction.GIVEN
        if any(beneficiary(scene, at, s, after) for s in after) or (me and before)
        else None
    )


def beneficiary(scene: Scene, at: tuple[int, int], spot: Spot, after: list[Spot]) -> bool:
    """Whether the help went to that person: right after the deed, or 'to', 'for', 'buat' them."""
    message = scene.message
    start = message.before_name(spot.low)
    if start == at[1] or message.norm(start - 1) in TO_PERSON:
        return True
    if message.words[spot.high - 1].possessive and spot.low - at[1] <= 3:
        return True
    if message.norm(start - 1) in ("with", "dengan") and message.norm(at[0]) in ("shared", "share"):
        return True
    earlier = [s for s in after if s.high <= spot.low]
    return bool(earlier) and listed(scene, earlier[-1], spot)


def company(scene: Scene, clause: Clause) -> list[Spot]:
    """Those met in the clauses before: who 'she' is in 'lunch with Ani, she helped me'."""
    people: list[Spot] = []
    for earlier in scene.clauses[: scene.clauses.index(clause)]:
        event = main_event(scene.message.events, earlier)
        found = partners_of(scene, earlier, event) if event else None
        people.extend(found[0] if found else [])
    if not people:
        people = [spot for spot in scene.people if spot.high <= clause.low][-1:]
    return people


SHOWING = frozenset(
    ("showed", "show", "shown", "ngenalin", "mengenalkan", "nunjukin", "memperlihatkan")
)


def only_shown(scene: Scene, at: tuple[int, int]) -> bool:
    """'we met and she showed me the app': no help, unless a person was introduced."""
    shown = scene.message.norm(at[0]) in SHOWING
    return shown and not any(0 <= s.low - at[1] <= 4 for s in scene.people)


def kind_of(scene: Scene, clause: Clause) -> FavourKind | None:
    """Which of Cross's five kinds of help, where a word tells it."""
    for kind in ("access", "knowledge", "information", "problem_solving"):
        if scene.message.cues.has(f"kind.{kind}", clause.low, clause.high):
            return FavourKind(kind)
    return None
