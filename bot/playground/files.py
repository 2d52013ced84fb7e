"""Files sent in either direction, kept in memory while the server runs."""

import io
import mimetypes
from itertools import count
from pathlib import PurePath
from secrets import token_urlsafe

from bot.playground.model import File, Json
from bot.playground.parameters import Upload
from bot.playground.refusals import bad_request

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024


class FileStore:
    """Files by file_id, unique id and path."""

    def __init__(self) -> None:
        self._numbers = count()
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def add(self, kind: str, upload: Upload) -> File:
        """Keeps a file of `kind` 'photo' or 'document' and names it."""
        number = next(self._numbers)
        name = PurePath(upload.filename).name or "file"
        width, height = _picture_size(upload.content) if kind == "photo" else (None, None)
        suffix = ".jpg" if kind == "photo" else PurePath(name).suffix
        file = File(
            file_id=f"{'AgAC' if kind == 'photo' else 'BQAC'}{token_urlsafe(24)}",
            unique_id=f"AQAD{number:x}{token_urlsafe(6)}",
            kind=kind,
            name=name,
            path=f"{kind}s/file_{number}{suffix}",
            content=upload.content,
            mime_type=_mime_type(name, upload.mime_type),
            width=width,
            height=height,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def by_id(self, file_id: str) -> File:
        """The file with that id; refused in Telegram's words where there is none."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file identifier/HTTP URL specified") from None

    def find(self, file_id: str) -> File | None:
        """The file with that id, if there is one."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> File | None:
        """The file behind a download path."""
        return self._by_path.get(path)


def describe(file: File) -> Json:
    """The file as a Bot API PhotoSize or Document."""
    shared: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }
    if file.kind == "photo":
        return shared | {"width": file.width, "height": file.height}
    named: Json = {"file_name": file.name}
    return shared | named | ({"mime_type": file.mime_type} if file.mime_type else {})


def _mime_type(name: str, told: str | None) -> str | None:
    if told and told != "application/octet-stream":
        return told
    return mimetypes.guess_type(name)[0] or told


def _picture_size(content: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    if len(content) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
