"""How fast messages go out, and how long to wait after a failure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.pace import CHAT_BURST, MOST_CHATS, Pace, longer_each_time, seconds_asked


def send_all(pace: Pace, chats: list[int], until: float) -> list[tuple[float, int]]:
    """Send to the chats, over and over in turn, as soon as the pace lets us."""
    now, sent = 0.0, []
    while now < until:
        free = [chat for chat in chats if pace.chat_delay(chat, now) == 0]
        if pace.delay(now) == 0 and free:
            pace.count(free[0], now)
            sent.append((now, free[0]))
            chats = [*(c for c in chats if c != free[0]), free[0]]
        else:
            waits = [pace.delay(now), min(pace.chat_delay(chat, now) for chat in chats)]
            now += max(*waits, 1e-6)
    return sent


def test_a_burst_to_one_chat_goes_at_once_and_then_one_a_second() -> None:
    times = [at for at, _ in send_all(Pace(30, 0.0), [1], 60.0)]
    assert times[:CHAT_BURST] == [0.0] * CHAT_BURST
    gaps = [
        later - at for at, later in zip(times[CHAT_BURST:], times[CHAT_BURST + 1 :], strict=False)
    ]
    assert all(gap == pytest.approx(1.0) for gap in gaps)


def test_over_all_chats_it_is_thirty_a_second() -> None:
    sent = send_all(Pace(30, 0.0), list(range(100)), 10.0)
    assert len(sent) == pytest.approx(30 + 30 * 10, abs=2)
    assert {chat for _, chat in sent} == set(range(100))


@given(
    rate=st.floats(0.1, 100),
    steps=st.lists(st.tuples(st.integers(0, 5), st.floats(0, 3)), max_size=80),
)
def test_no_stretch_of_time_holds_more_than_burst_and_rate(
    rate: float, steps: list[tuple[int, float]]
) -> None:
    pace, now = Pace(rate, 0.0), 0.0
    sent: list[tuple[float, int]] = []
    for chat, wait in steps:
        now += wait
        if pace.delay(now) == 0 and pace.chat_delay(chat, now) == 0:
            pace.count(chat, now)
            sent.append((now, chat))
    for index, (start, chat) in enumerate(sent):
        later = sent[index:]
        for end, _ in later:
            within = [each for at, each in later if at <= end]
            assert len(within) <= max(rate, 1) + (end - start) * rate + 1e-6
            assert within.count(chat) <= CHAT_BURST + (end - start) + 1e-6


@given(st.floats(0.05, 50))
def test_a_message_may_go_when_the_wait_is_over(rate: float) -> None:
    # Also where the rate is below one message a second.
    pace, now = Pace(rate, 0.0), 0.0
    for _ in range(100):
        now += pace.delay(now)
        assert pace.delay(now) == pytest.approx(0, abs=1e-6)
        pace.count(1, now)


def test_a_clock_that_stands_still_or_steps_back_gives_nothing_away() -> None:
    pace = Pace(2, 100.0)
    for _ in range(2):
        pace.count(1, 100.0)
    assert pace.delay(100.0) == pytest.approx(0.5)
    assert pace.delay(50.0) == pytest.approx(0.5)


def test_chats_that_were_quiet_are_forgotten_and_busy_ones_are_not() -> None:
    pace = Pace(1e9, 0.0)
    for second in range(2 * MOST_CHATS):
        pace.count(second, second)
    assert len(pace._chats) <= MOST_CHATS
    now = float(2 * MOST_CHATS)
    for _ in range(CHAT_BURST):
        pace.count(-1, now)
    for chat in range(3 * MOST_CHATS):  # more at once than are remembered: none is busy no more
        pace.count(-2 - chat, now)
    assert pace.chat_delay(-1, now) == pytest.approx(1.0)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 0.5), (2, 1.0), (5, 8.0), (9, 60.0)])
def test_each_wait_is_twice_as_long_up_to_the_longest(failures: int, seconds: float) -> None:
    assert longer_each_time(0.25, failures, 60.0) == seconds


def test_a_night_without_network_ends_in_a_wait_and_not_in_an_error() -> None:
    assert longer_each_time(0.5, 100_000, 30.0) == 30.0


def test_telegrams_wait_is_read_with_either_setting_of_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert seconds_asked(RetryAfter(7)) == 7.0
    assert seconds_asked(RetryAfter(timedelta(minutes=1))) == 60.0


@pytest.mark.filterwarnings("ignore:Deprecated")
def test_it_is_read_without_the_setting_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    monkeypatch.setattr("telegram._utils.datetime.warn", lambda *_, **__: None)
    assert seconds_asked(RetryAfter(7)) == 7.0
