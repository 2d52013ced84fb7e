"""Importing a file that was read: what it would bring, and bringing it in, as one change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.imports.records import Happening, Parsed, Person, Reading, Reason, Refused, Source
from bot.usecases.copying import put_back
from bot.usecases.import_rows import ImportRows, said
from bot.usecases.matching import Certainty, Directory
from bot.usecases.people import Named
from storage import interactions, ties
from storage.journal import Journal
from storage.tables import Owner

EXAMPLES = 5
NAMES_KEPT = 3
COUNTED = ("contact", "interaction", "tie", "stage_move", "participation")


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody who may be one of the owner's contacts."""

    name: str
    organisation: str | None
    alike: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring."""

    source: str
    rows: int
    new: int
    known: int
    updated: int  # of those known, who would be changed
    unclear: int
    happenings: int
    happenings_known: int
    ties: int
    newcomers: tuple[str, ...]
    questions: tuple[Unclear, ...]
    refused: tuple[Refused, ...]
    others: int = 0  # favours, promises, reminders …, of our own export

    @property
    def is_news(self) -> bool:
        news = (self.new, self.updated, self.unclear, self.happenings, self.ties, self.others)
        return any(news)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought. No change where it said nothing new."""

    new: int
    updated: int
    unclear: int  # left out
    happenings: int
    ties: int
    change_id: int | None


def reading_for(
    owner: Owner, today: date, names: Sequence[str] = (), me: str | None = None
) -> Reading:
    """What a reader has to know of the owner."""
    from babel.core import get_global

    region = get_global("zone_territories").get(owner.timezone)
    return Reading(today=today, timezone=owner.timezone, region=region, names=tuple(names), me=me)


def preview(session: Session, owner: Owner, parsed: Parsed, reading: Reading) -> Preview:
    """Look, and write nothing."""
    plan = _Plan(session, owner, parsed, reading, add_unclear=True)
    return Preview(
        source=parsed.source.value,
        rows=parsed.rows,
        new=len(plan.new),
        known=len(plan.known),
        updated=sum(1 for person, number in plan.known if plan.changes(person, number)),
        unclear=len(plan.unclear),
        happenings=len(plan.happenings),
        happenings_known=len(parsed.happenings) - len(plan.happenings),
        ties=len(plan.ties),
        newcomers=tuple(person.name for person in plan.new[:EXAMPLES]),
        questions=tuple(
            Unclear(
                person.name,
                person.organisation,
                tuple(plan.directory.named(number) for number in alike[:2]),
            )
            for person, alike in plan.unclear[:EXAMPLES]
        ),
        refused=parsed.refused,
    )


def bring_in(
    session: Session,
    owner: Owner,
    parsed: Parsed,
    reading: Reading,
    now: datetime,
    *,
    add_unclear: bool = False,
) -> Imported:
    """Bring a file in as one change. The same file a second time brings nothing."""
    plan = _Plan(session, owner, parsed, reading, add_unclear=add_unclear)
    journal = Journal(session, owner.id or 0)
    newcomers = plan.new + [person for person, _ in plan.unclear if add_unclear]
    write = ImportRows(session, journal, owner, plan.directory, now)
    numbers = write.newcomers(newcomers, reading.today)
    updated = sum(
        write.known(person, number, plan.changes(person, number)) for person, number in plan.known
    )
    write.handles()
    who = {key: numbers.get(key, each) for key, each in plan.who.items()}
    write.happenings(plan.happenings, who)
    write.ties([(numbers.get(a, a), numbers.get(b, b), kind) for a, b, kind in plan.ties])
    names = [person.name for person in newcomers[:NAMES_KEPT]]
    names = names or [person.name for person, _ in plan.known[:NAMES_KEPT]]
    change = journal.close("imported", names, now)
    return Imported(
        new=len(newcomers),
        updated=updated,
        unclear=0 if add_unclear else len(plan.unclear),
        happenings=len(plan.happenings),
        ties=len(plan.ties),
        change_id=change.id if change else None,
    )


