"""Catalogue B4: where the table stands in the sheet and what its headings are called."""

from collections.abc import Sequence
from typing import Any

from tests.corpus.case import Case, doubtful, good, refused, rejected, write_csv
from tests.corpus.societies import HEADER, HEADINGS, column, line, table
from tests.corpus.workbooks import Book, Xml, book, rows, sheet

CSV = "登记信息.csv"
GOOD3 = [good()] * 3
AMOUNT = column("total_contribution")


def titled(above: Sequence[Sequence[Any]], header: Sequence[Any] = HEADER) -> bytes:
    """Return a table with lines above its header."""
    return book([*above, *table(header=header)]).write()


def renamed(**headings: str) -> list[str]:
    """Return the header with other words for some fields."""
    return list({**HEADINGS, **headings}.values())


def under(header: Sequence[Any], *lines: Sequence[Any]) -> bytes:
    """Return a csv file."""
    return write_csv([header, *lines])


def two_levels() -> bytes:
    """Return a merged heading 成员 over 总数, 农民成员 and 企业成员."""
    top = ["序号", "企业名称", "统一社会信用代码", "成员", "", "", "住所"]
    below = ["", "", "", "总数", "农民成员", "企业成员", ""]
    lines = [
        [n, line(n)[0], line(n)[1], 20, 19, 1, f"达州市通川区罗江镇北斗村{n}组"] for n in (1, 2)
    ]
    merges = '<mergeCells><mergeCell ref="D1:F1"/><mergeCell ref="A1:A2"/></mergeCells>'
    return Book({"登记信息": sheet(rows([top, below, *lines]), after=merges)}).write()


def grouped(over: str, *under: str, last: Sequence[Any]) -> bytes:
    """Return a heading over several columns, beside 成员 over 总数 and 农民."""
    top = ["企业名称", "统一社会信用代码", over, *[""] * (len(under) - 1), "成员情况", "", "住所"]
    below = ["", "", *under, "总数", "其中：农民", ""]
    return book([top, below, [line(1)[0], line(1)[1], *last, 20, 19, "罗江镇"]]).write()


def merged_down() -> bytes:
    """Return an authority and a domicile merged over two rows."""
    header = ["企业名称", "统一社会信用代码", "登记机关", "住所"]
    lines = [
        [*line(1)[:2], "通川区市场监管局", "达州市通川区罗江镇北斗村"],
        [*line(2)[:2], "", "达州市通川区罗江镇大坪村"],
        [*line(3)[:2], "通川区市场监管局", "达州市通川区蒲家镇"],
        [*line(4)[:2], "通川区市场监管局", ""],
    ]
    merges = '<mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="D4:D5"/></mergeCells>'
    return Book({"登记信息": sheet(rows([header, *lines]), after=merges)}).write()


def merged_block() -> bytes:
    """Return numbered rows left empty, and remarks merged over several rows and columns."""
    header = ["序号", *HEADER]
    lines = [[number, *line(number)] for number in (1, 2, 3)]
    filled = [header, *lines, [4], [5], ["说明：一、按季填报。"]]
    merges = '<mergeCells><mergeCell ref="A7:H9"/></mergeCells>'
    return Book(
        {"登记信息": sheet(rows(filled) + '<row r="8"/><row r="9"/>', after=merges)}
    ).write()


def shuffled() -> bytes:
    """Return the columns from last to first."""
    return write_csv([list(reversed(each)) for each in table()])


def without(name: str) -> bytes:
    """Return a table without one column."""
    at = column(name)
    return write_csv([each[:at] + each[at + 1 :] for each in table()])


def total_of(amount: str) -> list[str]:
    """Return a row of totals."""
    cells = [""] * len(HEADER)
    cells[0], cells[AMOUNT] = "合  计", amount
    return cells


def with_totals(total: str) -> bytes:
    """Return a table with a total, a signature and a date at its end."""
    ends = [
        total_of(total),
        ["填表人：王某"],
        ["制表日期：2021年7月1日"],
        ["", "", "以上由市场监管局提供"],
    ]
    return book([*table(), *ends]).write()


