"""One contact as the record has it: what next steps are chosen from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.history import History
from analysis.stages import Stage


class Kind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class OpeningKind(StrEnum):
    """How a need meets an offer, seen from one contact."""

    I_CAN_HELP = "i_can_help"  # the contact needs what the user offers
    THEY_CAN_HELP = "they_can_help"  # the contact offers what the user needs
    ANOTHER_CAN_HELP = "another_can_help"  # the contact needs what another contact offers
    THEY_CAN_HELP_ANOTHER = "they_can_help_another"  # the contact offers what another needs


class Outcome(StrEnum):
    """What became of a step that was suggested."""

    SHOWN = "shown"
    DONE = "done"
    LATER = "later"
    DECLINED = "declined"


@dataclass(frozen=True)
class PastStep:
    """A step sent or answered before; looking at a card does not count as sent."""

    key: str
    on: date
    outcome: Outcome = Outcome.SHOWN
    about_id: int | None = None


@dataclass(frozen=True)
class Opening:
    """A need met by an offer. `what` is the need in its holder's words, `other` a third contact."""

    kind: OpeningKind
    what: str
    other: str | None = None
    other_id: int | None = None


@dataclass(frozen=True)
class Meeting:
    """Somebody the contact would gain from knowing, and what the two share."""

    other: str
    other_id: int
    shared: str


@dataclass(frozen=True)
class Birthday:
    month: int
    day: int

    def next_on(self, today: date) -> date:
        """The next birthday, today included; 29 February is kept on the 28th in common years."""
        this_year = self._in(today.year)
        return this_year if this_year >= today else self._in(today.year + 1)

    def _in(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, self.month, self.day - 1)


@dataclass(frozen=True)
class ContactFacts:
    """One contact as the record has it. Only the first three are needed; the rest sharpens.

    `name` is how a step names them, `called` how a draft addresses them ('Pak Budi').
    `usual_gap_days` is the tie's own median gap, `fading` whether it is flagged as fading.
    `bridges_to` names the group only this contact leads to, `purpose_fit` what of the user's
    purpose they touch. `quiet` marks a tie meant to be quiet. Openings, meetings: best first.
    """

    name: str
    stage: Stage
    history: History
    kind: Kind = Kind.PERSON
    organisation: str | None = None
    called: str | None = None
    language: str = "en"
    archived: bool = False
    quiet: bool = False
    snoozed_until: date | None = None
    birthday: Birthday | None = None
    stage_since: date | None = None
    stage_before: Stage | None = None
    usual_gap_days: float | None = None
    fading: bool = False
    strong: bool | None = None
    bridges_to: str | None = None
    purpose_fit: str | None = None
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    past_steps: tuple[PastStep, ...] = ()

    @property
    def contact_id(self) -> int:
        return self.history.contact_id

    def rests(self, today: date) -> bool:
        """Whether this contact is to be left alone today: archived, meant quiet, or snoozed."""
        snoozed = self.snoozed_until is not None and self.snoozed_until > today
        return self.archived or self.quiet or snoozed
