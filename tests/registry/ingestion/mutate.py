"""Reads damaged copies of good files and prints what became of each: COUNT FOLDER."""

import io
import json
import random
import resource
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.corpus.case import write_csv
from tests.corpus.containers import legacy
from tests.corpus.societies import table
from tests.corpus.structures import rich_text
from tests.corpus.workbooks import book, pack
from tests.registry.ingestion.reading import read_here

SEED = 20_210_720
MEMORY = 1024 * 1024 * 1024
Damage = Callable[[random.Random, bytes], bytes]
TOKENS = (
    b"<",
    b">",
    b'"',
    b"&#0;",
    b"</row>",
    b"<row>",
    b'r="',
    b"-1",
    b"9" * 20,
    b"\x00",
    b"\xff",
)


def flip(chance: random.Random, data: bytes) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Take a piece out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def repeat(chance: random.Random, data: bytes) -> bytes:
    """Put a piece in twice."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 300)]
    return data[:start] + piece + data[start:]


def insert(chance: random.Random, data: bytes) -> bytes:
    """Put a token in."""
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(TOKENS) + data[at:]


DAMAGES: tuple[Damage, ...] = (flip, cut, repeat, insert)


def inside(chance: random.Random, data: bytes) -> bytes:
    """Damage one part of a workbook and close the archive properly again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = chance.choice(DAMAGES)(chance, parts[name])
    return pack(parts)


def plan(count: int) -> list[tuple[int, bytes]]:
    """Return the damaged files, each with the number that makes it again."""
    workbooks = [book(table(5)).write(), rich_text()]
    others = [write_csv(table(5)), write_csv(table(5), encoding="gb18030"), legacy()]
    files = []
    for number in range(count):
        chance = random.Random(SEED + number)
        if number % 2:
            files.append((number, inside(chance, chance.choice(workbooks))))
        else:
            data = chance.choice([*others, workbooks[0]])
            files.append((number, chance.choice(DAMAGES)(chance, data)))
    return files


def outcome(data: bytes, folder: Path) -> dict[str, object]:
    """Read one file and say what became of it."""
    folder.mkdir()
    found: dict[str, object] = {"raised": "", "balanced": True}
    try:
        report = read_here(data, folder).report
    except Exception as error:
        return {**found, "outcome": "raised", "reason": "", "raised": repr(error)}
    finally:
        shutil.rmtree(folder)
    counts = report.counts
    parts = counts.header + counts.blank + counts.note + counts.data
    found["balanced"] = report.outcome != "parsed" or counts.physical == parts
    return {**found, "outcome": report.outcome, "reason": report.reason}


def main(count: int, folder: Path) -> None:
    """Read every damaged file of the plan."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number, data in plan(count):
        found = {"number": number, **outcome(data, folder / str(number))}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
