"""Time zones as people name them: a city, a zone's short name, an offset."""

import re
from functools import lru_cache
from zoneinfo import available_timezones

from bot.usecases.search import fold, is_close

# Cities and names that the time zone database does not list, or lists otherwise.
ALSO = {
    "wib": "Asia/Jakarta",
    "wita": "Asia/Makassar",
    "wit": "Asia/Jayapura",
    "bali": "Asia/Makassar",
    "balikpapan": "Asia/Makassar",
    "bandung": "Asia/Jakarta",
    "banjarmasin": "Asia/Makassar",
    "batam": "Asia/Jakarta",
    "bekasi": "Asia/Jakarta",
    "bogor": "Asia/Jakarta",
    "denpasar": "Asia/Makassar",
    "depok": "Asia/Jakarta",
    "lombok": "Asia/Makassar",
    "malang": "Asia/Jakarta",
    "manado": "Asia/Makassar",
    "medan": "Asia/Jakarta",
    "padang": "Asia/Jakarta",
    "palembang": "Asia/Jakarta",
    "semarang": "Asia/Jakarta",
    "solo": "Asia/Jakarta",
    "surabaya": "Asia/Jakarta",
    "tangerang": "Asia/Jakarta",
    "yogyakarta": "Asia/Jakarta",
    "jogja": "Asia/Jakarta",
    "ambon": "Asia/Jayapura",
    "ternate": "Asia/Jayapura",
    "timika": "Asia/Jayapura",
    "bangalore": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "barcelona": "Europe/Madrid",
    "boston": "America/New_York",
    "canberra": "Australia/Sydney",
    "delhi": "Asia/Kolkata",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "hamburg": "Europe/Berlin",
    "hanoi": "Asia/Ho_Chi_Minh",
    "miami": "America/New_York",
    "milan": "Europe/Rome",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "osaka": "Asia/Tokyo",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "the hague": "Europe/Amsterdam",
    "den haag": "Europe/Amsterdam",
    "washington": "America/New_York",
}
REGIONS = frozenset(
    ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)
FARTHEST_WEST, FARTHEST_EAST = -12, 14


@lru_cache
def _zones() -> dict[str, str]:
    """Zone names by their folded city and by their whole name."""
    zones: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if zone.split("/")[0] in REGIONS:
            zones.setdefault(fold(zone.rsplit("/", 1)[1].replace("_", " ")), zone)
            zones[fold(zone)] = zone
    return zones | ALSO | {"utc": "UTC", "gmt": "UTC"}


def find_timezone(words: str) -> str | None:
    """The time zone a person means: 'Bandung', 'WITA', 'Asia/Tokyo', 'UTC+7'; None if unclear."""
    wanted = fold(" ".join(words.split()))
    zones = _zones()
    if wanted in zones:
        return zones[wanted]
    if offset := OFFSET.fullmatch(wanted):
        hours = int(offset[1] + offset[2])
        if FARTHEST_WEST <= hours <= FARTHEST_EAST:
            return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts the other way round
        return None
    close = {zone for name, zone in zones.items() if is_close(wanted, name)}
    return close.pop() if len(close) == 1 else None
