"""Changes: the writes that can be taken back."""

from sqlmodel import Session, col, select

from storage.tables import Change


def get(session: Session, owner_id: int, change_id: int) -> Change | None:
    return session.exec(
        select(Change).where(Change.owner_id == owner_id).where(Change.id == change_id)
    ).first()


def latest(session: Session, owner_id: int) -> Change | None:
    """The last change not yet taken back."""
    return session.exec(
        select(Change)
        .where(Change.owner_id == owner_id)
        .where(col(Change.undone_at).is_(None))
        .order_by(col(Change.id).desc())
        .limit(1)
    ).first()
