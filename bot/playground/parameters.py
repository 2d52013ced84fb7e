"""Parameters of a Bot API call, from whichever of the four encodings the bot chose."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from bot.playground.refusals import bad_request

_NAME = re.compile(r'[;\s]name="([^"]*)"', re.IGNORECASE)
_FILENAME = re.compile(r'[;\s]filename="([^"]*)"', re.IGNORECASE)
_FILENAME_EXTENDED = re.compile(r"[;\s]filename\*=utf-8''([^;\s]+)", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"^content-type:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Upload:
    """One file of a multipart request."""

    filename: str
    content: bytes
    mime_type: str | None = None


@dataclass(frozen=True)
class Parameters:
    """Values as sent (strings in forms, anything in JSON) and uploaded files by field name."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value as text; empty where absent."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """The value as a whole number; None where absent or no number."""
        try:
            return int(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        """The value as yes or no, the way Telegram reads it."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> Any:
        """The value decoded from JSON; None where absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def summary(self) -> dict[str, Any]:
        """What a log of calls keeps: values, and the names of files instead of their bytes."""
        return self.values | {name: upload.filename for name, upload in self.uploads.items()}


def decode(query: bytes, content_type: str, body: bytes) -> Parameters:
    """Reads the query string and a JSON, urlencoded or multipart body.

    Raises Refused where the body is not what its content type says.
    """
    values: dict[str, Any] = {}
    if query:
        values.update(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    if body:
        kind = content_type.partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            uploads = _read_multipart(content_type, body, values)
        elif kind == "application/json":
            values.update(_read_json(body))
        else:
            values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(values, uploads)


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(read, dict):
        raise bad_request("can't parse JSON object")
    return {name: value for name, value in read.items() if value is not None}


def _read_multipart(content_type: str, body: bytes, values: dict[str, Any]) -> dict[str, Upload]:
    boundary = re.search(r'boundary="?([^";,]+)', content_type, re.IGNORECASE)
    if boundary is None:
        raise bad_request("boundary not found in multipart/form-data")
    uploads = {}
    # The first delimiter has no line break before it: give it one, and all look alike.
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode("latin-1"))[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = _NAME.search(headers)
        if name is None:
            raise bad_request("can't parse multipart/form-data")
        filename = _filename(headers)
        if filename is None:
            values[name[1]] = content.decode("utf-8", "replace")
        else:
            kind = _CONTENT_TYPE.search(headers)
            uploads[name[1]] = Upload(filename, content, kind[1] if kind else None)
    return uploads


def _filename(headers: str) -> str | None:
    if extended := _FILENAME_EXTENDED.search(headers):
        return unquote(extended[1])
    if plain := _FILENAME.search(headers):
        return plain[1].replace("%22", '"')
    return None
