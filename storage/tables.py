"""The tables. Every row but the two queues' belongs to an owner, and every query names that owner.

Moments are aware UTC; days are the owner's local days. Lists and small records are JSON, so that
the same tables work on SQLite and on PostgreSQL.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

# SQLite only numbers rows by itself when the key is a plain INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def key() -> Any:
    """A row's own number."""
    return Field(default=None, primary_key=True, sa_type=RowId)


def owned() -> Any:
    """The owner a row belongs to; the row goes when the owner goes."""
    return Field(foreign_key="owner.id", index=True, ondelete="CASCADE", sa_type=RowId)


def of(table: str, *, index: bool = True, primary: bool = False) -> Any:
    """A reference to a row that takes this one with it."""
    return Field(
        foreign_key=f"{table}.id",
        index=index,
        ondelete="CASCADE",
        sa_type=RowId,
        primary_key=primary,
    )


def listing() -> Any:
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def record() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Owner(SQLModel, table=True):
    """A person who uses the bot, with what the person has set."""

    id: int | None = key()
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    chat_id: int = Field(sa_type=BigInteger)
    organisation: str | None = None  # the owner's own, which tells inside from outside
    language: str | None = None  # the owner's own choice
    telegram_language: str | None = None  # what Telegram says, until the owner chooses
    timezone: str
    weekly_day: int = 0  # 0 = Monday
    weekly_time: time = time(8, 0)
    weekly_due_at: datetime | None = Field(default=None, index=True)
    quiet_line: bool = False  # send one line even when there is nothing to say
    welcomed_at: datetime | None = None  # onboarding done or skipped
    active_on: date | None = None  # the last local day the owner wrote or tapped
    asked_on: date | None = None  # when, after a silent month, we asked whether to go on
    paused_at: datetime | None = None  # by the owner: /stop
    blocked_at: datetime | None = None  # by Telegram: the bot was blocked
    created_at: datetime


class Contact(SQLModel, table=True):
    """A person or an organisation the owner knows: an alter."""

    id: int | None = key()
    owner_id: int = owned()
    name: str
    kind: str = "person"  # or "organisation"
    aliases: list[str] = listing()
    organisation: str | None = None
    role: str | None = None
    sector: str | None = None
    place: str | None = None
    tags: list[str] = listing()
    how_met: str | None = None
    phone: str | None = None
    email: str | None = None
    telegram_id: int | None = Field(default=None, sa_type=BigInteger)
    username: str | None = None
    birthday: str | None = None  # 1990-03-14, or --03-14 where the year is unknown
    birthday_due_at: datetime | None = Field(default=None, index=True)
    language: str | None = None  # the one used with them; None = the owner's
    cadence_days: int | None = None  # as the owner wishes it; None = learned from the log
    leave: bool = False  # a tie that is meant to be quiet
    snoozed_until: date | None = None
    stage: str = "know"
    archived: bool = False
    created_at: datetime


class StageMove(SQLModel, table=True):
    """A dated step of a contact on Know, Like, Trust, Buy."""

    __tablename__ = "stage_move"

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    stage: str
    on: date
    why: str  # added, set, evidence, faded, setback
    evidence: list[dict[str, Any]] = listing()  # the rows it rests on: shows, table, id


class Interaction(SQLModel, table=True):
    """One event of contact, with one or many people."""

    id: int | None = key()
    owner_id: int = owned()
    on: date
    channel: str = "meeting"
    note: str | None = None
    started_by: str | None = None  # "me", "them", or unknown
    created_at: datetime


class Participation(SQLModel, table=True):
    """Who took part in an interaction."""

    owner_id: int = owned()
    interaction_id: int = of("interaction", index=False, primary=True)
    contact_id: int = of("contact", primary=True)


class Tie(SQLModel, table=True):
    """A tie between two contacts, the lower number first."""

    __table_args__ = (UniqueConstraint("owner_id", "a", "b"),)

    id: int | None = key()
    owner_id: int = owned()
    a: int = of("contact")
    b: int = of("contact")
    kind: str = "knows"
    source: str = "stated"
    created_at: datetime


