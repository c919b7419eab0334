"""Catalogue B2: workbooks that open, and say different things to different readers."""

import io
import re
from collections.abc import Callable
from typing import Any

import xlwt

from tests.corpus.case import Case, doubtful, good, refused, rejected, typed_cells
from tests.corpus.societies import HEADER, column, line, table
from tests.corpus.workbooks import (
    HEAD,
    MAIN,
    PERCENT,
    STYLES,
    Book,
    Parts,
    Styled,
    Xml,
    book,
    cell,
    row,
    rows,
    sheet,
    strings,
)

GOOD3 = [good()] * 3
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def of(data: str, **more: Any) -> Callable[[], bytes]:
    """Return a maker of a workbook around rows written by hand."""
    members = {key: more.pop(key) for key in ("strings", "styles", "extra", "alter") if key in more}
    return lambda: Book({"登记信息": sheet(data, **more)}, **members).write()


def with_doctype(part: str, doctype: str = LAUGHS) -> Callable[[], bytes]:
    """Return a maker of a workbook with a declaration in one part."""

    def alter(parts: Parts) -> None:
        parts[part] = parts[part].replace(HEAD.encode(), HEAD.encode() + doctype.encode())

    return lambda: book(table(), alter=alter).write()


def quadratic() -> bytes:
    """Return one long entity used many times."""
    doctype = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
    data = rows(table()).replace("王小1", "&a;" * 2_000)
    text = sheet(data).replace(HEAD.encode(), (HEAD + doctype).encode())
    return Book({"登记信息": text}).write()


def in_utf16_with_doctype() -> bytes:
    """Return a sheet that hides its declaration in another encoding."""
    text = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<worksheet xmlns="{MAIN}"/>'
    return Book({"登记信息": text.encode("utf-16")}).write()


def in_utf16() -> bytes:
    """Return a good sheet in an encoding that no office program writes."""
    text = sheet(rows(table())).decode().replace("UTF-8", "UTF-16")
    return Book({"登记信息": text.encode("utf-16")}).write()


def dimension(reference: str) -> Callable[[], bytes]:
    """Return a maker of a sheet that declares a wrong size."""
    return of(rows(table()), before=f'<dimension ref="{reference}"/>')


def far_cell(reference: str, number: int) -> Callable[[], bytes]:
    """Return a maker of a good table with one more cell far away."""
    far = f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>'
    return of(rows(table()) + far)


def stray_cell(count: int) -> Callable[[], bytes]:
    """Return a maker of a table with a cell in the last column of its first row."""

    def build() -> bytes:
        data = rows(table(count))
        stray = '<c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
        return of(data.replace("</row>", stray, 1))()

    return build


def formatted_blank(count: int) -> Callable[[], bytes]:
    """Return a maker of a table with formatted blank rows below."""

    def build() -> bytes:
        blank = "".join(
            f'<row r="{number}" spans="1:3"><c r="A{number}" s="1"/><c r="B{number}" s="1"/></row>'
            for number in range(5, 5 + count)
        )
        return of(rows(table()) + blank)()

    return build


EMPTIES = (
    '<c r="{r}"><v></v></c>',
    '<c r="{r}"><v/></c>',
    '<c r="{r}" t="s"><v></v></c>',
    '<c r="{r}" t="b"><v></v></c>',
    '<c r="{r}" t="str"><v></v></c>',
    '<c r="{r}" t="str"/>',
    '<c r="{r}" t="inlineStr"><is/></c>',
    '<c r="{r}" t="inlineStr"><is></is></c>',
    '<c r="{r}" t="inlineStr"><is><t/></is></c>',
    '<c r="{r}" t="inlineStr"><is><t></t></is></c>',
)


def empty_cells(text: str) -> Callable[[], bytes]:
    """Return a maker of a table with a cell below that is there and holds nothing."""
    return of(rows(table()) + f'<row r="9">{text.replace("{r}", "A9")}</row>')


def too_many_rows() -> bytes:
    """Return a sheet full to the last row."""
    data = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 1_048_577))
    return of(row(1, HEADER) + data)()


def strict() -> bytes:
    """Return a workbook in the strict dialect."""
    strict_main = "http://purl.oclc.org/ooxml/spreadsheetml/main"

    def alter(parts: Parts) -> None:
        for name, data in parts.items():
            parts[name] = data.replace(MAIN.encode(), strict_main.encode())

    return book(table(), alter=alter).write()


def without_part(name: str) -> Callable[[], bytes]:
    """Return a maker of a workbook that lacks one part."""

    def alter(parts: Parts) -> None:
        del parts[name]

    return lambda: book(table(), alter=alter).write()


