"""What the map shows: which contacts, in which groups, with which ties."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import cast
from zlib import crc32

from sqlmodel import Session

from analysis.groups import Shared, communities, name_groups
from analysis.network import ORGANISATION, Alter, Neighbours, connect, edges
from analysis.strength import STRONG_FROM
from bot.map import STAGES, Dot, Line
from bot.map.scene import Stage
from bot.usecases.network import network
from bot.usecases.standing import Standing, stand
from storage import contacts
from storage.tables import Contact, Owner

PLAIN = ("all", "fading", "strong")


@dataclass(frozen=True, slots=True)
class Show:
    """Which part of the network: `kind` is all, fading, strong, stage, around or group.

    `value` is a stage, a contact's number, or the mark of an organisation or tag.
    """

    kind: str = "all"
    value: str = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.value}" if self.value else self.kind

    @property
    def contact_id(self) -> int | None:
        return int(self.value) if self.kind == "around" else None


@dataclass(frozen=True, slots=True)
class Grouping:
    """An organisation or a tag, with how many contacts bear it; `mark` stands on buttons."""

    label: str
    size: int

    @property
    def mark(self) -> str:
        return mark(self.label)


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, and the facts for the sentence below it."""

    show: Show
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, int], ...]  # largest first
    label: str | None  # of the organisation, tag, or person it is about
    known: int  # contacts in all

    @property
    def strong(self) -> int:
        return sum(dot.strength >= STRONG_FROM for dot in self.dots)

    @property
    def fading(self) -> int:
        return sum(dot.fading for dot in self.dots)


def read_show(text: str) -> Show | None:
    """From a button; None for what no button of ours says."""
    kind, _, value = text.partition(".")
    valid = {
        "stage": value in STAGES,
        "around": value.isdecimal(),
        "group": len(value) == 8 and value.isalnum(),
    }
    return Show(kind, value) if valid.get(kind, kind in PLAIN and not value) else None


def mark(label: str) -> str:
    """A short name for an organisation or a tag, which fits on a button."""
    return f"{crc32(label.casefold().encode()):08x}"


def groupings(session: Session, owner_id: int) -> list[Grouping]:
    """Organisations and tags, commonest first, then by name."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for contact in contacts.everyone(session, owner_id):
        for label in dict.fromkeys(_labels(contact)):
            counts[label.casefold()] += 1
            labels.setdefault(label.casefold(), label)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Grouping(labels[folded], size) for folded, size in ranked]


def find_grouping(session: Session, owner_id: int, words: str) -> Grouping | None:
    """The organisation or tag of that name."""
    wanted = words.casefold()
    found = (
        each
        for each in groupings(session, owner_id)
        if each.label.casefold() in (wanted, f"#{wanted}")
    )
    return next(found, None)


def has_contacts(session: Session, owner_id: int) -> bool:
    return bool(contacts.entries(session, owner_id))


def chart(session: Session, owner: Owner, today: date, show: Show) -> Chart:
    """The part of the network to show. Without any contact in it, there are no dots."""
    standings = stand(session, owner, today)
    graph = connect(*network(session, owner, standings))
    chosen = {each.contact.id or 0 for each in standings.everybody if _is_shown(each, show, graph)}
    grouped = _groups(standings.everybody, graph)
    dots = tuple(
        _dot(each, grouped.get(each.contact.id or 0))
        for each in standings.everybody
        if each.contact.id in chosen
    )
    lines = tuple(
        Line(a, b, min(strength, 1.0))
        for a, b, strength in edges(graph)
        if a in chosen and b in chosen
    )
    sizes = Counter(dot.group for dot in dots if dot.group)
    return Chart(
        show=show,
        dots=dots,
        lines=lines,
        groups=tuple(sorted(sizes.items(), key=lambda item: (-item[1], item[0]))),
        label=_label(standings.everybody, show),
        known=len(standings.everybody),
    )


def _is_shown(standing: Standing, show: Show, graph: Neighbours) -> bool:
    contact = standing.contact
    match show.kind:
        case "fading":
            return standing.is_fading
        case "strong":
            return standing.strength.strong
        case "stage":
            return contact.stage == show.value
        case "around":
            return show.contact_id in (contact.id, *graph.get(contact.id or 0, ()))
        case "group":
            return any(mark(label) == show.value for label in _labels(contact))
    return True


def _label(everybody: tuple[Standing, ...], show: Show) -> str | None:
    if show.kind == "around":
        people = (each.contact for each in everybody if each.contact.id == show.contact_id)
        return next((contact.name for contact in people), None)
    if show.kind == "group":
        labels = (label for each in everybody for label in _labels(each.contact))
        return next((label for label in labels if mark(label) == show.value), None)
    return None


def _labels(contact: Contact) -> list[str]:
    own = [contact.organisation] if contact.organisation else []
    if contact.kind == ORGANISATION:
        own.append(contact.name)
    return [*own, *(f"#{tag}" for tag in contact.tags)]


def _groups(everybody: tuple[Standing, ...], graph: Neighbours) -> dict[int, str]:
    """Each contact's sector: the organisation where others share it, else the circle they are
    tied in, else a shared tag, else the organisation."""
    people = [each.contact for each in everybody]
    shared = Counter(label for contact in people for label in dict.fromkeys(_labels(contact)))
    circles = _circles(people, graph)
    result: dict[int, str] = {}
    for contact in people:
        own = sorted(_labels(contact), key=lambda label: (label.startswith("#"), -shared[label]))
        houses = [label for label in own if not label.startswith("#")]
        common = [label for label in own if shared[label] > 1]
        circle = circles.get(contact.id or 0)
        best = [label for label in houses if label in common] or ([circle] if circle else [])
        if label := next(iter(best or common or houses), None):
            result[contact.id or 0] = label
    return result


def _circles(people: list[Contact], graph: Neighbours) -> dict[int, str]:

    alters = {
        each.id or 0: Alter(each.id or 0, each.name, each.organisation, tags=tuple(each.tags))
        for each in people
    }
    groups = name_groups(graph, alters, communities(graph))
    return {
        member: f"#{group.label}" if group.shared is Shared.TAG else group.label
        for group in groups
        if group.shared is not Shared.MEMBER
        for member in group.members
    }


def _dot(standing: Standing, group: str | None) -> Dot:
    contact = standing.contact
    return Dot(
        id=contact.id or 0,
        name=contact.name,
        group=group,
        strength=standing.strength.value,
        stage=cast(Stage, contact.stage),
        fading=standing.is_fading,
    )
