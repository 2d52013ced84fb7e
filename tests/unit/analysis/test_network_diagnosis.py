"""The summary as a whole, what to log first, what to mend, and what has changed."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from analysis.benefits import BenefitUse, Favour, sum_benefits
from analysis.cuts import Keystone
from analysis.diagnosis import Summary, Viewpoint, summarise
from analysis.gaps import Gap, Part, Record, find_gaps
from analysis.history import Benefit, Direction
from analysis.mending import Mend, MendReason
from analysis.network import ORGANISATION, Alter, Event, Tie
from analysis.snapshot import compare, from_json, take_snapshot, to_json
from analysis.variety import Trait

DAY = date(2026, 11, 2)
LAN = [
    Alter(1, "Ani", "LAN", strength=0.8, inside=True),
    Alter(2, "Budi", "LAN", strength=0.3, inside=True),
    Alter(3, "Citra", "LAN", strength=0.1, inside=True),
]
BPS = [
    Alter(4, "Dewi", "BPS", strength=0.4, inside=False),
    Alter(5, "Eko", "BPS", strength=0.1, inside=False),
    Alter(6, "Fajar", "BPS", inside=False),
]
ALTERS = [*LAN, *BPS, Alter(7, "BPS", kind=ORGANISATION), Alter(8, "Gita", strength=0.6)]
TIES = [
    *(Tie(a, b) for a, b in combinations((1, 2, 3), 2)),
    *(Tie(a, b) for a, b in combinations((4, 5, 6), 2)),
    Tie(1, 4),
]
HELP = [
    Favour(1, Benefit.ACCESS, Direction.RECEIVED),
    Favour(1, Benefit.ACCESS, Direction.MUTUAL),
    Favour(4, Benefit.INFORMATION, Direction.GIVEN),
]
VIEW = Viewpoint(organisation="LAN", wanted={Trait.ORGANISATION: ["LAN", "KPK"]})


@pytest.fixture
def summary() -> Summary:
    return summarise(ALTERS, TIES, [Event((5, 6), DAY)], HELP, VIEW)


def test_size_strength_and_structure(summary: Summary) -> None:
    assert (summary.people, summary.organisations, summary.ties) == (7, 1, 7)
    assert [alter.name for alter in summary.strong] == ["Ani", "Gita"]
    assert [alter.name for alter in summary.weak][:2] == ["Dewi", "Budi"]
    assert summary.density == pytest.approx(7 / 28)
    assert summary.components == ((1, 2, 3, 4, 5, 6),)
    assert summary.isolates == (7, 8)
    assert summary.bridges == ((1, 4),)
    assert summary.inner_circle == (1, 2, 3, 4, 5, 6)


def test_groups_and_those_who_connect_them(summary: Summary) -> None:
    assert [(group.label, group.members) for group in summary.groups] == [
        ("LAN", (1, 2, 3)),
        ("BPS", (4, 5, 6)),
    ]
    assert [broker.id for broker in summary.brokers] == [1, 4]
    assert [node for node, _ in summary.nearest][:2] == [1, 4]
    assert summary.keystones == (Keystone(4, (5, 6), ("BPS",)),)


def test_the_user_among_them(summary: Summary) -> None:
    assert summary.position.size == 6
    assert summary.roles is not None
    assert summary.balance.inside == 3
    assert [variety.missing for variety in summary.varieties] == [("KPK",)]
    assert summary.most_alike == summary.varieties[0]


def test_the_group_without_a_strong_tie_is_to_mend(summary: Summary) -> None:
    assert summary.mends[0] == Mend(4, MendReason.HOLDS_OTHERS, 2)
    assert {mend.id for mend in summary.mends} == {4}


def test_the_kinds_of_help_there_are_and_those_missing(summary: Summary) -> None:
    benefits = summary.benefits
    assert benefits == sum_benefits(HELP)
    assert benefits.missing == tuple(b for b in Benefit if b is not Benefit.ACCESS)
    access = next(use for use in benefits.uses if use.benefit is Benefit.ACCESS)
    assert access == BenefitUse(Benefit.ACCESS, received=((1, 2),), given=((1, 1),))
    assert access.sole == 1


def test_an_empty_network_is_all_zeros_and_says_what_to_log_first() -> None:
    empty = summarise([], [], [])
    assert (empty.people, empty.ties, empty.density, empty.groups) == (0, 0, None, ())
    assert empty.position.constraint is None
    assert empty.most_alike is None
    assert [gap.part for gap in empty.gaps] == list(Part)


def test_a_part_waits_for_the_first_thing_missing_and_no_longer() -> None:
    few = find_gaps(ALTERS[:4], ties=9, favours=3)
    assert Gap(Part.STRUCTURE, Record.CONTACTS, 4, 5) in few
    assert not any(gap.part in (Part.STRENGTH, Part.BENEFITS) for gap in few)
    assert find_gaps(ALTERS, ties=2, favours=3)[0] == Gap(Part.STRUCTURE, Record.TIES, 2, 4)
    assert find_gaps(ALTERS, ties=4, favours=3) == ()


def test_the_order_of_the_records_changes_nothing(summary: Summary) -> None:
    again = summarise(ALTERS[::-1], TIES[::-1], [Event((6, 5), DAY)], HELP[::-1], VIEW)
    assert again == summary


def test_a_summary_can_be_worked_out_in_another_process(summary: Summary) -> None:
    assert pickle.loads(pickle.dumps(summary)) == summary  # noqa: S301


def test_summing_up_does_not_load_networkx() -> None:
    code = (
        "import sys; from analysis.diagnosis import summarise; summarise([], [], []);"
        "assert 'networkx' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_snapshot_survives_json(summary: Summary) -> None:
    snapshot = take_snapshot(summary, DAY)
    assert from_json(json.loads(json.dumps(to_json(snapshot)))) == snapshot
    with pytest.raises(ValueError, match="version 2"):
        from_json({**to_json(snapshot), "version": 2})


def test_what_has_changed_since_last_month(summary: Summary) -> None:
    alters = [replace(a, strength=0.9) if a.id == 4 else a for a in ALTERS if a.id != 8]
    alters = [replace(a, strength=0.2) if a.id == 1 else a for a in alters]
    newcomer = Alter(9, "Hadi", "KPK", strength=0.9)
    favours = [*HELP, Favour(4, Benefit.INFORMATION, Direction.RECEIVED)]
    later = summarise([*alters, newcomer], [*TIES, Tie(9, 1)], [], favours, VIEW)
    change = compare(take_snapshot(summary, DAY), take_snapshot(later, date(2026, 12, 2)))
    assert change.days == 30
    assert (change.added, change.gone) == ((9,), (8,))
    assert (change.strengthened, change.weakened) == ((4,), (1,))
    assert change.ties == 1
    assert change.new_organisations == ("KPK",)
    assert change.found == (Benefit.INFORMATION,)
    assert not change.is_empty


def test_nothing_has_changed_between_two_snapshots_of_one_network(summary: Summary) -> None:
    snapshot = take_snapshot(summary, DAY)
    assert compare(snapshot, replace(snapshot, on=date(2026, 12, 2))).is_empty


def test_a_figure_undefined_on_one_date_has_no_difference(summary: Summary) -> None:
    first = take_snapshot(summarise([], [], []), DAY)
    assert compare(first, take_snapshot(summary, DAY)).constraint is None
