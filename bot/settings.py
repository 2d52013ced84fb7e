"""Settings from the environment and from .env, checked at start."""

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, ValidationError, field_validator

LANGUAGES = ("en", "id")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TOKEN = re.compile(r"\d+:[\w-]+")


class WrongSettings(Exception):
    """One line for each setting that is wrong: its name and what would be right."""


class Settings(BaseModel):
    """What can be set; a setting's name in the environment is its name in capitals."""

    telegram_bot_token: str | None = Field(default=None, repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    allowed_users: frozenset[int] = frozenset()
    default_timezone: str = "Asia/Jakarta"
    default_language: str = "en"
    port: int = Field(default=8080, ge=0, le=65535)
    log_level: str = "INFO"
    send_rate: float = Field(default=30, gt=0)

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: str | None) -> str | None:
        if value is not None and not TOKEN.fullmatch(value):
            raise ValueError("must look like 123456:ABC-DEF, as @BotFather gives it")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError("must be the root of a Bot API server, such as http://localhost:8081")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: str) -> str:
        if value and not re.fullmatch(r"sqlite:///.+", value):
            raise ValueError("must be sqlite:///PATH, such as sqlite:///jejaring.db")
        return value

    @field_validator("allowed_users", mode="before")
    @classmethod
    def _allowed_users(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        words = re.split(r"[,\s]+", value.strip())
        if not all(word.isdecimal() for word in words):
            raise ValueError("must be Telegram ids, such as 12345,67890")
        return frozenset(int(word) for word in words)

    @field_validator("default_timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, ZoneInfoNotFoundError):  # a folder of zones is an OSError
            problem = "must be a time zone, such as Asia/Jakarta or Europe/London"
            raise ValueError(problem) from None
        return value

    @field_validator("default_language")
    @classmethod
    def _language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
        return value

    @field_validator("log_level")
    @classmethod
    def _log_level(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
        return value.upper()

    def database(self, name: str = "jejaring") -> str:
        """The database's URL: the one set, or a file in the user's data directory."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{_data_directory() / name}.db"


@lru_cache
def _data_directory() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("jejaring", appauthor=False))


def read_settings(**values: Any) -> Settings:
    """The settings: `values` above the environment above .env; an empty one counts as not set.

    Raises WrongSettings.
    """
    found = _given(_dotenv()) | _given(os.environ) | values
    try:
        return Settings(**found)
    except ValidationError as error:
        raise WrongSettings("\n".join(_problem(each) for each in error.errors())) from None


def _given(environment: Mapping[str, str | None]) -> dict[str, str]:
    named = {name.lower(): value for name, value in environment.items() if value}
    return {name: named[name] for name in Settings.model_fields if name in named}


def _dotenv() -> Mapping[str, str | None]:
    path = Path(".env")
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return dotenv_values(path, encoding="utf-8")


def _problem(error: Any) -> str:
    name = str(error["loc"][0]).upper()
    what = error["msg"].removeprefix("Value error, ")
    # A token is a secret even when it is wrong; other wrong values are shown, to be found.
    given = "" if name == "TELEGRAM_BOT_TOKEN" else f" (it is {error['input']!r})"
    return f"{name}: {what[0].lower()}{what[1:]}{given}"
