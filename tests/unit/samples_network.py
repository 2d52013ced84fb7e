"""Values for the messages about the whole network: summed up, and drawn."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from analysis.benefits import Favour
from analysis.diagnosis import Summary, Viewpoint, summarise
from analysis.history import Benefit, Direction
from analysis.network import Alter, Tie
from analysis.snapshot import compare, take_snapshot
from bot.map import STAGES, Dot, Line, Words, lay_out
from bot.usecases.mapping import Chart, Grouping, Show
from bot.usecases.network import Overview
from bot.usecases.people import Named
from tests.unit.samples import TODAY, Said, many

Values = dict[str, Any]
Pairs = list[tuple[int, int]]

PARTS = (
    "all", "ties", "connect", "groups", "position", "reach", "alike", "sides", "help", "change",
)  # fmt: skip
CHAIN = list(range(1, 13))
CIRCLES = [(a, b) for part in (CHAIN[:6], CHAIN[6:10]) for a, b in pairwise(part)]
EVERYBODY = [(a, b) for a in CHAIN[:5] for b in CHAIN[:5] if a < b]


def overviews(said: Said) -> list[Values]:
    """Too few; no ties known; a dense network; a loose one; every part of one in pieces."""
    rich = people(said, [*CHAIN, *range(13, 40)], strength=0.9, organisations=2)
    few = [
        overview(said, people(said, CHAIN[:2]), []),
        overview(said, people(said, CHAIN[:3], strength=0.1), []),
        overview(said, people(said, CHAIN[:5], strength=0.6), EVERYBODY),
        overview(said, people(said, CHAIN[:4], strength=0.1, organisations=1), [(1, 2)]),
    ]
    large = [{**each, "part": part} for part in PARTS for each in _large(said, rich)]
    return [*few, *large]


def _large(said: Said, rich: list[Alter]) -> list[Values]:
    """With all that can be known; with no organisation of the user's and no earlier month."""
    full = overview(said, rich, CIRCLES)
    return [full, {**full, "overview": replace(full["overview"], organisation=None, change=None)}]


def people(
    said: Said, ids: list[int], strength: float = 0.0, organisations: int = 0
) -> list[Alter]:
    """Alters; one in four has a weak tie, the first ones may be organisations."""
    return [
        Alter(
            number,
            f"{said.name[:110]} {number}",
            f"{said.organisation[:190]} {number % 3}",
            "organisation" if number <= organisations else "person",
            tags=(said.tag,) if number % 2 else (),
            sector="government" if number % 3 else None,
            place=said.typed[:60] if number % 5 else None,
            stage=STAGES[number % 4],
            strength=strength if number % 4 else 0.05,
            inside=number % 3 == 0,
        )
        for number in ids
    ]


def overview(said: Said, alters: list[Alter], pairs: Pairs) -> Values:
    home = alters[0].organisation
    view = Viewpoint(organisation=home, strong_from=0.3)
    favours = [
        Favour(each.id, benefit, direction)
        for each, benefit in zip(alters, list(Benefit)[:4], strict=False)
        for direction in (Direction.RECEIVED, Direction.GIVEN)
    ]
    ties = [Tie(a, b) for a, b in pairs]
    summary = summarise(alters, ties, (), favours, view)
    change = _change(summarise(alters[1:], ties[:2], (), (), view), summary)
    names = {each.id: Named(each.id, each.name, each.organisation) for each in alters}
    facts = Overview(summary, names, len(alters) >= 3, home, change)
    return {"overview": facts, "summary": summary, "part": PARTS[0]}


def _change(before: Summary, after: Summary) -> Any:
    old = take_snapshot(before, TODAY - timedelta(days=30))
    return compare(old, take_snapshot(after, TODAY))


def maps(said: Said) -> dict[str, list[Values]]:
    """The map's caption, words, and questions, for every part that can be shown."""
    charts = [
        chart(said, Show()),
        chart(said, Show("fading")),
        chart(said, Show("strong")),
        chart(said, Show("stage", "trust")),
        chart(said, Show("around", str(said.id)), said.name),
        chart(said, Show("group", "1a2b3c4d"), said.organisation),
    ]
    nobody = [Chart(each.show, (), (), (), each.label, known=9) for each in charts]
    unknown = Chart(Show(), (), (), (), None, known=0)
    crowd = scene(charts[0], most=20)
    groups = [Grouping(each.name, number) for number, each in enumerate(many(said)[:9], 1)]
    return {
        "map": [
            {"chart": each, "scene": crowd, "theme": theme}
            for each in charts
            for theme in ("light", "dark")
        ],
        "map_words": [{"chart": each} for each in charts],
        "map_nobody": [{"chart": each, "theme": "light"} for each in (*nobody, unknown)],
        "map_file": [
            {"form": form, "scene": drawn}
            for form in ("page", "picture")
            for drawn in (crowd, scene(charts[0]))
        ],
        "map_which": [{"choices": many(said)[:8]}],
        "map_groups": [
            {"groups": each, "show": Show("stage", "trust"), "theme": "dark"}
            for each in (groups, [])
        ],
    }


def chart(said: Said, show: Show, label: str | None = None) -> Chart:
    dots = tuple(
        Dot(
            number,
            f"{said.name[:110]} {number}",
            f"{said.organisation[:190]} {number % 3}",
            number / 40,
            STAGES[number % 4],
            fading=number % 5 == 0,
        )
        for number in range(1, 31)
    )
    groups = tuple((f"{said.organisation[:190]} {number}", 10) for number in range(3))
    return Chart(show, dots, (Line(1, 2, 0.5),), groups, label, known=150)


def scene(drawn: Chart, most: int = 150) -> Any:
    english = Words(
        "en", "Your network", "18 March 2026", "", "You", ("Know", "Like", "Trust", "Buy"),
        "fading", "Others", "No group", "+ {n} more", "", "", "", "", "", "", "",
    )  # fmt: skip
    return lay_out(drawn.dots, drawn.lines, english, most=most)
