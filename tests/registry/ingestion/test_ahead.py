"""The process that reads a long sheet ahead changes nothing about what is read, and leaves nothing behind."""

import os
import signal
import time

import pytest

from registry.ingestion import ahead, readers
from registry.ingestion.ahead import read_ahead
from registry.ingestion.plainxml import NotPlain
from registry.ingestion.reasons import Refused
from tests.corpus.build import MANIFEST
from tests.corpus.societies import HEADER, line
from tests.corpus.workbooks import book
from tests.registry.ingestion.reading import read_here, read_in_child
from tests.registry.ingestion.test_sandbox import is_gone
from tests.registry.ingestion.test_straight import told

ROWS = [(number, ["甲", float(number), True, ""]) for number in range(1, 1_001)]


@pytest.mark.parametrize(
    "case", [case for case in MANIFEST if case.filename.endswith("x")], ids=lambda case: case.id
)
def test_every_workbook_of_the_corpus_reads_alike_with_and_without(case, tmp_path, monkeypatch):
    readings = []
    for folder, longest in (("ahead", 0), ("alone", 10**9)):
        monkeypatch.setattr(readers, "LONG_SHEET", longest)
        (tmp_path / folder).mkdir()
        readings.append(told(read_here(case.build(), tmp_path / folder, filename=case.filename)))

    assert readings[0] == readings[1]


def failing(error, after=300):
    yield from ROWS[:after]
    raise error


def test_rows_come_in_order_and_the_last_number_at_the_end():
    ends = []

    assert list(read_ahead(lambda: iter(ROWS), lambda: 1_234, ends.append)) == ROWS
    assert ends == [1_234]


@pytest.mark.parametrize(
    ("error", "met"),
    [
        (NotPlain(), NotPlain),
        (Refused("TOO_MANY_ROWS", limit=300), Refused),
        (MemoryError(), MemoryError),
        (OSError(), MemoryError),
        (ZeroDivisionError(), RuntimeError),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_stops_the_reader_ahead_stops_the_reading(error, met):
    rows = read_ahead(lambda: failing(error), lambda: 0, lambda _: pytest.fail("it never ended"))

    with pytest.raises(met) as raised:
        list(rows)

    if met is Refused:
        assert raised.value.finding == error.finding
        assert str(raised.value) == str(error)


def test_a_reader_that_is_ended_from_outside_ran_out_of_means():
    def read():
        yield from ROWS[: ahead._AT_ONCE]
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(MemoryError):
        list(read_ahead(read, lambda: 0, lambda _: None))


def test_nothing_is_left_of_a_reader_whose_rows_nobody_wants(tmp_path):
    def read():
        (tmp_path / "pid").write_text(f"{os.getpid()}")
        while True:
            yield from ROWS

    rows = read_ahead(read, lambda: 0, lambda _: None)
    assert next(rows) == ROWS[0]
    reader = int((tmp_path / "pid").read_text())
    assert reader != os.getpid()
    rows.close()

    assert is_gone(reader)


def test_the_reader_ahead_dies_with_the_child(tmp_path):
    child = os.fork()
    if not child:

        def read():
            (tmp_path / "pid").write_text(f"{os.getpid()}")
            while True:
                yield ROWS[0]

        next(read_ahead(read, lambda: 0, lambda _: None))
        time.sleep(60)
        os._exit(0)
    for _ in range(500):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_long_sheet_is_read_by_the_limited_child_as_by_one_process(tmp_path, monkeypatch):
    content = book([HEADER, *(line(number % 900 + 1) for number in range(5_200))]).write()
    for folder in ("child", "here"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(readers, "LONG_SHEET", 10**9)
    here = read_here(content, tmp_path / "here")

    assert read_in_child(content, tmp_path / "child") == here
