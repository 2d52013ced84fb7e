"""Snapshots of the network, kept about once a month."""

from sqlmodel import Session, col, select

from storage.tables import NetworkSnapshot


def everything(session: Session, owner_id: int) -> list[NetworkSnapshot]:
    """All snapshots, oldest first."""
    return list(
        session.exec(
            select(NetworkSnapshot)
            .where(NetworkSnapshot.owner_id == owner_id)
            .order_by(col(NetworkSnapshot.on))
        )
    )
