"""What is on record of each contact, read from the database in one go, as the analysis wants it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from textwrap import shorten

from sqlmodel import Session

from analysis.contact_facts import Outcome, PastStep
from analysis.history import (
    Benefit,
    Cooperation,
    Direction,
    Favour,
    Form,
    Interaction,
    Introduction,
    Part,
    Promise,
    Side,
)
from analysis.steps import REST_DAYS
from storage import contacts, favours, interactions, introductions, nudges, suggestions
from storage import tables as rows
from storage.contacts import Move
from storage.interactions import Told
from storage.nudges import Shown

LONGEST_WORDS = 120
OUTCOMES = {
    None: Outcome.SHOWN,
    "talked": Outcome.DONE,
    "snoozed": Outcome.LATER,
    "less_often": Outcome.DECLINED,
    "left": Outcome.DECLINED,
}
ANSWERS = {
    None: Outcome.SHOWN,
    "done": Outcome.DONE,
    "later": Outcome.LATER,
    "declined": Outcome.DECLINED,
}
SIDES = {side.value: side for side in Side}


@dataclass
class Record:
    """One contact's record, oldest first.

    What the days alone tell is asked of everybody, the interactions themselves of few.
    """

    present: Mapping[int, int] = field(default_factory=dict)  # how many, by interaction
    told: list[Told] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    favours: list[Favour] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    cooperations: list[Cooperation] = field(default_factory=list)
    nudges: list[Shown] = field(default_factory=list)
    suggestions: list[rows.Suggestion] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [row[1] for row in self.told]

    @cached_property
    def past(self) -> list[Interaction]:
        return [
            Interaction(
                number,
                on,
                channel,
                note or "",
                SIDES[started_by] if started_by else None,
                self.present[number],
            )
            for number, on, channel, note, started_by, _ in self.told
        ]

    @property
    def past_steps(self) -> tuple[PastStep, ...]:
        """The steps shown before, in weekly messages and when asked for."""
        weekly = [
            PastStep(shown.step, shown.on, OUTCOMES[shown.outcome])
            for shown in self.nudges
            if shown.step
        ]
        asked = [
            PastStep(row.step, row.answered_on or row.shown_on, ANSWERS[row.outcome], row.about_id)
            for row in self.suggestions
        ]
        return (*weekly, *asked)


def read_records(
    session: Session, owner_id: int, today: date, contact_id: int | None = None
) -> dict[int, Record]:
    """The records of all contacts, or of one; an empty one for a contact without any."""
    told = interactions.with_participants(session, owner_id, contact_id)
    present = Counter([row[0] for row in told])
    records: dict[int, Record] = defaultdict(lambda: Record(present))
    for row in told:
        records[row[5]].told.append(row)
    for move in contacts.moves(session, owner_id, contact_id):
        records[move.contact_id].moves.append(move)
    for favour in favours.favours(session, owner_id, contact_id):
        records[favour.contact_id].favours.append(_favour(favour))
    for promise in favours.promises(session, owner_id, contact_id):
        records[promise.contact_id].promises.append(_promise(promise))
    for line in nudges.shown(session, owner_id, contact_id):
        records[line.contact_id].nudges.append(line)
    _add_introductions(records, session, owner_id, contact_id)
    for one in introductions.cooperations(session, owner_id, contact_id):
        records[one.contact_id].cooperations.append(_cooperation(one))
    shown_from = today - timedelta(days=2 * REST_DAYS)  # answered later than shown
    for shown in suggestions.since(session, owner_id, shown_from, contact_id):
        records[shown.contact_id].suggestions.append(shown)
    return records


def _add_introductions(
    records: dict[int, Record], session: Session, owner_id: int, contact_id: int | None
) -> None:
    """Each introduction, as each of the contacts in it sees it."""
    told = introductions.everything(session, owner_id, contact_id)
    ids = {number for one in told for number in (one.introducer_id, one.whom_id, one.to_id)}
    known = contacts.some(session, owner_id, ids - {None}) if told else []  # type: ignore[arg-type]
    names = {each.id: each.name for each in known}
    for one in told:
        met = names.get(one.to_id) or one.sought or ""
        if one.introducer_id is not None:
            records[one.introducer_id].introductions.append(_seen(one, Part.OPENED, met))
            if one.to_id is not None:
                came = _seen(one, Part.CAME, names.get(one.introducer_id, ""))
                records[one.to_id].introductions.append(came)
        elif one.whom_id is not None:
            records[one.whom_id].introductions.append(_seen(one, Part.CONNECTED, met))
            if one.to_id is not None:
                other = _seen(one, Part.CONNECTED, names.get(one.whom_id, ""))
                records[one.to_id].introductions.append(other)


def _seen(one: rows.Introduction, part: Part, other: str) -> Introduction:
    return Introduction(
        id=one.id or 0,
        part=part,
        other=other,
        asked_on=one.asked_on,
        made_on=one.made_on,
        outcome=one.outcome,
        thanked_on=one.thanked_on,
    )


def _cooperation(row: rows.Cooperation) -> Cooperation:
    return Cooperation(row.id or 0, Form(row.form), row.what, row.began_on, row.ended_on)


def _favour(row: rows.Favour) -> Favour:
    return Favour(
        id=row.id or 0,
        on=row.on,
        direction=Direction(row.direction),
        what=_in_short(row.what),
        benefit=Benefit(row.kind) if row.kind else None,
        thanked_on=row.thanked_on,
    )


def _promise(row: rows.Promise) -> Promise:
    return Promise(
        id=row.id or 0,
        by=Side(row.by),
        what=_in_short(row.what),
        made_on=row.made_on,
        due_on=row.due_on,
        kept_on=row.kept_on,
        dropped_on=row.dropped_on,
    )


def _in_short(what: str) -> str:
    """Words that stand within a sentence of a step or a card."""
    words = " ".join(what.split())
    return words if len(words) <= LONGEST_WORDS else shorten(words, LONGEST_WORDS, placeholder="…")
