"""/digest and /fading, and the buttons of the weekly message."""

from datetime import timedelta

from bot.handlers.contacts import SNOOZES
from bot.handlers.meetings import DAYS_AGO
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, standing, weekly
from storage.tables import Nudge

PAGE = 6
STEPS = ("talked", "snooze", "less", "back")


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
    if row is None:
        raise UserError("button_expired")
    step, choice = turn.word(1), turn.word(2)
    if step == "talked" and choice in DAYS_AGO:
        on = turn.today - timedelta(days=DAYS_AGO[choice])
        weekly.talked(turn.session, turn.owner, row, on, turn.today, turn.now)
    elif step == "snooze" and choice in SNOOZES:
        contact = cards.get(turn.session, turn.owner_id, row.contact_id)
        if contact is not None:
            until = cards.day_after(turn.today, SNOOZES[choice])
            weekly.snooze(turn.session, turn.owner_id, contact, until, turn.now, row)
    elif step == "less":
        weekly.less_often(turn.session, turn.owner, row, turn.today, turn.now)
    elif step not in STEPS:
        raise UserError("button_expired")
    return [_message(turn, row, step if not choice and step in ("talked", "snooze") else "")]


def _message(turn: Turn, row: Nudge, asks: str) -> Reply:
    digest = weekly.digest_of(turn.session, turn.owner, row)
    return Reply.of("weekly", digest=digest, asking=row.id if asks else None, asks=asks)