class _Plan:
    """What of a file is new. People stand for contacts by number, newcomers by their key."""

    def __init__(
        self,
        session: Session,
        owner: Owner,
        parsed: Parsed,
        reading: Reading,
        *,
        add_unclear: bool,
    ) -> None:
        self.directory = Directory(session, owner.id or 0, reading.region)
        self.new: list[Person] = []
        self.known: list[tuple[Person, int]] = []
        self.unclear: list[tuple[Person, tuple[int, ...]]] = []
        self.who: dict[str, int | str] = {}
        for person in parsed.people:
            match = self.directory.match(person)
            if match.certainty is Certainty.KNOWN:
                self.known.append((person, match.contact_ids[0]))
                self.who[person.key] = match.contact_ids[0]
            elif match.certainty is Certainty.NEW:
                self.new.append(person)
                self.who[person.key] = person.key
            else:
                self.unclear.append((person, match.contact_ids))
                if add_unclear:
                    self.who[person.key] = person.key
        self.happenings = self._new_happenings(session, owner.id or 0, parsed)
        self.ties = self._new_ties(session, owner.id or 0, parsed)

    def changes(self, person: Person, number: int) -> dict[str, Any]:
        """What a known contact learns: what was not known, and what the file itself said before."""
        contact = self.directory.contacts[number]
        before = self.directory.rows.get(person.key, (0, {}))[1]
        told = said(person)
        changes: dict[str, Any] = {
            field: value
            for field, value in told.items()
            if value != getattr(contact, field)
            and (not getattr(contact, field) or before.get(field) == getattr(contact, field))
            and value
        }
        if person.telegram_id is not None and contact.telegram_id is None:
            changes["telegram_id"] = person.telegram_id
        for field in ("tags", "aliases"):
            held = getattr(contact, field)
            more = [each for each in getattr(person, field) if each not in held]
            if more and not before:
                changes[field] = [*held, *more]
        return changes

    def _new_happenings(self, session: Session, owner_id: int, parsed: Parsed) -> list[Happening]:
        """Those not on record: no contact on that day, by that channel, with all of them."""
        held: dict[tuple[date, str], list[set[int | str]]] = defaultdict(list)
        people: dict[int, set[int | str]] = defaultdict(set)
        for number, on, channel, _, _, who in interactions.with_participants(session, owner_id):
            if number not in people:
                held[on, channel].append(people[number])
            people[number].add(who)
        result = []
        for each in parsed.happenings:
            who_all = {self.who[key] for key in each.people if key in self.who}
            if who_all and not any(who_all <= one for one in held[each.on, each.channel]):
                held[each.on, each.channel].append(who_all)
                result.append(each)
        return result

    def _new_ties(
        self, session: Session, owner_id: int, parsed: Parsed
    ) -> list[tuple[int | str, int | str, str]]:
        held: set[frozenset[int | str]] = {
            frozenset((tie.a, tie.b)) for tie in ties.everything(session, owner_id)
        }
        result = []
        for tie in parsed.ties:
            a, b = self.who.get(tie.a), self.who.get(tie.b)
            if a is None or b is None or a == b:
                continue
            if frozenset((a, b)) not in held:  # two of the file may be one contact
                held.add(frozenset((a, b)))
                result.append((a, b, tie.kind))
        return result


def preview_copy(session: Session, owner: Owner, document: object, now: datetime) -> Preview:
    """What our own export would bring: put in, counted, and taken out again."""
    trial = session.begin_nested()
    result = put_back(session, owner, _rows_of(document), now)
    trial.rollback()
    session.expire_all()
    counts, left_out = result.counts, result.refused
    return Preview(
        source=Source.OWN.value,
        rows=sum(counts.values()) + result.known + left_out,
        new=counts["contact"],
        known=0,
        updated=0,
        unclear=0,
        happenings=counts["interaction"],
        happenings_known=0,
        ties=counts["tie"],
        newcomers=tuple(result.names[:EXAMPLES]),
        questions=(),
        refused=(Refused(Reason.BROKEN, left_out, ()),) if left_out else (),
        others=sum(counts.values()) - sum(counts[each] for each in COUNTED),
    )


def bring_copy(session: Session, owner: Owner, document: object, now: datetime) -> Imported:
    """Put our own export back."""
    result = put_back(session, owner, _rows_of(document), now)
    return Imported(
        new=result.counts["contact"],
        updated=0,
        unclear=0,
        happenings=result.counts["interaction"],
        ties=result.counts["tie"],
        change_id=result.change_id,
    )


def _rows_of(document: object) -> object:
    return document.get("rows") if isinstance(document, dict) else None
