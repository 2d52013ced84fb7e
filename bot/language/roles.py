"""What somebody does and where: role and organisation as told beside a name."""

from dataclasses import dataclass

from bot.language.claims import Scene
from bot.language.lexicon_files import load_words, word_set
from bot.language.message import Message
from bot.language.naming import Spot
from bot.language.words import STOP, known_words

AT = word_set("roles", "at")
PLAIN_AT = frozenset(["at", "@", "di", "from", "dari", "with"])
END_WORDS = word_set("roles", "end_words")


@dataclass(frozen=True, slots=True)
class Post:
    """A role and an organisation, either may be missing, and the words they came from."""

    role: str | None = None
    organisation: str | None = None
    low: int = 0
    high: int = 0


def find_post(scene: Scene, person: Spot | None) -> Post:
    """The role and organisation told of the person."""
    role = find_role(scene, person)
    organisation = find_organisation(scene, person, role)
    name, low, high = organisation or (None, 0, 0)
    text = scene.message.typed(*role).strip() if role else None
    return Post(tidy(text), name, *(role or (low, high)))


def tidy(role: str | None) -> str | None:
    """Without the article."""
    for article in ("a ", "an ", "the ", "new ", "our ", "seorang "):
        if role and role.lower().startswith(article):
            role = role[len(article) :]
    return role


def find_role(scene: Scene, person: Spot | None) -> tuple[int, int] | None:
    """The words of the role: from the role word back to a link or mark, on to 'at' or a mark."""
    message = scene.message
    taken = {k for s in scene.people for k in range(s.low, s.high)}
    for i, j in message.cues.places.get("roles.words", ()):
        if taken & set(range(i, j)) or honorific_use(message, i, j, taken):
            continue
        low, high = role_start(scene, i, taken), role_end(scene, j, taken)
        if linked(message, low, taken) and not of_topic(message, low):
            return low, high
    return apposed(scene, person) if person else None


def of_topic(message: Message, low: int) -> bool:
    """'about the data pilot': what was talked of is nobody's role."""
    return any(
        j <= low and not any(message.words[k].mark for k in range(j, low))
        for _, j in message.cues.places.get("words.topic", ())
    )


NO_ROLE = word_set("roles", "no_role")


def apposed(scene: Scene, person: Spot) -> tuple[int, int] | None:
    """'Hannah Cole yesterday, epidemiologist at WHO': any words between a comma and 'at' a name."""
    message = scene.message
    i = person.high
    while any(hit.low <= i < hit.high for hit in scene.dates):
        i += 1
    if message.norm(i) != ",":
        return None
    if message.norm(i + 1) in NO_ROLE or message.cues.starting("add.work", i + 1) is not None:
        return None
    low = i + 1 + (message.norm(i + 1) in ("a", "an", "the", "seorang"))
    high = low
    while high < message.size and high - low < 5 and message.norm(high) not in AT | END_WORDS:
        high += 1
    named = message.norm(high) in PLAIN_AT and high > low and organisation_words(
        scene, high + 1, strict=True
    )  # fmt: skip
    return (low, high) if named else None


def honorific_use(message: Message, i: int, j: int, taken: set[int]) -> bool:
    """'Dr. Ratna', 'dokter Ratna': the title of a name."""
    return message.cues.starting("words.honorific", i) is not None and (
        j in taken or (message.norm(j) == "." and j + 1 in taken)
    )


def role_start(scene: Scene, i: int, taken: set[int]) -> int:
    message = scene.message
    low = i
    while low > 0 and low - 1 not in taken and i - low < 5:
        word = message.words[low - 1]
        if word.mark and word.norm not in ("&", "-", "/"):
            break
        if message.cues.ending("role_links.is", low) is not None or word.norm in END_WORDS:
            break
        if word.norm in (
            "a",
            "an",
            "the",
            "new",
            "itu",
            "ini",
            "tuh",
            "our",
            "seorang",
            "punya",
            "as",
            "is",
            "sama",
        ):
            break
        if message.cues.ending("add.strong", low) is not None:
            break
        low -= 1
    return low


def role_end(scene: Scene, j: int, taken: set[int]) -> int:
    """Takes in 'of partnerships', 'divisi riset'; stops at 'at', marks, names, organisations."""
    message = scene.message
    known = {s.low for s in scene.spots if s.organisation}
    high = j
    while high < message.size and high not in taken and high - j < 5:
        word = message.words[high]
        if word.norm in ("of", "for", "and", "&", "/", "-", "dan"):
            nxt = high + 1
            if nxt in known or nxt >= message.size or message.words[nxt].capital or (
                word.norm in ("and", "dan") and not message.cues.starting("roles.words", nxt)
            ):  # fmt: skip
                break
            high += 2
            continue
        if word.mark or word.norm in END_WORDS or word.norm in AT or high in known:
            break
        if word.capital and not message.words[j - 1].capital:
            break
        if message.event_at(high) or any(h.low == high for h in scene.dates):
            break
        high += 1
    return min(high, message.size)


