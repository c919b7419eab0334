"""A file that came with a form that was not complete yet: kept for its person until the form is.

A browser cannot put a chosen file back into a form, so the bytes wait here for some hours.
"""

import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from accounts.models import User

HOURS = 12
_CHUNK = 1 << 20


@dataclass(frozen=True)
class KeptUpload:
    """A waiting file, as a session remembers it."""

    token: str
    name: str
    size: int


def keep_upload(stream: BinaryIO, *, name: str, by: User) -> KeptUpload:
    """Write the bytes aside for this person and clear away what nobody came back for."""
    _clear_old()
    token, size = uuid.uuid4().hex, 0
    with _path(token, by).open("xb") as kept:
        while chunk := stream.read(_CHUNK):
            size += kept.write(chunk)
    return KeptUpload(token, name, size)


def open_upload(token: str, *, by: User) -> BinaryIO | None:
    """Open a waiting file of this person, or return None when it is gone."""
    try:
        return _path(token, by).open("rb")
    except (FileNotFoundError, ValueError):
        return None


def forget_upload(token: str, *, by: User) -> None:
    """Take a waiting file away."""
    _path(token, by).unlink(missing_ok=True)


def _path(token: str, by: User) -> Path:
    return _folder() / f"{by.pk}-{uuid.UUID(token).hex}"


def _folder() -> Path:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR) / "kept"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _clear_old() -> None:
    oldest = time.time() - HOURS * 3600
    for entry in os.scandir(_folder()):
        if entry.stat().st_mtime < oldest:
            Path(entry.path).unlink(missing_ok=True)
