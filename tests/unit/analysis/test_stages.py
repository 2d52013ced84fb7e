"""Stages move on evidence, both ways."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence import Evidence, EvidenceKind, Source, SourceKind
from analysis.stages import (
    Because,
    Proposal,
    Refusal,
    Stage,
    judge,
    points,
    reached_stage,
    read_rules,
    rules,
)

TODAY = date(2026, 11, 24)


def piece(kind: EvidenceKind, days_ago: int = 10, number: int = 1, **more: bool) -> Evidence:
    source = Source(SourceKind.INTERACTION, number)
    return Evidence(kind, TODAY - timedelta(days=days_ago), source, **more)


HELPED_BOTH_WAYS = (
    piece(EvidenceKind.THEY_STARTED, 40, 1),
    piece(EvidenceKind.HELP_GIVEN, 30, 2),
    piece(EvidenceKind.HELP_RECEIVED, 20, 3),
)
OLD_HELP = tuple(replace(one, on=one.on - timedelta(days=1000)) for one in HELPED_BOTH_WAYS)

EVIDENCE = st.lists(
    st.builds(
        piece,
        st.sampled_from(EvidenceKind),
        st.integers(0, 1500),
        st.integers(1, 40),
        running=st.booleans(),
    ),
    max_size=12,
)


def test_stages_are_ordered_from_know_to_buy() -> None:
    assert sorted(Stage) == [Stage.KNOW, Stage.LIKE, Stage.TRUST, Stage.BUY]
    assert [stage.rank for stage in Stage] == [0, 1, 2, 3]
    assert Stage("trust") is Stage.TRUST


def test_nothing_on_record_proposes_nothing() -> None:
    assert all(judge((), stage, TODAY) is None for stage in Stage)


def test_help_both_ways_proposes_trust_and_cites_it() -> None:
    proposal = judge(HELPED_BOTH_WAYS, Stage.LIKE, TODAY)
    assert proposal is not None
    assert (proposal.before, proposal.after) == (Stage.LIKE, Stage.TRUST)
    assert (proposal.because, proposal.is_up, proposal.on) == (Because.EVIDENCE, True, TODAY)
    assert {one.kind for one in proposal.evidence} == {
        EvidenceKind.HELP_RECEIVED,
        EvidenceKind.HELP_GIVEN,
    }


def test_the_move_up_goes_straight_to_where_the_evidence_reaches() -> None:
    signed = (*HELPED_BOTH_WAYS, piece(EvidenceKind.DEAL, 3, 4))
    proposal = judge(signed, Stage.KNOW, TODAY)
    assert proposal is not None
    assert proposal.after is Stage.BUY


def test_one_meeting_however_warm_does_not_make_liking() -> None:
    warm = [
        piece(kind, 1, 1)
        for kind in (EvidenceKind.PERSONAL, EvidenceKind.RAPPORT, EvidenceKind.OVER_FOOD)
    ]
    assert judge(warm, Stage.KNOW, TODAY) is None


def test_help_that_went_one_way_only_is_not_yet_trust() -> None:
    given = [piece(EvidenceKind.HELP_GIVEN, days, days) for days in (5, 50, 100, 150)]
    assert reached_stage(given, TODAY) < Stage.TRUST


def test_a_refused_move_is_not_proposed_again_until_there_is_new_evidence() -> None:
    proposal = judge(HELPED_BOTH_WAYS, Stage.LIKE, TODAY)
    assert proposal is not None
    refusal = Refusal(proposal.after, proposal.considered)
    later = TODAY + timedelta(days=30)
    assert judge(HELPED_BOTH_WAYS, Stage.LIKE, later, refusal) is None
    meeting = piece(EvidenceKind.MET, 0, 9)
    assert judge((*HELPED_BOTH_WAYS, meeting), Stage.LIKE, later, refusal) is None
    kept = piece(EvidenceKind.PROMISE_KEPT_BY_THEM, 0, 9)
    again = judge((*HELPED_BOTH_WAYS, kept), Stage.LIKE, later, refusal)
    assert again is not None
    assert again.after is Stage.TRUST


def test_evidence_found_later_but_dated_earlier_is_new() -> None:
    proposal = judge(HELPED_BOTH_WAYS, Stage.LIKE, TODAY)
    assert proposal is not None
    refusal = Refusal(proposal.after, proposal.considered)
    backfilled = piece(EvidenceKind.CONFIDENCE, 200, 9)
    assert judge((*HELPED_BOTH_WAYS, backfilled), Stage.LIKE, TODAY, refusal) is not None


def test_a_tie_long_silent_falls_one_stage_and_says_since_when() -> None:
    proposal = judge(OLD_HELP, Stage.BUY, TODAY)
    assert proposal is not None
    assert (proposal.after, proposal.because) == (Stage.TRUST, Because.FADED)
    assert not proposal.is_up
    assert proposal.silent_days == 1020
    assert [one.kind for one in proposal.evidence] == [EvidenceKind.HELP_RECEIVED]


def test_a_refused_fall_is_not_proposed_again_until_something_happens() -> None:
    proposal = judge(OLD_HELP, Stage.TRUST, TODAY)
    assert proposal is not None
    refusal = Refusal(proposal.after, proposal.considered)
    assert judge(OLD_HELP, Stage.TRUST, TODAY + timedelta(days=400), refusal) is None


def test_a_stage_the_user_set_lately_is_left_alone() -> None:
    lately, long_ago = (TODAY - timedelta(days=days) for days in (90, 800))
    assert judge(OLD_HELP, Stage.TRUST, TODAY, since=lately) is None
    assert judge(OLD_HELP, Stage.TRUST, TODAY, since=long_ago) is not None


def test_a_tie_of_slow_rhythm_is_given_its_time() -> None:
    assert judge(OLD_HELP, Stage.TRUST, TODAY, usual_gap_days=400) is None
    assert judge(OLD_HELP, Stage.TRUST, TODAY, usual_gap_days=300) is not None


def test_nobody_falls_below_know() -> None:
    assert judge(OLD_HELP, Stage.KNOW, TODAY) is None


def test_a_cooperation_in_force_holds_a_tie_up_through_silence() -> None:
    running = piece(EvidenceKind.COOPERATION, 1500, running=True)
    assert judge((running,), Stage.BUY, TODAY) is None


def test_a_broken_promise_can_set_a_tie_back_while_it_is_fresh() -> None:
    old_help = piece(EvidenceKind.HELP_RECEIVED, 300, 1)
    broken = piece(EvidenceKind.PROMISE_BROKEN, 20, 2)
    proposal = judge((old_help, broken), Stage.TRUST, TODAY)
    assert proposal is not None
    assert (proposal.after, proposal.because) == (Stage.LIKE, Because.SETBACK)
    assert proposal.evidence == (broken,)
    assert judge((old_help, broken), Stage.TRUST, TODAY + timedelta(days=100)) is None


def test_what_is_dated_ahead_does_not_count_yet() -> None:
    ahead = tuple(replace(one, on=TODAY + timedelta(days=5)) for one in HELPED_BOTH_WAYS)
    assert judge(ahead, Stage.KNOW, TODAY) is None


def test_each_stage_asks_no_more_to_keep_than_to_reach() -> None:
    for level in rules().levels.values():
        assert 0 < level.hold < level.points


def test_a_rule_left_out_is_named() -> None:
    text = "[stages.like]\npoints = 1\nkinds = 1\ndays = 1\nhold = 0.5\nsilent_days = 9\n[evidence]"
    with pytest.raises(ValueError, match="buy"):
        read_rules(text)


@given(EVIDENCE, st.sampled_from(Stage), st.integers(0, 2000))
def test_every_proposal_cites_evidence_on_record(
    evidence: list[Evidence], current: Stage, later_days: int
) -> None:
    today = TODAY + timedelta(days=later_days)
    proposal = judge(evidence, current, today)
    if proposal:
        assert proposal.evidence
        assert set(proposal.evidence) <= set(evidence)
        assert proposal.after is not current
        assert {one.key for one in proposal.evidence} <= proposal.considered


@given(EVIDENCE, st.sampled_from(Stage))
def test_a_move_made_is_not_undone_at_once(evidence: list[Evidence], current: Stage) -> None:
    proposal = judge(evidence, current, TODAY)
    if proposal:
        after = judge(evidence, proposal.after, TODAY, since=TODAY)
        assert after is None or _same_way(proposal, after)


def _same_way(first: Proposal, second: Proposal) -> bool:
    return first.is_up is second.is_up and second.because is not Because.FADED


@given(EVIDENCE, st.sampled_from(Stage))
def test_refusing_silences_the_same_proposal(evidence: list[Evidence], current: Stage) -> None:
    proposal = judge(evidence, current, TODAY)
    if proposal:
        refusal = Refusal(proposal.after, proposal.considered)
        assert judge(evidence, current, TODAY, refusal) is None


@given(EVIDENCE, st.sampled_from(Stage), st.randoms())
def test_the_order_of_the_record_does_not_matter(
    evidence: list[Evidence], current: Stage, dice: st.DataObject
) -> None:
    unlike = list({one.key: one for one in evidence}.values())
    shuffled = list(unlike)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(shuffled, current, TODAY) == judge(unlike, current, TODAY)


@given(st.lists(st.builds(piece, st.sampled_from(EvidenceKind), st.integers(0, 900)), max_size=8))
def test_what_speaks_for_a_stage_fades_with_time(evidence: list[Evidence]) -> None:
    weights = rules().weights
    good = [one for one in evidence if weights[one.kind].weight > 0]
    for stage in Stage:
        worth = [points(good, stage, TODAY + timedelta(days=days)) for days in (0, 100, 1000)]
        assert all(later <= sooner for sooner, later in pairwise(worth))
