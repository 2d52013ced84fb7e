"""jejaring import, backup and restore, on the command line."""

from pathlib import Path

import pytest

from bot.__main__ import main
from storage.tables import Contact
from tests.chat.conftest import Bot, Chat
from tests.chat.test_import import LINKEDIN, rows


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The running bot's database, for the command line too."""
    path = tmp_path / "test.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.chdir(tmp_path)
    return path


async def test_a_file_is_imported_while_the_bot_runs_and_undone_in_the_chat(
    bot: Bot, chat: Chat, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await chat.says("/help")
    file = tmp_path / "Connections.csv"
    file.write_text(LINKEDIN)
    assert main(["import", str(file), "--user", "101"]) == 0
    assert "2 new contacts" in capsys.readouterr().out
    assert main(["import", str(file), "--user", "101"]) == 0
    assert "0 new contacts, 0 updated" in capsys.readouterr().out
    assert "Dewi Lestari" in (await chat.says("/contact Dewi")).text
    assert "the whole import" in (await chat.says("/undo")).text
    assert rows(bot, Contact) == []


async def test_a_wrong_file_or_user_is_refused(
    bot: Bot, chat: Chat, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await chat.says("/help")
    file = tmp_path / "file"
    file.write_text("just words")
    assert main(["import", str(file), "--user", "101"]) == 2
    assert main(["import", str(file), "--user", "999"]) == 2
    assert main(["import", str(tmp_path / "none"), "--user", "101"]) == 2
    said = capsys.readouterr().err
    for words in ("cannot be read: unknown", "No user 999", "There is no file"):
        assert words in said


async def test_a_backup_made_while_the_bot_runs_is_whole(
    bot: Bot, chat: Chat, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await chat.says("/add Budi Santoso, Bappenas")
    copy = tmp_path / "copy.db"
    assert main(["backup", str(copy)]) == 0
    await chat.says("/forget")
    await chat.taps("Yes, delete everything")
    assert main(["restore", str(copy)]) == 2
    assert "Stop it first" in capsys.readouterr().err
    other = tmp_path / "other.db"
    assert main_with(other, ["restore", str(copy)]) == 0
    assert b"Budi Santoso" in other.read_bytes()


async def test_no_sound_backup_no_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "target.db"
    target.write_bytes(b"")
    for content in (b"", b"noise" * 5000, b"SQLite format 3\x00" + b"x" * 9000):
        wrong = tmp_path / "wrong.db"
        wrong.write_bytes(content)
        assert main_with(target, ["restore", str(wrong)]) == 2
        assert target.read_bytes() == b""


def main_with(database: Path, arguments: list[str]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{database}")
        return main(arguments)
