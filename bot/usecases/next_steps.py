"""Next steps as they are shown: chosen, remembered, and what tapping a button under one records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from analysis.contact_facts import OpeningKind
from analysis.recipes import Logs, Reason
from analysis.steps import Step, best_across
from bot.usecases.favours import put_interaction
from bot.usecases.introductions import put_tie
from bot.usecases.keeping import keep, recall
from bot.usecases.people import Named, named
from bot.usecases.standing import Standing, stand, stand_with
from storage import contacts, favours, introductions, suggestions
from storage.journal import Journal
from storage.tables import Contact, Introduction, Owner, Suggestion

CHANNELS = {Logs.CALL: "call", Logs.MEETING: "meeting"}  # a message, where nothing is said
NO_TOUCH = frozenset({Logs.DETAIL, Logs.OUTCOME})  # done without being in touch that day
PARTNERS = {  # whose introduction a step is about, by its key
    "link_match": OpeningKind.ANOTHER_CAN_HELP,
    "lend_match": OpeningKind.THEY_CAN_HELP_ANOTHER,
}
LET_GO = "let_go_awaited"  # what they promised is released
ANSWERS = ("later", "declined")


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as it stands in a message."""

    id: int
    who: Named
    phone: str | None
    username: str | None
    step: str
    values: dict[str, Any]
    why: str
    why_values: dict[str, Any]
    draft: dict[str, Any] | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """What is asked for after a step was done: more about it that only the owner knows."""

    change_id: int
    contact: Contact
    step: str
    logs: Logs
    interaction_id: int | None
    introduction_id: int | None


def suggest_across(session: Session, owner: Owner, today: date) -> tuple[Shown, ...]:
    """The best steps across the network, remembered as shown."""
    by_id = {each.contact.id: each for each in stand(session, owner, today).everybody}
    steps = best_across((each.facts for each in by_id.values()), today)
    return _show(session, owner, [(by_id[step.contact_id], step) for step in steps], today)


def suggest_for(session: Session, owner: Owner, contact: Contact, today: date) -> tuple[Shown, ...]:
    """The best step with one contact and its alternatives, remembered as shown."""
    standing = stand_with(session, owner, contact, today)
    return _show(session, owner, [(standing, step) for step in standing.steps], today)


def _show(
    session: Session, owner: Owner, chosen: Sequence[tuple[Standing, Step]], today: date
) -> tuple[Shown, ...]:
    rows = [
        Suggestion(
            owner_id=owner.id or 0,
            contact_id=step.contact_id,
            step=step.key,
            about_id=step.about_id,
            facts=_facts(standing, step),
            shown_on=today,
        )
        for standing, step in chosen
    ]
    session.add_all(rows)
    session.flush()
    for row in rows:
        row.batch = rows[0].id or 0
    session.flush()
    return _shown(session, owner.id or 0, rows)


def get(session: Session, owner_id: int, suggestion_id: int) -> Suggestion | None:
    return suggestions.get(session, owner_id, suggestion_id)


def shown_with(session: Session, owner_id: int, row: Suggestion) -> tuple[Shown, ...]:
    """The steps of the message that one stands in, as they are now."""
    return _shown(session, owner_id, suggestions.of_batch(session, owner_id, row.batch))


def answer(
    session: Session, owner_id: int, row: Suggestion, outcome: str, today: date, now: datetime
) -> None:
    """Not this, or later: remembered, so that it does not come back too soon."""
    journal = Journal(session, owner_id)
    journal.update(row, outcome=outcome, answered_on=today)
    contact = contacts.get(session, owner_id, row.contact_id)
    journal.close("step_answered", [contact.name] if contact else [], now)


def finish(
    session: Session, owner_id: int, row: Suggestion, today: date, now: datetime
) -> Done | None:
    """It is done: put on record what fits. None where it was done before, or nobody is left."""
    contact = contacts.get(session, owner_id, row.contact_id)
    if contact is None or row.outcome == "done":
        return None
    logs = Logs(row.facts["logs"])
    journal = Journal(session, owner_id)
    journal.update(row, outcome="done", answered_on=today)
    interaction = None
    if logs not in NO_TOUCH:
        channel = CHANNELS.get(logs, "message")
        interaction = put_interaction(journal, owner_id, [contact], today, channel, None, now)
        if contact.snoozed_until is not None:
            journal.update(contact, snoozed_until=None)
    about = _record(session, journal, owner_id, row, contact, logs, today, now)
    change = journal.close("step_done", [contact.name], now)
    return Done(
        change_id=(change.id if change else None) or 0,
        contact=contact,
        step=row.step,
        logs=logs,
        interaction_id=interaction.id if interaction else None,
        introduction_id=about,
    )


