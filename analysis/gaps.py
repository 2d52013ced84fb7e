"""What is missing on record before a measure means anything: log this first, no verdict yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.network import Alter


class Part(StrEnum):
    """The parts of the summary that need a minimum of data."""

    STRENGTH = "strength"  # strong and weak ties
    STRUCTURE = "structure"  # density, pieces, groups, brokers, keystones
    POSITION = "position"  # constraint and the like
    VARIETY = "variety"
    BALANCE = "balance"  # inside against outside
    BENEFITS = "benefits"


class Record(StrEnum):
    """What to log more of."""

    CONTACTS = "contacts"
    MEETINGS = "meetings"
    TIES = "ties"  # between contacts: stated, or from events attended together
    ORGANISATIONS = "organisations"
    SIDES = "sides"  # whether a contact is inside the user's organisation
    FAVOURS = "favours"


NEEDED = {
    (Part.STRENGTH, Record.MEETINGS): 3,
    (Part.STRUCTURE, Record.CONTACTS): 5,
    (Part.STRUCTURE, Record.TIES): 4,
    (Part.POSITION, Record.MEETINGS): 5,
    (Part.POSITION, Record.TIES): 3,
    (Part.VARIETY, Record.ORGANISATIONS): 5,
    (Part.BALANCE, Record.SIDES): 5,
    (Part.BENEFITS, Record.FAVOURS): 3,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that has to wait: `have` of the `need` records of this sort are there."""

    part: Part
    record: Record
    have: int
    need: int


def find_gaps(alters: Sequence[Alter], ties: int, favours: int) -> tuple[Gap, ...]:
    """Every part that cannot be judged yet with the first thing to log for it, in part order.

    With fewer ties than that, contacts who know each other look like contacts who do not: the
    record is open, not the network. The numbers are ours.
    """
    have = {
        Record.CONTACTS: len(alters),
        Record.MEETINGS: sum(alter.strength > 0 for alter in alters),
        Record.TIES: ties,
        Record.ORGANISATIONS: sum(bool(alter.organisation) for alter in alters),
        Record.SIDES: sum(alter.inside is not None for alter in alters),
        Record.FAVOURS: favours,
    }
    gaps: dict[Part, Gap] = {}
    for (part, record), need in NEEDED.items():
        if have[record] < need:
            gaps.setdefault(part, Gap(part, record, have[record], need))
    return tuple(gaps.values())
