"""What counts as evidence, and where it comes from."""

from datetime import date, timedelta

import pytest

from analysis.evidence import Evidence, EvidenceKind, SourceKind, gather
from analysis.history import (
    Benefit,
    Cooperation,
    Direction,
    Favour,
    Form,
    History,
    Interaction,
    Introduction,
    Part,
    Promise,
    Side,
)

TODAY = date(2026, 11, 24)
THEN = TODAY - timedelta(days=60)


def of(**rows: object) -> tuple[Evidence, ...]:
    return gather(History(1, THEN, **rows), TODAY)  # type: ignore[arg-type]


def kinds(note: str, **more: object) -> set[EvidenceKind]:
    one = Interaction(5, THEN, "other", note, **more)  # type: ignore[arg-type]
    return {piece.kind for piece in of(interactions=(one,))} - {EvidenceKind.WRITTEN}


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("long talk about her children", EvidenceKind.PERSONAL),
        ("cerita soal anaknya yang kuliah", EvidenceKind.PERSONAL),
        ("her father is in hospital", EvidenceKind.PERSONAL),
        ("ibunya lagi opname", EvidenceKind.PERSONAL),
        ("we clicked at once", EvidenceKind.RAPPORT),
        ("nyambung banget", EvidenceKind.RAPPORT),
        ("went to his wedding", EvidenceKind.INVITATION),
        ("diundang syukuran rumah barunya", EvidenceKind.INVITATION),
        ("told me off the record that the head will go", EvidenceKind.CONFIDENCE),
        ("dia curhat, jangan bilang siapa-siapa", EvidenceKind.CONFIDENCE),
        ("she helped me with the permit", EvidenceKind.HELP_RECEIVED),
        ("dibantu urus berkas", EvidenceKind.HELP_RECEIVED),
        ("I helped her move the server", EvidenceKind.HELP_GIVEN),
        ("saya bantu susun laporannya", EvidenceKind.HELP_GIVEN),
        ("he introduced me to the director", EvidenceKind.DOOR_OPENED),
        ("dikenalkan ke Pak Hendra", EvidenceKind.DOOR_OPENED),
        ("they accepted our proposal", EvidenceKind.IDEA_ACCEPTED),
        ("usulan kami akhirnya disetujui", EvidenceKind.IDEA_ACCEPTED),
        ("second joint workshop in Solo", EvidenceKind.JOINT_WORK),
        ("pelatihan bareng angkatan dua", EvidenceKind.JOINT_WORK),
        ("signed the two-year contract", EvidenceKind.DEAL),
        ("tanda tangan MoU di Bandung", EvidenceKind.DEAL),
        ("we argued over the invoice", EvidenceKind.FRICTION),
        ("dia kecewa berat", EvidenceKind.FRICTION),
    ],
)
def test_words_of_both_languages_bear_evidence(note: str, kind: EvidenceKind) -> None:
    assert kind in kinds(note)


@pytest.mark.parametrize(
    "note",
    [
        "contract not signed yet",
        "they have not signed the contract",
        "hopes to sign a contract next year",
        "talked about a possible joint workshop",
        "wants to see whether we might work together",
        "the deal was signed? no, contract signed fell through",
        "kontrak belum ditandatangani",
        "rencana mau tanda tangan MoU",
        "mungkin bikin pelatihan bareng tahun depan",
        "proposal ditolak",
        "pelatihan bersama batal",
        "he did not help me",
        "gak dibantu sama sekali",
        "tidak diundang",
        "status meeting",
        "rapat mingguan",
    ],
)
def test_what_is_denied_or_only_planned_is_no_evidence(note: str) -> None:
    serious = {
        EvidenceKind.DEAL,
        EvidenceKind.JOINT_WORK,
        EvidenceKind.IDEA_ACCEPTED,
        EvidenceKind.HELP_RECEIVED,
        EvidenceKind.INVITATION,
    }
    assert not kinds(note) & serious


@pytest.mark.parametrize(
    "note",
    [
        "running the workshop next to the bank",
        "child protection project",
        "meeting at the hospital on the data pilot",
        "visited the sister company",
        "family planning policy",
        "bahas anak perusahaan",
        "program gizi anak di rumah sakit",
        "dia dibantu timnya",
        "she helped him with the slides",
        "argued for a larger budget",
        "rahasia dagang perusahaannya",
        "film festival budget",
    ],
)
def test_talk_of_work_is_not_taken_for_closeness(note: str) -> None:
    assert kinds(note) == set()


def test_a_not_in_another_clause_does_not_deny() -> None:
    assert EvidenceKind.DEAL in kinds("no lunch, but signed the contract")


def test_who_started_is_taken_from_the_record_before_the_words() -> None:
    assert EvidenceKind.THEY_STARTED in kinds("", started_by=Side.THEM)
    assert EvidenceKind.THEY_STARTED in kinds("she called to ask after me")
    assert EvidenceKind.THEY_STARTED in kinds("dia ngajak ketemuan")
    assert EvidenceKind.THEY_STARTED not in kinds("she called back", started_by=Side.ME)


