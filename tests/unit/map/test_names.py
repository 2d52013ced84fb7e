from collections import Counter

import pytest

from bot.map.names import count_first_names, forms


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ani", ("Ani",)),
        ("Ani Wijaya", ("Ani Wijaya", "Ani")),
        ("Dr. Ir. Bambang Sudarsono, M.Sc.", ("Dr. Ir. Bambang Sudarsono, M.Sc.", "Bambang")),
        ("Muhammad Rizki Pratama", ("Muhammad Rizki Pratama", "M. Rizki")),
        ("Ni Luh Putu", ("Ni Luh Putu", "Ni Luh")),
        ("PT Maju Jaya", ("PT Maju Jaya", "PT Maju")),
        ("محمد الفارسي", ("محمد الفارسي",)),
        ("王小明", ("王小明",)),
        ("", ("",)),
    ],
)
def test_a_name_is_shortened_to_its_first_name(name: str, expected: tuple[str, ...]) -> None:
    assert forms(name, count_first_names([name])) == expected


def test_a_shared_first_name_keeps_its_initial_as_long_as_it_can() -> None:
    first_names = count_first_names(["Galuh Nugroho", "Galuh Permana", "Ani Wijaya"])
    assert forms("Galuh Nugroho", first_names) == ("Galuh Nugroho", "Galuh N.", "Galuh")
    assert forms("Ani Wijaya", first_names) == ("Ani Wijaya", "Ani")


def test_scripts_without_capitals_get_no_initials() -> None:
    long = "อุไรวรรณ สุขสวัสดิ์"
    assert forms(long, Counter({"อุไรวรรณ": 2})) == (long, "อุไรวรรณ")
