"""Files of the other sources: what is read, what is doubted, what goes back, sheet by sheet."""

import json

import pytest

from registry.ingestion.sources import TABLES, WORKBOOK_TABLES
from tests.corpus.case import write_csv
from tests.corpus.societies import line
from tests.corpus.workbooks import Book, rows, sheet
from tests.registry.ingestion.reading import read_here, statements_of

CODE, NAME = line(1)[1], line(1)[0]
WHO = ["统一社会信用代码", "企业名称"]
HEADINGS = {
    "abnormal": ["列入原因", "列入日期", "列入决定机关", "移出原因", "移出日期", "移出决定机关"],
    "spot-check": ["检查机关", "检查日期", "抽查结果"],
    "deregistration": ["登记状态", "注销/吊销日期", "注销/吊销原因", "办理方式(一般/简易)"],
    "report-publication": ["报送年度", "年报状态", "公示日期"],
    "registration-changes": ["变更事项", "变更前内容", "变更后内容", "变更日期"],
    "tax": ["纳税人状态", "是否零申报", "申报销售额(元)", "开票份数", "最近申报日期"],
}
LISTED = ["通过登记的住所无法联系", "2020-07-10", "市监局", "", "", ""]
GOOD = {
    "abnormal": (LISTED, {"reason": "unreachable", "listed_on": "2020-07-10", "removed_on": None}),
    "spot-check": (
        ["市监局", "2020/9/1", "未发现开展本次抽查涉及的经营活动、无法联系"],
        {"results": ",no_activity,unreachable,", "result": "unreachable"},
    ),
    "deregistration": (
        ["吊销，未注销", "2020年11月5日", "连续两年未年报", ""],
        {"kind": "revoked", "happened_on": "2020-11-05", "procedure": None},
    ),
    "report-publication": (
        [2019, "已公示", "2020-07-01"],
        {"report_year": "2019", "state": "published", "on_time": "0"},
    ),
    "registration-changes": (
        ["法定代表人变更", "张三", "李四", "2020-10-12"],
        {"item": "legal_representative", "before": "张三", "after": "李四"},
    ),
    "tax": (
        ["正常", "是", 0, 0, "2021-04-12"],
        {"state": "normal", "registered": "1", "declared_sales": "0.00", "as_of": "2021-06-30"},
    ),
}
# source, cells, outcome, codes
FAULTS = [
    ("abnormal", ["长期不见人", *LISTED[1:]], "doubtful", {"UNKNOWN_WORD"}),
    ("abnormal", [LISTED[0], "", *LISTED[2:]], "rejected", {"VALUE_MISSING"}),
    ("abnormal", [LISTED[0], "2022-01-01", *LISTED[2:]], "rejected", {"DATE_IN_FUTURE"}),
    ("abnormal", [*LISTED[:4], "2020-01-01", ""], "rejected", {"DATE_REVERSED"}),
    ("abnormal", [*LISTED[:3], "已补报年度报告", "", ""], "doubtful", {"REMOVAL_UNDATED"}),
    ("spot-check", ["市监局", "2020-09-01", "3"], "doubtful", {"UNKNOWN_WORD"}),
    ("spot-check", ["市监局", "2020-09-01", "正常，第七类"], "doubtful", {"UNKNOWN_WORD"}),
    ("report-publication", [2021, "已公示", ""], "rejected", {"YEAR_AHEAD"}),
    ("report-publication", [2001, "已公示", ""], "rejected", {"YEAR_FORMAT"}),
    ("report-publication", ["去年", "已公示", ""], "rejected", {"YEAR_FORMAT"}),
    ("report-publication", [2019, "未报送", "2020-05-01"], "doubtful", {"STATE_CONTRADICTS"}),
    ("tax", ["正常", "不清楚", 0, 0, ""], "doubtful", {"UNKNOWN_WORD"}),
]


def file_of(source, *lines, who=(CODE, NAME)):
    return write_csv([[*WHO, *HEADINGS[source]], *([*who, *cells] for cells in lines)])


def read(source, content, tmp_path, **more):
    return read_here(content, tmp_path, "数据.csv", source=source, **more)


@pytest.mark.parametrize("source", HEADINGS)
def test_a_good_row_says_what_its_cells_say(source, tmp_path):
    cells, expected = GOOD[source]
    reading = read(source, file_of(source, cells), tmp_path)
    assert (reading.report.outcome, reading.outcomes) == ("parsed", [""]), reading.rows
    [stated] = statements_of(tmp_path)
    assert (stated["source"], stated["uscc"]) == (source, CODE)
    said = json.loads(stated["said"])
    assert {name: said.get(name) for name in expected} == expected
    assert stated["record"]


