"""Files that rows name, and whether the two still fit: nothing missing, altered or left over."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import Attachment, IssuedPaper
from accounts.operations.life_signs import STORAGE, give_sign
from pilot.models import Archive
from registry.models import FeedDelivery
from tongchuan_coop.private_files import private_files

SHOWN = 20


@dataclass(frozen=True)
class Store:
    """A folder under the private files, and the rows that name what lies in it."""

    word: str
    rows: Callable[[], Any]
    digest: str

    def named(self) -> Iterator[tuple[Any, Path, str]]:
        """Give each row with its path and the SHA-256 that its bytes must have."""
        for row in self.rows().iterator(chunk_size=1_000):
            yield row, row.path, getattr(row, self.digest)


STORES = (
    Store("报送文件", lambda: FeedDelivery.objects.exclude(stored_name=""), "sha256"),
    Store("附件", Attachment.objects.all, "sha256"),
    Store("试点归档", Archive.objects.ready, "sha256"),
    Store("签发文书", lambda: IssuedPaper.objects.exclude(stored_name=""), "sha256"),
)


@dataclass
class Findings:
    """What does not fit: lines for people, of each kind all of them."""

    files: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Tell whether rows and files fit."""
        return not (self.missing or self.altered or self.unnamed)


def check_storage() -> Findings:
    """Read every private file and compare it with its row; repair nothing, note the result."""
    found, seen = Findings(), set()
    root = Path(settings.FILES_DIR)
    for store in STORES:
        for row, path, digest in store.named():
            line = f"{store.word} {row.pk}（{path.relative_to(root).as_posix()}）"
            seen.add(path)
            small = getattr(row, "small_path", None)
            if small:
                seen.add(small)
            if not path.is_file():
                found.missing.append(line)
            elif _digest(path) != digest:
                found.altered.append(line)
            else:
                found.files += 1
    found.unnamed = [
        path.relative_to(root).as_posix() for path in private_files() if path not in seen
    ]
    give_sign(
        STORAGE,
        good=found.good,
        files=found.files,
        missing=len(found.missing),
        altered=len(found.altered),
        unnamed=len(found.unnamed),
        first=[*found.missing, *found.altered, *found.unnamed][:SHOWN],
    )
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
