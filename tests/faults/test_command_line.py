"""The commands as they are typed, in processes of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest


def environment(tmp_path: Path, **settings: str) -> dict[str, str]:
    """A shell in which nothing of ours is set but this."""
    plain = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return plain | {"DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}", **settings}


def jejaring(tmp_path: Path, *words: str, said: str = "", **settings: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=said,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(tmp_path, **settings) | {"PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_bot_can_be_talked_to_in_a_pipe(tmp_path: Path) -> None:
    said = "/add Budi Santoso, Bappenas\nCoffee with Budi yesterday, about the data pilot\n1\n"
    status, out, err = jejaring(tmp_path, "chat", said=said)
    assert status == 0, err
    assert "Added Budi Santoso" in out
    assert "Budi Santoso · coffee · yesterday" in out
    assert "[1] Undo" in out
    assert "Taken back" in out


def test_what_was_said_in_one_chat_is_known_in_the_next(tmp_path: Path) -> None:
    jejaring(tmp_path, "chat", said="/add Budi Santoso, Bappenas\n")
    _, out, _ = jejaring(tmp_path, "chat", said="/contact Budi\n")
    assert "Bappenas" in out


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("TELEGRAM_BOT_TOKEN", "nonsense", "TELEGRAM_BOT_TOKEN: must look like"),
        ("TELEGRAM_API_URL", "telegram.org", "TELEGRAM_API_URL: must be"),
        ("DATABASE_URL", "oracle://x", "DATABASE_URL: must be"),
        ("ALLOWED_USERS", "ayu", "ALLOWED_USERS: must be Telegram ids"),
        ("DEFAULT_TIMEZONE", "Mars/Olympus", "DEFAULT_TIMEZONE: must be a time zone"),
        ("DEFAULT_LANGUAGE", "tlh", "DEFAULT_LANGUAGE: must be one of en, id"),
        ("PORT", "eighty", "PORT: "),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: must be one of"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    tmp_path: Path, name: str, value: str, wrong: str
) -> None:
    status, _, err = jejaring(tmp_path, **{name: value})
    assert status == 2
    assert wrong in err
    assert "Traceback" not in err
    assert "nonsense" not in err


def test_settings_are_read_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# mine\nDEFAULT_LANGUAGE=tlh\n")
    status, _, err = jejaring(tmp_path)
    assert status == 2
    assert "DEFAULT_LANGUAGE" in err


def test_run_without_a_token_opens_the_playground_and_stops_cleanly(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, PORT=str(port)) | {"PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path,
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(6)]
        shown = "".join(lines)
        assert f"http://127.0.0.1:{port}" in shown
        assert re.search("To go live", shown)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            assert page.status == 200
        taken = subprocess.run(
            [sys.executable, "-m", "bot"],
            capture_output=True,
            text=True,
            timeout=30,
            env=environment(tmp_path, PORT=str(port)) | {"PYTHONPATH": str(Path.cwd())},
            cwd=tmp_path,
            check=False,
        )
        assert taken.returncode == 2
        assert "is taken" in taken.stderr
    finally:
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=15)
    assert process.returncode == 0, err
    assert time.monotonic() - started < 6
