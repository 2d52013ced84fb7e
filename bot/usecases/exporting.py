"""Everything the bot keeps of an owner, in one document: the format jejaring.export, version 1."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from bot.usecases.copying import copy
from bot.usecases.exporting_exchange import exchanged
from bot.usecases.exporting_purposes import aimed
from bot.usecases.network import seen_together
from storage import contacts, interactions, owners, ties
from storage.tables import Contact, Interaction, Owner, StageMove

FORMAT, VERSION = "jejaring.export", 1
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def export(session: Session, owner_id: int, language: str, now: datetime) -> dict[str, Any]:
    """The document; contacts and interactions bear their numbers, and refer by them."""
    owner = owners.get(session, owner_id)
    if owner is None:
        raise LookupError("No such owner.")
    moves: dict[int, list[StageMove]] = {}
    for move in contacts.stage_moves(session, owner_id):
        moves.setdefault(move.contact_id, []).append(move)
    people = contacts.everyone(session, owner_id, archived=True)
    with_whom = interactions.participants(session, owner_id)
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": _moment(now),
        "settings": _settings(owner, language),
        "contacts": [_contact(each, moves.get(each.id or 0, [])) for each in people],
        "interactions": [
            _interaction(each, with_whom.get(each.id or 0, []))
            for each in interactions.everything(session, owner_id)
        ],
        "ties": _ties(session, owner_id, with_whom),
        **exchanged(session, owner_id),
        **aimed(session, owner_id),
        "rows": copy(session, owner),  # all of it once more, to be put back as it was
    }


def _settings(owner: Owner, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "organisation": owner.organisation,
        "timezone": owner.timezone,
        "weekly_day": WEEKDAYS[owner.weekly_day],
        "weekly_time": owner.weekly_time.strftime("%H:%M"),
        "quiet_line": owner.quiet_line,
        "paused": owner.paused_at is not None,
    }


def _contact(contact: Contact, moves: list[StageMove]) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "kind": contact.kind,
        "aliases": contact.aliases,
        "organisation": contact.organisation,
        "role": contact.role,
        "sector": contact.sector,
        "place": contact.place,
        "tags": contact.tags,
        "how_met": contact.how_met,
        "phone": contact.phone,
        "email": contact.email,
        "telegram_id": contact.telegram_id,
        "username": contact.username,
        "birthday": contact.birthday,
        "cadence_days": contact.cadence_days,
        "leave": contact.leave,
        "snoozed_until": contact.snoozed_until.isoformat() if contact.snoozed_until else None,
        "stage": contact.stage,
        "stage_history": [_move(move) for move in moves],
        "archived": contact.archived,
        "created_at": _moment(contact.created_at),
    }


def _move(move: StageMove) -> dict[str, Any]:
    """A move between stages; with the rows it rests on, where it was proposed on evidence."""
    told: dict[str, Any] = {"stage": move.stage, "on": move.on.isoformat(), "why": move.why}
    return {**told, "evidence": move.evidence} if move.evidence else told


def _interaction(interaction: Interaction, contact_ids: list[int]) -> dict[str, Any]:
    return {
        "id": interaction.id,
        "on": interaction.on.isoformat(),
        "contacts": contact_ids,
        "channel": interaction.channel,
        "note": interaction.note,
        "started_by": interaction.started_by,
        "created_at": _moment(interaction.created_at),
    }


def _ties(session: Session, owner_id: int, with_whom: dict[int, list[int]]) -> list[dict[str, Any]]:
    """Ties as stated, then those of contacts met together and not stated."""
    stated = ties.everything(session, owner_id)
    known = {(tie.a, tie.b) for tie in stated}
    return [{"a": tie.a, "b": tie.b, "kind": tie.kind, "source": tie.source} for tie in stated] + [
        {"a": a, "b": b, "kind": "seen_together", "source": "interactions"}
        for a, b in sorted(seen_together(with_whom) - known)
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
