"""/intro and /whatif: pairs to bring together, ways to somebody, and what a change would do."""

import re

from bot.handlers.contacts import contact_of
from bot.handlers.reading import resolve
from bot.handlers.wishes import mentioned
from bot.look import Look
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, leads, mapping, pairing
from storage.tables import Contact

MOST_CHOICES = 8
WHAT_IF = re.compile(r"^(?:what\s+if|bagaimana\s+jika|gimana\s+kalau|kalau|jika)\s+", re.IGNORECASE)
SURROUNDINGS = re.compile(
    r"^(?:without|tanpa|i\s+introduced?|saya\s+(?:mem)?perkenalkan|saya\s+kenalkan)(?:\s+|$)"
    r"|\s+(?:leaves?|left|quits?|pergi|keluar|pindah)$|[?!.]+$",
    re.IGNORECASE,
)


def intro(turn: Turn) -> list[Answer]:
    """/intro, /intro NAME or ORGANISATION, /intro what if ..."""
    words = turn.words.strip()
    if not words:
        return [_view(turn, "intro")]
    if WHAT_IF.match(words):
        return _what_if(turn, words)
    found = mapping.find_grouping(turn.session, turn.owner_id, words)
    if found is not None and not found.label.startswith("#"):
        return [_view(turn, "leads", label=found.label, goal=None)]
    people = _people(turn, words)
    if len(people) == 1 and len(people[0]) == 1:
        return [_lead(turn, contact_of(turn, people[0][0]))]
    choices = cards.names(turn.session, turn.owner_id, people[0][:MOST_CHOICES])
    return [Reply.of("intro_which", choices=choices)]


def lead(turn: Turn) -> list[Answer]:
    """lead:CONTACT"""
    return [_lead(turn, contact_of(turn, turn.number()))]


def pairs(turn: Turn) -> list[Answer]:
    """intro: the list again"""
    return [_view(turn, "intro")]


def draft(turn: Turn) -> list[Answer]:
    """introdraft:A:B shows what to write to both before they are brought together."""
    a, b = contact_of(turn, turn.number(0)), contact_of(turn, turn.number(1))
    matches = pairing.reason(turn.session, turn.owner_id, a.id or 0, b.id or 0)
    parties = [pairing.party(each, turn.language) for each in (a, b)]
    return [Reply.of("intro_draft", parties=parties, matches=matches)]


def introduced(turn: Turn) -> list[Answer]:
    """introduced:A:B"""
    a, b = contact_of(turn, turn.number(0)), contact_of(turn, turn.number(1))
    if a.id == b.id:
        raise UserError("button_expired")
    made = pairing.introduce(turn.session, turn.owner_id, a, b, turn.today, turn.now)
    return [Reply.of("introduced", made=made)]


def decline(turn: Turn) -> list[Answer]:
    """intronot:A:B"""
    a, b = contact_of(turn, turn.number(0)), contact_of(turn, turn.number(1))
    if a.id == b.id:
        raise UserError("button_expired")
    change_id = pairing.decline(turn.session, turn.owner_id, a, b, turn.today, turn.now)
    return [Reply.of("intro_declined", a=a, b=b, change_id=change_id)]


def what_if(turn: Turn) -> list[Answer]:
    """/whatif without NAME, /whatif NAME and NAME; whatif:A[:B]"""
    if turn.update.callback_query is None:
        return _what_if(turn, turn.words)
    a = contact_of(turn, turn.number(0)).id
    b = contact_of(turn, turn.number(1)).id if turn.word(1) else None
    if a == b:
        raise UserError("button_expired")
    return [_view(turn, "whatif", a=a, b=b)]


def _what_if(turn: Turn, words: str) -> list[Answer]:
    names = WHAT_IF.sub("", words.strip())
    for _ in range(3):  # 'without Ani?' has something at both ends
        names = SURROUNDINGS.sub("", names).strip()
    if not names:
        raise UserError("whatif_usage")
    people = _people(turn, names)
    if len(people) > 2 or any(len(ids) > 1 for ids in people):
        raise UserError("whatif_usage")
    ids = list(dict.fromkeys(number for (number,) in people))
    return [_view(turn, "whatif", a=ids[0], b=ids[1] if len(ids) > 1 else None)]


def _people(turn: Turn, words: str) -> list[list[int]]:
    """The contacts that may be meant, for each name. Raises UserError for a name of nobody's."""
    found: list[list[int]] = []
    for each in mentioned(resolve(turn, words)):
        ids = [number for number in each.get("ask", [each.get("id")]) if number]
        if not ids:
            raise UserError("nobody_found", words=each.get("new", words))
        found.append(ids)
    if not found:
        raise UserError("nobody_found", words=words)
    return found


def _lead(turn: Turn, contact: Contact) -> Answer:
    return _view(turn, "leads", label=contact.name, goal=contact.id)


def _view(turn: Turn, view: str, **arguments: object) -> Answer:
    given = {"owner": turn.owner_id, "view": view, **arguments}
    return Made("send_message", "view", given, in_place=not turn.on_picture)


def show_pairs(look: Look) -> Reply:
    found, known = pairing.suggest(look.session, look.owner, look.today)
    return Reply.of("intro", pairs=found, known=known)


def show_leads(look: Look) -> Reply:
    label, goal = look.arguments["label"], look.arguments["goal"]
    found = leads.find_leads(look.session, look.owner, look.today, label, goal)
    first = pairing.party(found.first, look.language) if found.first else None
    return Reply.of("intro_leads", leads=found, first=first)


def show_what_if(look: Look) -> Reply:
    a, b = look.arguments["a"], look.arguments["b"]
    found = leads.what_if(look.session, look.owner, look.today, a, b)
    if found is None:
        raise UserError("contact_gone")
    return Reply.of("whatif", found=found, names=found.names)
