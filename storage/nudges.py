"""Nudges: the lines of the weekly messages."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.tables import Nudge

# Made once, since it runs for each weekly message.
SHOWN = (
    columns(
        col(Nudge.contact_id),
        col(Nudge.suggested_on),
        col(Nudge.outcome),
        col(Nudge.facts)["step"].as_string(),
    )
    .where(col(Nudge.owner_id) == bindparam("owner"))
    .order_by(col(Nudge.suggested_on), col(Nudge.id))
)


class Shown(NamedTuple):
    """That a line about somebody was shown: when, with which step, and what became of it."""

    contact_id: int
    on: date
    outcome: str | None
    step: str | None


def get(session: Session, owner_id: int, nudge_id: int) -> Nudge | None:
    return session.exec(
        select(Nudge).where(Nudge.owner_id == owner_id).where(Nudge.id == nudge_id)
    ).first()


def of_week(session: Session, owner_id: int, week: str) -> list[Nudge]:
    """The lines of one week, in their order."""
    return list(
        session.exec(
            select(Nudge)
            .where(Nudge.owner_id == owner_id)
            .where(Nudge.week == week)
            .order_by(col(Nudge.position), col(Nudge.id))
        )
    )


def shown(session: Session, owner_id: int, contact_id: int | None = None) -> list[Shown]:
    """Lines of all weeks, the oldest first: about everybody, or about one contact."""
    session.flush()
    query = SHOWN if contact_id is None else SHOWN.where(col(Nudge.contact_id) == contact_id)
    return list(map(Shown._make, session.connection().execute(query, {"owner": owner_id})))
