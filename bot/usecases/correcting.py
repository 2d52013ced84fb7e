"""Putting the last write right: another day, another channel, another person, another spelling."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from bot.usecases.meetings import Logged
from bot.usecases.people import NewContact, named, put_contact
from storage import changes, contacts, interactions
from storage.journal import Journal
from storage.tables import Change, Contact, Interaction, Participation


def correct(
    session: Session,
    owner_id: int,
    now: datetime,
    *,
    on: date | None = None,
    channel: str | None = None,
) -> Logged | None:
    """Set the day or the channel of what was logged last; None where the last write was no log."""
    interaction = _last_logged(session, owner_id)
    if interaction is None:
        return None
    journal = Journal(session, owner_id)
    if on is not None:
        journal.update(interaction, on=on)
    if channel is not None:
        journal.update(interaction, channel=channel)
    return _close(session, journal, owner_id, interaction, (), now)


def replace_person(
    session: Session,
    owner_id: int,
    contact_ids: Sequence[int],
    newcomers: Sequence[NewContact],
    instead_of: int | None,
    today: date,
    now: datetime,
) -> Logged | None:
    """Put other people into what was logged last, in the place of one of it or of all."""
    interaction = _last_logged(session, owner_id)
    if interaction is None:
        return None
    journal = Journal(session, owner_id)
    there = interactions.participations(session, owner_id, interaction.id or 0)
    out = [each for each in there if instead_of in (None, each.contact_id)]
    if len(there) > 1 and instead_of is None:
        out = there[-1:]  # of several, nobody was named: the one said last
    for gone in out:
        journal.remove(gone)
    known = contacts.some(session, owner_id, dict.fromkeys(contact_ids))
    new = [put_contact(journal, owner_id, each, today, now) for each in newcomers]
    staying = {each.contact_id for each in there} - {each.contact_id for each in out}
    for each in [*known, *new]:
        if each.id not in staying:
            journal.add(
                Participation(
                    owner_id=owner_id, interaction_id=interaction.id or 0, contact_id=each.id or 0
                )
            )
    return _close(session, journal, owner_id, interaction, new, now)


def respell(session: Session, owner_id: int, name: str, now: datetime) -> Contact | None:
    """Spell the name of the contact added last another way; the contact, or None."""
    change = changes.latest(session, owner_id)
    contact_id = _written(change, ("contact",))
    contact = contacts.get(session, owner_id, contact_id) if contact_id else None
    if contact is None:
        return None
    journal = Journal(session, owner_id)
    journal.update(contact, name=name)
    journal.close("contact_edited", [name], now)
    return contact


def _last_logged(session: Session, owner_id: int) -> Interaction | None:
    number = _written(changes.latest(session, owner_id), ("interaction", "participation"))
    return interactions.get(session, owner_id, number) if number else None


def _written(change: Change | None, tables: tuple[str, ...]) -> int | None:
    """The number of the first row of these tables that a change wrote."""
    steps = change.steps if change else []
    return next((step["key"][0] for step in steps if step["table"] in tables), None)


def _close(
    session: Session,
    journal: Journal,
    owner_id: int,
    interaction: Interaction,
    newcomers: Sequence[Contact],
    now: datetime,
) -> Logged:
    there = interactions.participations(session, owner_id, interaction.id or 0)
    people = contacts.some(session, owner_id, [each.contact_id for each in there])
    change = journal.close("corrected", [each.name for each in people], now)
    return Logged(
        people=tuple(named(each) for each in people),
        newcomers=tuple(named(each) for each in newcomers),
        on=interaction.on,
        channel=interaction.channel,
        note=interaction.note,
        interaction_id=interaction.id or 0,
        change_id=(change.id if change else None) or 0,
    )
