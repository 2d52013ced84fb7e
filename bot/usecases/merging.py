"""Contacts that are one person twice: found, put together, or kept apart for good."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from sqlmodel import Session, SQLModel

from bot.imports.cleaning import fold
from bot.usecases.importing import reading_for
from bot.usecases.matching import accounts_of
from bot.usecases.people import Named, named
from bot.usecases.stages import STAGES
from storage import contacts, handles, owned
from storage.journal import Journal
from storage.tables import Apart, Contact, Handle, Owner, Participation, StageMove

ALIKE_FROM = 0.84  # of two names at one organisation, as difflib's ratio; 'Sri' and 'Siti' are not
MOST_ALIKE = 40  # people of one organisation whose names are compared
FILLED = (
    "organisation", "role", "sector", "place", "how_met", "phone", "email", "telegram_id",
    "username", "birthday", "birthday_due_at", "language", "cadence_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one; `same` says what they share."""

    one: Contact
    other: Contact
    same: str  # phone, email, telegram, username, name


@dataclass(frozen=True, slots=True)
class Merged:
    kept: Named
    gone: str
    change_id: int


def pairs(session: Session, owner: Owner) -> list[Pair]:
    """Likely duplicates, the surest first; those the owner kept apart are left out."""
    owner_id = owner.id or 0
    everyone = contacts.everyone(session, owner_id)
    apart = {(row.a, row.b) for row in owned.rows(session, owner_id, Apart)}  # type: ignore[attr-defined]
    found: dict[tuple[int, int], Pair] = {}
    for one, other, same in (*_by_account(session, owner, everyone), *_by_name(everyone)):
        key = (one.id or 0, other.id or 0)
        if key not in apart:
            found.setdefault(key, Pair(one, other, same))
    return list(found.values())


def merge(session: Session, owner_id: int, kept: Contact, gone: Contact, now: datetime) -> Merged:
    """Make two contacts one: all that is on record of the second goes to the first."""
    journal = Journal(session, owner_id)
    into, out_of = kept.id or 0, gone.id or 0
    for model in owned.models():
        for column, table in owned.references(model).items():
            if table == "contact" and model is not StageMove:
                _move(session, journal, owner_id, model, column, into, out_of)
    for move in contacts.stage_moves(session, owner_id, out_of):
        journal.update(move, contact_id=into)
    values: dict[str, Any] = {
        name: getattr(gone, name)
        for name in FILLED
        if getattr(gone, name) is not None and getattr(kept, name) is None
    }
    names = [*kept.aliases, gone.name, *gone.aliases]
    others = [each for each in dict.fromkeys(names) if fold(each) != fold(kept.name)]
    values |= {"aliases": others, "tags": list(dict.fromkeys([*kept.tags, *gone.tags]))}
    values["stage"] = max(kept.stage, gone.stage, key=list(STAGES).index)
    _keep_numbers(session, journal, owner_id, kept, gone)
    journal.update(kept, **values)
    session.flush()
    name = gone.name
    journal.remove(gone)
    change = journal.close("merged", [kept.name, name], now)
    assert change is not None  # noqa: S101 - a row was removed
    return Merged(named(kept), name, change.id or 0)


def keep_apart(
    session: Session, owner_id: int, one: Contact, other: Contact, now: datetime
) -> int | None:
    """Remember that these are two people. The change's number."""
    journal = Journal(session, owner_id)
    a, b = sorted((one.id or 0, other.id or 0))
    if not any((row.a, row.b) == (a, b) for row in owned.rows(session, owner_id, Apart)):  # type: ignore[attr-defined]
        journal.add(Apart(owner_id=owner_id, a=a, b=b))
    change = journal.close("kept_apart", [one.name, other.name], now)
    return change.id if change else None


def _by_account(
    session: Session, owner: Owner, everyone: list[Contact]
) -> Iterator[tuple[Contact, Contact, str]]:
    region = reading_for(owner, owner.created_at.date()).region
    known = {each.id: each for each in everyone}
    bearers: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for contact in everyone:
        for account in accounts_of(contact, region):
            bearers[account][contact.id or 0] = None
    for handle in handles.everything(session, owner.id or 0):
        if handle.kind != "row" and handle.contact_id in known:
            bearers[handle.kind, handle.value][handle.contact_id] = None
    for (kind, _), numbers in bearers.items():
        for one, other in combinations(sorted(numbers)[:MOST_ALIKE], 2):
            yield known[one], known[other], kind


def _by_name(everyone: list[Contact]) -> Iterator[tuple[Contact, Contact, str]]:
    """The same name; or a similar one at the same organisation."""
    same: dict[str, list[Contact]] = defaultdict(list)
    where: dict[str, list[Contact]] = defaultdict(list)
    for contact in everyone:
        same[fold(contact.name)].append(contact)
        if contact.organisation:
            where[fold(contact.organisation)].append(contact)
    for bearers in same.values():
        for one, other in combinations(bearers[:MOST_ALIKE], 2):
            yield one, other, "name"
    for people in where.values():
        for one, other in combinations(people[:MOST_ALIKE], 2):
            if SequenceMatcher(None, fold(one.name), fold(other.name)).ratio() >= ALIKE_FROM:
                yield one, other, "name"


def _move(
    session: Session,
    journal: Journal,
    owner_id: int,
    model: type[SQLModel],
    column: str,
    into: int,
    out_of: int,
) -> None:
    """The rows of a table about one contact become rows about another; none twice."""
    rows = list(owned.rows(session, owner_id, model))
    for row in [each for each in rows if getattr(each, column) == out_of]:
        if isinstance(row, Participation):
            journal.remove(row)
            if not any(_is_there(each, row, into) for each in rows):
                number = row.interaction_id
                journal.add(
                    Participation(owner_id=owner_id, interaction_id=number, contact_id=into)
                )
            continue
        values = {column: into}
        if {"a", "b"} <= set(type(row).model_fields):
            ends = {row.a, row.b} - {out_of} | {into}  # type: ignore[attr-defined]
            if len(ends) < 2:  # a tie to oneself
                journal.remove(row)
                continue
            values = dict(zip(("a", "b"), sorted(ends), strict=True))
        if _repeats(model, row, values, rows):
            journal.remove(row)
        else:
            journal.update(row, **values)


def _is_there(each: SQLModel, row: Participation, into: int) -> bool:
    return (
        isinstance(each, Participation)
        and each.interaction_id == row.interaction_id
        and each.contact_id == into
    )


def _repeats(
    model: type[SQLModel], row: SQLModel, values: dict[str, int], rows: list[SQLModel]
) -> bool:
    """Whether the row, changed like this, says what may be said once only."""
    for columns in owned.unique_keys(model):
        wanted = tuple(values.get(column, getattr(row, column)) for column in columns)
        for each in rows:
            if each is not row and tuple(getattr(each, name) for name in columns) == wanted:
                return True
    return False


def _keep_numbers(
    session: Session, journal: Journal, owner_id: int, kept: Contact, gone: Contact
) -> None:
    """A second number or address stays known."""
    held = {(each.kind, each.value) for each in handles.of_contact(session, owner_id, kept.id or 0)}
    for kind in ("phone", "email"):
        value = getattr(gone, kind)
        if value and getattr(kept, kind) not in (None, value) and (kind, value) not in held:
            journal.add(Handle(owner_id=owner_id, contact_id=kept.id or 0, kind=kind, value=value))
