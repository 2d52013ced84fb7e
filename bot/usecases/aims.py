"""Which contacts touch the owner's purpose: cheap enough for every screen."""

from dataclasses import dataclass

from sqlmodel import Session

from analysis.network import Alter
from analysis.purpose import Need, NeedKind, fits
from storage import purposes
from storage.tables import Contact


@dataclass(frozen=True, slots=True)
class Aims:
    """What the open purpose is about, and whom or what it needs."""

    what: str | None = None
    needs: tuple[Need, ...] = ()

    def fit(self, contact: Contact) -> str | None:
        """The purpose, for a contact who is, or belongs to, what it needs."""
        alter = Alter(contact.id or 0, contact.name, contact.organisation, sector=contact.sector)
        return self.what if any(fits(need, alter) for need in self.needs) else None

    def values(self, kind: NeedKind) -> list[str]:
        return [need.value for need in self.needs if need.kind is kind]


def read_aims(session: Session, owner_id: int) -> Aims:
    purpose = purposes.current(session, owner_id)
    if purpose is None:
        return Aims()
    rows = purposes.needs(session, owner_id, purpose.id or 0)
    needs = tuple(Need(NeedKind(row.kind), row.value, row.count) for row in rows)
    return Aims(purpose.what, needs)
