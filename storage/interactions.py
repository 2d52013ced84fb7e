"""Interactions: what happened, when, by which channel, with whom."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import Interaction, Participation


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


def contact_days(
    session: Session, owner_id: int, contact_id: int | None = None
) -> dict[int, list[date]]:
    """The days of contact of each contact, oldest first; a day stands once an interaction."""
    query = (
        select(col(Participation.contact_id), col(Interaction.on))
        .join(Interaction, col(Interaction.id) == Participation.interaction_id)
        .where(Participation.owner_id == owner_id)
        .order_by(col(Interaction.on))
    )
    if contact_id is not None:
        query = query.where(Participation.contact_id == contact_id)
    days: dict[int, list[date]] = defaultdict(list)
    for number, day in session.exec(query):
        days[number].append(day)
    return days


def last_notes(session: Session, owner_id: int) -> dict[int, str]:
    """The latest note of each contact that has one."""
    rows = session.exec(
        select(col(Participation.contact_id), col(Interaction.note))
        .join(Interaction, col(Interaction.id) == Participation.interaction_id)
        .where(Participation.owner_id == owner_id)
        .where(col(Interaction.note).is_not(None))
        .order_by(col(Interaction.on), col(Interaction.id))
    )
    return {number: note for number, note in rows if note}


def last_logged_on(session: Session, owner_id: int) -> date | None:
    """The latest day anything happened with anybody."""
    return session.exec(
        select(func.max(Interaction.on)).where(Interaction.owner_id == owner_id)
    ).one()
