"""Values for who stands at which stage, and for moves that are proposed."""

from datetime import timedelta
from typing import Any

from analysis.evidence import EvidenceKind
from bot.usecases.cooperations import Together
from bot.usecases.funnel import Funnel, Move, Rung, Stalled
from bot.usecases.proposals import Cited, Proposed
from storage.tables import Cooperation
from tests.unit.samples import TODAY, Said, contact, many, named

Values = dict[str, Any]
STAGES = ("know", "like", "trust", "buy")


def stages(said: Said) -> dict[str, list[Values]]:
    kinds = tuple(EvidenceKind)
    cited = tuple(
        Cited(kinds[n : n + 4], TODAY - timedelta(days=n), said.note if n % 3 else None)
        for n in range(0, len(kinds), 4)
    )
    return {
        "funnel": [{"funnel": each} for each in funnels(said)],
        "proposal": [
            {"proposed": Proposed(said.id, named(said), "know", after, because, days, cited)}
            for after, because, days in (
                ("like", "evidence", 3),
                ("trust", "evidence", 3),
                ("buy", "evidence", 3),
                ("know", "faded", 200),
                ("like", "friction", 3),
            )
        ],
        "proposal_refused": [{"contact": contact(said)}],
        "together": [
            {"contact": contact(said), "running": running} for running in ((), cooperations(said))
        ],
        "together_kept": [
            {"together": Together(said.id, named(said), form, said.plan, TODAY, ended, said.id)}
            for form, ended in (("cooperation", None), ("partnership", TODAY), ("alliance", None))
        ],
        "together_what": [{"contact": contact(said)}],
    }


def cooperations(said: Said) -> tuple[Cooperation, ...]:
    """What is worked on with one contact; two of them of one form."""
    return tuple(
        Cooperation(id=n, owner_id=1, contact_id=said.id, form=form, what=said.plan, began_on=TODAY)
        for n, form in enumerate(("cooperation", "partnership", "cooperation"))
    )


def funnels(said: Said) -> list[Funnel]:
    """A full one, one without moves, one of nobody."""
    rungs = tuple(Rung(stage, many(said)) for stage in STAGES)
    moved = tuple(Move(named(said), "like", up, TODAY - timedelta(days=3)) for up in (True, False))
    stalled = Stalled("know", said.people, tuple((each, 200) for each in many(said)[:5]))
    nobody = tuple(Rung(stage, ()) for stage in STAGES)
    return [Funnel(rungs, moved, stalled), Funnel(rungs, (), None), Funnel(nobody, (), None)]
