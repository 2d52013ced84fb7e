"""The four stages of a professional tie, and when the evidence says that it has moved.

The weights and thresholds are data (`data/stages.toml`), the same for everybody; docs/stages.md
explains them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache, total_ordering
from importlib import resources
from types import MappingProxyType

from analysis.evidence import Evidence, EvidenceKind

CITED = 5  # the strongest pieces named in a proposal
GAPS_SILENT = 3  # a tie falls no sooner than after this many of its own usual gaps
FRESH_DAYS = 90  # a broken word speaks for a step back this long


@total_ordering
class Stage(Enum):
    """How far a tie has come: first known, then liked, then trusted, then worked with.

    Ordered, KNOW lowest; the value is the word to store.
    Source: Barrat (2015), as restated by the essay this product follows.
    """

    KNOW = "know"
    LIKE = "like"
    TRUST = "trust"
    BUY = "buy"

    @property
    def rank(self) -> int:
        """0 for KNOW to 3 for BUY."""
        return tuple(Stage).index(self)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Stage):
            return NotImplemented
        return self.rank < other.rank


class Because(StrEnum):
    EVIDENCE = "evidence"  # up: the evidence is there
    FADED = "faded"  # down: long silent, and what was there has faded
    SETBACK = "setback"  # down: a promise broken or a quarrel


@dataclass(frozen=True)
class Level:
    """What it takes to stand at a stage, and what to fall from it."""

    points: float
    kinds: int
    days: int
    hold: float
    silent_days: int


@dataclass(frozen=True)
class Weight:
    """What one kind of evidence counts, for which stage and all below it."""

    stage: Stage
    weight: float
    half_life_days: int
    most: int


@dataclass(frozen=True)
class Rules:
    """KNOW has no level: everybody on record stands there at least."""

    levels: Mapping[Stage, Level]
    weights: Mapping[EvidenceKind, Weight]


@dataclass(frozen=True)
class Proposal:
    """A move to suggest. `evidence` is what it rests on, strongest first, never empty.

    For a fading tie `evidence` is what there was last and `silent_days` how long ago.
    `considered` holds the key of every piece weighed: keep it with a refusal.
    """

    before: Stage
    after: Stage
    because: Because
    on: date
    evidence: tuple[Evidence, ...]
    considered: frozenset[str]
    silent_days: int

    @property
    def is_up(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True)
class Refusal:
    """A proposal the user said 'not yet' to: its `after` and its `considered`."""

    after: Stage
    considered: frozenset[str]


@cache
def rules() -> Rules:
    """The rules that come with the product."""
    return read_rules((resources.files("analysis") / "data" / "stages.toml").read_text("utf-8"))


def read_rules(text: str) -> Rules:
    """Read rules from TOML; raises ValueError where a stage or kind is missing or unknown."""
    data = tomllib.loads(text)
    levels = {Stage(name): Level(**level) for name, level in data["stages"].items()}
    weights = {
        EvidenceKind(name): Weight(**(weight | {"stage": Stage(weight["stage"])}))
        for name, weight in data["evidence"].items()
    }
    missing = (set(Stage) - {Stage.KNOW} - set(levels)) | (set(EvidenceKind) - set(weights))
    if missing:
        raise ValueError(f"no rule for {', '.join(sorted(one.value for one in missing))}")
    return Rules(MappingProxyType(levels), MappingProxyType(weights))


def judge(
    evidence: Sequence[Evidence],
    current: Stage,
    today: date,
    refused: Refusal | None = None,
    *,
    since: date | None = None,
    usual_gap_days: float | None = None,
) -> Proposal | None:
    """The move the evidence speaks for, or None.

    Up goes straight to the highest stage the evidence reaches; down goes one stage at a time.
    `since` is when the current stage was set: silence counts from then at the earliest, so a
    stage set by hand is left alone for a good while. `refused` is the last proposal refused; the
    same move is not proposed again until there is evidence that was not weighed then.
    """
    known = [piece for piece in evidence if piece.on <= today]
    if not known:
        return None
    reached = reached_stage(known, today)
    proposal = (
        _up(known, current, reached, today)
        if reached > current
        else _down(known, current, today, since, usual_gap_days)
    )
    if proposal and refused and refused.after == proposal.after:
        return proposal if proposal.considered - refused.considered else None
    return proposal


def reached_stage(evidence: Sequence[Evidence], today: date) -> Stage:
    """The highest stage whose threshold, and that of every stage below it, the evidence meets."""
    reached = Stage.KNOW
    for stage, level in sorted(rules().levels.items(), key=lambda item: item[0]):
        if not _meets(_counted(evidence, stage, today), level):
            break
        reached = stage
    return reached


def _meets(counted: Sequence[tuple[Evidence, float]], level: Level) -> bool:
    speaking = [piece for piece, worth in counted if worth > 0]
    return (
        sum(worth for _, worth in counted) >= level.points
        and len({piece.kind for piece in speaking}) >= level.kinds
        and len({piece.on for piece in speaking}) >= level.days
    )


def points(evidence: Sequence[Evidence], stage: Stage, today: date) -> float:
    """What the evidence counts for a stage today. For tests and explanation, not for users."""
    return sum(worth for _, worth in _counted(evidence, stage, today))


def _counted(
    evidence: Sequence[Evidence], stage: Stage, today: date
) -> list[tuple[Evidence, float]]:
    """The pieces that count for a stage with their worth, strongest first."""
    weights = rules().weights
    by_kind: dict[EvidenceKind, list[tuple[Evidence, float]]] = {}
    for piece in evidence:
        if _speaks(weights[piece.kind], stage):
            worth = (piece, _worth(piece, weights[piece.kind], today))
            by_kind.setdefault(piece.kind, []).append(worth)
    counted = [
        worth
        for kind, pieces in by_kind.items()
        for worth in sorted(pieces, key=_strongest_first)[: weights[kind].most]
    ]
    return sorted(counted, key=_strongest_first)


def _speaks(weight: Weight, stage: Stage) -> bool:
    return weight.stage >= stage or weight.weight < 0


def _strongest_first(counted: tuple[Evidence, float]) -> tuple[float, str]:
    return (-abs(counted[1]), counted[0].key)


def _worth(piece: Evidence, weight: Weight, today: date) -> float:
    age_days = 0 if piece.running else (today - piece.on).days
    return float(weight.weight * piece.size * 0.5 ** (age_days / weight.half_life_days))


def _up(known: Sequence[Evidence], current: Stage, reached: Stage, today: date) -> Proposal:
    counted = [piece for piece, worth in _counted(known, reached, today) if worth > 0]
    return Proposal(
        before=current,
        after=reached,
        because=Because.EVIDENCE,
        on=today,
        evidence=tuple(counted[:CITED]),
        considered=_keys(known, reached),
        silent_days=(today - max(piece.on for piece in known)).days,
    )


def _keys(known: Sequence[Evidence], stage: Stage) -> frozenset[str]:
    weights = rules().weights
    return frozenset(piece.key for piece in known if _speaks(weights[piece.kind], stage))


def _down(
    known: Sequence[Evidence],
    current: Stage,
    today: date,
    since: date | None,
    usual_gap_days: float | None,
) -> Proposal | None:
    level = rules().levels.get(current)
    if level is None or points(known, current, today) >= level.hold:
        return None
    last_on = max(piece.on for piece in known)
    silent_days = (today - max(last_on, since or last_on)).days
    broken = _broken_lately(known, today)
    if silent_days >= max(level.silent_days, GAPS_SILENT * (usual_gap_days or 0)):
        because, cited = Because.FADED, [piece for piece in known if piece.on == last_on]
    elif broken and current >= Stage.TRUST:
        because, cited = Because.SETBACK, broken
    else:
        return None
    return Proposal(
        before=current,
        after=tuple(Stage)[current.rank - 1],
        because=because,
        on=today,
        evidence=tuple(cited[:CITED]),
        considered=frozenset(piece.key for piece in known),
        silent_days=silent_days,
    )


def _broken_lately(known: Sequence[Evidence], today: date) -> list[Evidence]:
    weights = rules().weights
    return [
        piece
        for piece in known
        if weights[piece.kind].weight < 0 and (today - piece.on).days <= FRESH_DAYS
    ]
