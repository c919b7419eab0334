"""Every broken or hostile file of the corpus meets its declared outcome."""

import json
import time
from collections import Counter

import pytest

from registry.ingestion.reasons import REASONS, Level
from tests.corpus.build import MANIFEST
from tests.corpus.case import Case
from tests.registry.ingestion.reading import Reading, read_here, read_in_child

LONGEST_SECONDS = 30


@pytest.fixture(params=MANIFEST, ids=lambda case: case.id)
def case(request):
    return request.param


def test_a_file_meets_its_declared_outcome(case: Case, tmp_path):
    read = read_in_child if case.dangerous else read_here
    started = time.monotonic()

    reading = read(case.build(), tmp_path, case.filename, **case.spec)

    report = reading.report
    assert (report.outcome, report.reason) == (case.outcome, case.reason), report.message
    assert case.says in report.message
    assert {held.code for held in report.held} == case.held
    assert case.notes in "".join(report.notes)
    assert not [each for each in case.silent if each in "".join(report.notes)]
    assert time.monotonic() - started < LONGEST_SECONDS
    counts = vars_of(report.counts)
    assert {name: counts[name] for name in case.counts} == dict(case.counts)
    if case.outcome == "refused":
        assert REASONS[report.reason].level is Level.FILE
    else:
        the_row_equation_holds(reading)
        the_rows_are_as_declared(case, reading)


def vars_of(counts):
    return {name: getattr(counts, name) for name in ("physical", "header", "blank", "note", "data")}


def the_row_equation_holds(reading: Reading):
    counts = reading.report.counts
    assert counts.physical == counts.header + counts.blank + counts.note + counts.data
    kinds = Counter(row["kind"] for row in reading.rows)
    assert (kinds["header"], kinds["note"], kinds["data"]) == (
        counts.header,
        counts.note,
        counts.data,
    )
    assert [int(row["ordinal"]) for row in reading.rows] == list(range(1, len(reading.rows) + 1))
    for row in reading.data:
        assert (row["ordinal"] in reading.registrations) == (row["outcome"] != "rejected")
        assert (row["outcome"] == "") == (levels(row) <= {"hint"})


def levels(row):
    return {issue["level"] for issue in json.loads(row["issues"])}


def the_rows_are_as_declared(case: Case, reading: Reading):
    if case.rows is None:
        return
    found = [(row["outcome"], reading.codes(row)) for row in reading.data]
    assert found == [(row.outcome, set(row.codes)) for row in case.rows]
    for row, expected in zip(reading.data, case.rows, strict=True):
        read = reading.registrations.get(row["ordinal"], {})
        assert {name: read.get(name) for name in expected.values} == dict(expected.values)


def test_every_case_of_the_catalogue_that_concerns_a_file_is_here():
    elsewhere = {2, 3, 26, 29, 30, 96, 97, 98, 99, 100, 101, 106}
    covered = {case.number for case in MANIFEST}
    assert set(range(1, 131)) - covered == elsewhere


def test_nothing_unprintable_or_undecodable_reaches_the_output(tmp_path):
    for case in MANIFEST:
        if case.dangerous or case.outcome == "refused":
            continue
        folder = tmp_path / str(MANIFEST.index(case))
        folder.mkdir()
        reading = read_here(case.build(), folder, case.filename, **case.spec)
        for line in (*reading.rows, *reading.registrations.values()):
            text = "".join(line.values())
            assert "\x00" not in text
            assert "\ufffd" not in text
            text.encode("utf-8")
