"""Questions the bot asked and waits for: the state of a conversation."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import Question


def get(session: Session, owner_id: int, question_id: int, now: datetime) -> Question | None:
    """The question, unless it is answered or too old."""
    return session.exec(
        select(Question)
        .where(Question.owner_id == owner_id)
        .where(Question.id == question_id)
        .where(col(Question.expires_at) > now)
    ).first()


def latest(session: Session, owner_id: int, now: datetime) -> Question | None:
    return session.exec(
        select(Question)
        .where(Question.owner_id == owner_id)
        .where(col(Question.expires_at) > now)
        .order_by(col(Question.id).desc())
        .limit(1)
    ).first()


def drop_all(session: Session, owner_id: int) -> int:
    """Forget what is pending; how many questions that were."""
    return session.exec(delete(Question).where(col(Question.owner_id) == owner_id)).rowcount
