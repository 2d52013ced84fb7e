import gzip
import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.fading import FIGURES, METHODS, document, main, measure
from tests.benchmarks.fading_cases import Case, cases, cut_days, silences
from tests.benchmarks.fading_figures import area_under_curve, rate
from tests.benchmarks.fading_synthetic import make_trace
from tests.benchmarks.fading_trace import SECONDS_A_DAY, BadTraceError, Tie, Trace, read_trace


def trace_of(*ties: list[int], last_day: int = 1000) -> Trace:
    """Each tie is one ego's only one; every ego is seen from day 0 to the last."""
    return Trace(
        ties=tuple(Tie(ego, days) for ego, days in enumerate(ties)),
        ego_last_day=(last_day,) * len(ties),
        first_day=0,
        last_day=last_day,
        contacts=sum(map(len, ties)),
    )


def only_case(trace: Trace, cut: int) -> Case:
    """Of a trace of one tie."""
    return next(case for case in cases(trace) if case.cut_day == cut)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_cut_days_are_twelve_from_three_to_nine_tenths_of_the_span():
    cuts = cut_days(trace_of([0]))
    assert len(cuts) == 12
    assert (cuts[0], cuts[-1]) == (300, 900)


def test_silence_of_three_own_gaps_is_counted_from_the_cut():
    """Every 10 days until day 300, the first cut: the next contact on day 330 or 331."""
    known = list(range(200, 301, 10))
    assert not only_case(trace_of([*known, 330, *range(331, 1000)]), 300).stays_silent
    assert only_case(trace_of([*known, *range(331, 1000)]), 300).stays_silent


def test_a_label_is_left_open_when_the_ego_is_no_longer_seen():
    """Trailing rate and median need 60 and 30 days ahead; the ego is gone after 45."""
    trace = replace(trace_of(list(range(200, 301, 10))), ego_last_day=(345,))
    case = only_case(trace, 300)
    assert case.silent_30 is True
    assert case.stays_silent is True
    assert case.halves is None


def test_the_rate_has_halved_below_half_and_not_at_half():
    """Nine days of contact in the trailing 90: half of that rate is three days in 60."""
    known = list(range(220, 301, 10))
    later = [1000]
    assert only_case(trace_of([*known, 310, 320, *later]), 300).halves is True
    assert only_case(trace_of([*known, 310, 320, 330, *later]), 300).halves is False


def test_ties_long_silent_are_no_longer_asked_about():
    assert list(cases(trace_of([0, 5, 10]))) == []
    slow = list(cases(trace_of([0, 100, 200])))
    assert [case.silent_days for case in slow] == [100, 155, 209, 264]


def test_a_fade_is_a_silence_of_sixty_days_and_eight_own_gaps():
    quick = [0, 7, 14]
    assert [s.is_fade for s in silences(trace_of([*quick, 14 + 59], last_day=74))] == [False]
    assert [s.is_fade for s in silences(trace_of([*quick, 14 + 60], last_day=75))] == [True]
    slow = [0, 10, 20]
    assert [s.is_fade for s in silences(trace_of([*slow, 20 + 79], last_day=100))] == [False]


def test_a_last_silence_counts_only_when_seen_long_enough_to_be_a_fade():
    assert list(silences(trace_of([0, 7, 14], last_day=60))) == []
    assert [s.is_fade for s in silences(trace_of([0, 7, 14], last_day=90))] == [True]


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40))
def test_the_area_under_the_curve_is_the_share_of_pairs_in_the_right_order(
    scored: list[tuple[int, bool]],
):
    figure = area_under_curve([0] * len(scored), [s for s, _ in scored], [y for _, y in scored], 1)
    above = [score for score, label in scored if label]
    below = [score for score, label in scored if not label]
    if not above or not below:
        assert figure is None
        return
    won = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(above, below))
    assert figure is not None
    assert figure.value == pytest.approx(won / (len(above) * len(below)))
    assert figure.interval(20) == pytest.approx((figure.value, figure.value))  # a single ego


