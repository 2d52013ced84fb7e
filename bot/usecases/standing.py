"""Where the owner stands with everybody: rhythm, fading, strength, stage, next step.

Every screen that speaks of how a tie is doing takes it from here. What is dear to work out
(strength, next steps) is worked out only for those it is asked of.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session

from analysis.contact_facts import Birthday, ContactFacts, Kind
from analysis.fading import Fading, Status, assess, log_is_stale
from analysis.history import History
from analysis.stages import Stage
from analysis.steps import Step, next_steps, short_name
from analysis.strength import (
    Strength,
    TieHistory,
    is_quiet_by_nature,
    measure_strength,
    tie_worth,
    urgency,
)
from bot.usecases.aims import Aims, read_aims
from bot.usecases.birthdays import birthday_of
from bot.usecases.exchange import NEED, OFFER, Exchange, read_exchange
from bot.usecases.people import Named, named
from bot.usecases.record import Record, read_records
from storage import contacts, interactions
from storage.tables import Contact, Owner


@dataclass
class Standing:
    """One contact today."""

    contact: Contact
    record: Record
    fading: Fading
    known_since: date
    today: date
    language: str  # the one to write to them in, where nothing else is known
    exchange: Exchange  # what everybody needs and offers
    bridges_to: str | None = None  # the organisation that only this contact reaches
    purpose_fit: str | None = None  # the owner's purpose, where this contact touches it

    @property
    def who(self) -> Named:
        return named(self.contact)

    @property
    def resting(self) -> bool:
        until = self.contact.snoozed_until
        return until is not None and until > self.today

    @cached_property
    def is_fading(self) -> bool:
        """Whether to say that the tie fades: not of one at rest, nor of one quiet by nature."""
        return self.fading.flagged and self._may_be_named

    @cached_property
    def is_slowing(self) -> bool:
        """Whether it more likely than not has ended, though it is too early to call it fading."""
        return self.fading.status is Status.SLOWING and self._may_be_named

    @property
    def _may_be_named(self) -> bool:
        return not self.resting and not is_quiet_by_nature(self.strength, self.fading)

    @cached_property
    def tie(self) -> TieHistory:
        return TieHistory(
            interactions=tuple(self.record.past),
            favours=tuple(self.record.favours),
            stage=Stage(self.contact.stage),
            bridges_to=self.bridges_to,
            serves_purpose=self.purpose_fit is not None,
        )

    @cached_property
    def strength(self) -> Strength:
        return measure_strength(self.tie, self.today)

    @property
    def birthday(self) -> Birthday | None:
        return birthday_of(self.contact)

    @cached_property
    def worth(self) -> float:
        """What would be lost with the tie, 0..1."""
        return tie_worth(self.tie, self.today)

    @cached_property
    def urgency(self) -> float:
        """Chance of silence times what would be lost, 0..1."""
        return urgency(self.fading, self.worth)

    @cached_property
    def facts(self) -> ContactFacts:
        contact, moves = self.contact, self.record.moves
        is_person = contact.kind == Kind.PERSON
        return ContactFacts(
            name=short_name(contact.name) if is_person else contact.name,
            stage=Stage(contact.stage),
            history=History(
                contact_id=contact.id or 0,
                added_on=min([self.known_since, *self.record.days[:1]]),
                work_known=contact.role is not None,
                interactions=tuple(self.record.past),
                favours=tuple(self.record.favours),
                promises=tuple(self.record.promises),
                introductions=tuple(self.record.introductions),
                cooperations=tuple(self.record.cooperations),
            ),
            kind=Kind(contact.kind),
            organisation=contact.organisation,
            archived=contact.archived,
            quiet=contact.leave,
            snoozed_until=contact.snoozed_until,
            language=contact.language or self.language,
            birthday=self.birthday,
            stage_since=moves[-1].on if moves else None,
            stage_before=Stage(moves[-2].stage) if len(moves) > 1 else None,
            usual_gap_days=self.fading.usual_gap_days,
            fading=self.is_fading,
            strong=self.strength.strong,
            bridges_to=self.bridges_to,
            purpose_fit=self.purpose_fit,
            offers=self.exchange.texts(contact.id, OFFER),
            needs=self.exchange.texts(contact.id, NEED),
            openings=self.exchange.openings(contact.id or 0),
            past_steps=self.record.past_steps,
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return next_steps(self.facts, self.today)

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
        """Ties weaker than their own rhythm: those that fade, then those that slow down.

        Within each, the one with most to lose first.
        """
        quieter = [each for each in self.everybody if each.is_fading or each.is_slowing]
        quieter.sort(key=lambda each: (each.is_slowing, -each.urgency, each.contact.id or 0))
        return tuple(quieter)


def stand(session: Session, owner: Owner, today: date) -> Standings:
    """Where the owner stands with everybody who is not archived."""
    people = contacts.everyone(session, owner.id or 0)
    records = read_records(session, owner.id or 0, today)
    exchange = read_exchange(session, owner.id or 0)
    aims = read_aims(session, owner.id or 0)
    crowd = Counter(each.organisation for each in people if each.organisation)
    everybody = tuple(
        _standing(
            owner,
            each,
            records[each.id or 0],
            exchange,
            aims,
            today,
            alone=crowd[each.organisation or ""] == 1,
        )
        for each in people
    )
    logged_at = interactions.last_logged_at(session, owner.id or 0)
    zone = ZoneInfo(owner.timezone)
    stale = logged_at is not None and log_is_stale(logged_at.astimezone(zone).date(), today)
    return Standings(everybody, stale)


def stand_with(session: Session, owner: Owner, contact: Contact, today: date) -> Standing:
    """Where the owner stands with one contact."""
    records = read_records(session, owner.id or 0, today, contact.id)
    exchange = read_exchange(session, owner.id or 0)
    aims = read_aims(session, owner.id or 0)
    return _standing(owner, contact, records[contact.id or 0], exchange, aims, today, alone=False)


def _standing(
    owner: Owner,
    contact: Contact,
    record: Record,
    exchange: Exchange,
    aims: Aims,
    today: date,
    *,
    alone: bool,
) -> Standing:
    known_since = contact.created_at.astimezone(ZoneInfo(owner.timezone)).date()
    fading = assess(
        record.days,
        today,
        cadence_days=contact.cadence_days,
        quiet=contact.leave,
        known_since=known_since,
    )
    bridges_to = contact.organisation if alone else None
    language = owner.language or (owner.telegram_language or "en")[:2]
    return Standing(
        contact=contact,
        record=record,
        fading=fading,
        known_since=known_since,
        today=today,
        language=language,
        exchange=exchange,
        bridges_to=bridges_to,
        purpose_fit=aims.fit(contact),
    )
