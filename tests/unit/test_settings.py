from pathlib import Path

import pytest

from bot.settings import Settings, WrongSettings, read_settings


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_has_to_be_set() -> None:
    assert read_settings() == Settings()


def test_the_environment_stands_above_dotenv_and_values_above_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(
        'PORT=9 # mine\nALLOWED_USERS="1, 2"\nSEND_RATE=3.5\nOTHER=1\n', encoding="utf-8"
    )
    monkeypatch.setenv("PORT", "10")
    monkeypatch.setenv("SEND_RATE", "4")
    assert read_settings(send_rate=5) == Settings(
        port=10, allowed_users=frozenset({1, 2}), send_rate=5
    )


def test_an_empty_setting_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    Path(".env").write_text("PORT=\n", encoding="utf-8")
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("PORT", "70000", "PORT: input should be less than or equal to 65535 (it is '70000')"),
        ("DEFAULT_TIMEZONE", "Mars", "DEFAULT_TIMEZONE: must be a time zone"),
        ("DEFAULT_TIMEZONE", "Asia", "DEFAULT_TIMEZONE: must be a time zone"),
        ("DEFAULT_TIMEZONE", "../etc", "DEFAULT_TIMEZONE: must be a time zone"),
        ("DEFAULT_LANGUAGE", "nl", "DEFAULT_LANGUAGE: must be one of en, id (it is 'nl')"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: must be one of DEBUG"),
        ("ALLOWED_USERS", "ayu", "ALLOWED_USERS: must be Telegram ids"),
        ("SEND_RATE", "0", "SEND_RATE: input should be greater than 0"),
        ("TELEGRAM_API_URL", "ftp://a", "TELEGRAM_API_URL: must be the root of a Bot API server"),
        ("DATABASE_URL", "mysql://a", "DATABASE_URL: must be sqlite:///PATH"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as caught:
        read_settings()
    assert str(caught.value).startswith(problem)


def test_a_wrong_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "very secret")
    with pytest.raises(WrongSettings) as caught:
        read_settings()
    assert "secret" not in str(caught.value)
