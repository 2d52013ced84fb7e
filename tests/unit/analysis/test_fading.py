from collections.abc import Sequence
from datetime import date, timedelta
from math import erfc, exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fading import (
    Fading,
    Pause,
    Status,
    assess,
    less_often_days,
    log_is_stale,
    score_silence,
)
from analysis.rhythm import learn_rhythm

TODAY = date(2026, 11, 24)

ages = st.lists(st.integers(0, 1500), min_size=0, max_size=40)
cadences = st.none() | st.floats(1, 400)


def days_ago(*ages: int) -> list[date]:
    return [TODAY - timedelta(age) for age in ages]


def every(gap_days: int, times: int, silent_days: int) -> list[date]:
    return days_ago(*(silent_days + gap_days * i for i in range(times)))


def span(first_age: int, last_age: int) -> Pause:
    return Pause(TODAY - timedelta(first_age), TODAY - timedelta(last_age))


# The formula, worked by hand.


def test_the_chances_of_three_contact_days_ten_days_apart_are_those_worked_by_hand():
    """Two gaps of 10 days, 30 days of silence; each line one step of the published recipe."""
    older = 2 ** (-1 / 12)
    weight = 1 + older
    mean = log(10)  # both gaps are alike, so their spread is nil
    mu = (0.5 * 2.0 + weight * mean) / (0.5 + weight)
    variance = (6 * 1.2 + 0.5 * weight * (mean - 2.0) ** 2 / (0.5 + weight)) / (6 + weight)
    spread = sqrt(variance * (1 + 1 / (0.5 + weight)))

    def survival(days: float) -> float:
        return 0.5 * erfc((log(days) - mu) / (spread * sqrt(2)))

    odds = 0.8 / (3 + 2)
    faded = odds / (odds + survival(29.5))
    silent_30 = faded + (1 - faded) * survival(59.5) / survival(29.5)
    ahead = 3 * exp(mu)
    score = faded + (1 - faded) * survival(29.5 + ahead) / survival(29.5)

    fading = assess(days_ago(30, 40, 50), TODAY)
    assert fading.slowing == pytest.approx(faded)
    assert fading.chance == pytest.approx(silent_30)
    assert fading.score == pytest.approx(score)
    # and as numbers got by decimal logarithms and by integrating the normal density
    assert (mu, spread) == pytest.approx((2.24068, 1.13300), abs=5e-6)
    assert (faded, silent_30, score) == pytest.approx((0.50572, 0.66910, 0.67839), abs=5e-6)


def test_the_usual_gap_is_the_tie_s_own_median_and_never_the_shrunk_one():
    fading = assess(days_ago(31, 40, 49, 58, 158), TODAY)
    assert fading.usual_gap_days == 9
    assert fading.silent_days == 31


def test_no_usual_gap_is_claimed_from_a_single_gap():
    assert assess(days_ago(10, 20), TODAY).usual_gap_days is None


def test_a_weekly_tie_silent_for_two_months_is_fading():
    fading = assess(every(7, 12, silent_days=60), TODAY)
    assert fading.flagged
    assert fading.status is Status.FADING


def test_a_yearly_tie_silent_for_two_months_is_steady():
    assert assess(every(365, 5, silent_days=60), TODAY).status is Status.STEADY


def test_a_tie_is_never_flagged_within_a_week_nor_within_twice_its_own_gap():
    assert not assess(every(1, 100, silent_days=6), TODAY).flagged
    assert assess(every(1, 100, silent_days=30), TODAY).flagged
    yearly = every(365, 5, silent_days=729)
    assert not assess(yearly, TODAY).flagged


def test_a_tie_may_look_ended_before_it_is_called_fading():
    fading = assess(every(9, 8, silent_days=31), TODAY)
    assert fading.status is Status.SLOWING
    assert not fading.flagged


# What is robust against the log.


def test_several_contacts_on_a_day_are_one():
    once = days_ago(5, 12, 19)
    assert assess(once * 3, TODAY) == assess(once, TODAY)


def test_days_ahead_are_plans_and_ignored():
    past = days_ago(5, 12, 19)
    assert assess([*past, *days_ago(-1, -30)], TODAY) == assess(past, TODAY)


def test_a_contact_today_is_no_silence():
    fading = assess([*every(7, 12, silent_days=60), TODAY], TODAY)
    assert fading.silent_days == 0
    assert not fading.flagged


def test_logging_a_contact_clears_the_flag():
    silent = every(7, 12, silent_days=60)
    assert assess(silent, TODAY).flagged
    assert not assess([*silent, *days_ago(1)], TODAY).flagged


def test_a_back_filled_old_message_neither_dismisses_a_suggestion_nor_moves_the_last_contact_back():
    silent = every(7, 12, silent_days=60)
    for old in (70, 100, 200, 600):
        fading = assess([*silent, *days_ago(old)], TODAY)
        assert fading.flagged
        assert fading.last_contact == TODAY - timedelta(60)


