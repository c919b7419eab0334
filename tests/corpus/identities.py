"""Catalogue B5: codes, names, telephones, townships."""

from collections.abc import Iterable

from tests.corpus.case import Case, cells, doubtful, good, rejected, typed_cells, write_csv
from tests.corpus.societies import HEADER, code, line

RIGHT = "93511702MA00TC0167"
WIDE = RIGHT.translate({ord(c): ord(c) + 0xFEE0 for c in RIGHT})
TOWNSHIPS = [
    {"name": "罗江镇", "code": "511702102"},
    {"name": "蒲家镇", "code": "511702103"},
    {"name": "双龙镇", "code": "511702105"},
    {"name": "东岳镇", "code": "511702110"},
    {"name": "朝阳街道", "code": "511702003"},
    {"name": "凤西街道", "code": "511702004"},
    {"name": "西城街道", "code": "511702002"},
    {"name": "魏兴镇", "code": "511702102"},
    {"name": "东岳乡", "code": "511702110"},
    {"name": "西外镇", "code": "", "villages": {"文凤社区": "511702002", "塔沱社区": "511702004"}},
]
TOWN_HEADER = [*HEADER, "乡镇"]


def numbers() -> bytes:
    """Return old registration numbers in their own column."""
    header = [*HEADER, "注册号"]
    lines = [
        [*line(1), "511702000049960"],
        [*line(2), "511702NA000123X"],
        [*line(3, uscc=""), "511702000049961"],
        [*line(4, uscc=""), code(4)],
        [*line(5), "甲乙丙"],
        [*line(6, uscc=""), ""],
    ]
    return write_csv([header, *lines])


def phones(written: Iterable[str]) -> bytes:
    """Return telephones in the ways people write them."""
    header = [*HEADER, "联系电话"]
    return write_csv([header, *([*line(n), text] for n, text in enumerate(written, 1))])


def towns() -> bytes:
    """Return a township column."""
    places = ["罗江镇", "魏兴镇", "西外镇", "西外镇", "不存在镇"]
    domiciles = ["x", "x", "文凤社区1组", "3组", "x"]
    lines = [
        [*line(n, domicile=f"达州市通川区{rest}"), town]
        for n, (town, rest) in enumerate(zip(places, domiciles, strict=True), 1)
    ]
    return write_csv([TOWN_HEADER, *lines])


TELEPHONES = [
    "13800138000",
    "13800138000.0",
    "+86 138-0013-8000",
    "13800138000/13900139000",
    "0818-2123456",
    "（0818）2123456转801",
    "2123456",
    "400-810-8888",
    "一三八",
    "1380013800",
]
IN_PARTS = {
    "0818-2123456-801": "0818-2123456-801",
    "0818-2123456-8": "0818-2123456-8",
    "(0818)2123456转801": "0818-2123456-801",
    "0818 212 3456": "0818-2123456",
    "021 6234 5678": "021-62345678",
    "010-62345678": "010-62345678",
    "2123456-8": "2123456-8",
    "8182123456": "0818-2123456",
    "2881234567": "028-81234567",
    "13800138000 13900139000": "13800138000、13900139000",
}
NO_TELEPHONES = ("0818-212345612", "08182123456801", "1380013800转1", "转801")


def written_by_programs() -> bytes:
    """Return old numbers as programs write them that take them for amounts."""
    header = ["企业名称", "注册号", "统一社会信用代码", "住所", "业务范围"]
    lines = [
        [line(1)[0], "5117022101234.0", "", "x", "x"],
        [line(2)[0], "511702000049960.0", code(2), "x", "x"],
        [line(3)[0], "", "511702000049960.0", "x", "x"],
    ]
    return write_csv([header, *lines])


