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
        name, texts = each["sheet"] or "表", json.loads(each["raw"])
        lines = sheets.setdefault(name, [])
        first_header = each["kind"] == "header" and each is header_of(reading, each["sheet"])
        if first_header or each["kind"] == "data":
            added = ADDED if first_header else ["必须改", "x", "y"]
            texts += [""] * (width_of(reading, each["sheet"]) - len(texts)) + added
        lines.append(row(int(each["number"]), texts))
    return Book({name: sheet("".join(lines)) for name, lines in sheets.items()}).write()


def header_of(reading, name):
    return next(each for each in reading.rows if (each["sheet"], each["kind"]) == (name, "header"))


def width_of(reading, name):
    rows = [each for each in reading.rows if each["sheet"] == name]
    return max(len(json.loads(each["raw"])) for each in rows)


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
