"""A list of problems sent back unmended meets the same fate: nothing slips through as text."""

import json

import pytest

from tests.corpus.build import MANIFEST
from tests.corpus.workbooks import Book, row, sheet
from tests.registry.ingestion.reading import read_here

READ = [case for case in MANIFEST if case.outcome == "parsed" and not case.dangerous]
ADDED = ["级别", "问题", "怎么改"]
# Written out as values, a formula is no longer one: that is what its sender is asked to do.
CURED_BY_VALUES = {"FORMULA_NOT_ALLOWED"}


def sent_back(reading):
    """Write every kept text as text, row by row where it stood, with our columns at the right."""
    sheets = {}
    for each in reading.rows:
        texts = json.loads(each["raw"])
        if each["kind"] != "note":
            width = len(json.loads(header_of(reading, each["sheet"])["raw"]))
            marks = ADDED if each["kind"] == "header" else ["必须改", "x", "y"]
            texts = texts + [""] * (width - len(texts)) + marks
        sheets.setdefault(each["sheet"] or "表", []).append(row(int(each["number"]), texts))
    return Book({name: sheet("".join(rows)) for name, rows in sheets.items()}).write()


def header_of(reading, name):
    headers = [each for each in reading.rows if each["sheet"] == name and each["kind"] == "header"]
    return max(headers, key=lambda each: len(json.loads(each["raw"])))


@pytest.mark.parametrize("case", READ, ids=lambda case: case.id)
def test_a_list_sent_back_as_it_is_gives_the_same_outcome(case, tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "again").mkdir()
    first = read_here(case.build(), tmp_path / "first", case.filename, **case.spec)

    again = read_here(sent_back(first), tmp_path / "again", **case.spec)

    assert again.report.reason == ""
    assert len(again.data) == len(first.data)
    for before, after in zip(first.data, again.data, strict=True):
        if not first.codes(before) & CURED_BY_VALUES:
            assert after["outcome"] == before["outcome"], (before, after)
            if before["outcome"] == "":
                assert facts(again, after) == facts(first, before)
    assert {held.code for held in again.report.held} >= case.held - {"QUARTER_MISMATCH"}


def facts(reading, data):
    found = dict(reading.registrations[data["ordinal"]])
    found.pop("ordinal")
    return found