class Favour(SQLModel, table=True):
    """Help that went one way or both ways between the owner and a contact."""

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    on: date
    direction: str  # given, received, mutual
    what: str
    kind: str | None = None  # communication, information, problem_solving, knowledge, access
    thanked_on: date | None = None
    created_at: datetime


class Promise(SQLModel, table=True):
    """Something the owner or a contact said they would do."""

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    by: str  # me, them
    what: str
    made_on: date
    due_on: date | None = None
    kept_on: date | None = None
    dropped_on: date | None = None


class Reminder(SQLModel, table=True):
    """Something to be reminded of, once, at a moment of the owner's choosing."""

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int | None = Field(
        default=None, foreign_key="contact.id", ondelete="CASCADE", index=True, sa_type=RowId
    )
    promise_id: int | None = Field(
        default=None, foreign_key="promise.id", ondelete="CASCADE", sa_type=RowId
    )
    what: str
    due_at: datetime | None = Field(default=None, index=True)  # None once it was sent
    sent_at: datetime | None = None
    done_at: datetime | None = None
    created_at: datetime


class Nudge(SQLModel, table=True):
    """One line of a weekly message: whom to reach out to and why, and what became of it."""

    __table_args__ = (UniqueConstraint("owner_id", "week", "contact_id"),)

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    week: str  # ISO week of the owner's local day, such as 2026-W12
    position: int
    kind: str  # why: one of analysis.agenda.Kind
    facts: dict[str, Any] = record()  # what the line says: numbers and the next step
    outcome: str | None = None  # talked, snoozed, less_often, left
    suggested_on: date


class NetworkSnapshot(SQLModel, table=True):
    """The network on a day, kept about once a month so that changes can be told."""

    __tablename__ = "network_snapshot"
    __table_args__ = (UniqueConstraint("owner_id", "on"),)

    id: int | None = key()
    owner_id: int = owned()
    on: date
    facts: dict[str, Any] = record()


class DeclinedPair(SQLModel, table=True):
    """Two contacts whom the owner does not want to introduce, the lower number first."""

    __tablename__ = "declined_pair"
    __table_args__ = (UniqueConstraint("owner_id", "a", "b"),)

    id: int | None = key()
    owner_id: int = owned()
    a: int = of("contact")
    b: int = of("contact")
    on: date


class Purpose(SQLModel, table=True):
    """What the owner wants the network for; one at a time is open."""

    id: int | None = key()
    owner_id: int = owned()
    what: str
    due_on: date | None = None
    every_days: int | None = None  # the norm: how often to be in touch with those in it
    give_back: str | None = None  # the norm: what they get in return
    stated_on: date
    closed_on: date | None = None
    outcome: str | None = None  # reached, dropped


class PurposeNeed(SQLModel, table=True):
    """Something a purpose needs: so many contacts who are, belong to, or offer a value."""

    __tablename__ = "purpose_need"

    id: int | None = key()
    owner_id: int = owned()
    purpose_id: int = of("purpose")
    kind: str  # person, organisation, sector, help
    value: str
    count: int = 1


class ExchangeItem(SQLModel, table=True):
    """Something a contact needs or offers; the owner, where no contact is named."""

    __tablename__ = "exchange_item"

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int | None = Field(
        default=None, foreign_key="contact.id", ondelete="CASCADE", index=True, sa_type=RowId
    )
    kind: str  # need, offer
    what: str
    noted_on: date


