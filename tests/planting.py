"""Copies of the source tree in which a fault is planted, to see who notices."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
_LEFT_OUT: Final = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "var", "__pycache__", ".*_cache"
)


class Change(NamedTuple):
    """One line of the source and what stands in its place."""

    path: str
    old: str
    new: str

    def fits(self) -> bool:
        """Tell whether the source holds the line exactly once."""
        return (ROOT / self.path).read_text(encoding="utf-8").count(self.old) == 1


@contextmanager
def copied_tree() -> Iterator[Path]:
    """Copy the tree; the copy is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        yield copy


def plant(copy: Path, changes: Iterable[Change]) -> None:
    """Plant changes in a copy. Raises ValueError where a line does not stand exactly once."""
    for change in changes:
        if not change.fits():
            raise ValueError(f"{change.path} does not hold the line once: mend the list")
        place = copy / change.path
        source = place.read_text(encoding="utf-8")
        place.write_text(source.replace(change.old, change.new), encoding="utf-8")
