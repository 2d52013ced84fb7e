"""Who stands at which stage, who moved this month, and where people stall."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import Session

from analysis.stages import Stage
from bot.usecases.people import Named
from bot.usecases.proposals import Proposed, propose_among
from bot.usecases.standing import Standing, stand
from storage.tables import Owner

MONTH_DAYS = 30
STALLED_DAYS = 180  # at one stage below the last, with no move
STALLED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """Those at one stage, the newest there first."""

    stage: str
    people: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Move:
    who: Named
    after: str
    up: bool
    on: date


@dataclass(frozen=True, slots=True)
class Stalled:
    """The stage where most people have stood still for long, the longest first."""

    stage: str
    count: int
    people: tuple[tuple[Named, int], ...]  # with the days they have stood there


@dataclass(frozen=True, slots=True)
class Funnel:
    rungs: tuple[Rung, ...]  # Know first
    moved: tuple[Move, ...]  # the latest first
    stalled: Stalled | None

    @property
    def total(self) -> int:
        return sum(len(rung.people) for rung in self.rungs)


def funnel(session: Session, owner: Owner, today: date) -> Funnel:
    """The funnel of everybody who is not archived."""
    return _funnel(stand(session, owner, today).everybody, today)


def funnel_and_proposal(
    session: Session, owner: Owner, today: date
) -> tuple[Funnel, Proposed | None]:
    """The funnel, and a move that somebody's record speaks for."""
    everybody = stand(session, owner, today).everybody
    return _funnel(everybody, today), propose_among(session, owner, everybody, today)


def _funnel(everybody: tuple[Standing, ...], today: date) -> Funnel:
    newest = sorted(everybody, key=lambda each: (-_since(each).toordinal(), each.who.id))
    rungs = tuple(
        Rung(stage.value, tuple(each.who for each in newest if each.contact.stage == stage.value))
        for stage in Stage
    )
    moved = [move for each in everybody for move in _moves(each, today)]
    moved.sort(key=lambda move: (-move.on.toordinal(), move.who.id))
    return Funnel(rungs, tuple(moved), _stalled(everybody, today))


def _since(standing: Standing) -> date:
    """Since when a contact stands where they stand."""
    moves = standing.record.moves
    return moves[-1].on if moves else standing.known_since


def _moves(standing: Standing, today: date) -> list[Move]:
    """The moves of the last month, being added left out."""
    moves = standing.record.moves
    first = today - timedelta(days=MONTH_DAYS)
    return [
        Move(standing.who, after.stage, Stage(after.stage) > Stage(before.stage), after.on)
        for before, after in pairwise(moves)
        if after.on > first and after.stage != before.stage
    ]


def _stalled(everybody: tuple[Standing, ...], today: date) -> Stalled | None:
    """Ties meant to be quiet and those at the last stage do not stall."""
    waiting = [
        (each, (today - _since(each)).days)
        for each in everybody
        if not each.contact.leave and each.contact.stage != Stage.BUY.value
    ]
    stood = sorted(
        ((each, days) for each, days in waiting if days >= STALLED_DAYS),
        key=lambda one: (-one[1], one[0].who.id),
    )
    if not stood:
        return None
    counts = {
        stage.value: sum(each.contact.stage == stage.value for each, _ in stood) for stage in Stage
    }
    stage = max(counts, key=lambda name: counts[name])
    people = [(each.who, days) for each, days in stood if each.contact.stage == stage]
    return Stalled(stage, counts[stage], tuple(people[:STALLED_SHOWN]))
