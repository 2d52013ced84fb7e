from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fading import assess
from analysis.history import Cooperation, Direction, Favour, Form, Interaction, Side
from analysis.stages import Stage
from analysis.strength import (
    Ground,
    Strength,
    TieHistory,
    is_quiet_by_nature,
    is_worth_warming,
    measure_strength,
    tie_worth,
    urgency,
)

TODAY = date(2026, 11, 24)


def contacts(
    gap_days: int, times: int, channel: str = "coffee", silent_days: int = 3
) -> tuple[Interaction, ...]:
    return tuple(
        Interaction(number, TODAY - timedelta(silent_days + gap_days * number), channel)
        for number in range(times)
    )


def favours(*directions: Direction) -> tuple[Favour, ...]:
    return tuple(
        Favour(number, TODAY - timedelta(30), direction, "help")
        for number, direction in enumerate(directions)
    )


def strength(**known: object) -> Strength:
    return measure_strength(TieHistory(**known), TODAY)  # type: ignore[arg-type]


def grounds(found: Strength) -> list[Ground]:
    return [reason.ground for reason in found.reasons]


def numbers(found: Strength, ground: Ground) -> tuple[float, ...]:
    return next(reason.numbers for reason in found.reasons if reason.ground is ground)


histories = st.builds(
    TieHistory,
    interactions=st.lists(
        st.builds(
            Interaction,
            id=st.integers(1, 99),
            on=st.integers(0, 900).map(lambda age: TODAY - timedelta(age)),
            channel=st.sampled_from(["meeting", "call", "message", "coffee", "event", "other"]),
            started_by=st.sampled_from([None, Side.ME, Side.THEM]),
        ),
        max_size=20,
    ).map(tuple),
    favours=st.lists(
        st.builds(
            Favour,
            id=st.integers(1, 99),
            on=st.integers(0, 900).map(lambda age: TODAY - timedelta(age)),
            direction=st.sampled_from(Direction),
            what=st.just("help"),
        ),
        max_size=8,
    ).map(tuple),
    stage=st.none() | st.sampled_from(Stage),
    kin=st.booleans(),
    community=st.booleans(),
    same_organisation=st.booleans(),
    serves_purpose=st.booleans(),
    bridges_to=st.none() | st.just("Bappenas"),
)


def test_nothing_known_is_no_strength_and_no_reason():
    assert strength() == Strength(0.0, strong=False, reasons=())


def test_one_met_every_week_is_strong_and_one_met_twice_is_weak():
    assert strength(interactions=contacts(7, 50)).strong
    assert not strength(interactions=contacts(40, 2, "meeting"), stage=Stage.KNOW).strong


def test_kin_are_strong_ties_without_a_single_logged_contact():
    assert strength(kin=True).strong


def test_a_colleague_mailed_every_day_is_no_strong_tie_by_that_alone():
    daily = contacts(1, 300, "email")
    assert strength(interactions=daily).strong
    assert not strength(interactions=daily, same_organisation=True).strong


def test_closeness_weighs_more_than_frequency():
    close = strength(interactions=contacts(90, 4), stage=Stage.TRUST)
    frequent = strength(interactions=contacts(7, 50))
    assert close.value > frequent.value
    assert grounds(close)[0] is Ground.CLOSENESS


def test_the_strength_is_what_the_reasons_leave_no_room_against():
    found = strength(kin=True, community=True)
    assert [(reason.ground, reason.weight) for reason in found.reasons] == [
        (Ground.KIN, 0.65),
        (Ground.COMMUNITY, 0.35),
    ]
    assert found.value == pytest.approx(1 - 0.35 * 0.65)


def test_reasons_carry_the_numbers_for_the_words():
    found = strength(
        interactions=contacts(100, 5, "event"),
        favours=favours(Direction.GIVEN, Direction.GIVEN, Direction.RECEIVED),
        cooperations=(Cooperation(1, Form.PARTNERSHIP, "data pilot", TODAY - timedelta(90)),),
    )
    assert numbers(found, Ground.FREQUENCY) == (4,)
    assert numbers(found, Ground.EXCHANGE) == (2, 1)
    assert numbers(found, Ground.SHARED) == (1, 5)
    assert numbers(found, Ground.RECENCY) == (3,)
    assert numbers(found, Ground.IN_PERSON) == (1.0,)


def test_help_both_ways_weighs_more_than_the_same_help_one_way():
    both = strength(favours=favours(Direction.GIVEN, Direction.RECEIVED))
    one_way = strength(favours=favours(Direction.GIVEN, Direction.GIVEN))
    mutual = strength(favours=favours(Direction.MUTUAL))
    assert both.value == mutual.value > one_way.value > 0


def test_a_meal_weighs_more_than_a_call_and_a_call_more_than_a_message():
    meal, call, message = (
        strength(interactions=contacts(14, 10, channel)).value
        for channel in ("meal", "call", "message")
    )
    assert meal > call > message