def shared(index: int) -> Callable[[], bytes]:
    """Return a maker of a workbook whose first name is a shared string of this index."""
    table3 = table()
    table3[1][0] = Xml(f'<c r="{{r}}" t="s"><v>{index}</v></c>')
    return lambda: book(table3, strings=strings(["<t>达州市甲种植专业合作社</t>"])).write()


def without_references(*, keep_row: bool = False) -> Callable[[], bytes]:
    """Return a maker of a sheet whose cells do not say where they are."""
    data = rows(table())
    data = re.sub(r'<c r="[A-Z]+\d+"', "<c", data)
    if not keep_row:
        data = re.sub(r'<row r="\d+"', "<row", data)
    return of(data)


def out_of_order() -> bytes:
    """Return rows stored 1, 3, 2."""
    lines = table()
    return of(row(1, lines[0]) + row(3, lines[2]) + row(2, lines[1]))()


def same_row_twice() -> bytes:
    """Return two rows numbered 2."""
    return of(row(1, HEADER) + row(2, line(1)) + row(2, line(2)))()


def same_cell_twice() -> bytes:
    """Return two cells B2."""
    twice = row(2, line(1)).replace("</row>", cell("x", "B2") + "</row>")
    return of(row(1, HEADER) + twice)()


def cell_of_another_row() -> bytes:
    """Return a cell in row 3 that says it stands in row 2."""
    return of(row(1, HEADER) + row(2, line(1)) + row(3, line(2)).replace('"B3"', '"B2"'))()


def rich_text() -> bytes:
    """Return names in several runs, with reading guides."""
    lines = table(2)
    lines[1][0] = Xml('<c r="{r}" t="s"><v>0</v></c>')
    lines[2][0] = Xml(
        '<c r="{r}" t="inlineStr"><is><r><t>达州市乙</t></r><r><rPr><b/><color rgb="FF0000"/><family val="1"/></rPr>'
        '<t>种植专业合作社</t></r><rPh sb="0" eb="1"><t>DAZHOU</t></rPh></is></c>'
    )
    item = '<r><t>达州市甲</t></r><r><t>种植专业合作社</t></r><rPh sb="0" eb="1"><t>X</t></rPh>'
    return book(lines, strings=strings([item])).write()


def hidden_rows() -> bytes:
    """Return twelve hidden rows among fifteen, and a hidden column."""
    data = row(1, HEADER)
    for number in range(1, 16):
        data += row(number + 1, line(number), ' hidden="1"' if number <= 12 else "")
    return of(data, before='<cols><col min="5" max="5" hidden="1"/></cols>')()


def several(kind: str) -> bytes:
    """Return workbooks of several sheets."""
    data = sheet(rows(table()))
    other = sheet(rows([["说明"], ["本表由县局填报"]]))
    more = sheet(rows([HEADER, line(8), line(9)]))
    match kind:
        case "hidden":
            states = {"隐藏": ' state="veryHidden"'}
            return Book({"登记信息": data, "隐藏": more}, states=states).write()
        case "others":
            return Book({"说明": other, "登记信息": data, "空": sheet("")}).write()
        case "towns":
            return Book({"罗江镇": data, "蒲家镇": more}).write()
        case "chart":
            kinds = {"图表": "chartsheet"}
            return Book({"图表": b"<chartsheet/>", "登记信息": data}, kinds=kinds).write()
        case _:
            states = {"登记信息": ' state="hidden"'}
            return Book({"登记信息": data}, states=states).write()


def formula(value: str | None, text: str = "1+1", kind: str = "") -> Xml:
    """Return a formula with or without a kept value."""
    kept = "" if value is None else f"<v>{value}</v>"
    return Xml(f'<c r="{{r}}"{kind}><f>{text}</f>{kept}</c>')


def error(text: str) -> Xml:
    """Return an error cell."""
    return Xml(f'<c r="{{r}}" t="e"><v>{text}</v></c>')


def escaped(text: str) -> Xml:
    """Return a text that holds the format's own escapes."""
    return Xml(f'<c r="{{r}}" t="inlineStr"><is><t>{text}</t></is></c>')


def prefixed() -> bytes:
    """Return a sheet whose elements carry a namespace prefix."""
    text = rows(table()).replace("<row", "<x:row").replace("</row", "</x:row")
    text = text.replace("<c ", "<x:c ").replace("</c>", "</x:c>").replace("<is>", "<x:is>")
    text = text.replace("</is>", "</x:is>").replace("<t ", "<x:t ").replace("</t>", "</x:t>")
    whole = f'{HEAD}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{text}</x:sheetData></x:worksheet>'
    return Book({"登记信息": whole.encode()}).write()


