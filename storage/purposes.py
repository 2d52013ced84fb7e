"""Purposes: what an owner wants the network for, and what that needs."""

from sqlmodel import Session, col, select

from storage.tables import Purpose, PurposeNeed


def current(session: Session, owner_id: int) -> Purpose | None:
    """The purpose that is open."""
    return session.exec(
        select(Purpose)
        .where(Purpose.owner_id == owner_id)
        .where(col(Purpose.closed_on).is_(None))
        .order_by(col(Purpose.id).desc())
        .limit(1)
    ).first()


def everything(session: Session, owner_id: int) -> list[Purpose]:
    """All purposes, by number."""
    return list(
        session.exec(select(Purpose).where(Purpose.owner_id == owner_id).order_by(col(Purpose.id)))
    )


def needs(session: Session, owner_id: int, purpose_id: int) -> list[PurposeNeed]:
    """What a purpose needs, by number."""
    return list(
        session.exec(
            select(PurposeNeed)
            .where(PurposeNeed.owner_id == owner_id)
            .where(PurposeNeed.purpose_id == purpose_id)
            .order_by(col(PurposeNeed.id))
        )
    )


def need(session: Session, owner_id: int, need_id: int) -> PurposeNeed | None:
    return session.exec(
        select(PurposeNeed).where(PurposeNeed.owner_id == owner_id).where(PurposeNeed.id == need_id)
    ).first()
