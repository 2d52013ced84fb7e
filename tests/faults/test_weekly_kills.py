"""The weekly message: queued once a week and sent once at most, wherever the process ends."""

import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import Fault
from tests.faults.conftest import Rig

USER = 1
MONDAY = datetime(2026, 3, 23, 1, 30, tzinfo=UTC)  # 08:30 in Jakarta
SENT, UNKNOWN = "sent", "unknown"


class Weeks:
    """A bot that has something to say every week, and the weeks that pass."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.monday = MONDAY
        self._said = 0

    @property
    def once(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"weekly:{year}-W{week:02}"

    def begin(self) -> None:
        self.rig.telegram.add_user(USER)
        self.rig.start()
        self.says("/settings")
        menu = self.rig.telegram.messages(USER)[-1]
        data = menu.button("One line even when there is nothing").callback_data
        self.rig.telegram.tap(USER, menu.message_id, data or "")
        self.rig.settle()

    def says(self, text: str) -> None:
        self.rig.telegram.say(USER, text)
        self.rig.settle()

    def comes(self) -> None:
        """It is Monday, half past eight."""
        self.rig.at(*self.monday.timetuple()[:6])

    def is_queued(self) -> bool:
        return bool(self.rig.rows("SELECT 1 FROM outgoing WHERE once = ?", self.once))

    def ends(self) -> tuple[str, int]:
        """How the week's message ended, and how often it came; the owner is heard of."""
        self.rig.until(self.is_queued)
        self.rig.settle()
        ((state,),) = self.rig.rows("SELECT state FROM outgoing WHERE once = ?", self.once)
        came = self._count() - self._said
        self.monday += timedelta(weeks=1)
        self.rig.at(*(self.monday - timedelta(days=3)).timetuple()[:6])
        self.says("/help")
        self._said = self._count()
        return state, came

    def starts_over(self) -> None:
        """From now on messages are counted."""
        self._said = self._count()

    def _count(self) -> int:
        return sum(message.from_bot for message in self.rig.telegram.messages(USER))


@pytest.fixture
def weeks(rig: Rig) -> Weeks:
    weeks = Weeks(rig)
    weeks.begin()
    weeks.starts_over()
    return weeks


STEPS = {
    "before 1": (SENT, 1),  # nothing is queued yet
    "after 1": (SENT, 1),  # queued
    "after 2": (UNKNOWN, 0),  # about to be sent: nobody can say whether it was
    "before 3": (UNKNOWN, 1),  # sent, and not marked
}


def test_killed_at_any_step_it_is_queued_once_and_sent_once_at_most(rig: Rig, weeks: Weeks) -> None:
    for step, ending in STEPS.items():
        rig.last_step.write_text(step)
        weeks.comes()
        assert rig.wait() == -signal.SIGKILL
        rig.start()
        assert (step, *weeks.ends()) == (step, *ending)
    for kind, came in (("slow", 0), ("slow_after", 1)):
        number = rig.telegram.faults.add(Fault(kind, method="sendMessage", delay=30))
        weeks.comes()
        rig.until(lambda number=number: rig.telegram.faults.struck(number))
        if came:
            rig.until(lambda: rig.telegram.sent("sendMessage")[-1].at == rig.now())
        rig.stop()
        rig.telegram.faults.clear()
        rig.start()
        assert (kind, *weeks.ends()) == (kind, UNKNOWN, came)


FAULTS = {
    "429": (SENT, 1),
    "500": (UNKNOWN, 0),
    "502": (UNKNOWN, 0),
    "drop": (UNKNOWN, 0),
    "slow": (SENT, 1),
    "500_after": (UNKNOWN, 1),
    "502_after": (UNKNOWN, 1),
    "drop_after": (UNKNOWN, 1),
    "slow_after": (SENT, 1),
}


def test_with_the_answer_lost_it_ends_as_unknown_and_is_not_repeated(
    rig: Rig, weeks: Weeks
) -> None:
    for kind, ending in FAULTS.items():
        fault = Fault(kind, method="sendMessage", times=1, delay=0.2, retry_after=1)  # type: ignore[arg-type]
        rig.telegram.faults.add(fault)
        weeks.comes()
        assert (kind, *weeks.ends()) == (kind, *ending)


def test_while_telegram_is_out_weekly_messages_wait(rig: Rig, weeks: Weeks) -> None:
    # Only what was on its way when the trouble began may be lost.
    weeks.comes()
    weeks.ends()
    rig.telegram.faults.add(Fault("502"))
    rig.telegram.say(USER, "/help")
    weeks.comes()
    rig.until(weeks.is_queued)
    time.sleep(1)
    rig.telegram.faults.clear()
    rig.settle()
    assert rig.rows("SELECT state FROM outgoing WHERE once = ?", weeks.once) == [(SENT,)]
