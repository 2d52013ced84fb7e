"""iCalendar: events with attendees, read by icalendar, an event at a time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from bot.imports.blocks import blocks_of
from bot.imports.cleaning import FIRST_YEAR, clean, day_in, email, fold, name_of
from bot.imports.collecting import Collector
from bot.imports.records import Person, Reading, Reason, WhoAreYou
from bot.imports.streams import lines_of

CROWD = 20  # among more people one has not met them all
MOST_TIMES = 400  # of one event that recurs
MOST_SERIES = 2_000
MOST_CANDIDATES = 8
SERIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
KNOWN_PARTS = {"FREQ", "INTERVAL", "BYDAY", "WKST"}  # the start says the day and the month
ROOMS = {"ROOM", "RESOURCE", "GROUP"}


def read_calendar(file: IO[bytes], encoding: str, into: Collector) -> None:
    me = _find_me(file, encoding, into.reading)
    series = 0
    for block in blocks_of(file, encoding, "VEVENT"):
        into.row()
        event = _parse(block) if block else None
        if event is None:
            into.refuse(Reason.BROKEN if block else Reason.TOO_LONG)
            continue
        recurs = event.get("RRULE") is not None
        series += recurs
        if recurs and series > MOST_SERIES:
            into.refuse(Reason.TOO_MANY)
            continue
        try:
            _take(event, me, into)
        except Exception:  # a property that cannot be read says so only when it is looked at
            into.refuse(Reason.BROKEN)


def _take(event: Any, me: str | None, into: Collector) -> None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return into.refuse(Reason.CANCELLED, str(event.get("SUMMARY", "")))
    people = {key: name for key, name in _people(event).items() if key != me}
    if not people:
        return into.refuse(Reason.NOBODY_ELSE, str(event.get("SUMMARY", "")))
    if len(people) > CROWD:
        return into.refuse(Reason.CROWD, str(event.get("SUMMARY", "")))
    start = _start(event, into.reading.timezone)
    days = list(_days(event, start, into.reading.today)) if start else [None]
    if not days or days[0] is None or days[0].year < FIRST_YEAR or days[0] > into.reading.today:
        return into.happening(days[0] if days else None, "meeting", list(people))
    for address, name in people.items():
        if not into.names(address):
            into.known(Person(key=address, name=name[:120], emails=(address[9:],)))
    note = clean(str(event.get("SUMMARY", "")))
    taken = into.taken
    for day in days:
        into.happening(day, "meeting", list(people), note)
    into.taken = taken + 1  # however often it recurs, it is one row
    return None


def _parse(block: str) -> Any:
    import icalendar

    try:
        return icalendar.Event.from_ical(block)
    except Exception:  # it raises whatever its input brings about
        return None


def _people(event: Any) -> dict[str, str]:
    """Who takes part: name by key. Those who declined, and rooms, do not."""
    result: dict[str, str] = {}
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    if not attendees:
        return {}  # an appointment without guests says nothing of anybody
    for each in [event.get("ORGANIZER"), *attendees]:
        address = email(str(each or ""))
        parameters = getattr(each, "params", {})
        declined = str(parameters.get("PARTSTAT", "")).upper() == "DECLINED"
        if not address or declined or str(parameters.get("CUTYPE", "")).upper() in ROOMS:
            continue
        name = name_of(str(parameters.get("CN", "")).strip('"'))
        if name is None or "@" in name:
            name = name_of(address.split("@")[0].replace(".", " ").replace("_", " ").title())
        result.setdefault(f"calendar:{address}", name or address)
    return result


def _start(event: Any, timezone: str) -> date | None:
    try:
        start = event.decoded("DTSTART")
    except Exception:  # no such property, or one of another type
        return None
    if isinstance(start, datetime):
        return day_in(start, timezone)
    return start if isinstance(start, date) else None


def _days(event: Any, start: date, today: date) -> Iterator[date]:
    """The days of an event up to today, one or many."""
    rule = event.get("RRULE")
    if rule is None or isinstance(rule, list):
        yield start
        return
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    if frequency not in SERIES or start > today or start.year < FIRST_YEAR:
        yield start
        return
    parts = dict(part.split("=", 1) for part in rule.to_ical().decode().split(";") if "=" in part)
    last = min(today, _until(rule) or today)
    try:
        yield from _recur(parts, start, last, _left_out(event))
    except (ValueError, TypeError, ArithmeticError):
        yield start


def _recur(parts: dict[str, str], start: date, last: date, left_out: set[date]) -> Iterator[date]:
    """The days up to `last`: the end is always given, so that no rule is followed for ever."""
    from dateutil.rrule import rrulestr

    if int(parts.get("INTERVAL", "1")) < 1:
        raise ValueError("It recurs at once.")
    first = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - days, no moments
    times = min(int(parts.get("COUNT", MOST_TIMES)), MOST_TIMES)
    rule = {name: value for name, value in parts.items() if name in KNOWN_PARTS}
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    for count, moment in enumerate(rrulestr(f"{text};UNTIL={last:%Y%m%d}T235959", dtstart=first)):
        if count >= times:
            return
        if moment.date() not in left_out:
            yield moment.date()


def _until(rule: Any) -> date | None:
    until = (rule.get("UNTIL") or [None])[0]
    return until.date() if isinstance(until, datetime) else until


def _left_out(event: Any) -> set[date]:
    found = event.get("EXDATE", [])
    result = set()
    for each in found if isinstance(found, list) else [found]:
        for one in getattr(each, "dts", ()):
            result.add(one.dt.date() if isinstance(one.dt, datetime) else one.dt)
    return result


def _find_me(file: IO[bytes], encoding: str, reading: Reading) -> str | None:
    """The calendar's owner: named in its head, or in all events. Raises WhoAreYou."""
    if reading.me:
        return reading.me
    if (named := _named_in_head(file, encoding)) is not None:
        return named
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    meetings = 0
    for block in blocks_of(file, encoding, "VEVENT"):
        event = _parse(block) if block else None
        people = _people(event) if event is not None else {}
        if not 1 < len(people) <= CROWD:
            continue
        meetings += 1
        for key, name in people.items():
            if len(names) < 50_000:
                counts[key] += 1
                names.setdefault(key, name)
    if not meetings:
        return None
    mine = {fold(name) for name in reading.names}
    called = [key for key, name in names.items() if fold(name) in mine]
    if len(called) == 1:
        return called[0]
    common = counts.most_common(2)
    if meetings > 1 and common[0][1] > 0.8 * meetings and common[0][1] > common[1][1]:
        return common[0][0]
    raise WhoAreYou(tuple((key, names[key]) for key, _ in counts.most_common(MOST_CANDIDATES)))


def _named_in_head(file: IO[bytes], encoding: str) -> str | None:
    for number, line in enumerate(lines_of(file, encoding)):
        if number > 60 or line.upper().startswith("BEGIN:VEVENT"):
            return None
        if line.upper().startswith(("X-WR-CALNAME", "X-OWNER")) and (found := email(line)):
            return f"calendar:{found}"
    return None
