"""The address book and the network in the formats of other programs, spreadsheets disarmed."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from storage import contacts, interactions, reminders, ties
from storage.tables import Contact, Owner

CONTACT_COLUMNS = (
    "id", "name", "kind", "organisation", "role", "sector", "place", "tags", "aliases", "how_met",
    "phone", "email", "telegram_id", "username", "birthday", "stage", "archived",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def disarmed(value: object) -> str:
    """A cell no spreadsheet takes for a formula: a text that looks like one gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_zip(session: Session, owner: Owner) -> bytes:
    """Contacts, interactions and ties as three CSV files."""
    owner_id = owner.id or 0
    people = contacts.everyone(session, owner_id, archived=True)
    with_whom = interactions.participants(session, owner_id)
    names = {each.id: each.name for each in people}
    files: dict[str, list[Any]] = {
        "contacts.csv": [
            CONTACT_COLUMNS,
            *([_cell(each, name) for name in CONTACT_COLUMNS] for each in people),
        ],
        "interactions.csv": [
            ("id", "on", "channel", "started_by", "contacts", "note"),
            *(
                (
                    each.id,
                    each.on,
                    each.channel,
                    each.started_by,
                    "; ".join(names[number] for number in with_whom.get(each.id or 0, ())),
                    each.note,
                )
                for each in interactions.everything(session, owner_id)
            ),
        ],
        "ties.csv": [
            ("a", "b", "kind", "source"),
            *(
                (names[tie.a], names[tie.b], tie.kind, tie.source)
                for tie in ties.everything(session, owner_id)
            ),
        ],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in files.items():
            archive.writestr(name, _csv(lines))
    return content.getvalue()


def vcards(session: Session, owner: Owner) -> bytes:
    """The address book as vCard 4.0 (RFC 6350)."""
    everyone = contacts.everyone(session, owner.id or 0, archived=True)
    return "".join(_vcard(each) for each in everyone).encode()


def graph(session: Session, owner: Owner, form: str) -> bytes:
    """The ties between contacts, stated or met together, as GraphML or GEXF for Gephi."""
    import networkx as nx

    from bot.usecases.network import seen_together

    owner_id = owner.id or 0
    made: Any = nx.Graph()
    for each in contacts.everyone(session, owner_id):
        made.add_node(
            each.id, label=_plain(each.name), organisation=_plain(each.organisation or ""),
            stage=each.stage, kind=each.kind,
        )  # fmt: skip
    stated = {(tie.a, tie.b): tie.kind for tie in ties.everything(session, owner_id)}
    met = seen_together(interactions.participants(session, owner_id))
    for a, b in sorted(met | set(stated)):
        if a in made and b in made:
            made.add_edge(a, b, kind=_plain(stated.get((a, b), "seen_together")))
    content = io.BytesIO()
    (nx.write_gexf if form == "gexf" else nx.write_graphml)(made, content)
    return content.getvalue()


def calendar(session: Session, owner: Owner, now: datetime) -> bytes:
    """Birthdays and reminders as iCalendar (RFC 5545)."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//Jejaring//EN")
    made.add("version", "2.0")
    for each in contacts.everyone(session, owner.id or 0):
        if each.birthday:
            month, day = map(int, each.birthday[-5:].split("-"))
            year = int(each.birthday[:4]) if each.birthday[0] != "-" else 2000
            event = icalendar.Event()
            event.add("uid", f"birthday-{each.id}@jejaring")
            event.add("summary", f"🎂 {each.name}")
            event.add("dtstart", datetime(year, month, day, tzinfo=UTC).date())
            event.add("rrule", {"freq": "yearly"})
            event.add("dtstamp", now)
            made.add_component(event)
    for reminder in reminders.open_ones(session, owner.id or 0):
        event = icalendar.Event()
        event.add("uid", f"reminder-{reminder.id}@jejaring")
        event.add("summary", reminder.what)
        event.add("dtstart", reminder.due_at or reminder.sent_at)
        event.add("dtstamp", now)
        made.add_component(event)
    return bytes(made.to_ical())


def _cell(contact: Contact, name: str) -> object:
    value = getattr(contact, name)
    return "; ".join(value) if isinstance(value, list) else value


def _csv(lines: list[Any]) -> str:
    content = io.StringIO()
    csv.writer(content).writerows([disarmed(cell) for cell in line] for line in lines)
    return "\ufeff" + content.getvalue()  # a mark without which spreadsheets guess the encoding


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(each for each in text if each.isprintable() or each in "\t\n")


def _vcard(contact: Contact) -> str:
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:jejaring-{contact.id}",
        f"FN:{_escape(contact.name)}",
    ]
    if contact.kind == "organisation":
        lines.append("KIND:org")
    told = {
        "ORG": contact.organisation,
        "TITLE": contact.role,
        "EMAIL": contact.email,
        "NOTE": contact.how_met,
    }
    lines += [f"{name}:{_escape(value)}" for name, value in told.items() if value]
    if contact.phone:
        lines.append(f"TEL;VALUE=text:{_escape(contact.phone)}")
    if contact.username:
        lines.append(f"IMPP:https://t.me/{_escape(contact.username)}")
    if contact.birthday:
        year, month, day = contact.birthday[:-6] or "-", *contact.birthday[-5:].split("-")
        lines.append(f"BDAY:{'--' if year == '-' else year}{month}{day}")
    if contact.aliases:
        lines.append(f"NICKNAME:{','.join(_escape(each) for each in contact.aliases)}")
    if contact.tags:
        lines.append(f"CATEGORIES:{','.join(_escape(each) for each in contact.tags)}")
    return "".join(_fold(line) for line in [*lines, "END:VCARD"])


def _escape(text: str) -> str:
    for mark in ("\\", ",", ";"):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    """At most 75 bytes a line, no letter cut in two (RFC 6350, 3.2)."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"