def commented() -> bytes:
    """Return a sheet with a comment that holds a row, CDATA, and apostrophes for quotes."""
    data = rows(table()).replace("王小1", "<![CDATA[王小1]]>").replace('r="A2"', "r='A2'")
    return of(f"<!-- {row(9, line(9))} -->{data}")()


def legacy_formulas() -> bytes:
    """Return an .xls workbook written by a program: its formulas have no results."""
    workbook = xlwt.Workbook(encoding="utf-8")
    page = workbook.add_sheet("登记信息")
    for at, values in enumerate(table(2)):
        for place, value in enumerate(values):
            computed = at and place == column("status")
            page.write(at, place, xlwt.Formula('"存续"') if computed else value)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


EMPTY_FORMULA = Xml('<c r="{r}" t="str"><f>IF(1=1,"","x")</f><v></v></c>')
WIDE = [[*HEADER, *(f"列{n}" for n in range(300))], *(line(n) + ["x"] * 300 for n in (1, 2))]

CASES = [
    refused(31, "laughs-in-workbook", "XML_DTD", with_doctype("xl/workbook.xml")),
    refused(31, "laughs-in-sheet", "XML_DTD", with_doctype("xl/worksheets/sheet1.xml")),
    refused(31, "doctype-in-styles", "XML_DTD", with_doctype("xl/styles.xml")),
    refused(31, "doctype-in-utf16", "XML_DTD", in_utf16_with_doctype),
    refused(32, "quadratic", "XML_DTD", quadratic),
    refused(33, "outside-entity", "XML_DTD", with_doctype("xl/worksheets/sheet1.xml", OUTSIDE)),
    Case(
        34,
        "external-links",
        lambda: book(table(), extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}).write(),
        rows=GOOD3,
        notes="外部链接",
    ),
    typed_cells(
        34,
        "webservice",
        "business_scope",
        [(formula("x", 'WEBSERVICE("http://127.0.0.1:9/")', ' t="str"'), good("FORMULA_VALUE"))],
    ),
    Case(35, "dimension-one-cell", dimension("A1:A1"), rows=GOOD3, counts={"physical": 4}),
    Case(35, "dimension-too-small", dimension("A1:B2"), rows=GOOD3),
    Case(36, "dimension-too-large", dimension("A1:XFD1048576"), rows=GOOD3, counts={"physical": 4}),
    refused(
        37,
        "cell-in-last-corner",
        "SHEET_TOO_LARGE",
        far_cell("XFD1048576", 1_048_576),
        dangerous=True,
    ),
    refused(
        37,
        "only-the-last-corner",
        "SHEET_TOO_LARGE",
        of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        dangerous=True,
    ),
    refused(
        37, "cell-in-last-row", "SHEET_TOO_LARGE", far_cell("K1048576", 1_048_576), dangerous=True
    ),
    Case(
        38, "stray-cell", stray_cell(2_000), counts={"data": 2_000}, notes="XFD 列", dangerous=True
    ),
    refused(38, "wide-table", "TOO_MANY_COLUMNS", lambda: book(WIDE).write()),
    Case(
        39,
        "blank-formatted-rows",
        formatted_blank(200_000),
        rows=GOOD3,
        counts={"physical": 200_004, "blank": 200_000},
        dangerous=True,
    ),
    *(
        Case(39, f"empty-cell-{at}", empty_cells(text), rows=GOOD3, counts={"blank": 5})
        for at, text in enumerate(EMPTIES)
    ),
    refused(40, "full-sheet", "TOO_MANY_ROWS", too_many_rows, dangerous=True),
    refused(41, "strict", "UNSUPPORTED_FORMAT", strict, says="严格"),
    refused(42, "part-missing", "SHEET_MISSING", without_part("xl/worksheets/sheet1.xml")),
    refused(42, "workbook-missing", "FILE_DAMAGED", without_part("xl/workbook.xml")),
    Case(43, "shared-string", shared(0), rows=GOOD3),
    refused(43, "shared-string-out-of-range", "FILE_DAMAGED", shared(5)),
    refused(44, "in-utf16", "UNSUPPORTED_FORMAT", in_utf16, says="UTF-16"),
    Case(44, "no-styles", lambda: book(table(), styles=None).write(), rows=GOOD3),
    Case(
        44,
        "broken-styles",
        lambda: book(table(), styles=STYLES.encode()[:200]).write(),
        rows=GOOD3,
    ),
    refused(45, "row-twice", "AMBIGUOUS_CELLS", same_row_twice),
    refused(45, "cell-twice", "AMBIGUOUS_CELLS", same_cell_twice),
    refused(45, "cell-of-another-row", "AMBIGUOUS_CELLS", cell_of_another_row),
    Case(46, "no-references", without_references(), rows=GOOD3),
    Case(46, "no-cell-references", without_references(keep_row=True), rows=GOOD3),
    refused(47, "rows-out-of-order", "ROWS_OUT_OF_ORDER", out_of_order),
    Case(
        48,
        "rich-text",
        rich_text,
        rows=[good(name="达州市甲种植专业合作社"), good(name="达州市乙种植专业合作社")],
    ),
    typed_cells(
        49,
        "escapes",
        "legal_representative",
        [
            (escaped("王_x0000_小"), rejected("CONTROL_CHAR")),
            (escaped("王_x000D_小"), good("LINE_BREAK", legal_representative="王 小")),
            (escaped("王_x005F_x0000_"), good(legal_representative="王_x0000_")),
            (escaped("王_xD800_小"), good(legal_representative="王_xD800_小")),
            (escaped("王&#xFFFD;小"), rejected("BROKEN_CHAR")),
        ],
    ),
    Case(50, "hidden-rows", hidden_rows, rows=[good()] * 15, notes="隐藏行 12 行"),
    Case(51, "hidden-sheet", lambda: several("hidden"), rows=GOOD3),
    refused(51, "only-hidden", "NO_SHEETS", lambda: several("only-hidden")),
    Case(52, "other-sheets", lambda: several("others"), rows=GOOD3),
    Case(53, "sheet-per-township", lambda: several("towns"), rows=[good()] * 5),
    Case(54, "chart-first", lambda: several("chart"), rows=GOOD3),
    typed_cells(
        55,
        "1904",
        "established_on",
        [(Styled(42429, 1), good(established_on="2020-03-01"))],
        settings='<workbookPr date1904="1"/>',
    ),
    typed_cells(
        55,
        "1904-number",
        "established_on",
        [(42429, good("DATE_FROM_NUMBER", established_on="2020-03-01"))],
        settings='<workbookPr date1904="1"/>',
    ),
    typed_cells(
        56,
        "formula-in-identity",
        "uscc",
        [(formula("x", kind=' t="str"'), rejected("FORMULA_NOT_ALLOWED"))],
    ),
    typed_cells(
        56,
        "formula-in-status",
        "status",
        [(formula("存续", kind=' t="str"'), rejected("FORMULA_NOT_ALLOWED"))],
    ),
    typed_cells(
        56,
        "formula-in-amount",
        "total_contribution",
        [(formula("7"), good("FORMULA_VALUE", total_contribution="70000.00"))],
    ),
    typed_cells(
        57,
        "formula-no-value",
        "total_contribution",
        [
            (formula(None), rejected("FORMULA_NO_VALUE")),
            (Xml('<c r="{r}"><f>1+1</f><v/></c>'), rejected("FORMULA_NO_VALUE")),
            (formula("", kind=' t="str"'), good()),
        ],
    ),
    Case(
        57,
        "formulas-filled-down",
        lambda: book([*table(), *[[EMPTY_FORMULA] * 3] * 5, line(4)]).write(),
        rows=[good()] * 4,
        counts={"blank": 5},
    ),
    typed_cells(
        58,
        "errors",
        "total_contribution",
        [
            (error("#N/A"), rejected("CELL_ERROR")),
            (error("#REF!"), rejected("CELL_ERROR")),
            (error(""), rejected("CELL_ERROR")),
            (formula("#VALUE!", kind=' t="e"'), rejected("CELL_ERROR")),
        ],
    ),
    typed_cells(58, "error-in-code", "uscc", [(error("#N/A"), rejected("CELL_ERROR"))]),
    typed_cells(
        59,
        "types-in-text",
        "legal_representative",
        [
            (True, rejected("BOOLEAN_IN_TEXT")),
            (Styled(0.5, PERCENT), doubtful("WRONG_TYPE")),
            (Styled(43891, 1), doubtful("WRONG_TYPE")),
            (7, doubtful("WRONG_TYPE")),
        ],
    ),
    Case(
        59,
        "xls-formulas",
        legacy_formulas,
        filename="a.xls",
        rows=[rejected("FORMULA_NO_VALUE")] * 2,
    ),
    Case(46, "prefixed-elements", prefixed, rows=GOOD3),
    Case(45, "comment-and-cdata", commented, rows=GOOD3),
]