@pytest.mark.parametrize(("source", "cells", "outcome", "codes"), FAULTS)
def test_a_faulty_row_is_told_what_is_wrong(source, cells, outcome, codes, tmp_path):
    reading = read(source, file_of(source, cells), tmp_path)
    assert (reading.outcomes, reading.codes(reading.data[0])) == ([outcome], codes)
    assert len(list(statements_of(tmp_path))) == (outcome != "rejected")


@pytest.mark.parametrize("source", HEADINGS)
def test_a_name_without_a_code_is_kept_for_a_person(source, tmp_path):
    cells, _ = GOOD[source]
    reading = read(source, file_of(source, cells, who=("", NAME)), tmp_path)
    assert reading.outcomes == ["doubtful"]
    assert reading.codes(reading.data[0]) == {"CODE_MISSING"}


@pytest.mark.parametrize("source", HEADINGS)
def test_another_table_is_recognised_and_named(source, tmp_path):
    wrong = "abnormal" if source != "abnormal" else "spot-check"
    reading = read(wrong, file_of(source, GOOD[source][0]), tmp_path)
    assert reading.report.reason == "WRONG_SOURCE"
    assert TABLES[source].label in reading.report.message
    assert TABLES[wrong].label in reading.report.message


def test_a_word_that_somebody_has_given_a_meaning_is_read(tmp_path):
    words = {"abnormal.reason": {"长期不见人": "unreachable"}}
    content = file_of("abnormal", ["长期不见人", *LISTED[1:]])
    reading = read("abnormal", content, tmp_path, words=words)
    assert reading.outcomes == [""]
    [stated] = statements_of(tmp_path)
    assert stated["record"] == "unreachable|2020-07-10"


def test_a_blank_cell_is_stated_and_an_absent_column_is_not(tmp_path):
    read("abnormal", file_of("abnormal", LISTED), tmp_path)
    [stated] = statements_of(tmp_path)
    said = json.loads(stated["said"])
    assert said["removal_reason"] is None
    assert "decision_no" not in said


def test_an_unread_cell_is_not_stated(tmp_path):
    read("abnormal", file_of("abnormal", [*LISTED[:3], "不详原因", "2021-01-05", ""]), tmp_path)
    [stated] = statements_of(tmp_path)
    assert "removal_reason" not in json.loads(stated["said"])


def test_each_sheet_of_the_workbook_goes_through_its_own_table(tmp_path):
    sheets = {
        table.label: sheet(
            rows([[*WHO, *HEADINGS[table.source]], [CODE, NAME, *GOOD[table.source][0]]])
        )
        for table in WORKBOOK_TABLES
        if table.source in HEADINGS
    }
    sheets["说明"] = sheet(rows([["填报说明"], ["请按季填报"]]))
    reading = read_here(Book(sheets).write(), tmp_path, "季度.xlsx", source="workbook")
    report = reading.report
    assert set(report.sources) == set(HEADINGS) - {"tax"}
    assert {s.name: s.source for s in report.sheets if s.used} == {
        TABLES[source].label: source for source in report.sources
    }
    counts = report.counts
    assert counts.physical == counts.header + counts.blank + counts.note + counts.data == 10
    assert reading.outcomes == [""] * 5


def test_a_sheet_with_a_strange_name_is_known_by_its_headings(tmp_path):
    lines = [[*WHO, *HEADINGS["spot-check"]], [CODE, NAME, *GOOD["spot-check"][0]]]
    content = Book({"Sheet1": sheet(rows(lines))}).write()
    reading = read_here(content, tmp_path, "季度.xlsx", source="workbook")
    assert reading.report.sources == ["spot-check"]


def test_the_same_records_in_other_bytes_have_one_fingerprint(tmp_path):
    prints = set()
    for encoding in ("utf-8", "gb18030", "utf-16"):
        folder = tmp_path / encoding
        folder.mkdir()
        lines = [[*WHO, *HEADINGS["abnormal"]], [CODE, NAME, *LISTED]]
        reading = read("abnormal", write_csv(lines, encoding=encoding), folder)
        assert reading.outcomes == [""]
        prints.add(reading.report.content_fingerprint)
    assert len(prints) == 1
