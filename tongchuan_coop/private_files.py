"""The files that belong to the district's records: what a back-up holds and a check compares."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

# Photos that a phone is still sending (the phone keeps them until they are whole), and exports, which
# go away after some days and can be asked for again.
PASSING: Final = frozenset({"partial", "exports"})


def private_files() -> Iterator[Path]:
    """Return the files of the private folder in order, without what only passes through it."""
    root = Path(settings.FILES_DIR)
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.relative_to(root).parts[0] not in PASSING:
            yield path