def test_every_piece_cites_its_row_and_its_words() -> None:
    (helped,) = (
        piece
        for piece in of(interactions=(Interaction(5, THEN, "call", "she helped me"),))
        if piece.kind is EvidenceKind.HELP_RECEIVED
    )
    assert (helped.source.kind, helped.source.id) == (SourceKind.INTERACTION, 5)
    assert (helped.on, helped.words) == (THEN, "helped me")


def test_a_crowd_is_no_meeting_again() -> None:
    first = Interaction(1, THEN, "event", people=50)
    crowd = Interaction(2, TODAY, "meeting", people=12)
    talk = Interaction(3, TODAY, "coffee", people=1)
    again = [p for p in of(interactions=(first, crowd, talk)) if p.kind is EvidenceKind.MET_AGAIN]
    assert [piece.source.id for piece in again] == [3]


def test_help_on_record_is_not_counted_again_from_the_note() -> None:
    note = Interaction(1, THEN, "call", "she helped me with the map")
    favour = Favour(9, THEN, Direction.RECEIVED, "the map", Benefit.KNOWLEDGE)
    helped = [
        p
        for p in of(interactions=(note,), favours=(favour,))
        if p.kind is EvidenceKind.HELP_RECEIVED
    ]
    assert [piece.source.kind for piece in helped] == [SourceKind.FAVOUR]


def test_a_deal_on_record_is_not_counted_again_from_the_note() -> None:
    note = Interaction(1, THEN, "meeting", "signed the contract")
    running = Cooperation(3, Form.COOPERATION, "training", THEN)
    pieces = of(interactions=(note,), cooperations=(running,))
    assert EvidenceKind.DEAL not in {piece.kind for piece in pieces}
    assert EvidenceKind.COOPERATION in {piece.kind for piece in pieces}


def test_opening_a_door_weighs_more_than_passing_on_news() -> None:
    access = Favour(1, THEN, Direction.RECEIVED, "a seat", Benefit.ACCESS)
    news = Favour(2, THEN, Direction.RECEIVED, "a link", Benefit.INFORMATION)
    sizes = {piece.source.id: piece.size for piece in of(favours=(access, news))}
    assert sizes[1] > 1 > sizes[2]


def test_mutual_help_counts_both_ways() -> None:
    both = Favour(1, THEN, Direction.MUTUAL, "swapped shifts")
    assert {piece.kind for piece in of(favours=(both,))} == {
        EvidenceKind.HELP_GIVEN,
        EvidenceKind.HELP_RECEIVED,
    }


def test_a_promise_counts_when_kept_and_against_when_long_overdue() -> None:
    kept = Promise(1, Side.THEM, "map", THEN, kept_on=TODAY)
    broken = Promise(2, Side.THEM, "data", THEN, due_on=THEN + timedelta(days=10))
    waiting = Promise(3, Side.THEM, "tea", THEN)
    mine_late = Promise(4, Side.ME, "tea", THEN, due_on=THEN)
    released = Promise(5, Side.THEM, "tea", THEN, due_on=THEN, dropped_on=TODAY)
    found = {p.source.id: p.kind for p in of(promises=(kept, broken, waiting, mine_late, released))}
    assert found == {1: EvidenceKind.PROMISE_KEPT_BY_THEM, 2: EvidenceKind.PROMISE_BROKEN}


def test_introductions_count_once_made_and_by_who_made_them() -> None:
    opened = Introduction(1, Part.OPENED, "Rini", made_on=THEN)
    asked = Introduction(2, Part.OPENED, "Tono", asked_on=THEN)
    came = Introduction(3, Part.CAME, "Sari", made_on=THEN)
    mine = Introduction(4, Part.CONNECTED, "Yoga", made_on=THEN)
    found = {p.source.id: p.kind for p in of(introductions=(opened, asked, came, mine))}
    assert found == {1: EvidenceKind.DOOR_OPENED, 4: EvidenceKind.DOOR_OPENED_FOR_THEM}


def test_a_cooperation_runs_until_it_ends_and_fades_from_then() -> None:
    running = Cooperation(1, Form.ALLIANCE, "skills", THEN)
    ended = Cooperation(2, Form.COOPERATION, "manual", THEN, ended_on=TODAY)
    acquaintance = Cooperation(3, Form.ACQUAINTANCE, "-", THEN)
    found = {p.source.id: p for p in of(cooperations=(running, ended, acquaintance))}
    assert set(found) == {1, 2}
    assert (found[1].running, found[1].on) == (True, THEN)
    assert (found[2].running, found[2].on) == (False, TODAY)


def test_what_lies_ahead_is_left_out() -> None:
    plan = Interaction(1, TODAY + timedelta(days=3), "coffee", "signed the contract")
    assert of(interactions=(plan,)) == ()


def test_knowing_the_others_work_counts_for_knowing() -> None:
    pieces = gather(History(8, THEN, work_known=True), TODAY)
    assert [(p.kind, p.source.kind, p.source.id) for p in pieces] == [
        (EvidenceKind.WORK_KNOWN, SourceKind.CONTACT, 8)
    ]
