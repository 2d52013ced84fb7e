"""Where the user stands with one contact today, as plain facts derived from the record.

A step's conditions and the gaps in its text are the attributes of `Situation` and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from analysis.contact_facts import ContactFacts, Kind, OpeningKind
from analysis.history import IN_PERSON, SPOKEN, Form, History, Introduction, Part, Promise, Side
from analysis.reciprocity import Lean, weigh
from analysis.stages import Stage
from analysis.topics import TopicKind, is_act, topic_kind, topic_of

CROWD = 5  # with this many people present it was an event, not a talk
PROMISE_DAYS = 14  # when a promise without a date is due
LEBARAN = tuple(  # first day of Idul Fitri as announced or reckoned; the window forgives a day
    date.fromisoformat(day)
    for day in (
        "2025-03-31", "2026-03-20", "2027-03-10", "2028-02-27", "2029-02-15",
        "2030-02-05", "2031-01-25", "2032-01-14", "2033-01-03", "2033-12-23",
    )
)  # fmt: skip


class Season(StrEnum):
    NEW_YEAR = "new_year"
    LEBARAN = "lebaran"


@dataclass(frozen=True)
class Situation:
    """One contact today, flat. None is 'not known' or 'there is none'; days count back from today.

    mine_*: what the user promised them (most pressing); theirs_*: what they promised.
    opened_*: somebody they introduced to the user; connected_*: somebody the user introduced to
    them; came_*: who introduced them; door_asked_*, door_owed_*: asked for and not yet made.
    """

    name: str
    kind: Kind
    stage: Stage
    organisation: str | None
    days_known: int
    contact_days: int
    last_on: date | None
    days_since_last: int | None
    last_was_crowd: bool | None
    met_in_person: bool
    ever_spoke: bool
    they_started_last: bool
    user_always_starts: bool
    usual_gap_days: int | None
    gaps_silent: float | None
    fading: bool
    strong: bool | None
    bridges_to: str | None
    purpose_fit: str | None
    stage_moved_up_days: int | None
    stage_moved_down_days: int | None
    topic: str | None
    topic_kind: TopicKind | None
    topic_on: date | None
    topic_days: int | None
    lean: Lean
    thanks_what: str | None
    thanks_favour_id: int | None
    thanks_days: int | None
    thanks_other: str | None
    thanks_introduction_id: int | None
    thanks_other_days: int | None
    mine_what: str | None
    mine_id: int | None
    mine_is_act: bool | None
    mine_on: date | None
    mine_days: int | None
    mine_due_on: date | None
    mine_due_in_days: int | None
    theirs_what: str | None
    theirs_id: int | None
    theirs_on: date | None
    theirs_days: int | None
    theirs_late_days: int | None
    kept_what: str | None
    kept_days: int | None
    opened_other: str | None
    opened_id: int | None
    opened_days: int | None
    opened_told: bool | None
    connected_other: str | None
    connected_id: int | None
    connected_days: int | None
    connected_told: bool | None
    came_other: str | None
    came_days: int | None
    door_asked_other: str | None
    door_asked_id: int | None
    door_asked_days: int | None
    door_owed_other: str | None
    door_owed_id: int | None
    door_owed_days: int | None
    help_what: str | None
    ask_what: str | None
    link_what: str | None
    link_other: str | None
    lend_what: str | None
    lend_other: str | None
    meet_other: str | None
    meet_shared: str | None
    offer: str | None
    need: str | None
    birthday_on: date | None
    birthday_in_days: int | None
    form: Form | None
    form_what: str | None
    form_days: int | None
    form_ended_days: int | None
    season: Season | None


Facts = dict[str, Any]


def situation(contact: ContactFacts, today: date) -> Situation:
    """Derive the flat facts of one contact as of today."""
    facts: Facts = {
        "name": contact.name,
        "kind": contact.kind,
        "stage": contact.stage,
        "organisation": contact.organisation,
        "days_known": (today - contact.history.added_on).days,
        "strong": contact.strong,
        "bridges_to": contact.bridges_to,
        "purpose_fit": contact.purpose_fit,
        "offer": contact.offers[0] if contact.offers else None,
        "need": contact.needs[0] if contact.needs else None,
        "season": season(contact.language, today),
    }
    facts |= _rhythm(contact, today) | _topic(contact.history, today) | _moves(contact, today)
    facts |= _exchange(contact, today) | _promises(contact.history, today)
    facts |= _introductions(contact.history, today) | _openings(contact)
    facts |= _birthday(contact, today) | _cooperation(contact.history, today)
    return Situation(**facts)


def season(language: str, today: date) -> Season | None:
    """The season of greetings today falls in: Lebaran for contacts one writes to in Indonesian."""
    if language == "id" and any(0 <= (today - day).days <= 10 for day in LEBARAN):
        return Season.LEBARAN
    if (today.month, today.day) >= (12, 29) or (today.month, today.day) <= (1, 10):
        return Season.NEW_YEAR
    return None


def _days(since: date | None, today: date) -> int | None:
    return None if since is None else (today - since).days


def _rhythm(contact: ContactFacts, today: date) -> Facts:
    past = contact.history.past(today)
    last = past[-1] if past else None
    silent, gap = _days(last.on if last else None, today), contact.usual_gap_days
    starters = [one.started_by for one in past if one.started_by is not None][-3:]
    return {
        "contact_days": len({one.on for one in past}),
        "last_on": last.on if last else None,
        "days_since_last": silent,
        "last_was_crowd": last.people >= CROWD if last else None,
        "met_in_person": any(one.channel in IN_PERSON for one in past),
        "ever_spoke": any(one.channel in SPOKEN for one in past),
        "they_started_last": last is not None and last.started_by is Side.THEM,
        "user_always_starts": starters == [Side.ME] * 3,
        "usual_gap_days": round(gap) if gap else None,
        "gaps_silent": silent / gap if gap and silent is not None else None,
        "fading": contact.fading and last is not None,
    }


def _topic(history: History, today: date) -> Facts:
    for one in reversed(history.past(today)):
        topic = topic_of(one)
        if topic:
            return {
                "topic": topic,
                "topic_kind": topic_kind(topic),
                "topic_on": one.on,
                "topic_days": (today - one.on).days,
            }
    return dict.fromkeys(("topic", "topic_kind", "topic_on", "topic_days"))


def _moves(contact: ContactFacts, today: date) -> Facts:
    before, days = contact.stage_before, _days(contact.stage_since, today)
    return {
        "stage_moved_up_days": days if before is not None and before < contact.stage else None,
        "stage_moved_down_days": days if before is not None and before > contact.stage else None,
    }


def _exchange(contact: ContactFacts, today: date) -> Facts:
    exchange = weigh(contact.history, today)
    favour = next((owed for owed in exchange.thanks_owed if owed.favour_id is not None), None)
    door = next((owed for owed in exchange.thanks_owed if owed.introduction_id is not None), None)
    return {
        "lean": exchange.lean,
        "thanks_what": favour.what if favour else None,
        "thanks_favour_id": favour.favour_id if favour else None,
        "thanks_days": _days(favour.on if favour else None, today),
        "thanks_other": door.what if door else None,
        "thanks_introduction_id": door.introduction_id if door else None,
        "thanks_other_days": _days(door.on if door else None, today),
    }


def _promises(history: History, today: date) -> Facts:
    mine = _most_pressing(history.promises, Side.ME, today)
    theirs = _most_pressing(history.promises, Side.THEM, today)
    kept = [one for one in history.promises if one.by is Side.THEM and one.kept_on is not None]
    last_kept = max(kept, key=lambda one: (one.kept_on or one.made_on, one.id), default=None)
    return {
        "mine_what": mine.what if mine else None,
        "mine_id": mine.id if mine else None,
        "mine_is_act": is_act(mine.what) if mine else None,
        "mine_on": mine.made_on if mine else None,
        "mine_days": _days(mine.made_on if mine else None, today),
        "mine_due_on": mine.due_on if mine else None,
        "mine_due_in_days": (_due(mine) - today).days if mine else None,
        "theirs_what": theirs.what if theirs else None,
        "theirs_id": theirs.id if theirs else None,
        "theirs_on": theirs.made_on if theirs else None,
        "theirs_days": _days(theirs.made_on if theirs else None, today),
        "theirs_late_days": _days(_due(theirs) if theirs else None, today),
        "kept_what": last_kept.what if last_kept else None,
        "kept_days": _days(last_kept.kept_on if last_kept else None, today),
    }


def _most_pressing(promises: Iterable[Promise], by: Side, today: date) -> Promise | None:
    waiting = (one for one in promises if one.by is by and one.is_open and one.made_on <= today)
    return min(waiting, key=lambda one: (_due(one), one.id), default=None)


def _due(promise: Promise) -> date:
    return promise.due_on or promise.made_on + timedelta(days=PROMISE_DAYS)


def _introductions(history: History, today: date) -> Facts:
    facts: Facts = {}
    for name, part in (("opened", Part.OPENED), ("connected", Part.CONNECTED)):
        door = _latest(one for one in history.introductions if one.part is part and one.made_on)
        facts |= _door(name, door, door.made_on if door else None, today)
        facts[f"{name}_told"] = door.outcome is not None if door else None
    for name, part in (("door_asked", Part.OPENED), ("door_owed", Part.CONNECTED)):
        door = _latest(one for one in history.introductions if one.part is part and not one.made_on)
        facts |= _door(name, door, door.asked_on if door else None, today)
    came = _latest(one for one in history.introductions if one.part is Part.CAME)
    facts |= _door("came", came, came.made_on if came else None, today)
    del facts["came_id"]
    return facts


def _latest(doors: Iterable[Introduction]) -> Introduction | None:
    return max(
        doors, key=lambda one: (one.made_on or one.asked_on or date.min, one.id), default=None
    )


def _door(name: str, door: Introduction | None, on: date | None, today: date) -> Facts:
    return {
        f"{name}_other": door.other if door else None,
        f"{name}_id": door.id if door else None,
        f"{name}_days": _days(on, today),
    }


def _openings(contact: ContactFacts) -> Facts:
    first = {opening.kind: opening for opening in reversed(contact.openings)}
    help_, ask = first.get(OpeningKind.I_CAN_HELP), first.get(OpeningKind.THEY_CAN_HELP)
    link = first.get(OpeningKind.ANOTHER_CAN_HELP)
    lend = first.get(OpeningKind.THEY_CAN_HELP_ANOTHER)
    meeting = contact.meetings[0] if contact.meetings else None
    return {
        "help_what": help_.what if help_ else None,
        "ask_what": ask.what if ask else None,
        "link_what": link.what if link else None,
        "link_other": link.other if link else None,
        "lend_what": lend.what if lend else None,
        "lend_other": lend.other if lend else None,
        "meet_other": meeting.other if meeting else None,
        "meet_shared": meeting.shared if meeting else None,
    }


def _birthday(contact: ContactFacts, today: date) -> Facts:
    on = contact.birthday.next_on(today) if contact.birthday else None
    return {"birthday_on": on, "birthday_in_days": (on - today).days if on else None}


def _cooperation(history: History, today: date) -> Facts:
    begun = [one for one in history.cooperations if one.began_on <= today]
    running = [one for one in begun if one.ended_on is None or one.ended_on > today]
    one = max(running or begun, key=lambda one: (one.began_on, one.id), default=None)
    ended = one is not None and not running
    return {
        "form": one.form if one else None,
        "form_what": one.what if one else None,
        "form_days": _days(one.began_on if one else None, today),
        "form_ended_days": _days(one.ended_on if one and ended else None, today),
    }
