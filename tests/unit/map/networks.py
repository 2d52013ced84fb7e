"""Made-up networks: fictional people of many scripts, tied as real ones are."""

from random import Random

from bot.map import STAGES, Dot, Line, Words

_FIRST = [
    "Ani",
    "Budi",
    "Citra",
    "Dewi",
    "Endah",
    "Fajar",
    "Galuh",
    "Hendra",
    "Indra",
    "Joko",
    "Kartika",
    "Laras",
    "Maya",
    "Nur",
    "Oki",
    "Putri",
    "Rizky",
    "Sari",
    "Tono",
    "Umar",
    "Vina",
    "Wulan",
    "Yanti",
    "Zaki",
    "Agus",
    "Bagas",
    "Dian",
    "Eko",
    "Farhan",
    "Gilang",
    "Hana",
    "Ilham",
    "Jihan",
    "Kevin",
    "Lestari",
    "Made",
    "Ratih",
    "Surya",
    "Tari",
    "Yoga",
    "Muhammad",
    "Siti",
]
_LAST = [
    "Santoso",
    "Hartono",
    "Wijaya",
    "Siregar",
    "Nugroho",
    "Permana",
    "Lubis",
    "Halim",
    "Saputra",
    "Maharani",
    "Hidayat",
    "Ramadhan",
    "Utami",
    "Sitompul",
    "Gunawan",
    "Anggraini",
    "Kusuma",
    "Pratama",
    "Suharto",
    "Hutapea",
    "Ginting",
    "Setiawan",
    "Wibowo",
    "Nurhaliza",
]
WORLD = (
    "王小明", "محمد الفارسي", "Łukasz Żółć", "佐藤 健", "김민준", "Nguyễn Thị Ánh", "Ólafur Þór",
    "สมชาย ใจดี", "अनिल कुमार", "Иван Петров", "Γιώργος Παπάς", "דוד כהן", "তাহমিদ হাসান",
    "கண்ணன்", "Siti Nurhaliza 🌸", "Gebhardt von Hohenlohe-Langenburg", "Ni Luh Putu Ayu",
    "Dr. Ir. Bambang Sudarsono, M.Sc.", "Anne-Marie O'Neill", "գրիգոր", "ნინო", "አበበ",
)  # fmt: skip
GROUPS = (
    "Bappenas", "LAN", "Klien", "Komunitas Data", "Alumni ITB", "Kampus", "Media", "Keluarga",
    "Pemasok", "PT Maju Jaya", "World Bank", "Koperasi", "Dinas Pendidikan", "GoTo",
)  # fmt: skip

ENGLISH = Words(
    language="en",
    title="Your network",
    subtitle="",
    hint="Nearer the middle: stronger tie",
    you="You",
    stages=("Know", "Like", "Trust", "Buy"),
    fading="fading",
    others="Others",
    ungrouped="No group",
    more="+ {n} more",
    invitation="Tell me whom you met, and your map grows.",
    search="Search a name",
    nothing_found="Nobody found",
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    whole="Whole map",
    tied_to="Tied to",
)
INDONESIAN = Words(
    language="id",
    title="Peta jejaring",
    subtitle="",
    hint="Makin ke tengah: makin erat",
    you="Anda",
    stages=("Kenal", "Suka", "Percaya", "Beli"),
    fading="memudar",
    others="Lainnya",
    ungrouped="Tanpa kelompok",
    more="+ {n} lagi",
    invitation="Ceritakan siapa yang Anda temui, dan peta ini tumbuh.",
    search="Cari nama",
    nothing_found="Tidak ada yang cocok",
    zoom_in="Perbesar",
    zoom_out="Perkecil",
    whole="Seluruh peta",
    tied_to="Terhubung dengan",
)


def make_network(
    count: int, seed: int = 1, groups: int | None = None
) -> tuple[list[Dot], list[Line]]:
    """`count` contacts in `groups` groups of uneven size, with about 1.7 to 2.7 ties each."""
    random = Random(seed)
    kinds = groups if groups is not None else max(1, min(9, count // 6))
    weights = [1 / (i + 1.5) for i in range(kinds)]
    dots = [
        Dot(
            id=i + 1,
            name=_name(random),
            group=None if not kinds or random.random() < 0.04
            else random.choices(GROUPS[:kinds] if kinds <= len(GROUPS)
                                else [f"PT {n}" for n in range(kinds)], weights)[0],
            strength=round(random.betavariate(1.3, 2.2), 3),
            stage=random.choices(STAGES, (4, 4, 3, 1.5))[0],
            fading=random.random() < 0.22,
        )
        for i in range(count)
    ]  # fmt: skip
    return dots, _ties(dots, random)


def _name(random: Random) -> str:
    if random.random() < 0.12:
        return random.choice(WORLD)
    return f"{random.choice(_FIRST)} {random.choice(_LAST)}"


def _ties(dots: list[Dot], random: Random) -> list[Line]:
    lines: dict[tuple[int, int], Line] = {}
    for _ in range(round(len(dots) * (1.7 + len(dots) / 150)) if len(dots) > 1 else 0):
        a = random.choice(dots)
        near = [dot for dot in dots if dot.group == a.group and dot is not a]
        b = random.choice(near if near and random.random() < 0.85 else dots)
        if a is not b:
            ends = min(a.id, b.id), max(a.id, b.id)
            lines[ends] = Line(*ends, round(random.betavariate(1.5, 2.5), 3))
    return list(lines.values())
