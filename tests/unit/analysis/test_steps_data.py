"""The data of steps and the language of their conditions: what is wrong is named."""

import re
from dataclasses import dataclass

import pytest

from analysis.conditions import ConditionError, all_hold, read_conditions
from analysis.recipes import StepsError, read_cookbook
from analysis.stages import Stage

TYPES = {"stage": Stage, "days": int, "share": float, "open": bool, "topic": str}


@dataclass(frozen=True)
class Facts:
    stage: Stage = Stage.LIKE
    days: int | None = 5
    share: float | None = 0.5
    open: bool = True
    topic: str | None = None


def hold(**when: object) -> bool:
    return all_hold(read_conditions(when, TYPES), Facts())


def test_a_fact_may_equal_a_value_or_one_of_several() -> None:
    assert hold(stage="like", open=True)
    assert hold(stage=["trust", "like"])
    assert not hold(stage="trust")


def test_bounds_are_included() -> None:
    assert hold(days={"min": 5, "max": 5})
    assert not hold(days={"min": 6})
    assert not hold(share={"max": 0.4})


def test_an_unknown_fact_passes_no_test_but_that_it_is_unknown() -> None:
    assert not hold(topic="data")
    assert not hold(topic={"known": True})
    assert hold(topic={"known": False})


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"stge": "like"}, "no fact 'stge'"),
        ({"stage": "love"}, "not one of know, like, trust, buy"),
        ({"days": "five"}, "no int"),
        ({"days": True}, "no int"),
        ({"open": 1}, "no bool"),
        ({"days": {"above": 3}}, "takes min, max or known"),
        ({"days": {}}, "takes min, max or known"),
        ({"topic": {"min": 3}}, "no number"),
        ({"days": {"min": "3"}}, "bound that is no number"),
        ({"days": {"min": 4, "max": 3}}, "never"),
        ({"stage": []}, "empty list"),
        ({"topic": {"known": "yes"}}, "takes min, max or known"),
    ],
)
def test_a_wrong_condition_is_refused_in_words(when: dict[str, object], words: str) -> None:
    with pytest.raises(ConditionError, match=words):
        read_conditions(when, TYPES)


STEP = """
[whys]
new = []
[drafts]
hello = ["topic"]
[[step]]
key = "greet"
when = { topic = { known = true } }
says = ["name", "topic"]
why = "new"
weight = 10
urgency = "soon"
logs = "message"
draft = "hello"
"""


def test_a_right_step_is_read() -> None:
    (greet,) = read_cookbook(STEP).recipes
    assert (greet.key, greet.says, greet.draft, greet.due) == (
        "greet",
        ("name", "topic"),
        "hello",
        False,
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("{ topic = { known = true } }", "{}", "step greet: nothing in 'when' .* topic is known"),
        ("known = true", "known = false", "nothing in 'when' makes sure that topic is known"),
        ('says = ["name"', 'says = ["nome"', "step greet: there is no fact 'nome'"),
        ('why = "new"', 'why = "luck"', "step greet: 'luck' is not a valid Reason"),
        ('why = "new"', 'why = "topic"', "no facts listed for the reasons topic"),
        ('urgency = "soon"', "", "step greet: 'urgency' is missing"),
        ('draft = "hello"', 'draft = "hi"', "step greet: there is no draft hi"),
        ('draft = "hello"', 'draught = "hello"', "step greet: unknown field draught"),
        ("weight = 10", 'weight = 10\nabout = "mine_id"', "makes sure that mine_id is known"),
        ("new = []", 'new = ["moon"]', "there is no fact 'moon'"),
    ],
)
def test_a_wrong_step_is_refused_by_name(before: str, after: str, words: str) -> None:
    assert before in STEP
    with pytest.raises(StepsError, match=words):
        read_cookbook(STEP.replace(before, after))


def test_a_step_described_twice_is_refused() -> None:
    again = STEP + STEP[STEP.index("[[step]]") :]
    with pytest.raises(StepsError, match=re.escape("described twice: greet")):
        read_cookbook(again)
