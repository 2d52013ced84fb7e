"""Needs met by offers, in two languages, with few wrong matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contact_facts import Opening, OpeningKind
from analysis.exchange import Item, Match, match, notions, openings, read

MEET = [
    ("a data engineer", "freelance insinyur data"),
    ("looking for a data analyst", "olah data dan statistik"),
    ("perizinan usaha", "help with licensing and permits"),
    ("izin lingkungan", "can help with environmental permits"),
    ("modal", "angel investor"),
    ("butuh pendanaan", "knows investors"),
    ("funding for agriculture", "investor di bidang pertanian"),
    ("venue in Bogor for 40 people", "aula di Bogor"),
    ("tempat pelatihan", "training room"),
    ("trainer for leadership", "pelatihan kepemimpinan"),
    ("narasumber gizi", "speaker on health"),
    ("a Python developer", "programmer Python"),
    ("penerjemah bahasa Inggris", "English translator"),
    ("legal help with a land title", "pengacara"),
    ("notaris di Jogja", "notary in Yogyakarta"),
    ("beasiswa S2", "scholarship information"),
    ("lowongan buat adik saya", "job openings"),
    ("desainer logo", "graphic designer"),
    ("buyer for coffee beans", "pembeli kopi"),
    ("wartawan untuk liputan acara", "journalist at a daily"),
    ("cetak buku", "printing house"),
    ("contact at Bappenas", "knows people in Bappenas"),
    ("katering untuk rapat", "catering"),
    ("someone for the website", "pembuatan web"),
]
DO_NOT_MEET = [
    ("a data engineer", "data training"),
    ("venue in Bogor", "aula di Surabaya"),
    ("trainer for leadership", "public speaking training"),
    ("a Python developer", "Java developer"),
    ("legal help", "legal software"),
    ("funding for a clinic", "investor in fintech"),
    ("funding for a school", "kitchen funding"),
    ("someone to help", "can help with anything"),
    ("butuh bantuan tim", "bantuan tenaga"),
    ("English translator", "penerjemah bahasa Jepang"),
    ("speaker on health", "pembicara soal energi"),
    ("a new project", "project management"),
    ("buyer for rice", "pembeli kopi"),
    ("experience with good people", "good people in the team"),
    ("tax advice", "legal advice"),
    ("", "catering"),
    ("kontak di Kominfo", "kontak di Bappenas"),
    ("guru matematika", "guru musik"),
    ("halal catering", "halal certification"),
]


def meet(need: str, offer: str) -> tuple[Match, ...]:
    return match([Item(1, 10, need)], [Item(2, 20, offer)])


@pytest.mark.parametrize(("need", "offer"), MEET)
def test_a_need_meets_the_offer_of_the_same_thing_in_either_language(need: str, offer: str) -> None:
    assert meet(need, offer)


@pytest.mark.parametrize(("need", "offer"), DO_NOT_MEET)
def test_no_match_is_made_on_words_that_say_too_little_or_differ(need: str, offer: str) -> None:
    assert meet(need, offer) == ()


def test_a_match_names_the_words_on_both_sides() -> None:
    (one,) = meet("Citra needs a data engineer", "insinyur data")
    assert (one.need_words, one.offer_words) == (("data engineer",), ("insinyur data",))


def test_nobody_meets_their_own_need() -> None:
    assert match([Item(1, 10, "catering")], [Item(2, 10, "catering")]) == ()
    assert match([Item(1, None, "catering")], [Item(2, None, "catering")]) == ()


def test_closer_matches_come_first_then_by_id() -> None:
    needs = [Item(1, 10, "trainer for leadership")]
    offers = [Item(9, 20, "trainer"), Item(8, 21, "leadership training"), Item(7, 22, "trainer")]
    assert [one.offer.id for one in match(needs, offers)] == [8, 7, 9]


def test_each_contact_sees_the_match_from_their_own_side() -> None:
    matches = match(
        [Item(1, 10, "a data engineer"), Item(2, None, "catering")],
        [Item(3, 20, "insinyur data"), Item(4, None, "data pipelines"), Item(5, 10, "katering")],
    )
    names = {10: "Citra", 20: "Rio"}
    assert openings(10, matches, names) == (
        Opening(OpeningKind.ANOTHER_CAN_HELP, "a data engineer", "Rio", 20),
        Opening(OpeningKind.I_CAN_HELP, "a data engineer"),
        Opening(OpeningKind.THEY_CAN_HELP, "catering"),
    )
    assert openings(20, matches, names) == (
        Opening(OpeningKind.THEY_CAN_HELP_ANOTHER, "a data engineer", "Citra", 10),
    )
    assert openings(30, matches, names) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_read_and_matching_is_the_same_from_both_sides(
    one: str, other: str
) -> None:
    there, back = meet(one, other), meet(other, one)
    assert bool(there) is bool(back)


def test_no_phrase_belongs_to_two_notions() -> None:
    phrases = notions().pattern.pattern.split("|")
    assert len(phrases) == len(set(phrases))


def test_a_word_of_its_own_is_kept_and_filler_is_not() -> None:
    reading = read("we need help with SIPD in Makassar")
    assert set(reading.others) == {"sipd"}
    assert reading.places == {"makassar"}
