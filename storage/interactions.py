"""Interactions: what happened, when, by which channel, with whom."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.tables import Interaction, Participation

Told = tuple[int, date, str, str | None, str | None, int]
"""Interaction, day, channel, note, who began, contact."""

# Made once, since they run for nearly every message and for each weekly one.
WITH_PARTICIPANTS = (
    columns(
        col(Interaction.id),
        col(Interaction.on),
        col(Interaction.channel),
        col(Interaction.note),
        col(Interaction.started_by),
        col(Participation.contact_id),
    )
    .join(Participation, col(Participation.interaction_id) == Interaction.id)
    .where(col(Interaction.owner_id) == bindparam("owner"))
    .order_by(col(Interaction.on), col(Interaction.id), col(Participation.contact_id))
)
THEIRS = WITH_PARTICIPANTS.where(
    col(Interaction.id).in_(
        columns(col(Participation.interaction_id)).where(
            col(Participation.contact_id) == bindparam("contact")
        )
    )
)
LAST_LOGGED_AT = columns(func.max(col(Interaction.created_at))).where(
    col(Interaction.owner_id) == bindparam("owner")
)


def get(session: Session, owner_id: int, interaction_id: int) -> Interaction | None:
    return session.exec(
        select(Interaction)
        .where(Interaction.owner_id == owner_id)
        .where(Interaction.id == interaction_id)
    ).first()


def everything(session: Session, owner_id: int) -> list[Interaction]:
    """All interactions, by number."""
    return list(
        session.exec(
            select(Interaction)
            .where(Interaction.owner_id == owner_id)
            .order_by(col(Interaction.id))
        )
    )


def recent(session: Session, owner_id: int, contact_id: int, limit: int = 5) -> list[Interaction]:
    """A contact's latest interactions, newest first."""
    return list(
        session.exec(
            select(Interaction)
            .join(Participation, col(Participation.interaction_id) == Interaction.id)
            .where(Interaction.owner_id == owner_id)
            .where(Participation.contact_id == contact_id)
            .order_by(col(Interaction.on).desc(), col(Interaction.id).desc())
            .limit(limit)
        )
    )


def participants(session: Session, owner_id: int) -> dict[int, list[int]]:
    """Who took part in each interaction: contact numbers by interaction number."""
    result: dict[int, list[int]] = defaultdict(list)
    rows = session.exec(
        select(col(Participation.interaction_id), col(Participation.contact_id))
        .where(Participation.owner_id == owner_id)
        .order_by(col(Participation.interaction_id), col(Participation.contact_id))
    )
    for interaction_id, contact_id in rows:
        result[interaction_id].append(contact_id)
    return result


def with_participants(session: Session, owner_id: int, contact_id: int | None = None) -> list[Told]:
    """(interaction, day, channel, note, who began, contact) of each participation, oldest first.

    With `contact_id`, the interactions of that contact only, with all who took part. Columns and
    not rows: a network holds thousands, and this is read for every screen.
    """
    session.flush()
    query = WITH_PARTICIPANTS if contact_id is None else THEIRS
    asked = (
        {"owner": owner_id} if contact_id is None else {"owner": owner_id, "contact": contact_id}
    )
    return list(session.connection().execute(query, asked))


def notes(session: Session, owner_id: int) -> dict[int, list[str]]:
    """The notes about each contact, newest first."""
    rows = session.exec(
        select(col(Participation.contact_id), col(Interaction.note))
        .join(Interaction, col(Interaction.id) == Participation.interaction_id)
        .where(Participation.owner_id == owner_id)
        .where(col(Interaction.note).is_not(None))
        .order_by(col(Interaction.on).desc(), col(Interaction.id).desc())
    )
    result: dict[int, list[str]] = defaultdict(list)
    for number, note in rows:
        result[number].append(note or "")
    return result


def last_logged_at(session: Session, owner_id: int) -> datetime | None:
    """When anything was last logged with anybody, whatever day it was about."""
    session.flush()
    return session.connection().execute(LAST_LOGGED_AT, {"owner": owner_id}).scalar()


def participations(session: Session, owner_id: int, interaction_id: int) -> list[Participation]:
    """Who took part in one interaction, in the order it was told."""
    return list(
        session.exec(
            select(Participation)
            .where(Participation.owner_id == owner_id)
            .where(Participation.interaction_id == interaction_id)
        )
    )