CASES = [
    Case(
        92,
        "old-numbers-with-a-fraction",
        written_by_programs,
        filename="a.csv",
        rows=[
            good(registration_no="5117022101234"),
            good(registration_no="511702000049960"),
            good("OLD_REGISTRATION_NO", registration_no="511702000049960"),
        ],
    ),
    cells(89, "check-digit", "uscc", [("93511702MA00TC0160", rejected("USCC_CHECK"))]),
    cells(89, "swapped", "uscc", [("93511702M0A0TC0167", rejected("USCC_CHECK"))]),
    cells(
        90,
        "check-zero",
        "uscc",
        [
            ("935117020000002110", good(uscc="935117020000002110")),
            ("93511702000000166Y", good(uscc="93511702000000166Y")),
        ],
    ),
    cells(
        91,
        "separators",
        "uscc",
        [
            ("93511702 MA00TC 0167", good("USCC_NORMALISED", uscc=RIGHT)),
            ("93511702-MA00TC016-7", good("USCC_NORMALISED", uscc=RIGHT)),
            ("93511702.MA00TC016.7", good("USCC_NORMALISED", uscc=RIGHT)),
            (f"'{RIGHT}", good("USCC_NORMALISED", uscc=RIGHT)),
            (f"{RIGHT}\t", good(uscc=RIGHT)),
            (f"  {RIGHT}　", good(uscc=RIGHT)),
            (RIGHT[:-1], rejected("USCC_LENGTH")),
            (f"{RIGHT}7", rejected("USCC_LENGTH")),
        ],
    ),
    cells(
        92,
        "width-and-case",
        "uscc",
        [
            (WIDE, good("USCC_NORMALISED", uscc=RIGHT)),
            (RIGHT.lower(), good("USCC_NORMALISED", uscc=RIGHT)),
        ],
    ),
    cells(
        93,
        "look-alikes",
        "uscc",
        [
            (RIGHT.replace("00TC", "O0TC"), rejected("USCC_CHARACTER")),
            (RIGHT.replace("167", "I67"), rejected("USCC_CHARACTER")),
            (RIGHT.replace("A", "А"), rejected("USCC_CHARACTER")),
            (RIGHT.replace("A", "Α"), rejected("USCC_CHARACTER")),
            (RIGHT.replace("MA", "M\u200bA"), rejected("CONTROL_CHAR")),
            ("9111000060003IOZSV", rejected("USCC_CHARACTER")),
        ],
    ),
    typed_cells(
        94,
        "stored-as-number",
        "uscc",
        [
            (9.3330e17, rejected("NUMERIC_PRECISION_LOST")),
            (935117020000002110, rejected("NUMERIC_PRECISION_LOST")),
            (511702000049960.0, good("OLD_REGISTRATION_NO", uscc="")),
            (12345, rejected("USCC_LENGTH")),
        ],
    ),
    cells(
        94,
        "text-of-a-number",
        "uscc",
        [
            ("9.3330E+17", rejected("NUMERIC_PRECISION_LOST")),
            ("9.3511702E17", rejected("NUMERIC_PRECISION_LOST")),
            ("935117020000002000", rejected("NUMERIC_PRECISION_LOST")),
        ],
    ),
    cells(
        95,
        "other-bodies",
        "uscc",
        [
            ("91511702MA00TC9805", rejected("NOT_A_COOP")),
            ("92511702MA00TC999Y", rejected("NOT_A_COOP")),
            ("N2511702MF00TC970X", rejected("NOT_A_COOP")),
            ("91110000600037341L", rejected("NOT_A_COOP")),
            ("93520525MA6EGN9K19", doubtful("OTHER_DIVISION")),
            (
                "511702000049960",
                good("OLD_REGISTRATION_NO", uscc="", registration_no="511702000049960"),
            ),
            ("510182000049960", doubtful("OLD_REGISTRATION_NO", "OTHER_DIVISION")),
            ("", rejected("USCC_MISSING")),
            ("N/A", rejected("USCC_MISSING")),
        ],
    ),
    cells(
        95,
        "other-divisions-in-the-province",
        "uscc",
        [("93510181790011862D", good()), ("93520525MA6EGN9K19", doubtful("OTHER_DIVISION"))],
        spec={"jurisdiction": "51"},
    ),
    cells(95, "whole-nation", "uscc", [("93520525MA6EGN9K19", good())], spec={"jurisdiction": ""}),
    Case(
        95,
        "number-column",
        numbers,
        filename="a.csv",
        rows=[
            good(registration_no="511702000049960"),
            good(registration_no="511702NA000123X"),
            good(uscc="", registration_no="511702000049961"),
            good("USCC_IN_NUMBER_COLUMN", uscc=code(4), registration_no=""),
            doubtful("REGISTRATION_NO_FORMAT"),
            rejected("USCC_MISSING"),
        ],
    ),
    cells(
        102,
        "names-as-written",
        "name",
        [
            (
                "达州（通川）专业合作社",
                good(name="达州（通川）专业合作社", name_key="达州(通川)专业合作社"),
            ),
            (
                "达州(通川)专业合作社",
                good(name="达州(通川)专业合作社", name_key="达州(通川)专业合作社"),
            ),
            (
                "达州 通川 专业合作社 ",
                good(name="达州 通川 专业合作社", name_key="达州通川专业合作社"),
            ),
            ("𠮷祥·㈱专业合作社", good(name="𠮷祥·㈱专业合作社", name_key="𠮷祥·(株)专业合作社")),
        ],
    ),
    cells(
        102,
        "kinds",
        "name",
        [
            ("甲专业合作社", good(kind="cooperative")),
            ("甲农民专业合作社联合社", good(kind="union")),
            ("甲专业合作联社", good(kind="union")),
            ("甲农资专业合作社文宫经营部十门市", good(kind="branch")),
            ("甲畜禽养殖专业合作社生猪养殖场", good(kind="branch")),
            ("甲种植专业合作社第一分社", good(kind="branch")),
            ("达州市养殖场专业合作社", good(kind="cooperative")),
        ],
    ),
    cells(
        103,
        "hostile-names",
        "name",
        [
            ("甲" * 500, rejected("TEXT_TOO_LONG")),
            ("甲\u202e社作合业专", rejected("CONTROL_CHAR")),
            ("甲\u200b专业合作社", rejected("CONTROL_CHAR")),
            ("甲🌾专业合作社", good(name="甲🌾专业合作社")),
            ("<script>alert(1)</script>合作社", good(name="<script>alert(1)</script>合作社")),
            ("{{7*7}}合作社", good(name="{{7*7}}合作社")),
            ("'; DROP TABLE x;--合作社", good(name="'; DROP TABLE x;--合作社")),
            ("甲\x1b[31m合作社", rejected("CONTROL_CHAR")),
            ("", rejected("NAME_MISSING")),
            ("  ", rejected("NAME_MISSING")),
            ("无", rejected("NAME_MISSING")),
            ("TRUE", rejected("BOOLEAN_IN_TEXT")),
            ("#REF!", rejected("CELL_ERROR")),
        ],
    ),
    cells(
        104,
        "formula-like-names",
        "name",
        [(f"{start}cmd合作社", good(name=f"{start}cmd合作社")) for start in "=+-@＝"],
    ),
    cells(
        105,
        "personal-numbers",
        "business_scope",
        [
            ("种植，联系13800138000", good("PERSONAL_NUMBER")),
            ("种植，身份证513021199001011234", good("PERSONAL_NUMBER")),
            ("种植面积12345678901234567890亩", good()),
        ],
    ),
    Case(
        107,
        "telephones",
        lambda: phones(TELEPHONES),
        filename="a.csv",
        rows=[
            good(contact_phone="13800138000"),
            good(contact_phone="13800138000"),
            good(contact_phone="13800138000"),
            good(contact_phone="13800138000、13900139000"),
            good(contact_phone="0818-2123456"),
            good(contact_phone="0818-2123456-801"),
            good(contact_phone="2123456"),
            good(contact_phone="4008108888"),
            doubtful("PHONE_FORMAT", contact_phone="一三八"),
            doubtful("PHONE_FORMAT", contact_phone="1380013800"),
        ],
    ),
    Case(
        107,
        "telephones-in-parts",
        lambda: phones(IN_PARTS),
        filename="a.csv",
        rows=[good(contact_phone=settled) for settled in IN_PARTS.values()],
    ),
    Case(
        107,
        "no-telephones",
        lambda: phones(NO_TELEPHONES),
        filename="a.csv",
        rows=[doubtful("PHONE_FORMAT", contact_phone=each) for each in NO_TELEPHONES],
    ),
    cells(
        108,
        "addresses",
        "domicile",
        [
            (
                "四川省达州市通川区罗江镇北斗村",
                good(township_code="511702102", township_basis="address"),
            ),
            ("达州市通川区魏兴镇魏兴社区", good(township_code="511702102", township_basis="alias")),
            ("达州市通川区东岳乡1村", good(township_code="511702110", township_basis="alias")),
            ("通川区西外镇文凤社区2组", good(township_code="511702002", township_basis="village")),
            ("通川区西外镇一环路", good(township_code="", township_basis="unresolved")),
            ("通川区蒲家场镇", good(township_code="511702103", township_basis="address")),
            ("通川区朝阳东路88号", good(township_code="", township_basis="unresolved")),
            ("达州市通川区朝阳办事处", good(township_code="511702003", township_basis="address")),
            ("达州市通川区某某街", good(township_code="", township_basis="unresolved")),
            ("达州市达川区罗江镇", good(township_code="", township_basis="")),
            ("宣汉县双龙镇", good(township_code="", township_basis="")),
            ("双龙镇绿荫社区", good(township_code="511702105", township_basis="address")),
            ("", good(township_code="", township_basis="")),
        ],
        spec={"townships": TOWNSHIPS},
    ),
    Case(
        108,
        "township-column",
        towns,
        filename="a.csv",
        rows=[
            good(township_code="511702102", township_basis="address"),
            good(township_code="511702102", township_basis="alias"),
            good(township_code="511702002", township_basis="village"),
            good(township_code="", township_basis="unresolved"),
            doubtful("UNKNOWN_TOWNSHIP"),
        ],
        spec={"townships": TOWNSHIPS},
    ),
    cells(
        108,
        "status-words",
        "status",
        [
            ("存续（在营、开业、在册）", good(status="active")),
            ("在营(开业)企业", good(status="active")),
            ("吊销，未注销", good(status="revoked")),
            ("吊销,已注销", good(status="revoked_deregistered")),
            ("已注销", good(status="deregistered")),
            ("撤销登记", good(status="cancelled")),
            ("迁往市外", good(status="moved_out")),
            ("歇业", good(status="suspended")),
            ("拟注销", good(status="liquidating")),
            ("非正常户", good(status="other")),
            ("", good(status="")),
            ("已吊销，未注销", good(status="revoked")),
            ("存续/在业", good(status="active")),
            ("正常经营", good(status="active")),
            ("K", doubtful("UNKNOWN_STATUS")),
            ("DA", doubtful("UNKNOWN_STATUS")),
            ("1", doubtful("UNKNOWN_STATUS")),
            ("不清楚", doubtful("UNKNOWN_STATUS")),
        ],
    ),
]
