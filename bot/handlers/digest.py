"""/digest and /fading, and the buttons of the weekly message."""

from collections.abc import Callable
from datetime import timedelta

from bot.handlers.contacts import SNOOZES
from bot.handlers.meetings import DAYS_AGO
from bot.language.pieces import read_span
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, cards, owners, standing, weekly
from storage.tables import Nudge, Question

PAGE = 6


def digest(turn: Turn) -> list[Answer]:
    """This week's message at once."""
    return [Reply.of("weekly", digest=weekly.digest(turn.session, turn.owner, turn.today))]


def fading(turn: Turn) -> list[Answer]:
    """Ties weaker than their own rhythm; fading:PAGE for the next ones."""
    page = max(turn.number(), 0) if turn.arguments else 0
    standings = standing.stand(turn.session, turn.owner, turn.today)
    faded = standings.fading()
    shown = faded[page * PAGE : (page + 1) * PAGE]
    return [
        Reply.of(
            "fading",
            shown=shown,
            first=page * PAGE,
            total=len(faded),
            page=page,
            more=(page + 1) * PAGE < len(faded),
            stale=standings.stale,
            known=len(standings.everybody),
            judged=sum(each.fading.score is not None for each in standings.everybody),
        )
    ]


def nudge(turn: Turn) -> list[Answer]:
    """nudge:NUDGE:STEP[:CHOICE]: a button of one line; the message is edited in place."""
    row = weekly.nudge(turn.session, turn.owner_id, turn.number())
    if row is None or turn.word(1) not in STEPS:
        raise UserError("button_expired")
    return STEPS[turn.word(1)](turn, row)


def _talked(turn: Turn, row: Nudge) -> list[Answer]:
    days = DAYS_AGO.get(turn.word(2))
    if days is not None:
        on = turn.today - timedelta(days=days)
        weekly.talked(turn.session, turn.owner, row, on, turn.today, turn.now)
    return _message(turn, row, "" if days is not None else "talked")


def _snooze(turn: Turn, row: Nudge) -> list[Answer]:
    days = SNOOZES.get(turn.word(2))
    contact = cards.get(turn.session, turn.owner_id, row.contact_id)
    if days is not None and contact is not None:
        until = cards.day_after(turn.today, days)
        weekly.snooze(turn.session, turn.owner_id, contact, until, turn.now, row)
    return _message(turn, row, "" if days is not None else "snooze")


def _until(turn: Turn, row: Nudge) -> list[Answer]:
    """Snooze until a day the owner types."""
    asking.cancel(turn.session, turn.owner_id)
    asking.ask(turn.session, turn.owner_id, "until", {"nudge": row.id}, turn.now)
    return [Reply.new("snooze_until")]


def set_until(turn: Turn, question: Question) -> list[Answer]:
    """The day typed as an answer."""
    row = weekly.nudge(turn.session, turn.owner_id, question.data["nudge"])
    found = read_span(turn.words, turn.local_now)
    if found is None or found.last <= turn.today:
        raise UserError("unknown_day")
    asking.close(turn.session, question)
    contact = cards.get(turn.session, turn.owner_id, row.contact_id) if row else None
    if contact is None:
        raise UserError("contact_gone")
    change_id = weekly.snooze(turn.session, turn.owner_id, contact, found.last, turn.now, row)
    return [Reply.of("snoozed", contact=contact, until=found.last, change_id=change_id)]


def _less(turn: Turn, row: Nudge) -> list[Answer]:
    weekly.less_often(turn.session, turn.owner, row, turn.today, turn.now)
    return _message(turn, row)


def _leave(turn: Turn, row: Nudge) -> list[Answer]:
    weekly.leave(turn.session, turn.owner, row, turn.now)
    return _message(turn, row)


def _draft(turn: Turn, row: Nudge) -> list[Answer]:
    """A few friendly words to copy, where no link can carry them."""
    line = next(
        line
        for line in weekly.digest_of(turn.session, turn.owner, row).lines
        if line.nudge_id == row.id
    )
    if line.draft is None:
        raise UserError("button_expired")
    return [Reply.new("draft", draft=line.draft, who=line.who)]


def _message(turn: Turn, row: Nudge, asks: str = "") -> list[Answer]:
    digest = weekly.digest_of(turn.session, turn.owner, row)
    return [Reply.of("weekly", digest=digest, asking=row.id if asks else None, asks=asks)]


STEPS: dict[str, Callable[[Turn, Nudge], list[Answer]]] = {
    "talked": _talked,
    "snooze": _snooze,
    "until": _until,
    "less": _less,
    "leave": _leave,
    "draft": _draft,
    "back": _message,
}


def go_on(turn: Turn) -> list[Answer]:
    """goon:yes, goon:no, after a silent month."""
    if turn.word() == "no":
        owners.pause(turn.owner, turn.now)
        return [Reply.of("stopped")]
    return [Reply.of("going_on")]
