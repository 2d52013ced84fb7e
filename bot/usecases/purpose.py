"""A purpose: stated, designed, grown, and what the network did for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from analysis.cuts import LIVING
from analysis.exchange import Item, match
from analysis.history import Benefit, Direction
from analysis.purpose import (
    Deed,
    DeedKind,
    Need,
    NeedKind,
    Place,
    Progress,
    Report,
    fill_places,
    judge_progress,
    report_deeds,
)
from analysis.stages import Stage
from analysis.strength import STRONG_FROM
from bot.usecases.network import read_network
from bot.usecases.people import Named
from storage import contacts, exchange, favours, introductions, purposes
from storage.journal import Journal
from storage.tables import Owner, Purpose, PurposeNeed

KINDS = tuple(kind.value for kind in NeedKind)
HELP = tuple(benefit.value for benefit in Benefit)
RHYTHMS = (14, 30, 90)
OUTCOMES = ("reached", "dropped")
MOST_NEEDS = 8
MOST_COUNT = 20
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Aim:
    """An open purpose as it stands today; `places` in the order of the needs."""

    purpose: Purpose
    need_ids: tuple[int, ...]
    places: tuple[Place, ...]
    progress: Progress
    month: Report  # the last thirty days
    whole: Report  # since it was stated
    names: Mapping[int, Named]


def current(session: Session, owner_id: int) -> Purpose | None:
    return purposes.current(session, owner_id)


def read_aim(session: Session, owner: Owner, today: date) -> Aim | None:
    """The open purpose, measured on the network; None where there is none."""
    owner_id = owner.id or 0
    purpose = purposes.current(session, owner_id)
    if purpose is None:
        return None
    rows = purposes.needs(session, owner_id, purpose.id or 0)
    needs = [Need(NeedKind(row.kind), row.value, row.count) for row in rows]
    network = read_network(session, owner, today)
    offers = _offers(session, owner_id, needs)
    alters = [
        # somebody only known of does not fill a place, but may be reached over others
        each if each.strength >= LIVING else replace(each, strength=0.0)
        for each in network.alters
    ]
    places = fill_places(network.connect(), alters, needs, offers, strong_from=STRONG_FROM)
    deeds = _deeds(session, owner_id, purpose, places)
    progress = judge_progress(
        stated=True,
        norms=bool(purpose.every_days and purpose.give_back),
        places=places,
        deeds=deeds,
    )
    return Aim(
        purpose=purpose,
        need_ids=tuple(row.id or 0 for row in rows),
        places=places,
        progress=progress,
        month=report_deeds(deeds, today - MONTH, today),
        whole=report_deeds(deeds, purpose.stated_on, today),
        names=network.names,
    )


def state(
    session: Session, owner_id: int, what: str, due_on: date | None, today: date, now: datetime
) -> Purpose:
    journal = Journal(session, owner_id)
    purpose = journal.add(Purpose(owner_id=owner_id, what=what, due_on=due_on, stated_on=today))
    journal.close("purpose_stated", [what], now)
    return purpose


def change(
    session: Session, owner_id: int, purpose: Purpose, now: datetime, **values: object
) -> None:
    """Set the deadline, a norm, or how it ended."""
    journal = Journal(session, owner_id)
    journal.update(purpose, **values)
    journal.close("purpose_changed", [purpose.what], now)


def add_need(session: Session, owner_id: int, purpose: Purpose, need: Need, now: datetime) -> bool:
    """Whether it was added: there is a limit, and the same need is not kept twice."""
    known = purposes.needs(session, owner_id, purpose.id or 0)
    same = any(
        row.kind == need.kind.value and row.value.casefold() == need.value.casefold()
        for row in known
    )
    if same or len(known) >= MOST_NEEDS:
        return False
    journal = Journal(session, owner_id)
    journal.add(
        PurposeNeed(
            owner_id=owner_id,
            purpose_id=purpose.id or 0,
            kind=need.kind.value,
            value=need.value,
            count=need.count,
        )
    )
    journal.close("purpose_changed", [purpose.what], now)
    return True


def drop_need(
    session: Session, owner_id: int, purpose: Purpose, need_id: int, now: datetime
) -> bool:
    """Whether the purpose had a need of that number."""
    row = purposes.need(session, owner_id, need_id)
    if row is None or row.purpose_id != purpose.id:
        return False
    journal = Journal(session, owner_id)
    journal.remove(row)
    journal.close("purpose_changed", [purpose.what], now)
    return True


def _offers(session: Session, owner_id: int, needs: Sequence[Need]) -> dict[int, set[str]]:
    """Who offers the help that is needed: has given it before, or was noted to offer it."""
    offers: dict[int, set[str]] = {}
    for favour in favours.favours(session, owner_id):
        if favour.kind and favour.direction != Direction.GIVEN:
            offers.setdefault(favour.contact_id, set()).add(favour.kind)
    wanted = [
        Item(place, None, need.value)
        for place, need in enumerate(needs)
        if need.kind is NeedKind.HELP and need.value not in HELP
    ]
    offered = [
        Item(row.id or 0, row.contact_id, row.what)
        for row in exchange.everything(session, owner_id)
        if row.kind == "offer" and row.contact_id is not None
    ]
    for found in match(wanted, offered) if wanted and offered else ():
        if found.offer.holder is not None:
            offers.setdefault(found.offer.holder, set()).add(found.need.text)
    return offers


def _deeds(
    session: Session, owner_id: int, purpose: Purpose, places: Sequence[Place]
) -> list[Deed]:
    """What those in its places did since it was stated: help, doors opened, deals."""
    fitting = {number for place in places for number in (*place.filled_by, *place.candidates)}
    deeds = [
        Deed(row.on, DeedKind.FAVOUR, row.contact_id, Benefit(row.kind) if row.kind else None)
        for row in favours.favours(session, owner_id)
        if row.contact_id in fitting and row.direction != Direction.GIVEN
    ]
    deeds += [
        Deed(row.made_on, DeedKind.INTRODUCTION, row.introducer_id)
        for row in introductions.everything(session, owner_id)
        if row.made_on and row.introducer_id and {row.introducer_id, row.to_id} & fitting
    ]
    deeds += [
        Deed(move.on, DeedKind.DEAL, move.contact_id)
        for move in contacts.stage_moves(session, owner_id)
        if move.contact_id in fitting and move.stage == Stage.BUY.value
    ]
    return [deed for deed in deeds if deed.on >= purpose.stated_on]
