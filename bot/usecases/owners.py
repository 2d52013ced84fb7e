"""The owner: welcome, settings, pause, forget."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.settings import Settings
from bot.usecases import birthdays
from bot.usecases.weeks import next_weekly
from storage import owners
from storage.tables import Owner


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the settings screen shows."""

    language: str
    timezone: str
    weekly_day: int
    weekly_time: time
    quiet_line: bool
    paused: bool


def welcome(
    session: Session,
    telegram_id: int,
    chat_id: int,
    telegram_language: str | None,
    settings: Settings,
    now: datetime,
) -> Owner:
    """The owner behind a Telegram account, made at the first word. Who writes is not blocked."""
    owner = owners.by_telegram_id(session, telegram_id)
    if owner is None:
        owner = Owner(
            telegram_id=telegram_id,
            chat_id=chat_id,
            telegram_language=telegram_language,
            timezone=settings.default_timezone,
            created_at=now,
        )
        owners.add(session, owner)
        plan_weekly(owner, now)
        notice(owner, now)
        return owner
    owner.chat_id = chat_id
    if telegram_language:
        owner.telegram_language = telegram_language
    if owner.blocked_at is not None:
        unblock(owner, now)
    notice(owner, now)
    return owner


def notice(owner: Owner, now: datetime) -> None:
    """The owner is here today; whether to go on need not be asked."""
    owner.active_on = now.astimezone(ZoneInfo(owner.timezone)).date()
    owner.asked_on = None


def preferences(owner: Owner, language: str) -> Preferences:
    return Preferences(
        language=language,
        timezone=owner.timezone,
        weekly_day=owner.weekly_day,
        weekly_time=owner.weekly_time,
        quiet_line=owner.quiet_line,
        paused=owner.paused_at is not None,
    )


def set_timezone(session: Session, owner: Owner, timezone: str, now: datetime) -> None:
    owner.timezone = timezone
    plan_weekly(owner, now)
    birthdays.plan_all(session, owner, now)


def set_weekly(
    session: Session,
    owner: Owner,
    now: datetime,
    *,
    day: int | None = None,
    at: time | None = None,
) -> None:
    owner.weekly_day = owner.weekly_day if day is None else day
    owner.weekly_time = owner.weekly_time if at is None else at
    plan_weekly(owner, now)
    birthdays.plan_all(session, owner, now)


def pause(owner: Owner, now: datetime) -> None:
    """Send nothing unasked from now on."""
    owner.paused_at = owner.paused_at or now
    plan_weekly(owner, now)


def resume(owner: Owner, now: datetime) -> None:
    owner.paused_at = None
    plan_weekly(owner, now)


def block(owner: Owner, now: datetime) -> None:
    """The owner blocked the bot: everything is kept, nothing is sent."""
    owner.blocked_at = owner.blocked_at or now
    plan_weekly(owner, now)


def unblock(owner: Owner, now: datetime) -> None:
    owner.blocked_at = None
    plan_weekly(owner, now)


def plan_weekly(owner: Owner, now: datetime) -> None:
    """Set when the next weekly message is due; never, while the owner is paused or blocked."""
    silent = owner.paused_at is not None or owner.blocked_at is not None
    owner.weekly_due_at = None if silent else next_weekly(owner, now)


def forget(session: Session, owner: Owner) -> None:
    owners.forget(session, owner)


def set_organisation(owner: Owner, organisation: str) -> None:
    """Where the owner belongs, which tells contacts inside from those outside."""
    owner.organisation = organisation
