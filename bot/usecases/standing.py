"""Where the owner stands with everybody: rhythm, fading, stage, next step.

Reads the owner's record once and asks the analysis; every screen that speaks of how a tie is
doing takes it from here.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from analysis import history
from analysis.contact_facts import Birthday, ContactFacts, Kind
from analysis.fading import Fading, assess, log_is_stale
from analysis.history import Benefit, Direction, History, Side
from analysis.history import Interaction as PastInteraction
from analysis.stages import Stage
from analysis.steps import Step, next_steps
from analysis.strength import Strength, TieHistory, measure_strength, tie_worth, urgency
from bot.usecases.people import Named, named
from storage import contacts, favours, interactions
from storage.tables import Contact, Favour, Interaction, Owner, Promise, StageMove


@dataclass(frozen=True, slots=True)
class Standing:
    """One contact today."""

    contact: Contact
    fading: Fading
    strength: Strength
    urgency: float  # chance of silence times what would be lost, 0..1
    facts: ContactFacts
    steps: tuple[Step, ...]

    @property
    def who(self) -> Named:
        return named(self.contact)

    @property
    def step(self) -> Step | None:
        return self.steps[0] if self.steps else None


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody today; `stale` when nothing was logged with anybody for so long that it is the
    log that is missing, not the ties."""

    everybody: tuple[Standing, ...]
    stale: bool

    def fading(self) -> tuple[Standing, ...]:
        """Ties that fade, the one with most to lose first; those at rest are left out."""
        faded = [each for each in self.everybody if each.facts.fading]
        faded.sort(key=lambda each: (-each.urgency, each.contact.id or 0))
        return tuple(faded)


def stand(session: Session, owner: Owner, today: date) -> Standings:
    """Where the owner stands with everybody who is not archived."""
    people = contacts.everyone(session, owner.id or 0)
    records = _records(session, owner.id or 0)
    everybody = tuple(_standing(owner, each, records[each.id or 0], today) for each in people)
    logged_at = interactions.last_logged_at(session, owner.id or 0)
    zone = ZoneInfo(owner.timezone)
    stale = logged_at is not None and log_is_stale(logged_at.astimezone(zone).date(), today)
    return Standings(everybody, stale)


def stand_with(session: Session, owner: Owner, contact: Contact, today: date) -> Standing:
    """Where the owner stands with one contact."""
    records = _records(session, owner.id or 0, contact.id)
    return _standing(owner, contact, records[contact.id or 0], today)


@dataclass(slots=True)
class _Record:
    """All that is on record of one contact, oldest first."""

    past: list[PastInteraction] = field(default_factory=list)
    moves: list[StageMove] = field(default_factory=list)
    favours: list[history.Favour] = field(default_factory=list)
    promises: list[history.Promise] = field(default_factory=list)


def _standing(owner: Owner, contact: Contact, record: _Record, today: date) -> Standing:
    past, moves = record.past, record.moves
    known_since = contact.created_at.astimezone(ZoneInfo(owner.timezone)).date()
    fading = assess(
        [one.on for one in past],
        today,
        cadence_days=contact.cadence_days,
        quiet=contact.leave,
        known_since=known_since,
    )
    resting = contact.snoozed_until is not None and contact.snoozed_until > today
    stage = Stage(contact.stage)
    tie = TieHistory(interactions=tuple(past), favours=tuple(record.favours), stage=stage)
    strength = measure_strength(tie, today)
    facts = ContactFacts(
        name=contact.name,
        stage=stage,
        history=History(
            contact_id=contact.id or 0,
            added_on=min([known_since, *(one.on for one in past)]),
            work_known=contact.role is not None,
            interactions=tuple(past),
            favours=tuple(record.favours),
            promises=tuple(record.promises),
        ),
        kind=Kind(contact.kind),
        organisation=contact.organisation,
        archived=contact.archived,
        quiet=contact.leave,
        snoozed_until=contact.snoozed_until,
        birthday=birthday_of(contact),
        stage_since=moves[-1].on if moves else None,
        stage_before=Stage(moves[-2].stage) if len(moves) > 1 else None,
        usual_gap_days=fading.usual_gap_days,
        fading=fading.flagged and not resting,
        strong=strength.strong,
    )
    return Standing(
        contact=contact,
        fading=fading,
        strength=strength,
        urgency=urgency(fading, tie_worth(tie, today)),
        facts=facts,
        steps=next_steps(facts, today),
    )


def birthday_of(contact: Contact) -> Birthday | None:
    if not contact.birthday:
        return None
    month, day = contact.birthday[-5:].split("-")
    return Birthday(int(month), int(day))


def _records(session: Session, owner_id: int, contact_id: int | None = None) -> dict[int, _Record]:
    """What is on record of each contact, or of one."""
    records: dict[int, _Record] = defaultdict(_Record)
    rows = interactions.with_participants(session, owner_id, contact_id)
    present = Counter(interaction.id for interaction, _ in rows)
    for interaction, number in rows:
        records[number].past.append(_interaction(interaction, present[interaction.id]))
    for move in contacts.stage_moves(session, owner_id, contact_id):
        records[move.contact_id].moves.append(move)
    for favour in favours.favours(session, owner_id, contact_id):
        records[favour.contact_id].favours.append(_favour(favour))
    for promise in favours.promises(session, owner_id, contact_id):
        records[promise.contact_id].promises.append(_promise(promise))
    return records


def _interaction(row: Interaction, people: int) -> PastInteraction:
    return PastInteraction(
        id=row.id or 0,
        on=row.on,
        channel=row.channel,
        note=row.note or "",
        started_by=Side(row.started_by) if row.started_by else None,
        people=people,
    )


def _favour(row: Favour) -> history.Favour:
    return history.Favour(
        id=row.id or 0,
        on=row.on,
        direction=Direction(row.direction),
        what=row.what,
        benefit=Benefit(row.kind) if row.kind else None,
        thanked_on=row.thanked_on,
    )


def _promise(row: Promise) -> history.Promise:
    return history.Promise(
        id=row.id or 0,
        by=Side(row.by),
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        kept_on=row.kept_on,
        dropped_on=row.dropped_on,
    )
