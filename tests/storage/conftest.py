"""A real database in a file, brought up by the migrations."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.tables import Owner
from storage.writer import Writer

NOW = datetime(2026, 3, 18, 3, 30, tzinfo=UTC)


def new_owner(number: int) -> Owner:
    return Owner(telegram_id=number, chat_id=number, timezone="Asia/Jakarta", created_at=NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(migrated: Path, path: Path) -> Iterator[Database]:
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    writer = Writer(database)
    yield writer
    writer.close()
