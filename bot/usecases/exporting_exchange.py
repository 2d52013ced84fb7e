"""The part of the export about give and take: favours, promises, exchange, introductions."""

from datetime import date
from typing import Any

from sqlmodel import Session

from storage import exchange, favours, introductions
from storage.tables import Cooperation, ExchangeItem, Favour, Introduction, Promise


def exchanged(session: Session, owner_id: int) -> dict[str, Any]:
    """Arrays of records; contacts are referred to by number, the owner is null."""
    items = exchange.everything(session, owner_id)
    return {
        "favours": [_favour(row) for row in favours.favours(session, owner_id)],
        "promises": [_promise(row) for row in favours.promises(session, owner_id)],
        "needs": [_item(row) for row in items if row.kind == "need"],
        "offers": [_item(row) for row in items if row.kind == "offer"],
        "introductions": [_door(row) for row in introductions.everything(session, owner_id)],
        "cooperations": [
            _cooperation(row) for row in introductions.cooperations(session, owner_id)
        ],
    }


def _favour(row: Favour) -> dict[str, Any]:
    return {
        "id": row.id,
        "contact": row.contact_id,
        "on": row.on.isoformat(),
        "direction": row.direction,
        "what": row.what,
        "kind": row.kind,
        "thanked_on": _day(row.thanked_on),
    }


def _promise(row: Promise) -> dict[str, Any]:
    return {
        "id": row.id,
        "contact": row.contact_id,
        "by": row.by,
        "what": row.what,
        "made_on": row.made_on.isoformat(),
        "due_on": _day(row.due_on),
        "kept_on": _day(row.kept_on),
        "dropped_on": _day(row.dropped_on),
    }


def _item(row: ExchangeItem) -> dict[str, Any]:
    return {
        "id": row.id,
        "contact": row.contact_id,
        "what": row.what,
        "noted_on": row.noted_on.isoformat(),
    }


def _door(row: Introduction) -> dict[str, Any]:
    return {
        "id": row.id,
        "introducer": row.introducer_id,
        "whom": row.whom_id,
        "to": row.to_id,
        "sought": row.sought,
        "asked_on": _day(row.asked_on),
        "made_on": _day(row.made_on),
        "outcome": row.outcome,
        "thanked_on": _day(row.thanked_on),
    }


def _cooperation(row: Cooperation) -> dict[str, Any]:
    return {
        "id": row.id,
        "contact": row.contact_id,
        "form": row.form,
        "what": row.what,
        "began_on": row.began_on.isoformat(),
        "ended_on": _day(row.ended_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
