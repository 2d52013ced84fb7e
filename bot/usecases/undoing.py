"""Taking back a write."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage import changes
from storage.journal import StillNeeded, undo
from storage.tables import Change


@dataclass(frozen=True, slots=True)
class Undone:
    kind: str
    names: tuple[str, ...]
    done: bool  # False where something later stands on it


def undo_latest(session: Session, owner_id: int, now: datetime) -> Undone | None:
    """Take back the last write; None where there is none."""
    change = changes.latest(session, owner_id)
    return _undo(session, change, now) if change else None


def undo_change(session: Session, owner_id: int, change_id: int, now: datetime) -> Undone | None:
    """Take back one write; None where the owner has none of that number, or took it back."""
    change = changes.get(session, owner_id, change_id)
    if change is None or change.undone_at is not None:
        return None
    return _undo(session, change, now)


def _undo(session: Session, change: Change, now: datetime) -> Undone:
    try:
        undo(session, change, now)
    except StillNeeded:
        return Undone(change.kind, tuple(change.names), done=False)
    return Undone(change.kind, tuple(change.names), done=True)
