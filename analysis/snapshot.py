"""The network at a date, small enough to keep, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from analysis.diagnosis import Summary
from analysis.history import Benefit

VERSION = 1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is kept of a summary; contacts by id, sorted."""

    on: date
    contacts: tuple[int, ...]
    strong: tuple[int, ...]
    brokers: tuple[int, ...]
    ties: int
    reach: int
    density: float | None
    constraint: float | None
    effective_size: float | None
    groups: tuple[str, ...]  # labels
    organisations: tuple[str, ...]  # with somebody the user is directly in touch with
    missing: tuple[Benefit, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one snapshot to a later one. Differences of figures are later less earlier.

    A difference is None where a figure was undefined on either date. Contacts added or gone do not
    count as strengthened or weakened.
    """

    days: int
    added: tuple[int, ...]
    gone: tuple[int, ...]
    strengthened: tuple[int, ...]
    weakened: tuple[int, ...]
    new_brokers: tuple[int, ...]
    ties: int
    reach: int
    density: float | None
    constraint: float | None
    effective_size: float | None
    new_groups: tuple[str, ...]
    new_organisations: tuple[str, ...]
    lost_organisations: tuple[str, ...]
    found: tuple[Benefit, ...]  # kinds of help that were missing

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed that could be told."""
        names = (self.added, self.gone, self.strengthened, self.weakened, self.new_groups)
        places = (self.new_organisations, self.lost_organisations, self.new_brokers, self.found)
        return not (any(names) or any(places) or self.ties or self.reach)


def take_snapshot(summary: Summary, on: date) -> Snapshot:
    """What to keep of a summary."""
    reach = summary.reach
    return Snapshot(
        on=on,
        contacts=tuple(sorted(a.id for a in (*summary.strong, *summary.weak))),
        strong=tuple(sorted(alter.id for alter in summary.strong)),
        brokers=tuple(sorted(broker.id for broker in summary.brokers)),
        ties=summary.ties,
        reach=len(reach.direct) + len(reach.second) + len(reach.further),
        density=summary.density,
        constraint=summary.position.constraint,
        effective_size=summary.position.effective_size,
        groups=tuple(sorted(group.label for group in summary.groups)),
        organisations=reach.organisations,
        missing=summary.benefits.missing,
    )


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """What has changed from one snapshot to the other."""
    stayed = set(before.contacts) & set(after.contacts)
    return Difference(
        days=(after.on - before.on).days,
        added=_new(before.contacts, after.contacts),
        gone=_new(after.contacts, before.contacts),
        strengthened=tuple(i for i in _new(before.strong, after.strong) if i in stayed),
        weakened=tuple(i for i in _new(after.strong, before.strong) if i in stayed),
        new_brokers=_new(before.brokers, after.brokers),
        ties=after.ties - before.ties,
        reach=after.reach - before.reach,
        density=_less(after.density, before.density),
        constraint=_less(after.constraint, before.constraint),
        effective_size=_less(after.effective_size, before.effective_size),
        new_groups=_new(before.groups, after.groups),
        new_organisations=_new(before.organisations, after.organisations),
        lost_organisations=_new(after.organisations, before.organisations),
        found=tuple(benefit for benefit in before.missing if benefit not in after.missing),
    )


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """A dictionary that json can write and `from_json` reads back unchanged."""
    fields = {name: getattr(snapshot, name) for name in Snapshot.__slots__}
    lists = {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
    return {**lists, "on": snapshot.on.isoformat(), "version": VERSION}


def from_json(kept: Mapping[str, Any]) -> Snapshot:
    """The snapshot written by `to_json`. Raises ValueError for another version."""
    if kept.get("version") != VERSION:
        raise ValueError(f"a snapshot of version {kept.get('version')} cannot be read")
    fields: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in kept.items() if k != "version"
    }
    fields["on"] = date.fromisoformat(kept["on"])
    fields["missing"] = tuple(map(Benefit, kept["missing"]))
    return Snapshot(**fields)


def _new(before: tuple[_T, ...], after: tuple[_T, ...]) -> tuple[_T, ...]:
    known = set(before)
    return tuple(each for each in dict.fromkeys(after) if each not in known)


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before
