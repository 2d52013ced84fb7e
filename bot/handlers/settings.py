"""/start and /settings: language, time zone, day and hour of the weekly message, pause.

Both show the same screens. A button says where it belongs: start:… goes on to the next step of
the onboarding, set:… goes back to the settings.
"""

from datetime import time

from bot.replies import Answer, Reply, UserError
from bot.settings import LANGUAGES
from bot.turn import Turn
from bot.usecases import asking, owners
from bot.usecases.places import find_timezone
from storage.tables import Question

STEPS = ("language", "timezone", "day", "time", "ready")
HOURS = (6, 7, 8, 9, 12, 17, 19, 20)


def start(turn: Turn) -> list[Answer]:
    """/start: the onboarding for somebody new, a short word for somebody known."""
    if turn.owner.paused_at is not None:
        owners.resume(turn.owner, turn.now)
        return [Reply.of("resumed")]
    if turn.owner.welcomed_at is not None:
        return [Reply.of("welcome_back")]
    return [Reply.of("choose_language", via="start")]


def settings(turn: Turn) -> list[Answer]:
    preferences = owners.preferences(turn.owner, turn.language)
    return [Reply.of("settings", preferences=preferences)]


def choose(turn: Turn, via: str) -> list[Answer]:
    """start:WHAT[:VALUE] and set:WHAT[:VALUE]: without a value, show the choice."""
    what, value = turn.word(0), turn.word(1)
    if value == "skip":
        return _next(turn, via, what)
    if what in CHOICES and not value:
        return [Reply.of(f"choose_{what}", via=via, hours=HOURS)]
    if what == "city":
        asking.cancel(turn.session, turn.owner_id)
        asking.ask(turn.session, turn.owner_id, "timezone", {"via": via}, turn.now)
        return [Reply.of("choose_city")]
    if what not in SETTERS:
        raise UserError("button_expired")
    SETTERS[what](turn, value)
    return _next(turn, via, what)


def start_step(turn: Turn) -> list[Answer]:
    return choose(turn, "start")


def set_one(turn: Turn) -> list[Answer]:
    if turn.word(0) == "show":
        return settings(turn)
    return choose(turn, "set")


def set_city(turn: Turn, question: Question) -> list[Answer]:
    """The city typed as an answer."""
    zone = find_timezone(turn.words)
    if zone is None:
        raise UserError("unknown_city")
    owners.set_timezone(turn.session, turn.owner, zone, turn.now)
    asking.close(turn.session, question)
    return _next(turn, question.data["via"], "timezone")


def _next(turn: Turn, via: str, what: str) -> list[Answer]:
    if via == "set":
        return settings(turn)
    step = STEPS[STEPS.index(what) + 1] if what in STEPS else STEPS[0]
    if step == "ready":
        turn.owner.welcomed_at = turn.owner.welcomed_at or turn.now
        return [Reply.of("ready", preferences=owners.preferences(turn.owner, turn.language))]
    return [Reply.of(f"choose_{step}", via=via, hours=HOURS)]


def _language(turn: Turn, value: str) -> None:
    if value not in LANGUAGES:
        raise UserError("button_expired")
    turn.owner.language = value


def _timezone(turn: Turn, value: str) -> None:
    zone = find_timezone(value)
    if zone is None:
        raise UserError("button_expired")
    owners.set_timezone(turn.session, turn.owner, zone, turn.now)


def _day(turn: Turn, value: str) -> None:
    if value not in tuple("0123456"):
        raise UserError("button_expired")
    owners.set_weekly(turn.session, turn.owner, turn.now, day=int(value))


def _time(turn: Turn, value: str) -> None:
    if not value.isdecimal() or int(value) not in HOURS:
        raise UserError("button_expired")
    owners.set_weekly(turn.session, turn.owner, turn.now, at=time(int(value)))


def _quiet(turn: Turn, value: str) -> None:
    turn.owner.quiet_line = value == "on"


def _pause(turn: Turn, value: str) -> None:
    (owners.pause if value == "on" else owners.resume)(turn.owner, turn.now)


CHOICES = ("language", "timezone", "day", "time")
SETTERS = {
    "language": _language,
    "timezone": _timezone,
    "day": _day,
    "time": _time,
    "quiet": _quiet,
    "pause": _pause,
}
