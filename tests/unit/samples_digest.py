"""Values for the messages about ties that fade: the weekly one and the list."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from analysis.recipes import cookbook
from bot.usecases.weekly import Digest, Line, Receipt
from tests.unit.samples import TODAY, Said, contact, named, standing

Values = dict[str, Any]
WEEK = "2026-W12"


def gap(said: Said, name: str) -> Any:
    """A value for one gap in the text of a step or of a reason."""
    if name in ("lean", "stage"):
        return {"lean": "balanced", "stage": "trust"}[name]
    if name.endswith("_on"):
        return TODAY - timedelta(days=15)
    if name.endswith("_days") or name in ("days_since_last", "days_known"):
        return 9
    if name == "name" or name.endswith("_other"):
        return said.name
    if name in ("organisation", "bridges_to"):
        return said.organisation
    return said.plan if name.endswith("_what") else said.topic


@lru_cache
def wordiest_step() -> tuple[str, tuple[str, ...]]:
    """The step with the most gaps to fill."""
    recipe = max(cookbook().recipes, key=lambda each: (len(each.says), each.key))
    return recipe.key, tuple(recipe.says)


def line(said: Said, number: int, kind: str = "fading", outcome: str | None = None) -> Line:
    key, gaps = wordiest_step()
    values = {name: gap(said, name) for name in gaps}
    return Line(
        nudge_id=said.id - number,
        who=named(said),
        phone="+62 812 3456 7890" if number % 2 else None,
        username=None if number % 3 else "budisantoso",
        kind=kind,
        facts={
            "usual": 1 if number == 4 else 9,
            "silent": 31,
            "why": "topic",
            "why_values": {"topic_days": 31},
        },
        step=None if number == 3 else key,
        values=values,
        draft=None if number == 2 else draft(said, number),
        outcome=outcome,
    )


def draft(said: Said, variant: int = 0) -> Values:
    """A message to suggest, as a line of the weekly message keeps it."""
    values = {"called": said.name, "topic": said.topic}
    return {"key": "topic", "language": "id", "variant": variant, "values": values}


def digests(said: Said) -> list[Values]:
    """A full week, one with a question under a line, one answered, a quiet one, a stale one."""
    kinds = ("fading", "due", "new", "birthday", "fading")
    full = Digest(WEEK, tuple(line(said, n, kind) for n, kind in enumerate(kinds)))
    outcomes = ("talked", "snoozed", "less_often", "left", None)
    done = Digest(WEEK, tuple(line(said, n, outcome=each) for n, each in enumerate(outcomes)))
    return [
        {"digest": full},
        {
            "digest": replace(
                full, receipt=Receipt(3, 5, ((said.name, "trust"), (said.other, "buy")))
            )
        },
        {"digest": replace(full, receipt=Receipt(0, 5, ((said.name, "like"),)))},
        {"digest": full, "asking": full.lines[0].nudge_id, "asks": "talked"},
        {"digest": full, "asking": full.lines[1].nudge_id, "asks": "snooze"},
        {"digest": full, "asking": None, "asks": ""},
        {"digest": done},
        {"digest": Digest(WEEK, ())},
        {"digest": Digest(WEEK, full.lines[:2], stale=True)},
        {"digest": Digest(WEEK, (), stale=True, receipt=Receipt(1, 5, ()))},
    ]


def fading_pages(said: Said) -> list[Values]:
    """The first page of two, the last, nobody fading, too early to tell, nobody known."""
    shown = tuple(standing(said, contact(said)) for _ in range(6))
    base = {"first": 0, "page": 0, "more": False, "stale": False, "known": 9, "judged": 8}
    return [
        {**base, "shown": shown, "total": 11, "more": True, "stale": True},
        {**base, "shown": shown[:5], "total": 11, "first": 6, "page": 1},
        {**base, "shown": shown[:1], "total": 1},
        {**base, "shown": (), "total": 0},
        {**base, "shown": (), "total": 0, "judged": 0},
        {**base, "shown": (), "total": 0, "judged": 0, "known": 0},
    ]
