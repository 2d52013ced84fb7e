"""Brings a database up to the tables of this version.

Revisions are numbered files; a database that stands at the newest is left alone without loading
Alembic, which costs more than the rest of the start.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "migrations" / "versions"
log = logging.getLogger(__name__)


class DatabaseTooNew(Exception):
    """The database was written by a newer version of the program: update the program."""


def revisions() -> list[str]:
    """All revisions, oldest first."""
    return sorted(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def current(connection: Connection) -> str | None:
    """The revision a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    number: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return number


def upgrade(database: Database) -> None:
    """Run the migrations that are missing. Raises DatabaseTooNew for an unknown revision."""
    with database.reading.connect() as connection:
        stands_at = current(connection)
    known = revisions()
    if stands_at == known[-1]:
        return
    if stands_at is not None and stands_at not in known:
        raise DatabaseTooNew(f"Database revision {stands_at}; newest known is {known[-1]}.")
    move(database, known[-1])
    log.info("migrated", extra={"revision": known[-1]})


def move(database: Database, revision: str) -> None:
    """Go to a revision, up or down ('base' is the empty database)."""
    from alembic import command  # slow to load, seldom needed

    up = revision in revisions()
    with database.restructure() as connection:
        stands_at = current(connection)
        config = alembic_config(connection)
        if up and (stands_at is None or stands_at <= revision):
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)


def alembic_config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["connection"] = connection
    return config
