"""What the help page and the blank template tell a sender, taken from the tables of the intake."""

import re
from dataclasses import dataclass

from registry.ingestion.columns import Column
from registry.ingestion.reasons import REASONS, Level, Reason
from registry.ingestion.sources import WORKBOOK, WORKBOOK_TABLES, table_of
from registry.ingestion.tables import Table

# Which reasons a cell of each registration column can give, beside those that any cell can. The
# columns of the other sources say so themselves.
_TEXT = ("TEXT_TOO_LONG", "BOOLEAN_IN_TEXT", "WRONG_TYPE", "PERSONAL_NUMBER")
_DATE = (
    "DATE_FORMAT",
    "DATE_AMBIGUOUS",
    "DATE_INCOMPLETE",
    "DATE_IMPOSSIBLE",
    "DATE_IN_FUTURE",
    "DATE_FROM_NUMBER",
)
_COUNT = ("NUMBER_FORMAT", "NUMBER_NOT_WHOLE", "NEGATIVE", "MEMBERS_EXCEED_TOTAL", "MEMBER_SUM")
_CHECKS: dict[str, tuple[str, ...]] = {
    "uscc": (
        "USCC_MISSING",
        "USCC_LENGTH",
        "USCC_CHARACTER",
        "USCC_CHECK",
        "NUMERIC_PRECISION_LOST",
        "NOT_A_COOP",
        "OTHER_DIVISION",
        "FORMULA_NOT_ALLOWED",
        "DUPLICATE_CONFLICT",
        "POSSIBLE_RECODE",
    ),
    "registration_no": ("REGISTRATION_NO_FORMAT", "USCC_IN_NUMBER_COLUMN", "FORMULA_NOT_ALLOWED"),
    "name": ("NAME_MISSING", "NAME_CONFLICT", "FORMULA_NOT_ALLOWED", *_TEXT),
    "entity_type": ("TEXT_TOO_LONG", "MERGED_FILLED"),
    "legal_representative": _TEXT,
    "total_contribution": (
        "AMOUNT_FORMAT",
        "AMOUNT_WITHOUT_UNIT",
        "AMOUNT_CURRENCY",
        "NEGATIVE",
        "OUT_OF_RANGE",
        "AMOUNT_TOO_LARGE",
        "AMOUNT_ROUNDED",
    ),
    "member_count": _COUNT,
    "farmer_member_count": _COUNT,
    "unit_member_count": _COUNT,
    "established_on": (*_DATE, "BEFORE_LAW"),
    "approved_on": (*_DATE, "DATE_ORDER"),
    "registration_authority": ("TEXT_TOO_LONG", "MERGED_FILLED"),
    "status": ("UNKNOWN_STATUS", "STATUS_REGRESSION", "FORMULA_NOT_ALLOWED"),
    "domicile": ("LINE_BREAK", *_TEXT),
    "business_scope": _TEXT,
    "contact_person": _TEXT,
    "contact_phone": ("PHONE_FORMAT",),
    "township": ("UNKNOWN_TOWNSHIP", "MERGED_FILLED"),
}
_HOW: dict[str, str] = {
    "uscc": "18 位，按“文本”格式填写；没有换发的旧照可填 15 位注册号。",
    "registration_no": "13 至 15 位旧注册号，没有可不填。",
    "name": "营业执照上的全称。",
    "total_contribution": "数字，单位写在表头：万元或元。",
    "member_count": "整数。",
    "farmer_member_count": "整数，不多于成员总数。",
    "unit_member_count": "整数，不多于成员总数。",
    "established_on": "写成 2020-03-01 或 2020年3月1日。",
    "approved_on": "写成 2020-03-01 或 2020年3月1日。",
    "status": "存续、歇业、吊销、注销、撤销、迁出、清算中之一。",
    "domicile": "写到村（社区）、组，据此判定所属乡镇街道。",
    "contact_phone": "手机号或带区号的座机；页面上遮盖显示。",
    "township": "现在的乡镇、街道全称；住所已写明的可不填。",
}
# Headings of the blank template where the label alone would leave a question open.
_HEADINGS = {
    "total_contribution": "成员出资总额(万元)",
    "farmer_member_count": "其中:农民成员",
    "unit_member_count": "其中:企业等单位成员",
}
_GROUPS = (
    (Level.FILE, "整份退回", "文件本身读不了，或不是要的表；改正后重新报送。"),
    (Level.HELD, "整份暂停，等人决定", "文件读得了，但有一处要先弄清，由区农业农村局决定后继续。"),
    (Level.MUST, "必须改", "这一行退回报送单位，不影响其他行。"),
    (Level.CHECK, "请核实", "这一行存疑，由区农业农村局逐行决定接收或不接收。"),
    (Level.HINT, "提示", "这一行照常接收，只作提醒。"),
)
_BLANKS = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Guide:
    """One column as the help page and the template describe it."""

    column: Column
    heading: str
    how: str
    checks: list[Reason]
    required: bool

    @property
    def aliases(self) -> list[str]:
        return [heading for heading in self.column.headings if heading != self.column.label]


@dataclass(frozen=True)
class Group:
    """The reasons of one weight."""

    level: Level
    title: str
    text: str
    reasons: list[Reason]


def tables(source: str) -> tuple[Table, ...]:
    """Return the tables that a file of a source holds, in the order of its template."""
    return WORKBOOK_TABLES if source == WORKBOOK else (table_of(source),)


def columns(table: Table) -> list[Guide]:
    """Return every column that is read from a table."""
    if not table.is_register:
        return [
            Guide(c, c.heading or c.label, c.how, _reasons(c.checks), required=c.required)
            for c in table.columns
        ]
    return [
        Guide(
            column,
            _HEADINGS.get(column.field, column.label),
            _HOW.get(column.field, ""),
            _reasons(_CHECKS[column.field]),
            required=column.required,
        )
        for column in table.columns
    ]


def _reasons(codes: tuple[str, ...]) -> list[Reason]:
    return [_general(REASONS[code]) for code in codes]


def groups() -> list[Group]:
    """Return every reason with its remedy, gravest first."""
    return [
        Group(level, title, text, [_general(r) for r in REASONS.values() if r.level == level])
        for level, title, text in _GROUPS
    ]


def _general(reason: Reason) -> Reason:
    """Return a reason whose placeholders stand open."""
    return Reason(
        reason.code,
        reason.level,
        _BLANKS.sub("……", reason.message),
        _BLANKS.sub("……", reason.remedy),
    )
