"""Catalogue B6 and B7: dates, numbers and money."""

import datetime as dt

from tests.corpus.case import Case, cells, doubtful, good, rejected, typed_cells, write_csv
from tests.corpus.societies import HEADER, line
from tests.corpus.workbooks import MOMENT, MONTH, PERCENT, Styled, Xml

MARCH = good(established_on="2020-03-01")
MILLION = good(total_contribution="1000000.00")
HUNDRED = good(total_contribution="100.00")


def iso(text: str) -> Xml:
    """Return a cell typed as an ISO date."""
    return Xml(f'<c r="{{r}}" t="d"><v>{text}</v></c>')


def raw_number(text: str) -> Xml:
    """Return a number written in the file as this text."""
    return Xml(f'<c r="{{r}}"><v>{text}</v></c>')


def two_dates() -> bytes:
    """Return an approval before the foundation, and one after it."""
    header = [*HEADER, "核准日期"]
    lines = [
        [*line(1), "2015-02-28"],
        [*line(2), "2015-03-01"],
        [*line(3), "2030-01-01"],
    ]
    return write_csv([header, *lines])


def members(*counts: tuple[str, str, str]) -> bytes:
    """Return totals with their parts."""
    header = [*HEADER, "其中:企业等单位成员"]
    lines = [
        [*line(n, member_count=total, farmer_member_count=farmers), units]
        for n, (total, farmers, units) in enumerate(counts, 1)
    ]
    return write_csv([header, *lines])


DATES = [
    cells(
        109,
        "written-forms",
        "established_on",
        [
            (text, MARCH)
            for text in (
                "2020年3月1日",
                "2020-3-1",
                "2020/3/1",
                "2020.3.1",
                "20200301",
                "２０２０年３月１日",
                "2020-03-01",
                " 2020 年 3 月 1 日 ",
                "2020-03-01 00:00:00",
                "2020/3/1 10:20",
                "2020-03-01T23:59:59Z",
                "2020-03-01T00:00:00+08:00",
                "2020年3月1号",
                "2020 - 03 - 01",
                "2020—3—1",
                "2020–03–01",
                "2020、3、1",
                "2020\\3\\1",
                "2020.03.01.",
                "2020。3。1",
            )
        ],
    ),
    typed_cells(
        110,
        "date-cells",
        "established_on",
        [
            (dt.date(2020, 3, 1), MARCH),
            (Styled(43891.75, MOMENT), MARCH),
            (Styled(43891, MONTH), MARCH),
            (iso("2020-03-01"), MARCH),
        ],
    ),
    typed_cells(
        111,
        "serial-number",
        "established_on",
        [(43891, good("DATE_FROM_NUMBER", established_on="2020-03-01"))],
    ),
    typed_cells(
        111,
        "digits-as-number",
        "established_on",
        [
            (20150301, good("DATE_FROM_NUMBER", established_on="2015-03-01")),
            (20150230, rejected("DATE_IMPOSSIBLE")),
            (19490930, rejected("DATE_OUT_OF_RANGE")),
            (21150301, rejected("DATE_OUT_OF_RANGE")),
            (201503, rejected("DATE_INCOMPLETE")),
            (2015, rejected("DATE_INCOMPLETE")),
        ],
    ),
    cells(111, "serial-as-text", "established_on", [("44197", rejected("DATE_AMBIGUOUS"))]),
    typed_cells(
        112,
        "impossible-serials",
        "established_on",
        [
            (60, rejected("DATE_OUT_OF_RANGE")),
            (-5, rejected("DATE_OUT_OF_RANGE")),
            (1e20, rejected("DATE_OUT_OF_RANGE")),
            (Styled(60, 1), rejected("DATE_OUT_OF_RANGE")),
            (Styled(-5, 1), rejected("DATE_FORMAT")),
            (Styled(0.5, 1), rejected("DATE_FORMAT")),
        ],
    ),
    cells(
        113,
        "months-and-years",
        "established_on",
        [
            (text, rejected("DATE_INCOMPLETE"))
            for text in ("2020年3月", "2020", "2020-03", "202003")
        ],
    ),
    cells(
        114,
        "days-that-are-not",
        "established_on",
        [
            (text, rejected("DATE_IMPOSSIBLE"))
            for text in ("2020-02-30", "2021-13-01", "0000-00-00", "20200230")
        ],
    ),
    typed_cells(
        114,
        "iso-typed",
        "established_on",
        [(iso("2020-02-30"), rejected("DATE_IMPOSSIBLE")), (dt.date(2020, 3, 1), MARCH)],
    ),
    cells(
        115,
        "ambiguous",
        "established_on",
        [
            (text, rejected("DATE_AMBIGUOUS"))
            for text in ("3/1/2020", "20.3.1", "1-3-20", "20年3月1日")
        ],
    ),
    cells(
        116,
        "other-calendars",
        "established_on",
        [
            ("二〇二〇年三月一日", MARCH),
            ("二零二零年十二月三十一日", good(established_on="2020-12-31")),
            ("民国109年3月1日", rejected("DATE_CALENDAR")),
            ("令和2年3月1日", rejected("DATE_CALENDAR")),
        ],
    ),
    cells(
        117,
        "words",
        "established_on",
        [
            ("无", good(established_on="")),
            ("/", good(established_on="")),
            ("—", good(established_on="")),
            ("长期", rejected("DATE_FORMAT")),
            ("至今", rejected("DATE_FORMAT")),
            ("待定", rejected("DATE_FORMAT")),
        ],
    ),
    cells(
        118,
        "future-and-before-the-law",
        "established_on",
        [
            ("2021-07-21", rejected("DATE_IN_FUTURE")),
            ("2021-07-20", good(established_on="2021-07-20")),
            ("2007-06-30", good("BEFORE_LAW", established_on="2007-06-30")),
            ("2007-07-01", good(established_on="2007-07-01")),
            ("1900-01-01", rejected("DATE_OUT_OF_RANGE")),
        ],
    ),
    Case(
        119,
        "approved-before-founded",
        two_dates,
        filename="a.csv",
        rows=[doubtful("DATE_ORDER"), good(), rejected("DATE_IN_FUTURE")],
    ),
    typed_cells(
        120,
        "near-midnight",
        "established_on",
        [(Styled(43891.999988, MOMENT), MARCH), (Styled(43891.0000001, MOMENT), MARCH)],
    ),
]

