"""The next step for one contact, and the best across the network."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analysis.contact_facts import (
    Birthday,
    ContactFacts,
    Kind,
    Opening,
    OpeningKind,
    Outcome,
    PastStep,
)
from analysis.history import Direction, Favour, History, Interaction, Promise, Side
from analysis.stages import Stage
from analysis.steps import best_across, next_steps, short_name

TODAY = date(2026, 11, 24)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def contact(number: int = 1, stage: Stage = Stage.LIKE, **facts: object) -> ContactFacts:
    rows = {key: facts.pop(key) for key in list(facts) if key in History.__dataclass_fields__}
    rows.setdefault("interactions", (Interaction(1, ago(20), "coffee"), Interaction(2, ago(3))))
    history = History(number, ago(200), **rows)  # type: ignore[arg-type]
    return ContactFacts("Budi", stage, history, **facts)  # type: ignore[arg-type]


def best_key(one: ContactFacts, today: date = TODAY) -> str:
    return next_steps(one, today)[0].key


def test_a_promise_due_comes_before_all_else_and_says_what_and_when() -> None:
    promised = Promise(7, Side.ME, "the dataset", date(2026, 11, 3))
    step = next_steps(contact(promises=(promised,), fading=True), TODAY)[0]
    assert step.key == "keep_promise"
    assert step.values == {
        "name": "Budi",
        "mine_what": "the dataset",
        "mine_on": date(2026, 11, 3),
    }
    assert step.about_id == 7
    assert step.due


def test_a_promise_worded_as_an_act_is_told_as_an_act() -> None:
    assert best_key(contact(promises=(Promise(1, Side.ME, "send the map", ago(12)),))) == (
        "keep_promise_act"
    )


def test_a_promise_long_overdue_calls_for_frank_words() -> None:
    late = Promise(1, Side.ME, "the map", ago(90), due_on=ago(60))
    assert best_key(contact(promises=(late,))) == "name_new_day"


def test_a_kept_or_released_promise_calls_for_nothing() -> None:
    kept = Promise(1, Side.ME, "the map", ago(90), kept_on=ago(80))
    released = Promise(2, Side.ME, "the map", ago(90), dropped_on=ago(80))
    keys = {step.why for step in next_steps(contact(promises=(kept, released)), TODAY)}
    assert "promise" not in keys


def test_help_without_thanks_asks_for_thanks_until_they_are_noted() -> None:
    helped = Favour(4, ago(6), Direction.RECEIVED, "proofreading")
    assert best_key(contact(favours=(helped,))) == "say_thanks"
    thanked = replace(helped, thanked_on=ago(2))
    assert best_key(contact(favours=(thanked,))) != "say_thanks"


def test_the_topic_of_the_last_talk_decides_what_to_ask() -> None:
    training = Interaction(1, ago(9), "coffee", topic="the training in Bogor")
    earlier = Interaction(2, ago(40), "coffee")
    step = next_steps(contact(interactions=(training, earlier)), TODAY)[0]
    assert (step.key, step.values["topic"]) == ("ask_how_event_went", "the training in Bogor")


@pytest.mark.parametrize(
    ("note", "topic"),
    [
        ("talked about the data pilot", "the data pilot"),
        ("ngobrol soal mutasi", "mutasi"),
        ("Data pilot.", "Data pilot"),
        ("he called me yesterday", None),
        ("ketemu di kantin", None),
        ("coffee, then a long walk along the river with her", None),
    ],
)
def test_a_short_note_stands_for_its_topic_but_a_tale_does_not(
    note: str, topic: str | None
) -> None:
    talks = (Interaction(1, ago(30), "coffee"), Interaction(2, ago(9), "coffee", note))
    steps = next_steps(contact(interactions=talks), TODAY)
    assert next((step.values["topic"] for step in steps if "topic" in step.values), None) == topic


def test_nobody_at_rest_gets_a_step() -> None:
    birthday = Birthday(TODAY.month, TODAY.day)
    for rest in ({"archived": True}, {"quiet": True}, {"snoozed_until": TODAY + timedelta(1)}):
        assert next_steps(contact(birthday=birthday, **rest), TODAY) == ()
    assert best_key(contact(birthday=birthday, snoozed_until=TODAY)) == "wish_birthday"


def test_a_step_done_or_declined_rests_for_three_weeks() -> None:
    one = contact(fading=True)
    key = best_key(one)
    for outcome in (Outcome.DONE, Outcome.DECLINED, Outcome.SHOWN):
        resting = replace(one, past_steps=(PastStep(key, ago(20), outcome),))
        assert key not in {step.key for step in next_steps(resting, TODAY)}
        rested = replace(one, past_steps=(PastStep(key, ago(21), outcome),))
        assert key in {step.key for step in next_steps(rested, TODAY)}


def test_a_step_put_off_comes_back_after_a_week() -> None:
    one = contact(fading=True)
    key = best_key(one)
    assert best_key(replace(one, past_steps=(PastStep(key, ago(6), Outcome.LATER),))) != key
    assert best_key(replace(one, past_steps=(PastStep(key, ago(7), Outcome.LATER),))) == key


def test_a_step_still_due_comes_back_after_a_week() -> None:
    one = contact(promises=(Promise(7, Side.ME, "the dataset", ago(21)),))
    assert best_key(replace(one, past_steps=(PastStep("keep_promise", ago(7)),))) == "keep_promise"


def test_another_promise_is_not_held_back_by_the_last_one() -> None:
    one = contact(promises=(Promise(8, Side.ME, "the map", ago(21)),))
    kept = PastStep("keep_promise", ago(1), Outcome.DONE, about_id=7)
    assert best_key(replace(one, past_steps=(kept,))) == "keep_promise"


def test_asking_twice_on_one_day_gives_the_same_answer() -> None:
    one = contact(fading=True)
    again = replace(one, past_steps=(PastStep(best_key(one), TODAY),))
    assert next_steps(again, TODAY) == next_steps(one, TODAY)


def test_alternatives_differ_in_their_reason() -> None:
    one = contact(
        fading=True,
        organisation="LAN",
        purpose_fit="open data",
        openings=(Opening(OpeningKind.I_CAN_HELP, "a venue"),),
    )
    steps = next_steps(one, TODAY)
    assert len({step.why for step in steps}) == 3


def test_everyday_steps_take_turns_from_week_to_week() -> None:
    keys = {best_key(contact(), TODAY + timedelta(weeks=week)) for week in range(8)}
    assert len(keys) > 2


def test_an_organisation_is_not_asked_for_coffee_or_its_birthday() -> None:
    office = contact(
        kind=Kind.ORGANISATION, birthday=Birthday(TODAY.month, TODAY.day), stage=Stage.KNOW
    )
    keys = {step.key for step in next_steps(office, TODAY)}
    assert "find_person" in keys
    assert not keys & {"have_coffee", "wish_birthday"}


def test_a_birthday_on_29_february_is_kept_on_the_28th_in_common_years() -> None:
    leap = Birthday(2, 29)
    assert leap.next_on(date(2027, 1, 1)) == date(2027, 2, 28)
    assert leap.next_on(date(2028, 1, 1)) == date(2028, 2, 29)
    assert leap.next_on(date(2027, 3, 1)) == date(2028, 2, 29)


def test_lebaran_greetings_go_to_those_one_writes_to_in_indonesian() -> None:
    lebaran = date(2026, 3, 21)
    talks = (Interaction(1, date(2026, 3, 1), "coffee"), Interaction(2, date(2026, 3, 2)))
    one = replace(contact(), history=History(1, date(2026, 1, 1), interactions=talks))
    assert best_key(replace(one, language="id"), lebaran) == "greet_lebaran"
    assert best_key(replace(one, language="en"), lebaran) != "greet_lebaran"


def test_a_draft_is_in_the_language_used_with_that_contact() -> None:
    draft = next_steps(contact(fading=True, language="id", called="Pak Budi"), TODAY)[0].draft
    assert draft is not None
    assert (draft.language, draft.values["called"]) == ("id", "Pak Budi")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Budi Santoso", "Budi"),
        ("Dr. Ir. Sari Dewi", "Sari"),
        ("Muhammad Rizki", "Muhammad Rizki"),
        ("Ni Made Ayu", "Ni Made"),
        ("H.", "H."),
    ],
)
def test_a_draft_begins_with_the_name_one_would_use(name: str, called: str) -> None:
    assert short_name(name) == called


def test_the_best_across_the_network_is_one_step_each_and_mixed() -> None:
    promised = (Promise(1, Side.ME, "the map", ago(20)),)
    everybody = [contact(number, promises=promised) for number in range(1, 5)]
    everybody += [contact(number, fading=True) for number in range(5, 9)]
    everybody += [contact(9, birthday=Birthday(TODAY.month, TODAY.day))]
    best = best_across(everybody, TODAY)
    assert [step.contact_id for step in best] == [9, 1, 2, 5, 6]
    assert [step.why for step in best] == ["birthday", "promise", "promise", "fading", "fading"]


def test_the_best_across_prefers_the_tie_that_is_worth_more() -> None:
    acquaintance = contact(1, Stage.LIKE, fading=True)
    friend = contact(2, Stage.LIKE, fading=True, strong=True)
    assert [step.contact_id for step in best_across([acquaintance, friend], TODAY)] == [2, 1]


def test_nobody_means_no_steps() -> None:
    assert best_across([], TODAY) == ()
