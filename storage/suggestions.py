"""What the bot suggested and what became of it: next steps, and moves between stages."""

from datetime import date

from sqlmodel import Session, col, select

from storage.tables import StageProposal, Suggestion


def get(session: Session, owner_id: int, suggestion_id: int) -> Suggestion | None:
    return session.exec(
        select(Suggestion)
        .where(Suggestion.owner_id == owner_id)
        .where(Suggestion.id == suggestion_id)
    ).first()


def of_batch(session: Session, owner_id: int, batch: int) -> list[Suggestion]:
    """The steps of one message, in their order."""
    return list(
        session.exec(
            select(Suggestion)
            .where(Suggestion.owner_id == owner_id)
            .where(Suggestion.batch == batch)
            .order_by(col(Suggestion.id))
        )
    )


def since(
    session: Session, owner_id: int, day: date, contact_id: int | None = None
) -> list[Suggestion]:
    """Steps shown on that day or later, the oldest first."""
    query = (
        select(Suggestion).where(Suggestion.owner_id == owner_id).where(Suggestion.shown_on >= day)
    )
    if contact_id is not None:
        query = query.where(Suggestion.contact_id == contact_id)
    return list(session.exec(query.order_by(col(Suggestion.id))))


def proposal(session: Session, owner_id: int, proposal_id: int) -> StageProposal | None:
    return session.exec(
        select(StageProposal)
        .where(StageProposal.owner_id == owner_id)
        .where(StageProposal.id == proposal_id)
    ).first()


def latest_proposal(
    session: Session, owner_id: int, contact_id: int | None = None
) -> StageProposal | None:
    """The last proposal made: about one contact, or about anybody."""
    query = select(StageProposal).where(StageProposal.owner_id == owner_id)
    if contact_id is not None:
        query = query.where(StageProposal.contact_id == contact_id)
    return session.exec(query.order_by(col(StageProposal.id).desc()).limit(1)).first()
