"""Moves between stages that the record speaks for: proposed with the lines they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from analysis.evidence import Evidence, EvidenceKind, SourceKind, gather
from analysis.history import History
from analysis.stages import Proposal, Refusal, Stage, judge
from bot.usecases.people import Named, named
from bot.usecases.standing import Standing, stand_with
from storage import contacts, suggestions
from storage.tables import Owner, StageProposal

MOST_LOOKED_AT = 3  # of those a write is about


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the record that a proposal rests on, and all it shows."""

    shows: tuple[EvidenceKind, ...]
    on: date
    words: str | None  # the note, or what the favour, promise, introduction was about


@dataclass(frozen=True, slots=True)
class Proposed:
    """A move as it is put to the owner."""

    id: int
    who: Named
    before: str
    after: str
    because: str
    silent_days: int
    cited: tuple[Cited, ...]


def propose(
    session: Session, owner: Owner, contact_ids: Sequence[int], today: date
) -> Proposed | None:
    """A move the record of one of these contacts speaks for; at most one a day, of all."""
    if not _may_propose(session, owner, today):
        return None
    people = contacts.some(session, owner.id or 0, contact_ids[:MOST_LOOKED_AT])
    standings = (stand_with(session, owner, each, today) for each in people)
    return _first(session, owner, standings, today)


def propose_among(
    session: Session, owner: Owner, standings: Iterable[Standing], today: date
) -> Proposed | None:
    """The first move that the records of these speak for; at most one a day."""
    if not _may_propose(session, owner, today):
        return None
    return _first(session, owner, standings, today)


def _may_propose(session: Session, owner: Owner, today: date) -> bool:
    last = suggestions.latest_proposal(session, owner.id or 0)
    return last is None or last.proposed_on < today


def _first(
    session: Session, owner: Owner, standings: Iterable[Standing], today: date
) -> Proposed | None:
    for standing in standings:
        proposal = _judge(session, owner, standing, today)
        if proposal is not None:
            return _keep(session, owner, standing, proposal)
    return None


def _judge(session: Session, owner: Owner, standing: Standing, today: date) -> Proposal | None:
    """What the evidence speaks for, but what was refused, or left unanswered, with no more."""
    contact = standing.contact
    if contact.archived or contact.leave or standing.resting:
        return None
    evidence = gather(standing.facts.history, today)
    before = suggestions.latest_proposal(session, owner.id or 0, contact.id)
    refused = None
    if before is not None and not before.accepted:
        refused = Refusal(Stage(before.after), frozenset(before.considered))
    return judge(
        evidence,
        Stage(contact.stage),
        today,
        refused,
        since=standing.facts.stage_since,
        usual_gap_days=standing.fading.usual_gap_days,
    )


def _keep(session: Session, owner: Owner, standing: Standing, proposal: Proposal) -> Proposed:
    row = StageProposal(
        owner_id=owner.id or 0,
        contact_id=standing.contact.id or 0,
        before=proposal.before.value,
        after=proposal.after.value,
        because=proposal.because.value,
        evidence=[_row(piece) for piece in proposal.evidence],
        considered=sorted(proposal.considered),
        silent_days=proposal.silent_days,
        proposed_on=proposal.on,
    )
    session.add(row)
    session.flush()
    return Proposed(
        id=row.id or 0,
        who=named(standing.contact),
        before=row.before,
        after=row.after,
        because=row.because,
        silent_days=row.silent_days,
        cited=_cite(proposal.evidence, standing.facts.history),
    )


def _row(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as the record keeps it: what it shows, and the row it comes from."""
    return {"shows": piece.kind.value, "table": piece.source.kind.value, "id": piece.source.id}


def _cite(evidence: Sequence[Evidence], history: History) -> tuple[Cited, ...]:
    """The lines behind the evidence, oldest first."""
    words: dict[tuple[SourceKind, int], str] = {
        **{(SourceKind.INTERACTION, one.id): one.note for one in history.interactions},
        **{(SourceKind.FAVOUR, one.id): one.what for one in history.favours},
        **{(SourceKind.PROMISE, one.id): one.what for one in history.promises},
        **{(SourceKind.INTRODUCTION, one.id): one.other for one in history.introductions},
        **{(SourceKind.COOPERATION, one.id): one.what for one in history.cooperations},
    }
    lines: dict[tuple[SourceKind, int], list[Evidence]] = {}
    for piece in sorted(evidence, key=lambda piece: (piece.on, piece.key)):
        lines.setdefault((piece.source.kind, piece.source.id), []).append(piece)
    return tuple(
        Cited(tuple(piece.kind for piece in pieces), pieces[0].on, words.get(row) or None)
        for row, pieces in lines.items()
    )


def get(session: Session, owner_id: int, proposal_id: int) -> StageProposal | None:
    """A proposal that waits for its answer."""
    row = suggestions.proposal(session, owner_id, proposal_id)
    return row if row is not None and row.accepted is None else None


def refuse(session: Session, row: StageProposal) -> None:
    """Not yet: it is not proposed again until there is something new."""
    row.accepted = False
    session.add(row)
