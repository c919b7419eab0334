"""Plain sheets read straight from their bytes say exactly what the long way says."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ingestion import readers
from registry.ingestion.output import TAKEN_BACK
from registry.ingestion.report import REFUSED
from tests.corpus.build import MANIFEST
from tests.corpus.societies import HEADER, line, table
from tests.corpus.workbooks import Book, Xml, book, row, rows, sheet, strings
from tests.registry.ingestion.reading import read_here

FORMS = [
    "",
    '<c r="{r}"/>',
    '<c r="{r}" s="0"/>',
    '<c r="{r}" t="n"><v>12</v></c>',
    '<c r="{r}" s="0"><v>0.1</v></c>',
    '<c r="{r}"><v>1.5E3</v></c>',
    '<c r="{r}"><v>123456789012345678</v></c>',
    '<c r="{r}" t="b"><v>1</v></c>',
    '<c r="{r}" t="str"><v>甲&amp;乙</v></c>',
    '<c r="{r}" t="s"><v>0</v></c>',
    '<c r="{r}" t="s"><v>2</v></c>',
    '<c r="{r}" t="inlineStr"><is><t>&#30002;&#x4e59;</t></is></c>',
    '<c r="{r}" t="inlineStr"><is><t xml:space="preserve">  甲 </t></is></c>',
    '<c r="{r}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{r}" t="inlineStr"><is><t/></is></c>',
]
ODD_FORMS = [
    '<c r="{r}" t="inlineStr"><is><t>  甲 </t></is></c>',
    '<c r="{r}" t="inlineStr"><is><t>甲_x000D_乙</t></is></c>',
    '<c r="{r}" t="inlineStr"><is><t>甲\r\n乙</t></is></c>',
    '<c r="{r}" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
    '<c r="{r}" s="1"><v>44000</v></c>',
    '<c r="{r}" t="d"><v>2021-06-09</v></c>',
    '<c r="{r}" t="e"><v>#N/A</v></c>',
    '<c r="{r}"><f>1+1</f><v>2</v></c>',
    '<c r="{r}" t="inlineStr"><is><t>\ue000</t></is></c>',
    '<c s="0" r="{r}"><v>1</v></c>',
]
SHARED = strings(["<t>共用</t>", "<t/>", '<t>拼音</t><phoneticPr fontId="1" type="noConversion"/>'])
folders = count(1)


@pytest.fixture
def both_ways(tmp_path, monkeypatch):
    """Read a file as it comes, and again by the long way alone."""

    def read(content, **more):
        folders_here = [tmp_path / f"{next(folders)}" for _ in range(2)]
        for folder in folders_here:
            folder.mkdir()
        straight = read_here(content, folders_here[0], **more)
        with monkeypatch.context() as patched:
            patched.setattr(readers, "plain_book", lambda *_: None)
            return straight, read_here(content, folders_here[1], **more)

    return read


def told(reading):
    """What a reading says: of a refused file nothing but the report is used."""
    reading.report.chunks = 0
    return reading.report if reading.report.outcome == REFUSED else reading


@pytest.mark.parametrize(
    "case", [case for case in MANIFEST if case.filename.endswith("x")], ids=lambda case: case.id
)
def test_every_workbook_of_the_corpus_reads_alike_both_ways(case, both_ways):
    straight, long = both_ways(case.build(), filename=case.filename)

    assert told(straight) == told(long)


@given(st.lists(st.lists(st.sampled_from(FORMS), max_size=6), min_size=1, max_size=12))
def test_rows_of_all_plain_forms_read_alike_both_ways(tmp_path_factory, forms):
    more = [[*line(at), *(Xml(form) for form in extra)] for at, extra in enumerate(forms, 1)]
    content = Book({"登记信息": sheet(rows([HEADER, *more]))}, strings=SHARED).write()
    read = [tmp_path_factory.mktemp("straight"), tmp_path_factory.mktemp("long")]

    straight = read_here(content, read[0])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(readers, "plain_book", lambda *_: None)
        long = read_here(content, read[1])

    assert straight == long


@pytest.mark.parametrize("form", ODD_FORMS)
def test_odd_forms_read_alike_both_ways(form, both_ways):
    content = book([HEADER, line(1), [*line(2), "", Xml(form)], line(3)]).write()

    straight, long = both_ways(content)

    assert told(straight) == told(long)


def test_a_plain_sheet_never_reaches_the_reading_library(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "_calamine", lambda path: pytest.fail(f"opened {path}"))

    assert len(read_here(book(table(5)).write(), tmp_path).data) == 5


def test_a_style_with_the_number_of_its_row_is_taken_for_neither(both_ways):
    styled = Xml('<c r="{r}" s="2"><v>7</v></c>')
    content = book([HEADER, [*line(1), styled], [*line(2), styled], line(3)]).write()

    straight, long = both_ways(content)

    assert straight == long


def test_gaps_and_rows_without_cells_count_as_blank(both_ways):
    data = row(2, HEADER) + '<row r="4"/><row r="5" spans="1:9"/>' + row(6, line(1)) + row(40, [])
    content = Book({"登记信息": sheet(data)}).write()

    straight, long = both_ways(content)

    assert straight == long
    assert straight.report.counts.blank == 38


def test_a_sheet_that_turns_out_odd_late_is_read_again_from_its_start(tmp_path, both_ways):
    late = Xml('<c r="{r}" t="d"><v>2021-06-09</v></c>')
    lines = [line(number % 900 + 1) for number in range(6_000)]
    content = book([HEADER, *lines, [*line(901), late]]).write()

    straight, long = both_ways(content)
    taken_back = int(next(tmp_path.glob(f"*/out/{TAKEN_BACK}")).read_text())
    kept = [each for each in straight.rows if each not in long.rows]

    assert taken_back == 2
    assert kept == []
    assert straight.rows[-len(long.rows) :] == long.rows
    assert told(straight).report == told(long).report


def test_columns_keep_their_letters_behind_an_empty_one(both_ways):
    content = book([["", *HEADER], ["", *line(1)], ["", *line(2, name="")]]).write()

    straight, long = both_ways(content)

    assert straight == long
    assert straight.report.sheets[0].columns[1].letter == "B"
