"""Values for the messages about a purpose: what it needs, who could help, what came of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from analysis.history import Benefit
from analysis.paths import Path
from analysis.purpose import (
    DeedKind,
    Filling,
    Lack,
    Need,
    NeedKind,
    Place,
    Progress,
    PurposeStage,
    Report,
)
from bot.usecases.purpose import HELP, RHYTHMS, Aim
from storage.tables import Purpose
from tests.unit.samples import TODAY, Said, named

Values = dict[str, Any]
PARTS = ("show", "grow", "month", "needs")  # each stands in the message `purpose`
ASKED = ("what", "person", "organisation", "sector", "help", "give_back", "due_on")
NOTHING = Report((), (), ())
WAYS = (  # the stage a purpose is at, and what would move it on
    (PurposeStage.PURPOSE, (Lack.NEEDS, Lack.NORMS)),
    (PurposeStage.DESIGN, (Lack.NORMS,)),
    (PurposeStage.GROW, (Lack.PLACES,)),
    (PurposeStage.GROW, (Lack.RESULTS,)),
    (PurposeStage.PERFORM, ()),
)


def purposes(said: Said) -> dict[str, list[Values]]:
    """By template, the values of each face."""
    purpose = stated(said)
    bare: list[Values] = [{}]
    return {
        "purpose": [
            {"aim": each, "part": part, "names": each.names}
            for each in aims(said)
            for part in PARTS
        ],
        "purpose_ask": [{"field": field} for field in ASKED],
        "purpose_close": [{"purpose": purpose}],
        "purpose_closed": [
            {"purpose": stated(said, outcome=outcome)} for outcome in ("reached", "dropped")
        ],
        "purpose_day": bare,
        "purpose_full": bare,
        "purpose_help": [{"kinds": HELP}],
        "purpose_kind": bare,
        "purpose_long": [{"most": 200}],
        "purpose_none": bare,
        "purpose_norms": [
            {"purpose": each, "rhythms": RHYTHMS}
            for each in (purpose, stated(said, give_back=None))
        ],
        "purpose_open": [{"purpose": purpose}],
    }


def stated(said: Said, **values: Any) -> Purpose:
    known: Values = {"due_on": TODAY + timedelta(days=90), "every_days": 14, "give_back": said.plan}
    return Purpose(id=said.id, owner_id=1, what=said.plan, stated_on=TODAY, **(known | values))


def aims(said: Said) -> list[Aim]:
    """One at each stage, with all that can be known; one of which only the words are known."""
    found = places(said)
    did = Report(
        tuple((kind, said.people) for kind in DeedKind),
        tuple((benefit, said.people) for benefit in Benefit),
        ((0, 2), (1, 1)),
    )
    names = {number: named(said) for number in range(6)}
    full = Aim(
        stated(said),
        tuple(said.id - number for number in range(len(found))),
        found,
        Progress(PurposeStage.GROW, (Lack.PLACES,), 0.25),
        did,
        did,
        names,
    )
    at_stages = [replace(full, progress=Progress(stage, lacks, 0.5)) for stage, lacks in WAYS]
    earlier = replace(full, month=NOTHING)
    purpose = stated(said, due_on=None, every_days=None, give_back=None)
    start = Progress(*WAYS[0], None)
    return [*at_stages, earlier, Aim(purpose, (), (), start, NOTHING, NOTHING, names)]


def places(said: Said) -> tuple[Place, ...]:
    """One need of each kind, each as far filled as another is not."""
    path = Path((4, 5), 0.5)
    return (
        Place(Need(NeedKind.PERSON, said.name), (0,), (), (), Filling.FILLED),
        Place(
            Need(NeedKind.ORGANISATION, said.organisation, 2), (), (1, 2), (), Filling.CANDIDATES
        ),
        Place(Need(NeedKind.SECTOR, said.organisation), (), (), (path,), Filling.REACHABLE),
        Place(Need(NeedKind.HELP, "knowledge"), (3,), (), (), Filling.MISSING),
        Place(Need(NeedKind.HELP, said.plan), (), (), (), Filling.MISSING),
    )
