from dataclasses import replace
from itertools import combinations
from math import atan2, cos, hypot, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.map import STAGES, Dot, Line, Scene, lay_out
from bot.map.ground import sides
from bot.map.scene import Text
from tests.unit.map.ink import Box, apart, ink_box
from tests.unit.map.networks import ENGLISH, GROUPS, INDONESIAN, make_network

SEEDS = range(1, 9)


def scene_of(count: int, seed: int = 1, groups: int | None = None) -> Scene:
    return lay_out(*make_network(count, seed, groups), INDONESIAN)


def name_boxes(scene: Scene) -> dict[int, Box]:
    return {spot.dot.id: ink_box(spot.label) for spot in scene.spots if spot.label}


def distance(scene: Scene, x: float, y: float) -> float:
    return hypot(x - scene.centre[0], y - scene.centre[1])


@pytest.mark.parametrize("count", [1, 5, 15, 40, 100, 150])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_names_overlap(count: int, seed: int) -> None:
    boxes = name_boxes(scene_of(count, seed)).values()
    assert all(apart(a, b) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("groups", [0, 1, 3, 6, 14])
def test_no_name_is_missing_at_40_contacts(groups: int, seed: int) -> None:
    assert scene_of(40, seed, groups).unnamed == ()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("groups", [0, 1, 4, 9, 14])
def test_at_most_a_tenth_of_the_names_is_missing_at_150(groups: int, seed: int) -> None:
    assert len(scene_of(150, seed, groups).unnamed) <= 15


@pytest.mark.parametrize("count", [5, 40, 150])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_name_covers_a_dot(count: int, seed: int) -> None:
    scene = scene_of(count, seed)
    for left, top, right, bottom in name_boxes(scene).values():
        for spot in scene.spots:
            x, y = min(max(spot.x, left), right), min(max(spot.y, top), bottom)
            assert hypot(spot.x - x, spot.y - y) > spot.radius - 0.5


@pytest.mark.parametrize("count", [5, 40, 150])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_dots_cover_each_other(count: int, seed: int) -> None:
    for a, b in combinations(scene_of(count, seed).spots, 2):
        assert hypot(a.x - b.x, a.y - b.y) > a.radius + b.radius


@pytest.mark.parametrize("count", [0, 1, 3, 40, 150, 400])
def test_all_that_is_written_is_within_the_picture(count: int) -> None:
    scene = scene_of(count)
    texts = [*scene.texts, *(entry.label for entry in scene.legend)]
    for left, top, right, bottom in [*name_boxes(scene).values(), *map(ink_box, texts)]:
        assert min(left, top) >= 0
        assert max(right, bottom) <= scene.size
    for sector in scene.sectors:
        for point in turned_ends(sector.label) if sector.label else ():
            assert min(point) >= 0
            assert max(point) <= scene.size


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("groups", [2, 9, 14])
def test_sector_names_stand_side_by_side(groups: int, seed: int) -> None:
    scene = scene_of(60, seed, groups)
    labels = [sector.label for sector in scene.sectors if sector.label]
    for (a, b), (c, d) in combinations(map(turned_ends, labels), 2):
        assert min(hypot(p[0] - q[0], p[1] - q[1]) for p in (a, b) for q in (c, d)) > 5


def turned_ends(label: Text) -> tuple[tuple[float, float], tuple[float, float]]:
    dx, dy = label.width / 2 * cos(label.angle), label.width / 2 * sin(label.angle)
    return (label.x - dx, label.y - dy), (label.x + dx, label.y + dy)


@pytest.mark.parametrize("count", [1, 5, 15, 25, 40, 70, 150, 500])
def test_names_are_large_enough_for_a_phone(count: int) -> None:
    sizes = [spot.label.size for spot in scene_of(count).spots if spot.label]
    assert min(sizes) >= 21


def test_the_same_network_gives_the_same_map() -> None:
    assert scene_of(150) == scene_of(150)


def test_the_order_of_contacts_and_ties_changes_nothing() -> None:
    dots, lines = make_network(60)
    assert lay_out(dots[::-1], lines[::-1], ENGLISH) == lay_out(dots, lines, ENGLISH)


def test_stronger_ties_are_nearer_the_centre() -> None:
    scene = scene_of(40, groups=1)
    ranked = sorted(scene.spots, key=lambda spot: -spot.dot.strength)
    distances = [distance(scene, spot.x, spot.y) for spot in ranked]
    assert sum(distances[:13]) / 13 < sum(distances[13:26]) / 13 < sum(distances[26:]) / 14


def test_contacts_are_within_their_own_sector() -> None:
    scene = scene_of(100)
    span = {sector.group: (sector.start, sector.end) for sector in scene.sectors}
    for spot in scene.spots:
        group = spot.dot.group or INDONESIAN.ungrouped
        start, end = span[group if group in span else INDONESIAN.others]
        angle = atan2(spot.x - scene.centre[0], scene.centre[1] - spot.y) % (2 * pi)
        assert start <= angle <= end


def test_beyond_150_contacts_the_strongest_are_drawn_and_the_rest_counted() -> None:
    dots, lines = make_network(500)
    scene = lay_out(dots, lines, ENGLISH)
    assert len(scene.spots) == 150
    assert scene.left_out == 350
    assert "+ 350 more" in [text.text for text in scene.texts]
    drawn = {spot.dot.id for spot in scene.spots}
    strongest = sorted(dots, key=lambda dot: -dot.strength)[:25]
    assert {dot.id for dot in strongest} <= drawn


def test_a_larger_scene_has_room_for_everybody() -> None:
    dots, lines = make_network(500)
    scene = lay_out(dots, lines, ENGLISH, size=2560, most=600)
    assert scene.left_out == 0
    assert scene.unnamed == ()


def test_small_groups_share_one_sector_when_there_are_many() -> None:
    dots = [Dot(i, f"Ani {i}", f"PT {i}", 0.5, "know") for i in range(30)]
    scene = lay_out(dots, [], ENGLISH)
    assert [sector.group for sector in scene.sectors].count("Others") == 1
    assert len(scene.sectors) <= 10


def test_groups_with_many_ties_between_them_are_neighbours() -> None:
    dots = [Dot(i, f"Ani {i}", group, 0.5, "know") for i, group in enumerate("ABCDEF" * 3)]
    lines = [Line(0, 3, 1.0), Line(6, 9, 1.0), Line(12, 15, 1.0)]  # A with D
    order = [sector.group for sector in lay_out(dots, lines, ENGLISH).sectors]
    assert abs(order.index("A") - order.index("D")) in (1, 5)


def test_a_group_keeps_its_colour_when_others_are_filtered_away() -> None:
    dots = [Dot(i, f"Ani {i}", GROUPS[i % 3], 0.5, "know") for i in range(30)]
    colours = {sector.group: sector.colour for sector in lay_out(dots, [], ENGLISH).sectors}
    for group in GROUPS[:3]:
        alone = lay_out([dot for dot in dots if dot.group == group], [], ENGLISH)
        assert alone.sectors[0].colour == colours[group]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_nearly_empty_map_invites_to_add_people(count: int) -> None:
    scene = scene_of(count)
    (invitation,) = [t for t in scene.texts if t.text == INDONESIAN.invitation]
    for spot in scene.spots:
        assert spot.label
        assert apart(sides(invitation), ink_box(spot.label))


def test_from_four_contacts_on_it_does_not() -> None:
    assert INDONESIAN.invitation not in [text.text for text in scene_of(4).texts]


def test_ties_to_strangers_and_to_oneself_are_left_out() -> None:
    dots = [Dot(1, "Ani", "A", 0.5, "know"), Dot(2, "Budi", "A", 0.4, "buy")]
    scene = lay_out(dots, [Line(1, 1, 1.0), Line(1, 9, 1.0), Line(1, 2, 0.5)], ENGLISH)
    assert [(tie.a, tie.b) for tie in scene.ties] == [(1, 2)]


def test_strengths_beyond_the_scale_are_cut_off() -> None:
    dots = [Dot(1, "Ani", None, 7.0, "know"), Dot(2, "Budi", None, -1.0, "buy")]
    assert [spot.dot.strength for spot in lay_out(dots, [], ENGLISH).spots] == [1.0, 0.0]


@pytest.mark.parametrize("size", [0, 639, 5121])
def test_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        lay_out([], [], ENGLISH, size=size)


def test_everybody_of_equal_strength_still_finds_a_place() -> None:
    dots, lines = make_network(150)
    scene = lay_out([replace(dot, strength=0.2) for dot in dots], lines, ENGLISH)
    assert len(scene.unnamed) <= 15


dot_lists = st.lists(
    st.builds(
        Dot,
        id=st.integers(),
        name=st.text(max_size=60),
        group=st.none() | st.sampled_from(["", " ", *GROUPS]) | st.text(max_size=50),
        strength=st.floats(0, 1),
        stage=st.sampled_from(STAGES),
        fading=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda dot: dot.id,
)


@settings(max_examples=60, deadline=None)
@given(dot_lists)
def test_any_name_and_group_can_be_laid_out(dots: list[Dot]) -> None:
    scene = lay_out(dots, [], ENGLISH)
    assert len(scene.spots) == len(dots)
    boxes = [ink_box(spot.label) for spot in scene.spots if spot.label]
    assert all(apart(a, b) for a, b in combinations(boxes, 2))
