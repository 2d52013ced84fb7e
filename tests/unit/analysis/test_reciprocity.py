"""What went each way between the user and one contact."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis.history import (
    Benefit,
    Direction,
    Favour,
    History,
    Interaction,
    Introduction,
    Part,
)
from analysis.reciprocity import Lean, Reciprocity, weigh

TODAY = date(2026, 11, 24)
GIVEN, RECEIVED = Direction.GIVEN, Direction.RECEIVED


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def favours(*sides: Direction, days_ago: int = 10) -> tuple[Favour, ...]:
    return tuple(
        Favour(number, ago(days_ago), side, "help") for number, side in enumerate(sides, 1)
    )


def lean_of(given: tuple[Favour, ...], before: Lean | None = None) -> Lean:
    return weigh(History(1, ago(900), favours=given), TODAY, before).lean


def test_one_favour_is_too_early_to_tell() -> None:
    assert lean_of(()) is Lean.TOO_EARLY
    assert lean_of(favours(GIVEN)) is Lean.TOO_EARLY


def test_one_each_way_is_balanced() -> None:
    assert lean_of(favours(GIVEN, RECEIVED)) is Lean.BALANCED
    assert lean_of(favours(Direction.MUTUAL)) is Lean.BALANCED


def test_help_that_goes_one_way_only_is_told_as_such() -> None:
    assert lean_of(favours(GIVEN, GIVEN)) is Lean.ONLY_YOU_GAVE
    assert lean_of(favours(RECEIVED, RECEIVED)) is Lean.ONLY_THEY_GAVE


def test_three_to_one_leans() -> None:
    assert lean_of(favours(GIVEN, GIVEN, GIVEN, RECEIVED)) is Lean.YOU_GAVE_MORE
    assert lean_of(favours(RECEIVED, RECEIVED, RECEIVED, GIVEN)) is Lean.THEY_GAVE_MORE


def test_two_to_one_does_not_lean_but_a_lean_once_told_stays() -> None:
    two_to_one = favours(GIVEN, GIVEN, RECEIVED)
    assert lean_of(two_to_one) is Lean.BALANCED
    assert lean_of(two_to_one, before=Lean.YOU_GAVE_MORE) is Lean.YOU_GAVE_MORE
    assert lean_of(favours(GIVEN, RECEIVED), before=Lean.YOU_GAVE_MORE) is Lean.BALANCED


def test_old_help_weighs_less_than_new() -> None:
    long_ago = favours(GIVEN, GIVEN, days_ago=1100)
    lately = tuple(replace(one, id=one.id + 10) for one in favours(RECEIVED, RECEIVED))
    assert lean_of(long_ago + lately) is Lean.THEY_GAVE_MORE


def test_an_introduction_is_help_with_access() -> None:
    opened = Introduction(3, Part.OPENED, "Rini", made_on=ago(20))
    connected = Introduction(4, Part.CONNECTED, "Tono", made_on=ago(20))
    asked = Introduction(5, Part.OPENED, "Sari", asked_on=ago(20))
    came = Introduction(6, Part.CAME, "Yoga", made_on=ago(20))
    told = weigh(History(1, ago(90), introductions=(opened, connected, asked, came)), TODAY)
    assert told.lean is Lean.BALANCED
    assert [help_.introduction_id for help_ in told.received] == [3]
    assert [help_.introduction_id for help_ in told.given] == [4]
    assert told.received[0].benefit is Benefit.ACCESS


def test_what_went_each_way_is_told_by_kind() -> None:
    taught = Favour(1, ago(10), RECEIVED, "taught me R", Benefit.KNOWLEDGE)
    told = weigh(History(1, ago(90), favours=(taught, *favours(GIVEN))), TODAY)
    assert [help_.what for help_ in told.by_benefit(Benefit.KNOWLEDGE)[1]] == ["taught me R"]
    assert told.by_benefit(Benefit.ACCESS) == ((), ())
    assert [help_.what for help_ in told.by_benefit(None)[0]] == ["help"]


def owed(*interactions: Interaction, favour: Favour | None = None) -> list[int | None]:
    help_ = favour or Favour(7, ago(20), RECEIVED, "the permit")
    told = weigh(History(1, ago(90), favours=(help_,), interactions=interactions), TODAY)
    return [one.favour_id for one in told.thanks_owed]


def test_thanks_are_owed_for_help_until_they_are_said() -> None:
    assert owed() == [7]
    assert owed(favour=Favour(7, ago(20), RECEIVED, "x", thanked_on=ago(1))) == []
    assert owed(favour=Favour(7, ago(20), GIVEN, "x")) == []
    assert owed(favour=Favour(7, ago(20), Direction.MUTUAL, "x")) == []


def test_thanks_in_a_note_count_when_they_come_after_the_help() -> None:
    for note in ("thanked her over lunch", "bilang terima kasih soal izinnya"):
        assert owed(Interaction(1, ago(5), "meal", note)) == []
        assert owed(Interaction(1, ago(30), "meal", note)) == [7]


def test_their_thanks_are_not_the_users() -> None:
    assert owed(Interaction(1, ago(5), "message", "he thanked me")) == [7]
    assert owed(Interaction(1, ago(5), "message", "dia berterima kasih")) == [7]
    assert owed(Interaction(1, ago(5), "message", "I have not thanked her")) == [7]


def test_thanks_are_no_longer_asked_for_after_half_a_year() -> None:
    assert owed(favour=Favour(7, ago(200), RECEIVED, "x")) == []


def test_help_dated_ahead_is_left_out() -> None:
    ahead = (Favour(1, ago(-3), RECEIVED, "x"), *favours(GIVEN))
    told = weigh(History(1, ago(90), favours=ahead), TODAY)
    assert (told.lean, told.received) == (Lean.TOO_EARLY, ())


SOME = st.lists(
    st.builds(
        lambda number, days, side: Favour(number, ago(days), side, "x"),
        st.integers(1, 99),
        st.integers(0, 1500),
        st.sampled_from(Direction),
    ),
    max_size=10,
)
MIRROR = {
    Lean.YOU_GAVE_MORE: Lean.THEY_GAVE_MORE,
    Lean.ONLY_YOU_GAVE: Lean.ONLY_THEY_GAVE,
    Lean.THEY_GAVE_MORE: Lean.YOU_GAVE_MORE,
    Lean.ONLY_THEY_GAVE: Lean.ONLY_YOU_GAVE,
}
SWAP = {GIVEN: RECEIVED, RECEIVED: GIVEN, Direction.MUTUAL: Direction.MUTUAL}


@given(SOME)
def test_swapping_the_sides_mirrors_the_lean(some: list[Favour]) -> None:
    swapped = tuple(replace(one, direction=SWAP[one.direction]) for one in some)
    lean = lean_of(tuple(some))
    assert lean_of(swapped) is MIRROR.get(lean, lean)


@given(SOME)
def test_the_lean_told_before_stays_when_nothing_changes(some: list[Favour]) -> None:
    lean = lean_of(tuple(some))
    assert lean_of(tuple(some), before=lean) is lean


def test_no_number_of_a_debt_is_handed_out() -> None:
    assert set(Reciprocity.__dataclass_fields__) == {"lean", "given", "received", "thanks_owed"}
