"""What is on record of each contact, read from the database in one go, as the analysis wants it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from analysis.contact_facts import Outcome, PastStep
from analysis.history import Benefit, Direction, Favour, Interaction, Promise, Side
from storage import contacts, favours, interactions, nudges
from storage import tables as rows

OUTCOMES = {
    None: Outcome.SHOWN,
    "talked": Outcome.DONE,
    "snoozed": Outcome.LATER,
    "less_often": Outcome.DECLINED,
    "left": Outcome.DECLINED,
}
SIDES = {side.value: side for side in Side}


@dataclass(slots=True)
class Record:
    """One contact's record, oldest first."""

    past: list[Interaction] = field(default_factory=list)
    moves: list[rows.StageMove] = field(default_factory=list)
    favours: list[Favour] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    nudges: list[rows.Nudge] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [one.on for one in self.past]

    @property
    def past_steps(self) -> tuple[PastStep, ...]:
        return tuple(
            PastStep(row.facts["step"], row.suggested_on, OUTCOMES[row.outcome])
            for row in self.nudges
            if row.facts.get("step")
        )


def read_records(
    session: Session, owner_id: int, contact_id: int | None = None
) -> dict[int, Record]:
    """The records of all contacts, or of one; an empty one for a contact without any."""
    records: dict[int, Record] = defaultdict(Record)
    _add_interactions(records, session, owner_id, contact_id)
    for move in contacts.stage_moves(session, owner_id, contact_id):
        records[move.contact_id].moves.append(move)
    for favour in favours.favours(session, owner_id, contact_id):
        records[favour.contact_id].favours.append(_favour(favour))
    for promise in favours.promises(session, owner_id, contact_id):
        records[promise.contact_id].promises.append(_promise(promise))
    for nudge in nudges.everything(session, owner_id, contact_id):
        records[nudge.contact_id].nudges.append(nudge)
    return records


def _add_interactions(
    records: dict[int, Record], session: Session, owner_id: int, contact_id: int | None
) -> None:
    told = interactions.with_participants(session, owner_id, contact_id)
    present = Counter(row[0] for row in told)
    seen: dict[int, Interaction] = {}
    for number, on, channel, note, started_by, who in told:
        one = seen.get(number)
        if one is None:
            side = SIDES[started_by] if started_by else None
            one = Interaction(number, on, channel, note or "", side, present[number])
            seen[number] = one
        records[who].past.append(one)


def _favour(row: rows.Favour) -> Favour:
    return Favour(
        id=row.id or 0,
        on=row.on,
        direction=Direction(row.direction),
        what=row.what,
        benefit=Benefit(row.kind) if row.kind else None,
        thanked_on=row.thanked_on,
    )


def _promise(row: rows.Promise) -> Promise:
    return Promise(
        id=row.id or 0,
        by=Side(row.by),
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        kept_on=row.kept_on,
        dropped_on=row.dropped_on,
    )
