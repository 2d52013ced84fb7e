"""Questions the bot asks and waits for; they outlive a restart and end after a day."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from storage import questions
from storage.tables import Question

WAITS = timedelta(days=1)


def ask(session: Session, owner_id: int, kind: str, data: dict[str, Any], now: datetime) -> int:
    """Keep a question; its number goes on the buttons."""
    question = Question(
        owner_id=owner_id, kind=kind, data=data, asked_at=now, expires_at=now + WAITS
    )
    session.add(question)
    session.flush()
    return question.id or 0


def pending(session: Session, owner_id: int, question_id: int, now: datetime) -> Question | None:
    """The question with this number, while it waits."""
    return questions.get(session, owner_id, question_id, now)


def latest(session: Session, owner_id: int, now: datetime) -> Question | None:
    return questions.latest(session, owner_id, now)


def change(session: Session, question: Question, data: dict[str, Any]) -> None:
    question.data = data
    session.add(question)
    session.flush()


def close(session: Session, question: Question) -> None:
    """The question is answered."""
    session.delete(question)
    session.flush()


def cancel(session: Session, owner_id: int) -> bool:
    """Drop what is pending; whether there was anything."""
    return questions.drop_all(session, owner_id) > 0
