"""Choosing whom a weekly message names, and what its lines say."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from analysis.agenda import Candidate, Kind, choose, rests
from analysis.agenda import Named as NamedBefore
from analysis.history import Direction, Promise, Side
from analysis.recipes import Reason
from analysis.steps import Step
from analysis.strength import is_worth_warming
from bot.usecases.keeping import keep
from bot.usecases.standing import Standing, Standings
from storage.tables import Nudge, Owner

BIRTHDAY_DAYS = 7
PROMISE_DAYS = 7  # a promise is brought up this long before it is due
THANKS_DAYS = (1, 60)  # thanks are brought up when the help is so many days old
BRIDGE_SILENT_DAYS = 45

#: The reasons for a step that fit each reason to name somebody.
STEP_REASONS = {
    Kind.BIRTHDAY: (Reason.BIRTHDAY,),
    Kind.PROMISE: (Reason.PROMISE,),
    Kind.FADING: (Reason.FADING, Reason.TOPIC, Reason.SILENT),
    Kind.DUE: (Reason.FADING, Reason.TOPIC, Reason.SILENT),
    Kind.THANKS: (Reason.THANKS, Reason.THANKS_DOOR),
    Kind.NEW: (Reason.NEW, Reason.LEARN, Reason.LISTED),
    Kind.BRIDGE: (Reason.BRIDGE, Reason.SILENT, Reason.TOPIC),
}


def choose_lines(
    session: Session, owner: Owner, standings: Standings, week: str, today: date
) -> list[Nudge]:
    """Choose and keep the lines of a week's message."""
    by_id = {each.contact.id: each for each in standings.everybody}
    candidates = [
        candidate
        for each in standings.everybody
        for candidate in _candidates(each, standings.stale, today)
    ]
    rows = []
    for position, chosen in enumerate(choose(candidates)):
        standing = by_id[chosen.contact_id]
        row = Nudge(
            owner_id=owner.id or 0,
            contact_id=chosen.contact_id,
            week=week,
            position=position,
            kind=chosen.kind.value,
            facts=_facts(standing, chosen.kind),
            suggested_on=today,
        )
        session.add(row)
        rows.append(row)
    session.flush()
    return rows


def _candidates(standing: Standing, stale: bool, today: date) -> list[Candidate]:
    """The reasons to name somebody today; none for those at rest."""
    contact = standing.contact
    if contact.leave or standing.resting or _passed_over(standing, today):
        return []
    holds = {
        Kind.BIRTHDAY: _has_birthday(standing, today),
        Kind.PROMISE: any(_presses(one, today) for one in standing.record.promises),
        Kind.THANKS: _owes_thanks(standing, today),
        Kind.NEW: standing.fading.follow_up,
    }
    kinds = [kind for kind, held in holds.items() if held]
    if not stale:  # of silence nothing is known while the log is silent
        kinds += _silences(standing)
    return [Candidate(contact.id or 0, kind, _worth(standing, kind)) for kind in kinds]


def _has_birthday(standing: Standing, today: date) -> bool:
    birthday = standing.birthday
    return birthday is not None and (birthday.next_on(today) - today).days < BIRTHDAY_DAYS


def _presses(promise: Promise, today: date) -> bool:
    """A promise of the user's that is due within the week, or was."""
    due_on = promise.due_on or promise.made_on + timedelta(days=PROMISE_DAYS)
    return promise.is_open and promise.by is Side.ME and (due_on - today).days <= PROMISE_DAYS


def _silences(standing: Standing) -> list[Kind]:
    if standing.is_fading or standing.is_slowing:
        return [Kind.FADING]
    if standing.fading.due:
        return [Kind.DUE]
    silent = standing.fading.counted_silent_days or 0
    if standing.bridges_to is None or silent < BRIDGE_SILENT_DAYS:
        return []  # before the strength, which is dear
    if is_worth_warming(standing.tie, standing.strength):
        return [Kind.BRIDGE]
    return []


def _worth(standing: Standing, kind: Kind) -> float:
    return standing.urgency if kind is Kind.FADING else standing.worth


def _owes_thanks(standing: Standing, today: date) -> bool:
    first, last = THANKS_DAYS
    return any(
        one.direction is Direction.RECEIVED
        and one.thanked_on is None
        and first <= (today - one.on).days <= last
        for one in standing.record.favours
    )


def _passed_over(standing: Standing, today: date) -> bool:
    named_before = [
        NamedBefore(shown.on, shown.outcome is not None) for shown in standing.record.nudges
    ]
    return rests(named_before, standing.fading.last_contact, today)


def _facts(standing: Standing, kind: Kind) -> dict[str, Any]:
    """What the line says, kept so that it reads the same when it is edited later."""
    fading = standing.fading
    usual = fading.cadence_days if kind is Kind.DUE else fading.usual_gap_days
    step = _fitting(standing, kind)
    return {
        "usual": round(usual) if usual else None,
        "silent": fading.counted_silent_days,
        "why": step.why.value if step else None,
        "why_values": keep(step.why_values) if step else {},
        "step": step.key if step else None,
        "values": keep(step.values) if step else {},
        "draft": _draft(step),
    }


def _fitting(standing: Standing, kind: Kind) -> Step | None:
    """The step that fits the reason the person is named for, else the best there is."""
    reasons = STEP_REASONS[kind]
    return next((each for each in standing.steps if each.why in reasons), standing.step)


def _draft(step: Step | None) -> dict[str, Any] | None:
    if step is None or step.draft is None:
        return None
    return {
        "key": step.draft.key,
        "language": step.draft.language,
        "variant": step.draft.variant,
        "values": keep(step.draft.values),
    }