class Introduction(SQLModel, table=True):
    """Somebody brought to somebody: asked for, made, and what came of it.

    The introducer is a contact who brought the owner to `to_id`, or the owner (None) who brought
    the contact `whom_id` to `to_id`.
    """

    id: int | None = key()
    owner_id: int = owned()
    introducer_id: int | None = Field(
        default=None, foreign_key="contact.id", ondelete="CASCADE", index=True, sa_type=RowId
    )
    whom_id: int | None = Field(
        default=None, foreign_key="contact.id", ondelete="CASCADE", index=True, sa_type=RowId
    )
    to_id: int | None = Field(
        default=None, foreign_key="contact.id", ondelete="CASCADE", index=True, sa_type=RowId
    )
    sought: str | None = None  # whom the owner asked for, where that is nobody yet known
    asked_on: date | None = None
    made_on: date | None = None
    outcome: str | None = None
    thanked_on: date | None = None


class Cooperation(SQLModel, table=True):
    """Work done together, in one of its forms."""

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    form: str  # acquaintance, cooperation, partnership, alliance
    what: str
    began_on: date
    ended_on: date | None = None


class Suggestion(SQLModel, table=True):
    """A next step that was shown, and what became of it."""

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    batch: int = Field(default=0, index=True, sa_type=RowId)  # the first of the same message
    step: str  # key of the step's text
    about_id: int | None = Field(default=None, sa_type=BigInteger)
    facts: dict[str, Any] = record()  # what it said
    shown_on: date
    outcome: str | None = None  # done, later, declined
    answered_on: date | None = None


class StageProposal(SQLModel, table=True):
    """A move between stages that the bot proposed, with what it rests on, and the answer."""

    __tablename__ = "stage_proposal"

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    before: str
    after: str
    because: str  # evidence, faded, setback
    evidence: list[dict[str, Any]] = listing()  # the rows it rests on: shows, table, id
    considered: list[str] = listing()  # every piece that was weighed
    silent_days: int
    proposed_on: date
    accepted: bool | None = None  # None until it is answered


class Handle(SQLModel, table=True):
    """What else a contact is known by: another number or address, or a row of an imported file.

    A row of a file keeps what it said, so that a newer file changes that and nothing else.
    """

    __table_args__ = (UniqueConstraint("owner_id", "kind", "value", "contact_id"),)

    id: int | None = key()
    owner_id: int = owned()
    contact_id: int = of("contact")
    kind: str  # phone, email, row
    value: str
    said: dict[str, Any] = record()


class Apart(SQLModel, table=True):
    """Two contacts who look like one and are not, as the owner said; the lower number first."""

    __table_args__ = (UniqueConstraint("owner_id", "a", "b"),)

    id: int | None = key()
    owner_id: int = owned()
    a: int = of("contact")
    b: int = of("contact")


class Change(SQLModel, table=True):
    """One write of the owner, with what it takes to take it back."""

    id: int | None = key()
    owner_id: int = owned()
    kind: str
    names: list[str] = listing()
    steps: list[dict[str, Any]] = listing()
    made_at: datetime
    undone_at: datetime | None = None


class Question(SQLModel, table=True):
    """Something the bot asked and still waits for."""

    id: int | None = key()
    owner_id: int = owned()
    kind: str
    data: dict[str, Any] = record()
    asked_at: datetime
    expires_at: datetime


class Incoming(SQLModel, table=True):
    """The inbox: an update of Telegram's, kept before it is acknowledged.

    Once handled, only its number stays (so that it is not handled again), for a few days.
    """

    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    received_at: datetime
    handled_at: datetime | None = Field(default=None, index=True)


class Outgoing(SQLModel, table=True):
    """The outbox: a call to the Bot API that waits to be made.

    Answers go once they are sent. What must never be sent twice has a `once` name, unique for its
    owner, and stays with its state: waiting, sending, sent, or unknown (sent, perhaps).
    """

    __table_args__ = (UniqueConstraint("owner_id", "once"),)

    id: int | None = key()
    owner_id: int | None = Field(
        default=None, foreign_key="owner.id", ondelete="CASCADE", sa_type=RowId
    )
    chat_id: int = Field(sa_type=BigInteger)
    method: str
    payload: dict[str, Any] = record()
    once: str | None = None
    not_before: datetime | None = None  # it can wait until morning
    state: str = "waiting"
    created_at: datetime
