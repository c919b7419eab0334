"""The same rows mean the same in every format, and a real published file is read whole."""

import csv
import io
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import xlwt

from tests.corpus.case import write_csv
from tests.corpus.societies import HEADER, code, line, table
from tests.corpus.workbooks import book
from tests.registry.ingestion.reading import read_here

PUBLISHED = (
    Path(__file__).resolve().parents[4] / "shared" / "data" / "sichuan-cooperatives-2007-2019.csv"
)
PUBLISHED_HEADER = [
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "法人代表",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
    "注册地址",
]
SPELLINGS = (
    "N/A",
    "100万元人民币",
    "50(万)",
    "0.5万元人民币",
    "232.4800(万)",
    "10万人民币元",
    "7(万元)",
)


def like_the_published(count=200):
    """Return a table of the same make: no status, no units in the header, codes of all kinds."""
    lines = [PUBLISHED_HEADER]
    for number in range(1, count + 1):
        prefix = "91" if number % 50 == 0 else "93"
        division = "511702" if number == 7 else f"5119{number % 20 + 1:02d}"
        lines.append(
            [
                f"南江县第{number}号黄羊养殖专业合作社{'（一）' if number % 9 == 0 else ''}",
                code(number, prefix, division),
                f"{2006 + number % 13}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
                "农民专业合作社" if number % 30 == 0 else "N/A",
                "N/A" if number % 25 == 0 else "李某某",
                SPELLINGS[number % len(SPELLINGS)],
                "黄羊、生猪养殖、销售；组织采购、供应成员所需饲料。",
                "四川",
                "巴中",
                f"四川省南江县沙河镇街道{number:04d}号",
            ]
        )
    return lines


def as_xls(lines):
    workbook = xlwt.Workbook(encoding="utf-8")
    page = workbook.add_sheet("sheet")
    for at, values in enumerate(lines):
        for place, value in enumerate(values):
            page.write(at, place, value)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def by_office(lines, folder, kind):
    """Let LibreOffice save the table; the code column is declared as text, as a person would."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    source = folder / "table.csv"
    source.write_bytes(write_csv(lines))
    at = lines[0].index("统一社会信用代码") + 1
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            f"--infilter=Text - txt - csv (StarCalc):44,34,76,1,{at}/2",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"table.{kind}").read_bytes()


FORMATS = {
    "gb18030": lambda lines, _: write_csv(lines, encoding="gb18030"),
    "bom": lambda lines, _: write_csv(lines, encoding="utf-8-sig"),
    "unicode-text": lambda lines, _: write_csv(lines, encoding="utf-16", separator="\t"),
    "xlsx": lambda lines, _: book(lines).write(),
    "xls": lambda lines, _: as_xls(lines),
    "office-xlsx": lambda lines, folder: by_office(lines, folder, "xlsx"),
    "office-xls": lambda lines, folder: by_office(lines, folder, "xls"),
}


def read(content, folder, jurisdiction):
    folder.mkdir()
    return read_here(content, folder, "a.csv", jurisdiction=jurisdiction)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_changes_nothing(name, tmp_path):
    lines = like_the_published()
    content = FORMATS[name](lines, tmp_path)

    plain = read(write_csv(lines), tmp_path / "plain", "51")
    other = read(content, tmp_path / "other", "51")

    assert other.report.content_fingerprint == plain.report.content_fingerprint
    assert other.report.columns_present == plain.report.columns_present
    assert other.report.counts == plain.report.counts
    assert other.outcomes == plain.outcomes
    assert other.registrations == plain.registrations
    assert Counter(plain.outcomes) == {"": 196, "rejected": 4}


def test_another_value_or_another_unreadable_text_is_another_content(tmp_path):
    lines = table()
    changed, broken, broken_otherwise = table(), table(), table()
    changed[2][0] = "另一个专业合作社"
    broken[2][2] = "2020-02-30"
    broken_otherwise[2][2] = "2020-02-31"
    shorter = [each[:-1] for each in lines]

    fingerprints = {
        read(write_csv(each), tmp_path / str(at), "").report.content_fingerprint
        for at, each in enumerate((lines, changed, broken, broken_otherwise, shorter))
    }

    assert len(fingerprints) == 5


def test_column_order_and_unknown_columns_do_not_change_the_content(tmp_path):
    lines = table()
    turned = [[*reversed(each), "x"] for each in lines]

    first = read(write_csv(lines), tmp_path / "a", "")
    second = read(write_csv(turned), tmp_path / "b", "")

    assert first.report.content_fingerprint == second.report.content_fingerprint


def test_chunks_hold_five_thousand_rows_each(tmp_path):
    content = write_csv([HEADER, *(line(number) for number in range(1, 10_002))])

    reading = read(content, tmp_path / "a", "")

    out = tmp_path / "a" / "out"
    assert reading.report.chunks == 3
    assert sorted(path.name for path in out.glob("rows-*")) == [
        f"rows-{number:05d}.tsv" for number in (1, 2, 3)
    ]
    lines = [len((out / f"registration-0000{n}.tsv").read_text().splitlines()) for n in (1, 2, 3)]
    assert lines == [5_001, 5_001, 2]
    assert len(reading.registrations) == 10_001


published = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the published file lies outside the project and is not here"
)


@published
@pytest.mark.parametrize(
    ("jurisdiction", "expected"),
    [
        ("51", {"": 2_052, "rejected": 17}),
        ("511702", {"": 1, "doubtful": 2_051, "rejected": 17}),
    ],
)
@pytest.mark.parametrize("name", ["utf-8", "gb18030", "office-xlsx"])
def test_the_published_file_is_read_whole(name, jurisdiction, expected, tmp_path):
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    content = {**FORMATS, "utf-8": lambda *_: PUBLISHED.read_bytes()}[name](lines, tmp_path)

    reading = read(content, tmp_path / "read", jurisdiction)
    plain = read(PUBLISHED.read_bytes(), tmp_path / "plain", jurisdiction)

    assert Counter(reading.outcomes) == expected
    assert reading.report.content_fingerprint == plain.report.content_fingerprint
    assert reading.outcomes == plain.outcomes
    rejected = [row for row in reading.data if row["outcome"] == "rejected"]
    assert all(reading.codes(row) >= {"NOT_A_COOP"} for row in rejected)
    assert all(json.loads(row["raw"])[1].startswith("91") for row in rejected)
