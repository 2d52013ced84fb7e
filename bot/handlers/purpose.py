"""/purpose: what the network is for, through its four stages, by buttons and short answers."""

import re
from collections.abc import Callable
from datetime import date

from analysis.purpose import Need, NeedKind
from bot.language.pieces import read_date
from bot.look import Look
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, purpose
from bot.usecases.purpose import HELP, KINDS, MOST_COUNT, OUTCOMES, RHYTHMS
from storage.tables import Purpose, Question

PARTS = ("show", "needs", "grow", "month")
TYPED = ("person", "organisation", "sector")
LONGEST = 200
COUNT = re.compile(r"^(\d{1,2})\s*(?:x|×|\*)?\s+(?=\S)", re.IGNORECASE)
BY = re.compile(r"[\s,;]*\b(?:by|before|until|sebelum|sampai|paling lambat)\s*$", re.IGNORECASE)


def open_purpose(turn: Turn) -> list[Answer]:
    """/purpose, /purpose WHAT [by DAY]"""
    known = purpose.current(turn.session, turn.owner_id)
    if known is not None:
        if turn.words:
            raise UserError("purpose_open", purpose=known)
        return [_screen(turn, "show")]
    if turn.words:
        return _state(turn)
    return _ask(turn, "what")


def press(turn: Turn) -> list[Answer]:
    """purpose:ACTION[:VALUE]"""
    action, value = turn.word(0), turn.word(1)
    if action == "new":
        return _ask(turn, "what")
    known = _known(turn)
    if action in PARTS:
        return [_screen(turn, action)]
    if action not in PRESSED:
        raise UserError("button_expired")
    return PRESSED[action](turn, known, value)


def answer(turn: Turn, question: Question) -> list[Answer]:
    """What was typed in answer to a question about the purpose."""
    field = question.data["field"]
    text = _short(turn)
    if field == "what":
        asking.close(turn.session, question)
        return open_purpose(turn)
    known = _known(turn)
    if field == "due_on":
        purpose.change(turn.session, turn.owner_id, known, turn.now, due_on=_day(turn))
    elif field == "give_back":
        purpose.change(turn.session, turn.owner_id, known, turn.now, give_back=text)
    else:
        _add(turn, known, NeedKind(field), text)
    asking.close(turn.session, question)
    return [_screen(turn, "show")]


def show(look: Look) -> Reply:
    """The screen, measured on the network."""
    aim = purpose.read_aim(look.session, look.owner, look.today)
    if aim is None:
        raise UserError("purpose_none")
    return Reply.of("purpose", aim=aim, part=look.arguments["part"], names=aim.names)


def _state(turn: Turn) -> list[Answer]:
    words, due_on = _short(turn), None
    found = read_date(words, turn.local_now, "future")
    if found is not None and found.day > turn.today:
        due_on = found.day
        words = BY.sub("", words[: found.at.start]) + words[found.at.end :]
    what = " ".join(words.split()).strip(" ,.;") or _short(turn)
    purpose.state(turn.session, turn.owner_id, what, due_on, turn.today, turn.now)
    return [_screen(turn, "show")]


def _need(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    """purpose:need asks which kind, purpose:need:KIND what it is."""
    if not value:
        return [Reply.of("purpose_kind")]
    if value == "help":
        return [Reply.of("purpose_help", kinds=HELP)]
    if value not in KINDS:
        raise UserError("button_expired")
    return _ask(turn, value)


def _help(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    """purpose:help:KIND, or purpose:help:other to type it."""
    if value == "other":
        return _ask(turn, "help")
    if value not in HELP:
        raise UserError("button_expired")
    _add(turn, known, NeedKind.HELP, value)
    return [_screen(turn, "show")]


def _drop(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    if not purpose.drop_need(turn.session, turn.owner_id, known, turn.number(1), turn.now):
        raise UserError("button_expired")
    return [_screen(turn, "needs")]


def _norms(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    return [Reply.of("purpose_norms", purpose=known, rhythms=RHYTHMS)]


def _every(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    """purpose:every:DAYS, and then what they get back, unless that is known."""
    if not value.isdecimal() or int(value) not in RHYTHMS:
        raise UserError("button_expired")
    purpose.change(turn.session, turn.owner_id, known, turn.now, every_days=int(value))
    return [_screen(turn, "show")] if known.give_back else _ask(turn, "give_back")


def _give(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    return _ask(turn, "give_back")


def _due(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    return _ask(turn, "due_on")


def _close(turn: Turn, known: Purpose, value: str) -> list[Answer]:
    """purpose:close asks how it ended, purpose:close:OUTCOME ends it."""
    if not value:
        return [Reply.of("purpose_close", purpose=known)]
    if value not in OUTCOMES:
        raise UserError("button_expired")
    ended = {"closed_on": turn.today, "outcome": value}
    purpose.change(turn.session, turn.owner_id, known, turn.now, **ended)
    return [Reply.of("purpose_closed", purpose=known)]


PRESSED: dict[str, Callable[[Turn, Purpose, str], list[Answer]]] = {
    "close": _close,
    "drop": _drop,
    "due": _due,
    "every": _every,
    "give": _give,
    "help": _help,
    "need": _need,
    "norms": _norms,
}


def _add(turn: Turn, known: Purpose, kind: NeedKind, text: str) -> None:
    """'3 Bappenas' is three of them. Raises UserError where it cannot be added."""
    many = COUNT.match(text)
    count = min(max(int(many[1]), 1), MOST_COUNT) if many else 1
    need = Need(kind, COUNT.sub("", text), count)
    if not purpose.add_need(turn.session, turn.owner_id, known, need, turn.now):
        raise UserError("purpose_full")


def _ask(turn: Turn, field: str) -> list[Answer]:
    asking.cancel(turn.session, turn.owner_id)
    asking.ask(turn.session, turn.owner_id, "purpose", {"field": field}, turn.now)
    return [Reply.of("purpose_ask", field=field)]


def _known(turn: Turn) -> Purpose:
    known = purpose.current(turn.session, turn.owner_id)
    if known is None:
        raise UserError("purpose_none")
    return known


def _short(turn: Turn) -> str:
    text = " ".join(turn.words.split())
    if len(text) > LONGEST:
        raise UserError("purpose_long", most=LONGEST)
    return text


def _day(turn: Turn) -> date:
    """A day to come. Raises UserError for what is none."""
    found = read_date(turn.words, turn.local_now, "future")
    if found is None or found.day <= turn.today:
        raise UserError("purpose_day")
    return found.day


def _screen(turn: Turn, part: str) -> Answer:
    arguments = {"owner": turn.owner_id, "view": "purpose", "part": part}
    return Made("send_message", "view", arguments, in_place=True)
