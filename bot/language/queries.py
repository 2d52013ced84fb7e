"""Questions about the user's own network."""

from bot.language.claims import Claim, Scene
from bot.language.lexicon_files import word_set
from bot.language.model import Intent, Query, Question
from bot.language.naming import Spot
from bot.language.roles import organisation_words

POLITE = word_set("queries", "polite")
ORDERS = word_set("queries", "orders")


def claim_query(scene: Scene) -> Claim | None:
    """A question or an order to look up, about people of the network or the user's own doings."""
    message = scene.message
    start = question_start(scene)
    asks = any(word.norm == "?" for word in message.words)
    if start is None and not asks:
        return None
    own = about_network(scene)
    assistant = message.cues.has("query.assistant", 0, message.size)
    if assistant and not (scene.people or own_doing(scene)):
        return None
    if start is not None and (own or scene.spots):
        return Claim(Intent.QUERY, 0.93, asked_people(scene), start)
    if (
        start is not None
        and scene.message.norm(start[0]) in ("siapa", "who")
        and (own_doing(scene) and message.events)
    ):
        return Claim(Intent.QUERY, 0.85, (), start)
    if asks and scene.people and not message.cues.has("query.subjective", 0, message.size):
        return Claim(Intent.QUERY, 0.84, asked_people(scene), (0, message.size))
    if asks and own and own_doing(scene) and not assistant:
        return Claim(Intent.QUERY, 0.82, asked_people(scene), (0, message.size))
    return None


def own_doing(scene: Scene) -> bool:
    return any(word.norm in ("i", "my", "me", "we", "saya", "kami", "kita") for word in
               scene.message.words)  # fmt: skip


def question_start(scene: Scene) -> tuple[int, int] | None:
    """The words that ask, at the start once politeness and names are passed."""
    message = scene.message
    at = 0
    while at < message.size and (message.norm(at) in POLITE or message.words[at].mark):
        at += 1
    for i in (at, 0):
        end = message.cues.starting("query.strong", i)
        if end is not None and not told_as_fact(scene, i):
            return i, end
    for i, j in sorted(message.cues.places.get("query.strong", ())):
        strong = j - i > 1 or message.cues.starting("words.question_word", i) is not None
        asked = any(word.norm == "?" for word in message.words)
        if strong and (asked or late_question(scene, i)):
            return i, j
    return None


def told_as_fact(scene: Scene, i: int) -> bool:
    """'when I met Ani we talked': no question though it begins like one."""
    message = scene.message
    if any(word.norm == "?" for word in message.words):
        return False
    first, second = message.norm(i), message.norm(i + 1)
    if first == "kapan" and second in ("ya", "iya", "bisa", "nih", "kita", "lagi"):
        return not message.cues.has("query.last", 0, message.size)
    if first in ("when", "what", "where", "how", "why"):
        return second in ("i", "we", "he", "she", "a", "an", "the", "it", "they", "nice", "great")
    if (first, second) == ("ada", "yang") and any(not hit.future for hit in scene.dates):
        return True
    if first in ("cek", "lihat", "liat", "cari", "find", "give", "ada", "mana", "status"):
        return not (scene.spots or message.cues.has("query.network", i, message.size))
    return False


def late_question(scene: Scene, i: int) -> bool:
    """'Ani kapan terakhir ketemu ya', 'Budi kerja di mana'."""
    message = scene.message
    if message.cues.starting("words.question_word", i) is None:
        return message.cues.starting("query.last", i) is not None and "kapan" in {
            word.norm for word in message.words
        }
    if i >= message.size - 3 and message.norm(i - 1) not in (
        "entah",
        "tahu",
        "tau",
        "know",
        "pasti",
        "sure",
    ):
        return True
    covered = {k for s in scene.spots for k in range(message.before_name(s.low), s.high)}
    return all(
        k in covered or message.norm(k) in BEFORE_ASKING or message.norm(k) in POLITE
        for k in range(i)
    )


BEFORE_ASKING = frozenset(
    [
        "sama",
        "dengan",
        "itu",
        "saya",
        "terakhir",
        "ketemu",
        "ngobrol",
        "kerja",
        "di",
        "punya",
        "kenal",
        "sudah",
    ]
)


def about_network(scene: Scene) -> bool:
    cues, size = scene.message.cues, scene.message.size
    return cues.has("query.network", 0, size) or cues.has("query.quiet", 0, size)


def asked_people(scene: Scene) -> tuple[Spot, ...]:
    """The people asked about; names that are only guessed at count where no other is named."""
    return tuple(spot for spot in scene.people if spot.ids or spot.name)


def asked_organisation(scene: Scene) -> str | None:
    """The organisation of the question: a known one, or the words after 'at', 'di'."""
    known = [spot.organisation for spot in scene.spots if spot.organisation]
    if known:
        return known[0]
    message = scene.message
    for i, word in enumerate(message.words):
        if word.norm in ("at", "di", "from", "dari", "for", "@") and not scene.people:
            found = organisation_words(scene, i + 1)
            if found and not any(h.low <= found[1] < h.high for h in scene.dates):
                return found[0]
    return None


def query_of(scene: Scene, organisation: str | None) -> Query:
    """What kind of question it is; words to look for where it is a search."""
    message = scene.message
    has = {
        name: message.cues.has(f"query.{name}", 0, message.size)
        for name in ("quiet", "last", "how_many", "who_is", "upcoming")
    }
    if organisation and not scene.people:
        return Query(Question.WHO_AT_ORGANISATION)
    if has["how_many"] and not scene.people:
        return Query(Question.HOW_MANY)
    if scene.people:
        if has["last"]:
            return Query(Question.LAST_CONTACT)
        return Query(Question.WHO_IS if has["who_is"] else Question.OTHER)
    if has["quiet"]:
        return Query(Question.QUIET)
    if has["upcoming"]:
        return Query(Question.UPCOMING)
    words = search_words(scene)
    return Query(Question.FIND, words) if words else Query(Question.OTHER)


def search_words(scene: Scene) -> str | None:
    """What is left of the question once its asking words are taken away."""
    message = scene.message
    asking = set(POLITE | ORDERS)
    covered: set[int] = set()
    for concept in ("query.strong", "query.network", "words.question_word", "words.me", "words.we"):
        for i, j in message.cues.places.get(concept, ()):
            covered.update(range(i, j))
    left = [word.raw for k, word in enumerate(message.words)
            if not word.mark and k not in covered and word.norm not in asking]  # fmt: skip
    return " ".join(left) or None
