"""The clock's work. What is due stands in the database; the ticking only makes us look.

Composing a weekly message, queueing it under a name that is unique for the owner's week, and
moving the due time on are one transaction: a restart at any moment neither loses nor doubles it.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from analysis.steps import short_name
from bot.calls import send_call
from bot.clock import Clock
from bot.replies import Reply
from bot.settings import Settings
from bot.turn import language_of
from bot.usecases import birthdays, weekly
from bot.usecases import owners as preferences
from bot.usecases import reminders as planned
from bot.usecases.weeks import next_weekly, week_of
from storage import contacts, outgoing, owners, reminders
from storage.database import is_unavailable
from storage.tables import Outgoing, Owner
from storage.writer import Writer

log = logging.getLogger(__name__)

TICK_SECONDS = 20
AT_ONCE = 100
MORNING, NIGHT = time(6), time(22)
TOO_LATE = timedelta(days=2)  # a message later than this waits for the next week
ASIDE_SECONDS = 3600.0

Due = tuple[int, ...]  # an owner and, except for the weekly message, the row that is due
Look = Callable[[Session, datetime, int], Sequence[Due]]
Queue = Callable[..., list[Outgoing]]  # (session, *due, now, settings)


class Schedule:
    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        settings: Settings,
        replies: Callable[[Sequence[Outgoing]], None],
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._settings = settings
        self._replies = replies
        self._scheduler: Any = None
        self._aside: dict[tuple[Any, Due], float] = {}  # what failed, and until when it rests

    def start(self) -> None:
        """Look every few seconds; a look that takes long is not joined by a second one."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=TICK_SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    def keep_ticking(self) -> None:
        """Bring the next tick forward where the system's clock was set back.

        APScheduler plans by the clock on the wall: set back by a day, it would sleep for a day.
        """
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs() if self._scheduler is not None else ():
            if job.next_run_time - now > timedelta(seconds=2 * TICK_SECONDS):
                job.modify(next_run_time=now)

    async def tick(self) -> None:
        """Queue all that is due: weekly messages, reminders, birthdays."""
        now = self._clock()
        try:
            self._replies(await self._writer.run(partial(outgoing.put_off_until, now=now)))
            await self._each(due_for_weekly, queue_weekly, now)
            await self._each(reminders.due, queue_reminder, now)
            await self._each(contacts.due_birthdays, queue_birthday, now)
        except Exception as error:  # the next tick tries again
            log.error("tick_failed", extra={"error": type(error).__name__})

    async def _each(self, look: Look, queue: Queue, now: datetime) -> None:
        """Queue each row that is due, which moves its due time on; one that fails rests a while."""
        while found := await self._find(look, queue, now):
            for due in found:
                await self._queue_one(queue, due, now)

    async def _find(self, look: Look, queue: Queue, now: datetime) -> list[Due]:
        aside = {key: end for key, end in self._aside.items() if end > monotonic()}
        resting = {due for work, due in aside if work == queue}
        limit = AT_ONCE + len(resting)
        found = await self._writer.run(lambda session: look(session, now, limit))
        return [due for due in found if due not in resting]

    async def _queue_one(self, queue: Queue, due: Due, now: datetime) -> None:
        try:
            queued = await self._writer.run(
                lambda session: queue(session, *due, now, self._settings)
            )
            self._replies(queued)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.error("not_queued", extra={"due": due, "error": type(error).__name__})
            self._aside[queue, due] = monotonic() + ASIDE_SECONDS


def due_for_weekly(session: Session, now: datetime, limit: int) -> list[Due]:
    return [(owner_id,) for owner_id in owners.due_for_weekly(session, now, limit)]


def queue_weekly(
    session: Session, owner_id: int, now: datetime, settings: Settings
) -> list[Outgoing]:
    """Queue an owner's weekly message if it is due, and set when the next one is."""
    owner = owners.get(session, owner_id)
    if owner is None or owner.weekly_due_at is None or owner.weekly_due_at > now:
        return []
    if owner.paused_at is not None or owner.blocked_at is not None:
        preferences.plan_weekly(owner, now)  # which is: never, until the owner is back
        return []
    due = owner.weekly_due_at
    if now - due > TOO_LATE:
        due = next_weekly(owner, now - TOO_LATE)  # the last that was missed, if it is in time
    once = f"weekly:{week_of(due.astimezone(ZoneInfo(owner.timezone)).date())}"
    preferences.plan_weekly(owner, now)
    if due > now or outgoing.is_queued(session, owner_id, once):
        return []
    today = now.astimezone(ZoneInfo(owner.timezone)).date()
    if weekly.is_silent(owner, today):
        if not weekly.ask_whether_to_go_on(owner, today):
            return []
        return [_queue(session, owner, Reply.of("go_on"), once, now, settings)]
    digest = weekly.digest(session, owner, today)
    if not digest.lines and not digest.stale and not owner.quiet_line:
        return []
    return [_queue(session, owner, Reply.of("weekly", digest=digest), once, now, settings)]


def queue_reminder(
    session: Session, owner_id: int, number: int, now: datetime, settings: Settings
) -> list[Outgoing]:
    """Queue a reminder that is due; it is then no longer due."""
    owner = owners.get(session, owner_id)
    sent = planned.send(session, owner, number, now) if owner is not None else None
    if owner is None or sent is None:
        return []
    reminder, once = sent
    return [_queue(session, owner, Reply.of("reminder", planned=reminder), once, now, settings)]


def queue_birthday(
    session: Session, owner_id: int, number: int, now: datetime, settings: Settings
) -> list[Outgoing]:
    """Queue a word on a contact's birthday; it is then due next year."""
    owner = owners.get(session, owner_id)
    due = birthdays.greet(session, owner, number, now) if owner is not None else None
    if owner is None or due is None:
        return []
    contact, once = due
    spoken = contact.language or language_of(owner, settings)
    called = short_name(contact.name)
    reply = Reply.of("birthday", contact=contact, language_with=spoken, called=called)
    return [_queue(session, owner, reply, once, now, settings)]


def _queue(
    session: Session, owner: Owner, reply: Reply, once: str, now: datetime, settings: Settings
) -> Outgoing:
    local = now.astimezone(ZoneInfo(owner.timezone))
    language = language_of(owner, settings)
    method, payload = send_call(owner.chat_id, reply, language, {"today": local.date()})
    return outgoing.add(
        session,
        owner_id=owner.id,
        chat_id=owner.chat_id,
        method=method,
        payload=payload,
        now=now,
        once=once,
        not_before=_morning(local),
    )


def _morning(local: datetime) -> datetime | None:
    """When to send what came up at night (after a stand-still, say); None by day: at once."""
    if MORNING <= local.time() < NIGHT:
        return None
    day = local.date() + timedelta(days=1 if local.time() >= NIGHT else 0)
    return datetime.combine(day, MORNING, tzinfo=local.tzinfo).astimezone(UTC)