def linked(message: Message, low: int, taken: set[int]) -> bool:
    """Whether the role belongs to a person: after a comma, 'is a', 'dia', or right at a name."""
    before = message.norm(low - 1)
    if low == 0 or before in (",", "(", "-", ":", "–", "—", ".", ";") or low - 1 in taken:
        return True
    return message.cues.ending("role_links.is", low) is not None or before in (
        "a",
        "an",
        "the",
        "new",
        "our",
        "seorang",
        "as",
        "is",
        "itu",
        "sebagai",
        "dia",
        "orangnya",
        "yang",
        "jadi",
        "punya",
        "sama",
        "with",
        "and",
        "dan",
        "met",
    )


def find_organisation(
    scene: Scene, person: Spot | None, role: tuple[int, int] | None
) -> tuple[str, int, int] | None:
    """Where they work: after the role, after 'works at', or beside the name."""
    if role:
        found = organisation_after(scene, role[1], anchored=True)
        if found:
            return found
    if person and scene.message.norm(person.high) in ("from", "dari", "@"):
        found = organisation_after(scene, person.high, anchored=False)
        if found:
            return found
    for _, j in scene.message.cues.places.get("add.work", ()):
        found = organisation_words(scene, j)
        if found:
            return found
    if person:
        found = organisation_after(scene, person.high, anchored=False)
        if found:
            return found
    return None


def organisation_after(scene: Scene, i: int, *, anchored: bool) -> tuple[str, int, int] | None:
    """The organisation that starts at word i, past '(', ',' and 'at'."""
    message = scene.message
    bracket = message.norm(i) in ("(", ",", "-", "–", "—")
    i += bracket
    i += message.norm(i) in ("the", "yang", "yg")
    sure = message.norm(i) in ("from", "dari", "@") or (anchored and message.norm(i) in AT)
    if message.norm(i) in AT:
        if not sure and message.norm(i) in ("in", "for", "pada", "with"):
            return None
        return organisation_words(scene, i + 1, strict=not sure)
    spot = next((s for s in scene.spots if s.organisation and s.low == i), None)
    if spot:
        return spot.organisation or "", spot.low, spot.high
    if anchored and not bracket and message.capital(i):
        return organisation_words(scene, i)
    return None


def organisation_words(
    scene: Scene, i: int, *, strict: bool = False
) -> tuple[str, int, int] | None:
    """The organisation's name from word i on; `strict` wants a known one or a capital."""
    message = scene.message
    i += message.norm(i) == "the"
    while message.norm(i) in ("a", "an", "sebuah", "our"):
        return None
    spot = next((s for s in scene.spots if s.organisation and s.low == i), None)
    high = name_end(scene, i)
    if spot and spot.high >= high:
        return spot.organisation or "", spot.low, spot.high
    if high == i or is_place(message, i, high):
        return None
    first = message.words[i]
    if not first.capital and (strict or plain_words(message, i, high)):
        return None
    return message.typed(i, high), i, high


def plain_words(message: Message, i: int, high: int) -> bool:
    """Only ordinary words: 'a small company', 'kampung sebelah'."""
    head = message.cues.starting("organisation_words.head", i)
    if head is not None and high > head:
        return False
    return all(message.raw(k) in known_words() and message.raw(k) not in load_words("organisations")
               for k in range(i, high))  # fmt: skip


def name_end(scene: Scene, i: int) -> int:
    message = scene.message
    people = {s.low for s in scene.people}
    first_capital = message.capital(i)
    high = i
    while high < message.size and high - i < 6 and high not in people:
        word = message.words[high]
        if glued(message, high):
            high += 2
            continue
        if word.mark and word.norm not in ("&", "+"):
            break
        if word.norm in STOP or (high > i and word.norm in END_WORDS):
            break
        if high > i and (any(h.low == high for h in scene.dates) or message.event_at(high)):
            break
        if (
            high > i
            and first_capital
            and not word.capital
            and not word.mark
            and not word.raw[0].isdecimal()
        ):
            break
        high += 1
    return high


def glued(message: Message, i: int) -> bool:
    """The point of 'Tiket.com': no blank on either side."""
    if message.norm(i) != "." or not 0 < i < message.size - 1:
        return False
    before, mark, after = message.words[i - 1 : i + 2]
    return before.end == mark.start and mark.end == after.start and not after.mark


def is_place(message: Message, i: int, high: int) -> bool:
    name = " ".join(message.raw(k) for k in range(i, high))
    return name in load_words("places") or message.raw(i) in load_words("places")