@given(ages, st.integers(0, 3000))
def test_a_contact_logged_late_never_moves_the_last_contact_backwards(known: list[int], old: int):
    before = assess(days_ago(*known), TODAY).last_contact
    after = assess(days_ago(*known, old), TODAY).last_contact
    assert after is not None
    assert before is None or after >= before


# Too little to go by.


@pytest.mark.parametrize("known", [(), (40,), (40, 80)])
def test_below_three_contact_days_no_fading_is_claimed(known: tuple[int, ...]):
    fading = assess(days_ago(*known), TODAY)
    assert fading.status is Status.NEW
    assert not fading.flagged
    assert (fading.score, fading.chance, fading.slowing) == (None, None, None)


@pytest.mark.parametrize(
    ("silent_days", "offered"), [(0, False), (2, False), (3, True), (56, True), (57, False)]
)
def test_a_new_acquaintance_is_offered_a_follow_up_in_the_first_weeks(
    silent_days: int, offered: bool
):
    assert assess(days_ago(silent_days), TODAY).follow_up is offered


def test_one_never_talked_to_comes_up_until_they_are():
    for known_since in (None, TODAY - timedelta(3), TODAY - timedelta(500)):
        fading = assess([], TODAY, known_since=known_since)
        assert fading.follow_up
        assert fading.silent_days is None
    assert not assess([], TODAY, known_since=TODAY).follow_up


def test_an_old_tie_is_offered_no_follow_up():
    assert not assess(every(7, 3, silent_days=10), TODAY).follow_up


def test_nothing_logged_with_anybody_for_two_weeks_means_the_log_is_missing():
    assert not log_is_stale(TODAY - timedelta(13), TODAY)
    assert log_is_stale(TODAY - timedelta(14), TODAY)
    assert log_is_stale(None, TODAY)


# What the user says.


def test_a_cadence_pulls_the_expected_gap_towards_itself():
    gaps = [30, 30]
    own, wished = learn_rhythm(gaps), learn_rhythm(gaps, 14)
    weight = 1 + 2 ** (-1 / 12)
    assert wished.log_mean == pytest.approx((2 * log(14) + weight * log(30)) / (2 + weight))
    assert wished.expected_gap_days < own.expected_gap_days


def test_a_cadence_is_due_when_its_days_are_over_and_not_before():
    monthly = every(30, 6, silent_days=13)
    assert not assess(monthly, TODAY, cadence_days=14).due
    assert assess(monthly, TODAY + timedelta(1), cadence_days=14).due
    assert not assess(monthly, TODAY + timedelta(1)).due


def test_a_cadence_for_one_never_talked_to_is_due_too():
    assert assess([], TODAY, cadence_days=14).due
    assert assess([], TODAY, cadence_days=14, known_since=TODAY - timedelta(14)).due
    assert not assess([], TODAY, cadence_days=14, known_since=TODAY).due


def test_a_longer_cadence_lets_a_daily_tie_rest():
    daily = every(1, 60, silent_days=40)
    assert assess(daily, TODAY).flagged
    assert not assess(daily, TODAY, cadence_days=30).flagged
    assert assess(daily, TODAY + timedelta(100), cadence_days=30).flagged


@pytest.mark.parametrize("cadence", [0, -3, float("nan")])
def test_a_cadence_that_is_not_above_zero_is_refused(cadence: float):
    with pytest.raises(ValueError, match="cadence"):
        assess(days_ago(1, 2, 3), TODAY, cadence_days=cadence)


def test_less_often_doubles_and_brings_peace_for_a_week_at_least():
    fading = assess(every(9, 8, silent_days=10), TODAY)
    assert less_often_days(fading) == 18
    fading = assess(every(9, 8, silent_days=10), TODAY, cadence_days=21)
    assert less_often_days(fading) == 42
    late = assess(every(9, 8, silent_days=50), TODAY)
    assert less_often_days(late) == 57
    assert less_often_days(assess([], TODAY)) == 14


@given(ages, st.integers(0, 2000), cadences)
def test_less_often_is_not_due_again_at_once(known: list[int], silent: int, cadence: float | None):
    days = days_ago(*(age + silent for age in known))
    longer = less_often_days(assess(days, TODAY, cadence_days=cadence))
    if days:
        assert not assess(days, TODAY + timedelta(6), cadence_days=longer).due


@given(ages, st.integers(0, 2000), cadences)
def test_a_tie_meant_to_be_quiet_is_never_flagged_due_or_offered(
    known: list[int], silent: int, cadence: float | None
):
    days = days_ago(*(age + silent for age in known))
    fading = assess(days, TODAY, cadence_days=cadence, quiet=True)
    assert (fading.flagged, fading.due, fading.follow_up) == (False, False, False)
    assert fading.status is Status.QUIET_ON_PURPOSE


