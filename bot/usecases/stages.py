"""Moving a contact between the stages Know, Like, Trust, Buy."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.stages import Stage
from storage.journal import Journal
from storage.tables import Contact, StageMove

STAGES = tuple(stage.value for stage in Stage)


@dataclass(frozen=True, slots=True)
class Moved:
    contact: Contact
    stage: str
    change_id: int | None  # None where the contact stood there already


def move_stage(
    session: Session,
    owner_id: int,
    contact: Contact,
    stage: str,
    today: date,
    now: datetime,
    why: str = "set",
) -> Moved:
    """Set a contact's stage, dated, and keep the move in its history."""
    if contact.stage == stage:
        return Moved(contact, stage, None)
    journal = Journal(session, owner_id)
    journal.update(contact, stage=stage)
    journal.add(
        StageMove(owner_id=owner_id, contact_id=contact.id or 0, stage=stage, on=today, why=why)
    )
    change = journal.close("stage_moved", [contact.name], now)
    return Moved(contact, stage, change.id if change else None)
