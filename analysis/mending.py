"""Ties to mend: where one warmer tie would give the user most of the network back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.cuts import Keystone
from analysis.groups import Group
from analysis.network import Alter


class MendReason(StrEnum):
    NO_STRONG_TIE = "no_strong_tie"  # the user has no strong tie into this contact's group
    HOLDS_OTHERS = "holds_others"  # others are reached over this contact only


@dataclass(frozen=True, slots=True)
class Mend:
    """A contact to whom the tie should be stronger; `opens` others come closer with it.

    `group` is the place of the contact's group in the list given, None for a keystone.
    """

    id: int
    reason: MendReason
    opens: int
    group: int | None = None


def find_mends(
    alters: Mapping[int, Alter],
    groups: Sequence[Group],
    keystones: Sequence[Keystone],
    *,
    strong_from: float,
    most: int = 5,
) -> tuple[Mend, ...]:
    """One contact a group without a strong tie, the strongest in it, and the weak keystones.

    Those who open most first, ties broken by id; a contact is named once.
    """
    found = [
        Mend(keystone.id, MendReason.HOLDS_OTHERS, len(keystone.lost))
        for keystone in keystones
        if alters[keystone.id].strength < strong_from
    ]
    for place, group in enumerate(groups):
        nearest = min(group.members, key=lambda i: (-alters[i].strength, i != group.central, i))
        if alters[nearest].strength < strong_from:
            opens = len(group.members) - 1
            found.append(Mend(nearest, MendReason.NO_STRONG_TIE, opens, place))
    best: dict[int, Mend] = {}
    for mend in sorted(found, key=lambda mend: (-mend.opens, mend.id)):
        best.setdefault(mend.id, mend)
    return tuple(best.values())[:most]