# Pauses.


def test_the_days_of_a_pause_are_no_silence():
    silent = every(7, 12, silent_days=60)
    assert assess(silent, TODAY).flagged
    fading = assess(silent, TODAY, pauses=[span(58, 5)])
    assert fading.silent_days == 60
    assert fading.counted_silent_days == 60 - 54
    assert not fading.flagged


def test_a_pause_leaves_the_rhythm_before_it_alone():
    around = [*every(7, 6, silent_days=3), *every(7, 6, silent_days=3 + 35 + 7 + 60)]
    fading = assess(around, TODAY, pauses=[span(3 + 35 + 63, 3 + 35 + 4)])
    assert fading.score == pytest.approx(assess(every(7, 12, silent_days=3), TODAY).score or 0)


def test_within_a_pause_a_tie_rests():
    fading = assess(every(7, 12, silent_days=90), TODAY, cadence_days=7, pauses=[span(5, -5)])
    assert fading.status is Status.PAUSED
    assert (fading.flagged, fading.due) == (False, False)


def test_pauses_that_overlap_count_once_and_may_come_in_any_order():
    silent = every(7, 12, silent_days=60)
    one = assess(silent, TODAY, pauses=[span(40, 11)])
    assert one == assess(silent, TODAY, pauses=[span(25, 11), span(40, 20), span(30, 22)])


def test_contacts_within_a_pause_still_count_as_contact():
    fading = assess(days_ago(10, 12, 14), TODAY, pauses=[span(20, 9)])
    assert fading.contact_days == 3
    assert fading.counted_silent_days == 9


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="pause"):
        Pause(TODAY, TODAY - timedelta(1))


@given(
    st.lists(st.integers(120, 900), min_size=3, max_size=30, unique=True),
    st.integers(1, 60),
    st.integers(1, 50),
)
def test_a_pause_in_the_silence_shortens_it_by_its_length(
    known: list[int], last_age: int, length: int
):
    days = days_ago(*known)
    paused = assess(days, TODAY, pauses=[span(last_age + length - 1, last_age)])
    plain = assess(days, TODAY - timedelta(length))
    assert paused.score == pytest.approx(plain.score or 0)
    assert paused.flagged is plain.flagged


# Properties.


def chances(fading: Fading) -> Sequence[float | None]:
    return (fading.score, fading.chance, fading.slowing)


@given(ages, cadences, st.integers(0, 30_000))
def test_chances_are_chances(known: list[int], cadence: float | None, later: int):
    days = days_ago(*known)
    for chance in chances(assess(days, TODAY + timedelta(later), cadence_days=cadence)):
        assert chance is None or 0 <= chance <= 1  # nan fails both


@given(st.lists(st.integers(0, 1500), max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_days_does_not_matter(known: list[int], random):
    days = days_ago(*known)
    shuffled = list(days)
    random.shuffle(shuffled)
    assert assess(shuffled, TODAY) == assess(days, TODAY)


@given(
    st.lists(st.integers(1, 400), min_size=2, max_size=40),
    cadences,
    st.integers(0, 900),
    st.integers(1, 900),
)
def test_a_longer_silence_never_lowers_the_score(
    gaps: list[int], cadence: float | None, beyond: int, further: int
):
    """Once the silence is one at all; before that a fresh contact may weigh either way."""
    rhythm = learn_rhythm(gaps, cadence)
    sooner = max(7.0, 2 * (rhythm.median_gap_days or 0), 2 * rhythm.expected_gap_days) + beyond
    assert score_silence(rhythm, sooner + further) >= score_silence(rhythm, sooner) - 1e-12
    assert rhythm.chance_faded(sooner + further) >= rhythm.chance_faded(sooner)


@given(st.lists(st.integers(1, 400), max_size=40), cadences, st.integers(0, 900))
def test_the_chance_that_a_tie_ended_never_falls_from_one_silent_day_to_the_next(
    gaps: list[int], cadence: float | None, silent: int
):
    rhythm = learn_rhythm(gaps, cadence)
    assert rhythm.chance_faded(silent + 1) >= rhythm.chance_faded(silent)


@given(ages.filter(lambda known: len(set(known)) >= 3), st.integers(1, 400))
def test_once_flagged_a_silent_tie_stays_flagged(known: list[int], later: int):
    days = days_ago(*known)
    if assess(days, TODAY).flagged:
        assert assess(days, TODAY + timedelta(later)).flagged


def test_thousands_of_days_are_read_in_linear_time():
    """By the number of steps, not by the clock: the decayed sums of a long log are the short's."""
    long, short = [3] * 5000, [3] * 400
    assert learn_rhythm(long).log_mean == pytest.approx(learn_rhythm(short).log_mean)
    assert assess(every(1, 20_000, silent_days=30), TODAY).contact_days == 20_000
