"""The whole manifest, and a command that writes it out: python -m tests.corpus.build FOLDER."""

import csv
import sys
from pathlib import Path

from tests.corpus import (
    containers,
    disguises,
    encodings,
    identities,
    layouts,
    quantities,
    structures,
)
from tests.corpus.case import Case

MANIFEST: list[Case] = [
    *containers.CASES,
    *structures.CASES,
    *encodings.CASES,
    *layouts.CASES,
    *identities.CASES,
    *quantities.CASES,
    *disguises.CASES,
]
COLUMNS = ("case", "file", "sent_as", "outcome", "reason", "held", "rows")


def write(folder: Path) -> None:
    """Write every file and manifest.csv into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        manifest = csv.writer(file)
        manifest.writerow(COLUMNS)
        for at, case in enumerate(MANIFEST, 1):
            name = f"{at:03d}"
            (folder / name).write_bytes(case.build())
            rows = " ".join(row.outcome or "good" for row in case.rows or ())
            held = " ".join(sorted(case.held))
            line = (case.id, name, case.filename, case.outcome, case.reason, held, rows)
            manifest.writerow(line)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
