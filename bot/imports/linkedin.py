"""LinkedIn: Connections, messages and Invitations of its data archive, alone or in the zip.

'Connected On' is the day two accounts were linked, not a day two people spoke: it is not used.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from bot.imports.cleaning import clean, day_in, email, fold, name_of
from bot.imports.collecting import Collector
from bot.imports.records import Person, Reading, Reason, WhoAreYou

Row = list[str] | Reason
Cells = Mapping[str, str]

# The headers as LinkedIn writes them in several languages, folded.
COLUMNS = {
    "first": {"first name", "vorname", "prénom", "nombre", "nome", "nama depan"},
    "last": {"last name", "nachname", "nom", "apellidos", "sobrenome", "cognome", "nama belakang"},
    "url": {"url"},
    "email": {"email address", "e-mail-adresse", "adresse e-mail", "dirección de correo",
              "endereço de e-mail", "alamat email"},
    "company": {"company", "unternehmen", "entreprise", "empresa", "azienda", "perusahaan"},
    "position": {"position", "poste", "cargo", "posición", "posizione", "posisi", "jabatan"},
    "on": {"connected on", "verbunden am", "connecté le", "conectado el", "conectado em",
           "collegato il", "terhubung pada"},
}  # fmt: skip
MESSAGES = {"conversation id", "from", "to", "date"}
INVITATIONS = {"from", "to", "sent at", "direction"}
MOST_CANDIDATES = 8
MOST_ROWS = 500_000


def is_connections(header: list[str]) -> bool:
    found = set(_columns(header))
    return {"first", "last", "url"} <= found and bool({"on", "company", "position"} & found)


def is_messages(header: list[str]) -> bool:
    return {fold(cell) for cell in header} >= MESSAGES


def is_invitations(header: list[str]) -> bool:
    return {fold(cell) for cell in header} >= INVITATIONS


def read_connections(header: list[str], rows: Iterable[Row], into: Collector) -> None:
    columns = _columns(header)
    for number, cells in numbered(rows, into):
        row = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        name = name_of(row.get("first"), row.get("last"))
        organisation = clean(row.get("company"))
        url = _profile(row.get("url"))
        address = email(row.get("email"))
        person = Person(
            key=url or f"linkedin:{fold(name or '')}|{fold(organisation or '')}",
            name=name or "",
            organisation=organisation,
            role=clean(row.get("position")),
            emails=(address,) if address else (),
        )
        into.person(person, example=name or row.get("url") or f"{number}")


def read_messages(header: list[str], rows: Iterable[Row], into: Collector, me: str) -> None:
    """One contact per day and person; only who wrote first is kept, not a word of it."""
    for _, row in _named(header, rows, into):
        people = _participants(row)
        others = [key for key in people if key != me]
        if me not in people or not others:
            into.refuse(Reason.NOBODY_ELSE if people else Reason.UNKNOWN_PERSON)
        elif len(others) > 1:
            into.refuse(Reason.GROUP, row.get("conversation title"))
        else:
            _contact(into, others[0], people[others[0]], _message_day(row, into), _sender(row, me))


def read_invitations(header: list[str], rows: Iterable[Row], into: Collector) -> None:
    """An invitation is a message: one reached out, on a day, the other answered or not."""
    for _, row in _named(header, rows, into):
        outgoing = fold(row.get("direction", "")) == "outgoing"
        name, url = ("to", "inviteeprofileurl") if outgoing else ("from", "inviterprofileurl")
        key = _key(row.get(name), row.get(url))
        if key is None:
            into.refuse(Reason.NO_NAME)
            continue
        day = _invitation_day(row.get("sent at", ""))
        _contact(into, key, row.get(name, ""), day, "me" if outgoing else "them")


def find_me(
    header: list[str],
    open_rows: Callable[[], Iterable[Row]],
    reading: Reading,
    hint: str | None = None,
) -> str:
    """Who wrote these messages' owner side: somebody in all conversations. Raises WhoAreYou."""
    names: dict[str, str] = {}
    conversations: dict[str, set[str]] = defaultdict(set)
    for row in open_rows():
        if isinstance(row, Reason):
            continue
        cells = cells_of(header, row)
        for key, name in _participants(cells).items():
            if len(names) < 50_000:
                names.setdefault(key, name)
                conversations[cells.get("conversation id", "")].add(key)
    for told in (reading.me, hint):
        if told in names:
            return str(told)
    mine = {fold(name) for name in reading.names}
    called = [key for key, name in names.items() if fold(name) in mine]
    if len(called) == 1:
        return called[0]
    counts = Counter(key for keys in conversations.values() for key in keys).most_common()
    if len(conversations) > 1 and counts[0][1] == len(conversations) > counts[1][1]:
        return counts[0][0]
    raise WhoAreYou(tuple((key, names[key]) for key, _ in counts[:MOST_CANDIDATES]))