def _record(
    session: Session,
    journal: Journal,
    owner_id: int,
    row: Suggestion,
    contact: Contact,
    logs: Logs,
    today: date,
    now: datetime,
) -> int | None:
    """What a step does besides being in touch; the introduction it is about, if any."""
    if logs is Logs.PROMISE_KEPT and row.about_id:
        promise = favours.promise(session, owner_id, row.about_id)
        if promise is not None and promise.kept_on is None:
            journal.update(promise, kept_on=today)
    elif row.step == LET_GO and row.about_id:
        promise = favours.promise(session, owner_id, row.about_id)
        if promise is not None:
            journal.update(promise, dropped_on=today)
    elif logs is Logs.THANKS and row.about_id:
        _thank(session, journal, owner_id, row, today)
    elif logs is Logs.INTRODUCTION_ASKED and row.facts["sought"]:
        asked = Introduction(
            owner_id=owner_id,
            introducer_id=contact.id,
            sought=row.facts["sought"],
            asked_on=today,
        )
        return journal.add(asked).id
    elif logs is Logs.INTRODUCTION_MADE:
        return _introduce(session, journal, owner_id, row, contact, today, now)
    elif logs is Logs.OUTCOME and row.about_id:
        door = introductions.get(session, owner_id, row.about_id)
        return door.id if door else None
    return None


def _thank(session: Session, journal: Journal, owner_id: int, row: Suggestion, today: date) -> None:
    if row.facts["why"] == Reason.THANKS_DOOR:
        door = introductions.get(session, owner_id, row.about_id or 0)
        if door is not None:
            journal.update(door, thanked_on=today)
        return
    favour = favours.favour(session, owner_id, row.about_id or 0)
    if favour is not None:
        journal.update(favour, thanked_on=today)


def _introduce(
    session: Session,
    journal: Journal,
    owner_id: int,
    row: Suggestion,
    contact: Contact,
    today: date,
    now: datetime,
) -> int | None:
    """The owner brought the contact to somebody: as promised, or as suggested."""
    if row.about_id:
        door = introductions.get(session, owner_id, row.about_id)
        if door is None:
            return None
        journal.update(door, made_on=today)
        whom, to = door.whom_id, door.to_id
    else:
        other = contacts.get(session, owner_id, row.facts["other"] or 0)
        if other is None:
            return None
        whom, to = contact.id, other.id
        door = journal.add(Introduction(owner_id=owner_id, whom_id=whom, to_id=to, made_on=today))
    if whom is not None and to is not None:
        put_tie(session, journal, owner_id, whom, to, now)
    return door.id


def _facts(standing: Standing, step: Step) -> dict[str, Any]:
    """What a step says and does, kept so that it reads the same when it is edited later."""
    draft = step.draft
    return {
        "values": keep(step.values),
        "why": step.why.value,
        "why_values": keep(step.why_values),
        "logs": step.logs.value,
        "other": _other(standing, step),
        "sought": step.values.get("purpose_fit") or step.values.get("bridges_to"),
        "draft": {
            "key": draft.key,
            "language": draft.language,
            "variant": draft.variant,
            "values": keep(draft.values),
        }
        if draft
        else None,
    }


def _other(standing: Standing, step: Step) -> int | None:
    """The third person of a step that is about an introduction."""
    if step.key in PARTNERS:
        there = [one for one in standing.facts.openings if one.kind is PARTNERS[step.key]]
        return there[0].other_id if there else None
    meetings = standing.facts.meetings
    return meetings[0].other_id if step.logs is Logs.INTRODUCTION_MADE and meetings else None


def _shown(session: Session, owner_id: int, rows: Sequence[Suggestion]) -> tuple[Shown, ...]:
    people = {
        each.id: each for each in contacts.some(session, owner_id, [r.contact_id for r in rows])
    }
    return tuple(_one(row, people[row.contact_id]) for row in rows if row.contact_id in people)


def _one(row: Suggestion, contact: Contact) -> Shown:
    facts, draft = row.facts, row.facts["draft"]
    return Shown(
        id=row.id or 0,
        who=named(contact),
        phone=contact.phone,
        username=contact.username,
        step=row.step,
        values=recall(facts["values"]),
        why=facts["why"],
        why_values=recall(facts["why_values"]),
        draft={**draft, "values": recall(draft["values"])} if draft else None,
        outcome=row.outcome,
    )
