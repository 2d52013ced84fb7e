"""Moving a contact between the stages Know, Like, Trust, Buy."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from analysis.stages import Stage
from storage import contacts
from storage.journal import Journal
from storage.tables import Contact, StageMove, StageProposal

STAGES = tuple(stage.value for stage in Stage)


@dataclass(frozen=True, slots=True)
class Moved:
    contact: Contact
    stage: str
    change_id: int | None  # None where the contact stood there already


def moves(session: Session, owner_id: int, contact: Contact) -> list[StageMove]:
    """A contact's moves so far, oldest first, each dated and with the reason."""
    return contacts.stage_moves(session, owner_id, contact.id)


def move_stage(
    session: Session,
    owner_id: int,
    contact: Contact,
    stage: str,
    today: date,
    now: datetime,
    proposal: StageProposal | None = None,
) -> Moved:
    """Set a contact's stage, dated, and keep the move in its history.

    With `proposal`, the move that the owner agrees to, and what it rests on.
    """
    if contact.stage == stage:
        return Moved(contact, stage, None)
    journal = Journal(session, owner_id)
    journal.update(contact, stage=stage)
    journal.add(
        StageMove(
            owner_id=owner_id,
            contact_id=contact.id or 0,
            stage=stage,
            on=today,
            why=proposal.because if proposal else "set",
            evidence=list(proposal.evidence) if proposal else [],
        )
    )
    if proposal is not None:
        journal.update(proposal, accepted=True)
    change = journal.close("stage_moved", [contact.name], now)
    return Moved(contact, stage, change.id if change else None)
