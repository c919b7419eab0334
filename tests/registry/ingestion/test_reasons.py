"""The table of reasons: complete, in use, and fit to be read by those who send files."""

import ast
import re
import string
from pathlib import Path

import pytest

from registry.ingestion import reasons
from registry.ingestion.reasons import REASONS, Level, Refused, finding
from tests.corpus.build import MANIFEST

FOLDER = Path(reasons.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
KNOWN_WORDS = {"csv", "xlsx", "xls", "WPS", "Excel", "DOCTYPE"}
FOUND_AGAINST_THE_REGISTER = {line[0] for line in reasons._AGAINST_REGISTER}
# Met in test_statements, by the files of the other sources.
MET_BY_STATEMENTS = {
    "CODE_MISSING",
    "DATE_REVERSED",
    "REMOVAL_UNDATED",
    "STATE_CONTRADICTS",
    "UNKNOWN_WORD",
    "VALUE_MISSING",
    "YEAR_AHEAD",
    "YEAR_FORMAT",
}
NEEDS_A_BROKEN_MACHINE = {"RESOURCE_LIMIT", "STORAGE_FULL"}
# Reasons that only a disagreement between two libraries could give.
NEEDS_A_BROKEN_LIBRARY = {"ROW_COUNT_MISMATCH", "FILE_UNREADABLE"}


@pytest.mark.parametrize("reason", REASONS.values(), ids=lambda reason: reason.code)
def test_a_reason_says_in_chinese_what_happened_and_what_to_do(reason):
    for text in (reason.message, reason.remedy):
        words = "".join(part for part, *_ in string.Formatter().parse(text))
        assert CHINESE.search(words)
        assert words.endswith(("。", "？", "）", "”"))
        assert set(ENGLISH.findall(words)) <= KNOWN_WORDS
    assert reason.message not in {"错误", "错误。"}


def test_every_reason_is_given_somewhere_and_every_given_one_is_in_the_table():
    given = {
        node.value
        for path in FOLDER.glob("*.py")
        if path.name != "reasons.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(REASONS) - given - FOUND_AGAINST_THE_REGISTER == set()


def test_every_reason_has_a_file_that_meets_it():
    met = {case.reason for case in MANIFEST} | {code for case in MANIFEST for code in case.held}
    met |= {code for case in MANIFEST for row in case.rows or () for code in row.codes}
    met |= MET_BY_STATEMENTS
    elsewhere = FOUND_AGAINST_THE_REGISTER | NEEDS_A_BROKEN_MACHINE | NEEDS_A_BROKEN_LIBRARY
    assert set(REASONS) - met == elsewhere


def test_a_refusal_carries_its_finding():
    refusal = Refused("MISSING_COLUMN", columns="住所", suggestion="")

    assert refusal.finding.level is Level.FILE
    assert str(refusal) == "缺少必需的列：住所。请补上后再上传。"


def test_an_unknown_code_or_a_forgotten_placeholder_is_a_mistake():
    with pytest.raises(KeyError):
        finding("NO_SUCH_REASON")
    with pytest.raises(KeyError):
        finding("USCC_LENGTH")
