"""Where the owner stands with everybody: rhythm, fading, stage, next step.

Reads the owner's record once and asks the analysis; every screen that speaks of how a tie is
doing takes it from here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from analysis.contact_facts import Birthday, ContactFacts, Kind
from analysis.fading import Fading, assess, log_is_stale
from analysis.history import History, Side
from analysis.history import Interaction as PastInteraction
from analysis.stages import Stage
from analysis.steps import Step, next_steps
from analysis.strength import Strength, TieHistory, measure_strength, tie_worth, urgency
from bot.usecases.people import Named, named
from storage import contacts, interactions
from storage.tables import Contact, Interaction, Owner, StageMove


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
    past = _past(session, owner.id or 0)
    moves = _by_contact(contacts.stage_moves(session, owner.id or 0))
    everybody = tuple(
        _standing(owner, each, past.get(each.id or 0, []), moves.get(each.id or 0, []), today)
        for each in people
    )
    logged_at = interactions.last_logged_at(session, owner.id or 0)
    zone = ZoneInfo(owner.timezone)
    stale = logged_at is not None and log_is_stale(logged_at.astimezone(zone).date(), today)
    return Standings(everybody, stale)


def stand_with(session: Session, owner: Owner, contact: Contact, today: date) -> Standing:
    """Where the owner stands with one contact."""
    owner_id, contact_id = owner.id or 0, contact.id or 0
    past = _past(session, owner_id, contact_id).get(contact_id, [])
    moves = contacts.stage_moves(session, owner_id, contact_id)
    return _standing(owner, contact, past, moves, today)


def _standing(
    owner: Owner,
    contact: Contact,
    past: list[PastInteraction],
    moves: list[StageMove],
    today: date,
) -> Standing:
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
    tie = TieHistory(interactions=tuple(past), stage=stage)
    strength = measure_strength(tie, today)
    facts = ContactFacts(
        name=contact.name,
        stage=stage,
        history=History(
            contact_id=contact.id or 0,
            added_on=min([known_since, *(one.on for one in past)]),
            work_known=contact.role is not None,
            interactions=tuple(past),
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


def _past(
    session: Session, owner_id: int, contact_id: int | None = None
) -> dict[int, list[PastInteraction]]:
    """What happened with each contact, oldest first."""
    rows = interactions.with_participants(session, owner_id, contact_id)
    crowd: dict[int, int] = defaultdict(int)
    for interaction, _ in rows:
        crowd[interaction.id or 0] += 1
    past: dict[int, list[PastInteraction]] = defaultdict(list)
    for interaction, number in rows:
        past[number].append(_interaction(interaction, crowd[interaction.id or 0]))
    return past


def _interaction(row: Interaction, people: int) -> PastInteraction:
    return PastInteraction(
        id=row.id or 0,
        on=row.on,
        channel=row.channel,
        note=row.note or "",
        started_by=Side(row.started_by) if row.started_by else None,
        people=people,
    )


def _by_contact(moves: Iterable[StageMove]) -> dict[int, list[StageMove]]:
    result: dict[int, list[StageMove]] = defaultdict(list)
    for move in moves:
        result[move.contact_id].append(move)
    return result
