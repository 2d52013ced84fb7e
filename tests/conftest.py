"""What all tests share."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import upgrade


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database the migrations have been run on, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "test.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path