def inviter(header: list[str], rows: Iterable[Row]) -> str | None:
    """The owner of a list of invitations."""
    for row in rows:
        if not isinstance(row, Reason):
            cells = cells_of(header, row)
            if fold(cells.get("direction", "")) == "outgoing":
                return _key(cells.get("from"), cells.get("inviterprofileurl"))
            return _key(cells.get("to"), cells.get("inviteeprofileurl"))
    return None


def _contact(into: Collector, key: str, name: str, on: date | None, started_by: str) -> None:
    if not into.names(key):
        person = Person(key=key, name=name_of(name) or "")
        if into.reason_against(person) is not None:
            return into.refuse(Reason.NO_NAME, name)
        into.known(person)
    return into.contact(on, "message", key, started_by)


def _participants(row: Cells) -> dict[str, str]:
    """The people of a message: name by key."""
    sender = _key(row.get("from"), row.get("sender profile url"))
    result = {sender: row.get("from", "")} if sender else {}
    urls = [url for url in re.split(r"[,;\s]+", row.get("recipient profile urls", "")) if url]
    names = [name.strip() for name in row.get("to", "").split(",") if name.strip()]
    if len(urls) != len(names):
        names = names if not urls else [row.get("to", "")] * len(urls)
    for index, name in enumerate(names):
        key = _key(name, urls[index] if urls else None)
        if key:
            result.setdefault(key, name)
    return result


def _sender(row: Cells, me: str) -> str:
    return "me" if _key(row.get("from"), row.get("sender profile url")) == me else "them"


def _message_day(row: Cells, into: Collector) -> date | None:
    text = row.get("date", "").strip().removesuffix("UTC").strip()
    try:
        moment = datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return day_in(moment, into.reading.timezone)


def _invitation_day(text: str) -> date | None:
    for form in ("%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.split(",")[0].strip()[:10], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _profile(url: str | None) -> str | None:
    found = re.search(r"linkedin\.com/(in/[^/?#\s]{1,150})", url or "", re.IGNORECASE)
    return f"linkedin:{found[1].casefold()}" if found else None


def _key(name: str | None, url: str | None) -> str | None:
    known = name_of(name)
    return _profile(url) or (f"linkedin:{fold(known)}|" if known else None)


def _columns(header: list[str]) -> dict[str, int]:
    folded = [fold(cell) for cell in header]
    return {
        name: next(at for at, cell in enumerate(folded) if cell in spellings)
        for name, spellings in COLUMNS.items()
        if spellings & set(folded)
    }


def cells_of(header: list[str], row: list[str]) -> dict[str, str]:
    return dict(zip((fold(cell) for cell in header), row, strict=False))


def _named(
    header: list[str], rows: Iterable[Row], into: Collector
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in numbered(rows, into):
        yield number, cells_of(header, row)


def numbered(rows: Iterable[Row], into: Collector) -> Iterator[tuple[int, list[str]]]:
    """Rows that can be read, numbered; the others are refused."""
    for row in rows:
        number = into.row()
        if isinstance(row, Reason):
            into.refuse(row)
        elif number > MOST_ROWS:
            into.refuse(Reason.TOO_MANY)
        else:
            yield number, row
