"""The part of the export about the whole network: purposes, pairs declined, snapshots."""

from typing import Any

from sqlmodel import Session

from storage import pairs as declined
from storage import purposes, snapshots
from storage.tables import Purpose, PurposeNeed


def aimed(session: Session, owner_id: int) -> dict[str, Any]:
    """Arrays of records; contacts are referred to by number."""
    return {
        "purposes": [
            _purpose(row, purposes.needs(session, owner_id, row.id or 0))
            for row in purposes.everything(session, owner_id)
        ],
        "declined_pairs": [
            {"a": row.a, "b": row.b, "on": row.on.isoformat()}
            for row in declined.declined(session, owner_id)
        ],
        "network_snapshots": [row.facts for row in snapshots.everything(session, owner_id)],
    }


def _purpose(row: Purpose, needs: list[PurposeNeed]) -> dict[str, Any]:
    return {
        "id": row.id,
        "what": row.what,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "every_days": row.every_days,
        "give_back": row.give_back,
        "stated_on": row.stated_on.isoformat(),
        "closed_on": row.closed_on.isoformat() if row.closed_on else None,
        "outcome": row.outcome,
        "needs": [{"kind": need.kind, "value": need.value, "count": need.count} for need in needs],
    }
