"""Workbooks and tables that keep to the letter and mean something else: the second catalogue."""

import struct
from collections.abc import Callable

from tests.corpus.case import Case, good, refused, rejected, typed_cells, write_csv
from tests.corpus.societies import HEADER, line, table
from tests.corpus.structures import error, of
from tests.corpus.workbooks import Book, Parts, Xml, book, rows, sheet, strings

CSV = "登记信息.csv"
GOOD3 = [good()] * 3


def index(text: str) -> Callable[[], bytes]:
    """Return a maker of a workbook with a shared text of this index, and one text to share."""
    lines = table()
    lines[1][4] = Xml(f'<c r="{{r}}" t="s"><v>{text}</v></c>')
    return lambda: book(lines, strings=strings(["<t>别人</t>", "<t>王小二</t>"])).write()


def boastful() -> bytes:
    """Return a workbook whose texts claim to be four thousand millions."""
    lines = table()
    lines[1][4] = Xml('<c r="{r}" t="s"><v>0</v></c>')
    texts = strings(["<t>王小二</t>"]).replace(b"<sst ", b'<sst uniqueCount="4294967295" ')
    return book(lines, strings=texts).write()


def same_names() -> bytes:
    """Return two sheets of one name whose columns stand the other way round."""

    def rename(parts: Parts) -> None:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("乙".encode(), "甲".encode())

    turned = [HEADER[::-1], line(2)[::-1]]
    sheets = {"甲": sheet(rows([HEADER, line(1)])), "乙": sheet(rows(turned))}
    return Book(sheets, alter=rename).write()


def headed(**changes: str) -> list[str]:
    """Return the header with the amount's heading changed."""
    return [changes["amount"] if "出资" in heading else heading for heading in HEADER]


def amount_in(unit: str) -> Callable[[], bytes]:
    """Return a maker of a table whose heading names a unit of money."""
    return lambda: write_csv([headed(amount=f"成员出资总额{unit}"), line(1)])


def below(title: str) -> Callable[[], bytes]:
    """Return a maker of a table without a unit in its header, below a line of text."""
    return lambda: write_csv([[title], headed(amount="成员出资总额"), line(1)])


def far_directory(at: int) -> Callable[[], bytes]:
    """Return a maker of an archive whose 64-bit directory is said to lie elsewhere."""

    def build() -> bytes:
        data = book(table()).write()[:-22]
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
        ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 1, 1, 0)
        return data + locator + ending

    return build


def with_heading(heading: str) -> Callable[[], bytes]:
    """Return a maker of a table with one more column."""
    return lambda: write_csv([[*HEADER, heading], *([*line(n), "x"] for n in (1, 2, 3))])


CASES = [
    *(
        refused(43, f"index-{text.strip()}", "FILE_DAMAGED", index(text), says="共享文字")
        for text in ("-1", "0.0", " 1 ", "99999999999999999999")
    ),
    Case(43, "boastful-count", boastful, rows=GOOD3, dangerous=True),
    refused(
        45,
        "two-tables-in-a-sheet",
        "AMBIGUOUS_CELLS",
        of(f"{rows(table())}</sheetData><sheetData>{rows([line(7)], 9)}"),
    ),
    refused(
        45,
        "two-texts-in-a-cell",
        "AMBIGUOUS_CELLS",
        of(rows(table()).replace("小1</t></is>", "</t></is><is><t>小1</t></is>")),
        says="E2",
    ),
    refused(53, "two-sheets-of-one-name", "AMBIGUOUS_ARCHIVE", same_names, says="都叫“甲”"),
    typed_cells(
        58,
        "errors-of-newer-programs",
        "legal_representative",
        [(error("#BUSY!"), rejected("CELL_ERROR")), (error("#" * 9_000), rejected("CELL_ERROR"))],
    ),
    refused(25, "directory-beyond-the-end", "FILE_DAMAGED", far_directory(2**62)),
    refused(25, "directory-beyond-all-ends", "FILE_DAMAGED", far_directory(2**64 - 1)),
    Case(71, "nul-in-a-heading", with_heading("备\x00注"), filename=CSV, rows=GOOD3, notes="备␀注"),
    Case(82, "endless-heading", with_heading("很" * 30_000), filename=CSV, rows=GOOD3, notes="很…"),
    *(
        Case(87, f"unit-{unit}", amount_in(unit), filename=CSV, held=frozenset({"UNIT_MISSING"}))
        for unit in ("(百万元)", "（十万元）", "(千万元)", "（百元）", "(万美元)")
    ),
    *(
        Case(87, f"line-{at}", below(title), filename=CSV, held=frozenset({"UNIT_MISSING"}))
        for at, title in enumerate(
            ("单位：百万元", "填报单位：广元分局", "单位：万人", "单位：元、万元"), 1
        )
    ),
    Case(
        87,
        "line-of-the-office-and-the-unit",
        below("填报单位：广元分局 金额单位：人民币万元"),
        filename=CSV,
        rows=[good(total_contribution="500000.00")],
    ),
    Case(
        128,
        "minus-nought",
        lambda: write_csv(
            [HEADER, *(line(n, total_contribution=t) for n, t in enumerate(("-0", "-0.00"), 1))]
        ),
        filename=CSV,
        rows=[good(total_contribution="0.00")] * 2,
    ),
]
