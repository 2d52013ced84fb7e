"""The kinds of next step there are, read from `data/steps.toml` and checked when read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_type_hints

from analysis.conditions import Condition, ConditionError, FactType, read_conditions
from analysis.situation import Situation


class Urgency(StrEnum):
    NOW = "now"
    SOON = "soon"
    ANYTIME = "anytime"


class Reason(StrEnum):
    """Why a step is suggested; the reason and its own numbers make the 'why now'."""

    PROMISE = "promise"
    DOOR = "door"
    AWAITED = "awaited"
    KEPT = "kept"
    THANKS = "thanks"
    THANKS_DOOR = "thanks_door"
    BIRTHDAY = "birthday"
    LEARN = "learn"
    SEASON = "season"
    NEW = "new"
    LISTED = "listed"
    SILENT = "silent"
    SILENT_STAGE = "silent_stage"
    FADING = "fading"
    THEIR_TURN = "their_turn"
    YOUR_TURN = "your_turn"
    TOPIC = "topic"
    SHARE = "share"
    RECIPROCITY = "reciprocity"
    EXCHANGE = "exchange"
    INTRODUCTION = "introduction"
    PURPOSE = "purpose"
    BRIDGE = "bridge"
    STAGE = "stage"
    MOVED_UP = "moved_up"
    COOPERATION = "cooperation"
    ENDED = "ended"
    ORGANISATION = "organisation"


class Logs(StrEnum):
    """What tapping 'done' puts on record."""

    MESSAGE = "message"
    CALL = "call"
    MEETING = "meeting"
    FAVOUR_GIVEN = "favour_given"
    FAVOUR_ASKED = "favour_asked"
    THANKS = "thanks"
    PROMISE_KEPT = "promise_kept"
    INTRODUCTION_ASKED = "introduction_asked"
    INTRODUCTION_MADE = "introduction_made"
    OUTCOME = "outcome"
    DETAIL = "detail"


class StepsError(ValueError):
    """The step data is wrong: the message says in which step and how."""


@dataclass(frozen=True)
class Recipe:
    """One kind of step: the conditions under which it fits and the gaps in its text.

    `about` is the fact holding the id of the row the step is about, `due` says that the step
    stays due until done. A larger `weight` goes first.
    """

    key: str
    when: tuple[Condition, ...]
    says: tuple[str, ...]
    why: Reason
    weight: int
    urgency: Urgency
    logs: Logs
    about: str | None = None
    draft: str | None = None
    due: bool = False


@dataclass(frozen=True)
class Cookbook:
    """All recipes in file order; `drafts` and `whys` map each draft and reason to its gaps."""

    recipes: tuple[Recipe, ...]
    drafts: Mapping[str, tuple[str, ...]]
    whys: Mapping[Reason, tuple[str, ...]]


@cache
def cookbook() -> Cookbook:
    """The steps that come with the product."""
    return read_cookbook((resources.files("analysis") / "data" / "steps.toml").read_text("utf-8"))


def read_cookbook(text: str) -> Cookbook:
    """Read step data from TOML; raises StepsError naming the step and what is wrong."""
    data = tomllib.loads(text)
    drafts = {key: tuple(gaps) for key, gaps in data.get("drafts", {}).items()}
    whys = {Reason(key): tuple(gaps) for key, gaps in data.get("whys", {}).items()}
    recipes = tuple(_read(table, drafts) for table in data.get("step", ()))
    keys = [recipe.key for recipe in recipes]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise StepsError(f"steps described twice: {', '.join(twice)}")
    missing = sorted({recipe.why for recipe in recipes} - set(whys))
    if missing:
        raise StepsError(f"no facts listed for the reasons {', '.join(missing)}")
    for gaps in (*drafts.values(), *whys.values()):
        _check_facts(gaps, "a draft or reason")
    return Cookbook(recipes, MappingProxyType(drafts), MappingProxyType(whys))


def _read(table: Mapping[str, Any], drafts: Mapping[str, tuple[str, ...]]) -> Recipe:
    key = str(table.get("key", "without a key"))
    unknown = sorted(set(table) - {field.name for field in fields(Recipe)})
    if unknown:
        raise StepsError(f"step {key}: unknown field {', '.join(unknown)}")
    try:
        recipe = Recipe(
            key=table["key"],
            when=read_conditions(table["when"], fact_types()),
            says=tuple(table["says"]),
            why=Reason(table["why"]),
            weight=int(table["weight"]),
            urgency=Urgency(table["urgency"]),
            logs=Logs(table["logs"]),
            about=table.get("about"),
            draft=table.get("draft"),
            due=bool(table.get("due", False)),
        )
    except KeyError as missing:
        raise StepsError(f"step {key}: {missing} is missing") from None
    except (ConditionError, ValueError) as wrong:
        raise StepsError(f"step {key}: {wrong}") from wrong
    _check_gaps(recipe, drafts)
    return recipe


def _check_gaps(recipe: Recipe, drafts: Mapping[str, tuple[str, ...]]) -> None:
    """Every gap must be a fact the conditions have shown to be known."""
    if recipe.draft is not None and recipe.draft not in drafts:
        raise StepsError(f"step {recipe.key}: there is no draft {recipe.draft}")
    gaps = [*recipe.says, *drafts.get(recipe.draft or "", ())]
    if recipe.about is not None:
        gaps.append(recipe.about)
    _check_facts(gaps, f"step {recipe.key}")
    shown = {condition.fact for condition in recipe.when if condition.needs_fact}
    open_gaps = sorted(set(gaps) & optional_facts() - shown)
    if open_gaps:
        raise StepsError(
            f"step {recipe.key}: nothing in 'when' makes sure that {', '.join(open_gaps)} is known"
        )


def _check_facts(gaps: tuple[str, ...] | list[str], where: str) -> None:
    unknown = sorted(set(gaps) - set(fact_types()))
    if unknown:
        raise StepsError(f"{where}: there is no fact '{unknown[0]}'")


@cache
def fact_types() -> Mapping[str, FactType]:
    """Every fact there is, with its type when known."""
    return MappingProxyType({name: _types(hint)[0] for name, hint in _hints().items()})


@cache
def optional_facts() -> frozenset[str]:
    """The facts that may be unknown."""
    return frozenset(name for name, hint in _hints().items() if NoneType in _types(hint))


def _hints() -> dict[str, Any]:
    return get_type_hints(Situation)


def _types(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) or (hint,)
