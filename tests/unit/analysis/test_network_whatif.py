"""The network before and after a change."""

from __future__ import annotations

import pytest

from analysis.network import Alter, Tie, connect
from analysis.whatif import drop_contact, tie_contacts

ALTERS = [
    Alter(1, "Ani", "LAN", strength=0.9),
    Alter(2, "Budi", "BPS"),
    Alter(3, "Citra", "KPK", strength=0.8),
    Alter(4, "Dewi", "BI"),
]
GRAPH = connect(ALTERS, [Tie(1, 2)], [])


def test_if_ani_leaves_those_reached_over_her_are_lost_and_both_organisations() -> None:
    change = drop_contact(GRAPH, ALTERS, 1)
    assert change.lost == (2,)
    assert change.organisations == ("BPS", "LAN")
    assert (change.before.reach, change.after.reach) == (3, 1)
    assert (change.before.position.size, change.after.position.size) == (2, 1)
    assert (change.before.parts, change.after.parts) == (3, 3)


def test_an_introduction_brings_others_within_reach_and_closes_a_hole() -> None:
    change = tie_contacts(GRAPH, ALTERS, 3, 4)
    assert (change.won, change.lost, change.organisations) == ((4,), (), ("BI",))
    assert change.after.parts == change.before.parts - 1
    closed = tie_contacts(GRAPH, ALTERS, 1, 3)
    assert (closed.before.position.constraint or 0) < (closed.after.position.constraint or 0)
    assert closed.won == ()


def test_the_graph_is_left_as_it_was() -> None:
    tie_contacts(GRAPH, ALTERS, 3, 4)
    drop_contact(GRAPH, ALTERS, 1)
    assert connect(ALTERS, [Tie(1, 2)], []) == GRAPH


def test_strangers_and_loops_are_refused() -> None:
    with pytest.raises(KeyError):
        drop_contact(GRAPH, ALTERS, 9)
    with pytest.raises(KeyError):
        tie_contacts(GRAPH, ALTERS, 1, 9)
    with pytest.raises(ValueError, match="itself"):
        tie_contacts(GRAPH, ALTERS, 1, 1)