NUMBERS = [
    cells(
        121,
        "spellings",
        "total_contribution",
        [
            ("1,000,000.00元", MILLION),
            ("１００", MILLION),
            ("￥100", MILLION),
            ("100万元", MILLION),
            ("100 万", MILLION),
            ("1000000元", MILLION),
            ("100元", HUNDRED),
            ("0.01亿元", MILLION),
            ("100(万元人民币)", MILLION),
            ("100(万元)", MILLION),
            ("100()", MILLION),
            ("100万元人民币", MILLION),
            ("100万人民币", MILLION),
            ("100万人民币元", MILLION),
            ("100( 万人民币元)", MILLION),
            ("1000000(人民币元)", MILLION),
            ("100(万人民币元)", MILLION),
            ("100(万)", MILLION),
            ("人民币100万元整", MILLION),
            ("100.000000", MILLION),
            ("232.4800(万)", good(total_contribution="2324800.00")),
            ("100万元（人民币）", MILLION),
            ("人民币100万元", MILLION),
            ("（人民币）100万元", MILLION),
            ("人民币：100万元", MILLION),
            ("100.00万(元)", MILLION),
            ("100万（元）人民币", MILLION),
            ("100（人民币）万元", MILLION),
            ("100万元整（人民币）", MILLION),
            ("￥100万", MILLION),
            ("￥１００．００万元整", MILLION),
            ("RMB 100万元", MILLION),
            ("100【万元】", MILLION),
            ("１，０００，０００元（人民币）", MILLION),
            ("1 000 000.00 元", MILLION),
        ],
    ),
    cells(
        122,
        "not-amounts",
        "total_contribution",
        [
            (text, rejected("AMOUNT_FORMAT"))
            for text in (
                "壹佰万元",
                "约100",
                "100-200",
                "100+",
                ">100",
                "100万元左右",
                "1,00,0",
                "100万千",
                "100(万",
                "100万(万元)",
                "100元(万元)",
                "100万元)",
                "人民币100",
                "100(人民币)",
                "50 60万元",
                "50\n60",
                "一百",
            )
        ],
    ),
    cells(
        122,
        "other-currencies",
        "total_contribution",
        [(text, rejected("AMOUNT_CURRENCY")) for text in ("100万美元", "$100", "50万港元")],
    ),
    cells(
        123,
        "negatives",
        "total_contribution",
        [(text, rejected("NEGATIVE")) for text in ("-5", "(100)", "－5", "-5万元")],
    ),
    cells(123, "negative-members", "member_count", [("-5", rejected("NEGATIVE"))]),
    typed_cells(123, "negative-number", "total_contribution", [(-5, rejected("NEGATIVE"))]),
    cells(
        124,
        "what-python-takes",
        "total_contribution",
        [
            (text, rejected("AMOUNT_FORMAT"))
            for text in ("1e6", "1_000", "²", "٣", "0x10", "½", "①")
        ],
    ),
    cells(
        124,
        "what-python-takes-as-whole",
        "member_count",
        [(text, rejected("NUMBER_FORMAT")) for text in ("1e1", "1_0", "²", "٣", "0x10", "十")],
    ),
    cells(
        125,
        "not-finite",
        "total_contribution",
        [(text, rejected("AMOUNT_FORMAT")) for text in ("NaN", "Infinity", "1E400", "inf")],
    ),
    typed_cells(
        125,
        "not-finite-numbers",
        "total_contribution",
        [
            (raw_number("1E400"), rejected("NUMBER_FORMAT")),
            (raw_number("NaN"), rejected("NUMBER_FORMAT")),
        ],
    ),
    typed_cells(
        126,
        "binary-fractions",
        "total_contribution",
        [
            (0.1 + 0.2, good(total_contribution="3000.00")),
            (100.123456, good(total_contribution="1001234.56")),
            (100.1234567, good("AMOUNT_ROUNDED", total_contribution="1001234.57")),
            (0.29, good(total_contribution="2900.00")),
        ],
    ),
    cells(
        127,
        "too-much",
        "total_contribution",
        [
            ("1" + "0" * 18, rejected("AMOUNT_TOO_LARGE")),
            ("13683883396", doubtful("OUT_OF_RANGE", total_contribution="136838833960000.00")),
            ("100000", doubtful("OUT_OF_RANGE")),
            ("99999.99", good(total_contribution="999999900.00")),
        ],
    ),
    cells(
        128,
        "zero-and-nothing",
        "total_contribution",
        [
            ("0", good(total_contribution="0.00")),
            ("0.00", good(total_contribution="0.00")),
            ("", good(total_contribution="")),
            ("—", good(total_contribution="")),
            ("N/A", good(total_contribution="")),
        ],
    ),
    Case(
        129,
        "members-do-not-add-up",
        lambda: members(("50", "40", "20"), ("50", "60", "0"), ("50", "40", "5"), ("", "40", "5")),
        filename="a.csv",
        rows=[doubtful("MEMBER_SUM"), doubtful("MEMBERS_EXCEED_TOTAL"), good(), good()],
    ),
    cells(
        130,
        "members",
        "member_count",
        [
            ("50", good(member_count="50")),
            ("50人", good(member_count="50")),
            ("50.0", good(member_count="50")),
            ("1,200", good(member_count="1200")),
            ("12.5", rejected("NUMBER_NOT_WHOLE")),
            ("99999999", rejected("NUMBER_TOO_LARGE")),
            ("50%", rejected("NUMBER_FORMAT")),
        ],
    ),
    typed_cells(
        130,
        "typed-members",
        "member_count",
        [
            (50, good(member_count="50")),
            (12.5, rejected("NUMBER_NOT_WHOLE")),
            (Styled(0.5, PERCENT), rejected("NUMBER_NOT_WHOLE")),
            (True, rejected("NUMBER_FORMAT")),
        ],
    ),
]
CASES = [*DATES, *NUMBERS]