def with_sent_back_columns() -> bytes:
    """Return a workbook as we send it back: a summary first, three columns more."""
    added = [[*HEADER, "级别", "问题", "怎么改"]]
    added += [[*line(n), "必须改", "代码校验不通过", "请核对"] for n in (1, 2, 3)]
    summary = [["问题", "次数", "级别"], ["代码校验不通过", "3", "必须改"]]
    return Book({"汇总": sheet(rows(summary)), "登记信息": sheet(rows(added))}).write()


def foreign(*headings: str) -> bytes:
    """Return another register's table."""
    return write_csv(
        [["统一社会信用代码", "企业名称", *headings], [line(1)[1], line(1)[0], "甲", "乙"]]
    )


REMARKS = (
    "2021年7月5日",
    "（此表由市监局提供）",
    "达州市通川区市场监督管理局（盖章）",
    "达州市通川区第9号水稻种植专业合作社",
    "通川区永丰农业专合组织",
)
PARTS = {"货币": 30, "实物": 20, "合计": 50}
NUMBERED = ["序号", *HEADER]
TOTALS: dict[str, list[list[Any]]] = {
    "counted-in-the-code-column": [["合计", "", 3]],
    "behind-a-running-number": [[4, "合计", 3], [5, "小 计", "3户"], ["6", "总计"]],
    "in-the-code-column": [[4, "", "合计", "", "", "", 150]],
    "of-a-township": [["罗江镇小计", "", 2], ["", "蒲家镇合计", 1], ["合计（户）", 3]],
    "with-a-formula": [[4, "合计", Xml('<c r="{r}"><f>COUNTA(C2:C4)</f><v>3</v></c>')]],
    "and-who-wrote-it": [["合计", "3"], ["以上数据截至2021年6月30日"], ["", "经办人：王某"]],
}
UNCODED = [
    ["审核通过", *line(3, uscc="")],
    ["统计完毕", *line(4, uscc="")],
    ["合计", *line(5, uscc=5)],
]


def numbered(count: int) -> list[list[Any]]:
    """Return good lines with a running number before each."""
    return [[number, *line(number)] for number in range(1, count + 1)]