def test_the_interval_of_a_rate_holds_it_and_narrows_with_more_egos():
    def width(egos: int) -> float:
        figure = rate(list(range(egos)), [float(ego % 2) for ego in range(egos)], egos)
        assert figure is not None
        low, high = figure.interval(400)
        assert low <= figure.value <= high
        return high - low

    assert width(400) == pytest.approx(width(25) / 4, rel=0.3)


@pytest.mark.parametrize("cut", [0, 5, 11])
def test_what_comes_after_the_cut_does_not_leak_into_the_scores(cut: int):
    trace = make_trace("poisson")
    day = cut_days(trace)[cut]
    past = tuple(replace(tie, days=[d for d in tie.days if d <= day]) for tie in trace.ties)

    def scores(ties: tuple[Tie, ...]) -> list[tuple[float, float, float]]:
        asked = cases(replace(trace, ties=tuple(tie for tie in ties if tie.days)))
        return [(case.score, case.chance, case.faded) for case in asked if case.cut_day == day]

    assert len(scores(past)) > 100
    assert scores(past) == scores(trace.ties)


@pytest.mark.parametrize("kind", ["poisson", "bursty", "weekly", "letters"])
def test_ours_beats_every_rule_at_its_own_question_on_made_up_traces(kind: str):
    figures = document(measure(make_trace(kind))[0])
    ours, *rules = (figures[method] for method in METHODS)
    for rule in rules:
        assert ours["own_rhythm_auc"] > rule["own_rhythm_auc"]
        assert ours["silent30_auc"] > rule["silent30_auc"]
        assert ours["named_by_day_28"] > rule["named_by_day_28"]


def test_a_trace_reads_the_same_plain_or_gzipped_with_a_heading_or_without(tmp_path: Path):
    rows = ["1,2,0", "1,2,10", f"1,3,{SECONDS_A_DAY}", f"2,1,{3 * SECONDS_A_DAY}.5", "4,4,9", ""]
    plain = read_trace(write(tmp_path / "plain.csv", *rows))
    headed = read_trace(
        write(
            tmp_path / "headed.csv", "timestamp_unix,ego,alter", "0,1,2", "86400,1,3", "259200,2,1"
        )
    )
    zipped = tmp_path / "zipped"
    zipped.write_bytes(gzip.compress("\n".join(["ego,alter,timestamp_unix", *rows]).encode()))
    assert plain == read_trace(zipped)
    assert [(tie.ego, list(tie.days)) for tie in plain.ties] == [(0, [0]), (0, [1]), (1, [3])]
    assert replace(headed, contacts=4) == plain


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no contacts"),
        (b"ego,alter,timestamp_unix\n", "no contacts"),
        (b"1,2,0\n1,2,yesterday\n", "line 2"),
        (b"1,2\n", "line 1"),
        (b"1,2,nan\n", "line 1"),
        (b"\x1f\x8bnonsense", "cannot be read"),
        (b"1,2,\xff\n", "cannot be read"),
    ],
)
def test_a_malformed_trace_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, complaint: str
):
    path = tmp_path / "trace.csv"
    path.write_bytes(content)
    with pytest.raises(BadTraceError, match=complaint):
        read_trace(path)
    assert main([str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.out == ""


def test_a_missing_trace_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_the_json_has_every_figure_and_null_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([str(write(tmp_path / "tiny.csv", "1,2,0", "1,2,86400")), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == list(METHODS)
    assert all(found == dict.fromkeys(FIGURES) for found in figures.values())


def test_the_table_shows_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    trace = make_trace("bursty")
    rows = [
        f"{tie.ego},{number},{day * SECONDS_A_DAY}"
        for number, tie in enumerate(trace.ties)
        for day in tie.days
    ]
    assert main([str(write(tmp_path / "bursty.csv", *rows)), "--resamples", "20"]) == 0
    table = capsys.readouterr().out
    value = document(measure(trace)[0])["ours"]["own_rhythm_auc"]
    assert f"{value:.3f} [" in table
    assert "as shipped" in table