def test_contact_that_both_begin_weighs_more_than_contact_that_one_begins():
    def begun(*sides: Side) -> float:
        met = contacts(14, len(sides))
        noted = (replace(one, started_by=side) for one, side in zip(met, sides, strict=True))
        return strength(interactions=tuple(noted)).value

    assert begun(Side.ME, Side.THEM, Side.ME, Side.THEM) > begun(Side.ME, Side.ME, Side.ME, Side.ME)


def test_contact_spread_over_the_year_weighs_more_than_a_burst():
    assert (
        strength(interactions=contacts(28, 12)).value > strength(interactions=contacts(1, 12)).value
    )


def test_an_acquaintance_is_no_work_done_together():
    known = (Cooperation(1, Form.ACQUAINTANCE, "met", TODAY),)
    assert strength(cooperations=known).reasons == ()


def test_a_weak_tie_without_a_rhythm_is_quiet_by_nature():
    history = TieHistory(interactions=contacts(40, 2, "meeting", 300))
    found = measure_strength(history, TODAY)
    days = [one.on for one in history.interactions]
    assert is_quiet_by_nature(found, assess(days, TODAY))
    assert not is_quiet_by_nature(found, assess(days, TODAY, cadence_days=30))


def test_neither_a_strong_tie_nor_one_with_a_lively_rhythm_is_quiet_by_nature():
    silent = contacts(10, 10, "message", 60)
    days = [one.on for one in silent]
    weak = strength(interactions=silent)
    assert not weak.strong
    assert not is_quiet_by_nature(weak, assess(days, TODAY))
    assert not is_quiet_by_nature(strength(kin=True), assess([], TODAY))


def test_a_weak_tie_that_alone_reaches_an_organisation_is_worth_warming():
    weak = TieHistory(interactions=contacts(40, 2), bridges_to="Bappenas")
    assert is_worth_warming(weak, measure_strength(weak, TODAY))
    kin = replace(weak, kin=True)
    assert not is_worth_warming(kin, measure_strength(kin, TODAY))
    elsewhere = replace(weak, bridges_to=None)
    assert not is_worth_warming(elsewhere, measure_strength(elsewhere, TODAY))


def test_a_silence_does_not_talk_down_the_tie_it_endangers():
    active = TieHistory(interactions=contacts(7, 20, silent_days=0))
    silent = TieHistory(interactions=contacts(7, 20, silent_days=120))
    assert measure_strength(silent, TODAY).value < measure_strength(active, TODAY).value
    assert tie_worth(silent, TODAY) == pytest.approx(tie_worth(active, TODAY), abs=0.02)


def test_purpose_and_bridge_add_to_the_worth_of_a_tie():
    plain = TieHistory(interactions=contacts(40, 3))
    worth = tie_worth(plain, TODAY)
    assert tie_worth(replace(plain, serves_purpose=True), TODAY) == pytest.approx(
        1 - 0.7 * (1 - worth)
    )
    assert tie_worth(replace(plain, bridges_to="LAN"), TODAY) == pytest.approx(
        1 - 0.6 * (1 - worth)
    )


def test_of_two_ties_equally_silent_the_worthier_comes_first():
    days = [TODAY - timedelta(60 + 7 * number) for number in range(10)]
    fading = assess(days, TODAY)
    assert urgency(fading, 0.8) > urgency(fading, 0.4) > 0


def test_a_tie_of_which_nothing_can_be_claimed_has_no_urgency():
    assert urgency(assess([TODAY], TODAY), 0.9) == 0


@given(histories)
def test_strength_and_worth_are_shares(history: TieHistory):
    found = measure_strength(history, TODAY)
    assert 0 <= found.value <= 1
    assert 0 <= tie_worth(history, TODAY) <= 1
    weights = [reason.weight for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight < 1 for weight in weights)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(history: TieHistory, random):
    interactions, given = list(history.interactions), list(history.favours)
    random.shuffle(interactions)
    random.shuffle(given)
    shuffled = replace(history, interactions=tuple(interactions), favours=tuple(given))
    assert measure_strength(shuffled, TODAY).value == pytest.approx(
        measure_strength(history, TODAY).value
    )


@given(histories)
def test_what_is_dated_ahead_adds_nothing_yet(history: TieHistory):
    ahead = replace(
        history,
        interactions=(*history.interactions, Interaction(100, TODAY + timedelta(1), "meal")),
        favours=(*history.favours, Favour(100, TODAY + timedelta(1), Direction.MUTUAL, "help")),
        cooperations=(Cooperation(1, Form.ALLIANCE, "plan", TODAY + timedelta(1)),),
    )
    assert measure_strength(ahead, TODAY) == measure_strength(history, TODAY)


@given(histories, st.integers(1, 900))
def test_without_contact_a_tie_does_not_grow_stronger(history: TieHistory, later: int):
    now, then = (measure_strength(history, TODAY + timedelta(days)).value for days in (0, later))
    assert then <= now + 1e-9