CASES = [
    refused(73, "header-only", "NO_DATA_ROWS", lambda: write_csv([HEADER]), filename=CSV),
    refused(
        73, "header-and-total", "NO_DATA_ROWS", lambda: write_csv([HEADER, ["合计"]]), filename=CSV
    ),
    refused(73, "nothing-but-blanks", "HEADER_NOT_FOUND", lambda: b"\n\n , ,\n", filename=CSV),
    Case(
        74,
        "title-and-unit-above",
        lambda: titled(
            [["达州市通川区2021年第二季度农民专业合作社登记信息"], ["单位：万元"], []],
            renamed(total_contribution="出资额"),
        ),
        rows=[good(total_contribution="500000.00")] * 3,
        counts={"note": 2, "header": 1, "blank": 1, "data": 3},
    ),
    Case(
        74,
        "units-in-a-row-of-their-own",
        lambda: book(
            [
                renamed(total_contribution="出资额"),
                ["", "", "", "", "", "万元", "(人)", "人"],
                *table()[1:],
            ]
        ).write(),
        rows=[good(total_contribution="500000.00", member_count="20")] * 3,
        counts={"header": 2},
    ),
    Case(
        74,
        "several-units-above",
        lambda: titled([["单位：户、万元"]], renamed(total_contribution="出资额")),
        rows=[good(total_contribution="500000.00")] * 3,
    ),
    Case(74, "header-in-row-20", lambda: titled([["说明"]] * 19), rows=GOOD3, counts={"note": 19}),
    refused(74, "header-too-late", "HEADER_NOT_FOUND", lambda: titled([["说明"]] * 25)),
    Case(
        75,
        "two-levels",
        two_levels,
        rows=[good(member_count="20", farmer_member_count="19", unit_member_count="1")] * 2,
        counts={"header": 2},
    ),
    *(
        Case(
            75,
            f"contribution-in-parts-{'-'.join(parts)}",
            lambda parts=parts: grouped(
                "成员出资总额（万元）", *parts, last=[PARTS[part] for part in parts]
            ),
            rows=[
                good(
                    total_contribution="500000.00" if "合计" in parts else "",
                    member_count="20",
                    farmer_member_count="19",
                )
            ],
            counts={"header": 2},
        )
        for parts in (["货币", "实物", "合计"], ["合计", "货币", "实物"], ["货币", "实物"])
    ),
    Case(
        75,
        "contribution-in-parts-alone",
        lambda: write_csv(
            [
                ["企业名称", "统一社会信用代码", "成员出资总额(万元)", "", "住所"],
                ["", "", "货币", "实物", ""],
                [line(1)[0], line(1)[1], 30, 20, "罗江镇"],
            ]
        ),
        filename=CSV,
        rows=[good(total_contribution="")],
        notes="成员出资总额(万元)/货币",
    ),
    Case(
        75,
        "members-of-another-word",
        lambda: grouped("注册资本", "（万元）", last=[50]),
        rows=[good(total_contribution="500000.00", member_count="20", farmer_member_count="19")],
        counts={"header": 2},
    ),
    Case(
        74,
        "units-and-the-form-of-dates",
        lambda: book(
            [
                renamed(total_contribution="出资额"),
                ["", "", "（年月日）", "", "", "（万元）", "(人)", "人"],
                *table()[1:],
            ]
        ).write(),
        rows=[good(total_contribution="500000.00", member_count="20")] * 3,
        counts={"header": 2},
    ),
    Case(
        76,
        "merged-down",
        merged_down,
        rows=[good(), good("MERGED_FILLED"), good(), rejected("MERGED_CELL")],
    ),
    Case(76, "merged-blank-block", merged_block, rows=GOOD3, counts={"note": 3, "blank": 2}),
    Case(77, "other-order", shuffled, filename=CSV, rows=GOOD3),
    refused(
        78, "no-code-column", "MISSING_COLUMN", lambda: without("uscc"), says="统一社会信用代码"
    ),
    refused(78, "no-name-column", "MISSING_COLUMN", lambda: without("name"), says="企业名称"),
    Case(79, "optional-column-missing", lambda: without("status"), filename=CSV, rows=GOOD3),
    Case(
        80,
        "unknown-columns",
        lambda: under([*HEADER, "星级", "备注"], [*line(1), "三星", "x"]),
        filename=CSV,
        rows=[good()],
        notes="星级、备注",
    ),
    refused(
        81,
        "same-heading-twice",
        "DUPLICATE_COLUMN",
        lambda: under([*HEADER, "住所"], [*line(1), "x"]),
        says="住所",
    ),
    refused(
        81,
        "two-code-columns",
        "DUPLICATE_COLUMN",
        lambda: under([*HEADER, "信用代码"], [*line(1), line(2)[1]]),
    ),
    refused(
        80,
        "too-many-columns",
        "TOO_MANY_COLUMNS",
        lambda: under([*HEADER, *(f"列{n}" for n in range(300))], [*line(1), *["x"] * 300]),
    ),
    Case(
        80,
        "a-date-of-another-list",
        lambda: under(
            ["企业名称", "统一社会信用代码", "企业类型", "住所", "注销日期"],
            [*line(1)[:2], "", "罗江镇", "2020-01-01"],
        ),
        filename=CSV,
        rows=[good()],
        notes="不认识的列，原样保留但不入库：注销日期",
        silent=("是不是",),
    ),
    Case(
        80,
        "sheets-with-other-columns",
        lambda: Book(
            {
                "甲": sheet(rows(table(1))),
                "乙": sheet(rows([each[:2] + each[-2:] for each in (HEADER, line(2))])),
            }
        ).write(),
        rows=[good()] * 2,
        notes="没有入库的是：企业类型、法定代表人、成员出资总额、成员总数、农民成员、成立日期、登记状态。",
    ),
    Case(
        81,
        "two-words-for-one-field",
        lambda: under([*HEADER, "注册地址"], [*line(1), "x"]),
        filename=CSV,
        rows=[good(domicile=line(1)[column("domicile")])],
        notes="注册地址",
    ),
    Case(
        82,
        "other-words",
        lambda: write_csv(
            table(
                header=renamed(
                    name="企业（机构）名称",
                    uscc="统一社会\n信用代码／注册号",
                    established_on=" 登记 注册 日期 ",
                    entity_type="企业类型（经济性质）",
                    legal_representative="*法人代表",
                    total_contribution="注册资金（万元人民币）",
                    member_count="成员总数(人)",
                    farmer_member_count="其中：农民成员",
                    status="经营状态",
                    domicile="住所（经营场所）",
                    business_scope="经营（业务）范围",
                )
            )
        ),
        filename=CSV,
        rows=[good(total_contribution="500000.00", member_count="20", status="active")] * 3,
    ),
    Case(
        82,
        "words-of-other-forms",
        lambda: write_csv(
            table(
                header=renamed(
                    uscc="信用代码/注册号",
                    legal_representative="理事长",
                    total_contribution="认缴出资额\n单位：万元",
                    domicile="经营场所/住所",
                )
            )
        ),
        filename=CSV,
        rows=[
            good(
                legal_representative=f"王小{n}",
                total_contribution="500000.00",
                domicile=line(n)[column("domicile")],
            )
            for n in (1, 2, 3)
        ],
    ),
    *(
        Case(
            82,
            f"numbered-like-{form.format(1)}",
            lambda form=form: write_csv(
                table(header=[form.format(n) + word for n, word in enumerate(HEADER, 1)])
            ),
            filename=CSV,
            rows=GOOD3,
        )
        for form in ("{}.", "{}、", "（{}）")
    ),
    refused(
        82,
        "near-match",
        "MISSING_COLUMN",
        lambda: write_csv(table(header=renamed(uscc="统一社会信用编码"))),
        says="“统一社会信用编码”是不是“统一社会信用代码”",
    ),
    Case(
        82,
        "near-match-of-an-optional-column",
        lambda: write_csv(table(header=renamed(status="登记状况"))),
        filename=CSV,
        rows=[good(status="")] * 3,
        notes="“登记状况”是不是“登记状态”",
    ),
    Case(
        83,
        "header-on-every-page",
        lambda: book([*table(2), HEADER, line(3)]).write(),
        rows=GOOD3,
        counts={"header": 1, "note": 1},
    ),
    *(
        Case(
            83,
            f"columns-counted-{title}",
            lambda counted=counted: book([HEADER, counted, *table()[1:]]).write(),
            rows=GOOD3,
            counts={"note": 1},
        )
        for title, counted in {
            "from-one": list(range(1, len(HEADER) + 1)),
            "after-two-stems": ["甲", "乙", *range(1, len(HEADER) - 1)],
            "in-brackets": [f"（{n}）" for n in range(1, len(HEADER) + 1)],
            "in-letters": [chr(65 + n) for n in range(len(HEADER))],
        }.items()
    ),
    Case(84, "totals", lambda: with_totals("150"), rows=GOOD3, counts={"note": 4}),
    Case(
        84,
        "wrong-total",
        lambda: with_totals("160"),
        rows=GOOD3,
        notes="合计行写的成员出资总额是 1600000",
    ),
    *(
        Case(
            84,
            f"total-{title}",
            lambda ends=ends: book([NUMBERED, *numbered(3), *ends]).write(),
            rows=GOOD3,
            counts={"note": len(ends)},
        )
        for title, ends in TOTALS.items()
    ),
    *(
        Case(
            84,
            f"total-in-text-{at}",
            lambda end=end: write_csv([NUMBERED, *numbered(3), end]),
            filename=CSV,
            rows=GOOD3,
            counts={"note": 1},
        )
        for at, end in enumerate(
            [
                ["合计", "3"],
                ["合计", "", "3"],
                ["4", "合计", "93"],
                ["", "总 计：", "3户"],
                ["", "3", "合计"],
            ]
        )
    ),
    Case(
        84,
        "wrong-total-behind-a-number",
        lambda: book([NUMBERED, *numbered(3), [4, "合计", 3, "", "", "", "160"]]).write(),
        rows=GOOD3,
        counts={"note": 1},
        notes="合计行写的成员出资总额是 1600000",
    ),
    Case(
        84,
        "societies-that-are-no-totals",
        lambda: book(
            [["审核情况", *HEADER], *(["审核通过", *line(n)] for n in (1, 2)), *UNCODED]
        ).write(),
        rows=[good(), good(), *[rejected("USCC_MISSING")] * 2, rejected("USCC_LENGTH")],
    ),
    Case(
        84,
        "total-above-the-rows",
        lambda: book([HEADER, total_of("150"), *table()[1:]]).write(),
        rows=GOOD3,
        counts={"note": 1},
        silent=("合计行",),
    ),
    Case(
        84,
        "wrong-total-above-the-rows",
        lambda: book([HEADER, total_of("160"), *table()[1:]]).write(),
        rows=GOOD3,
        notes="合计行写的成员出资总额是 1600000，各行相加是 1500000。",
    ),
    Case(
        84,
        "remarks-in-the-column-of-names",
        lambda: book(
            [HEADER, ["（一）种植业"], *table()[1:], *([text] for text in REMARKS)]
        ).write(),
        rows=[*GOOD3, rejected("USCC_MISSING"), rejected("USCC_MISSING")],
        counts={"note": len(REMARKS) - 1},
    ),
    Case(
        85,
        "blank-rows-between",
        lambda: book([*table(2), [], ["  "], [], line(3)]).write(),
        rows=GOOD3,
        counts={"blank": 3, "physical": 7},
    ),
    refused(
        85,
        "side-by-side",
        "SIDE_BY_SIDE",
        lambda: write_csv([[*a, "", *b] for a, b in zip(table(), table(), strict=True)]),
    ),
    Case(
        86,
        "last-version",
        lambda: under(
            ["名称", "注册号", "社会统一信用代码"], [line(1)[0], "511702000049960", line(1)[1]]
        ),
        filename=CSV,
        rows=[good(registration_no="511702000049960")],
    ),
    Case(
        87,
        "unit-yuan",
        lambda: under(
            renamed(total_contribution="成员出资总额(元)"), line(1, total_contribution="500000")
        ),
        filename=CSV,
        rows=[good(total_contribution="500000.00")],
    ),
    Case(
        87,
        "no-unit",
        lambda: under(
            renamed(total_contribution="注册资金"),
            line(1),
            line(2),
            line(3, total_contribution="50万元"),
        ),
        filename=CSV,
        rows=[doubtful("AMOUNT_WITHOUT_UNIT")] * 2 + [good(total_contribution="500000.00")],
        held=frozenset({"UNIT_MISSING"}),
    ),
    Case(
        87,
        "few-without-unit",
        lambda: under(
            renamed(total_contribution="注册资金"),
            *(line(n, total_contribution="50万元") for n in (1, 2)),
            line(3),
        ),
        filename=CSV,
        rows=[good(), good(), doubtful("AMOUNT_WITHOUT_UNIT")],
    ),
    Case(
        87,
        "unit-answered",
        lambda: under(renamed(total_contribution="注册资金"), line(1)),
        filename=CSV,
        rows=[good(total_contribution="500000.00")],
        spec={"capital_unit": "万元"},
    ),
    refused(
        88,
        "transposed",
        "TRANSPOSED",
        lambda: write_csv([list(each) for each in zip(*table(), strict=True)]),
    ),
    Case(86, "sent-back", with_sent_back_columns, rows=GOOD3),
    refused(
        86,
        "abnormal-list",
        "WRONG_SOURCE",
        lambda: foreign("列入原因", "列入日期"),
        says="经营异常名录",
    ),
    refused(
        86, "changes", "WRONG_SOURCE", lambda: foreign("变更事项", "变更日期"), says="变更登记"
    ),
    Case(
        131,
        "other-quarter-in-title",
        lambda: titled([["2021年第一季度登记信息"]]),
        rows=GOOD3,
        held=frozenset({"QUARTER_MISMATCH"}),
    ),
    Case(
        131,
        "other-quarter-in-name",
        lambda: write_csv(table()),
        filename="登记信息2020Q4.csv",
        rows=GOOD3,
        held=frozenset({"QUARTER_MISMATCH"}),
    ),
    Case(131, "same-quarter", lambda: titled([["2021年二季度"]]), rows=GOOD3),
]
