"""Lines of registration files: invented societies with valid codes."""

from collections.abc import Sequence
from typing import Any

from stdnum.cn import uscc

HEADINGS = {
    "name": "企业名称",
    "uscc": "统一社会信用代码",
    "established_on": "成立日期",
    "entity_type": "企业类型",
    "legal_representative": "法定代表人",
    "total_contribution": "成员出资总额(万元)",
    "member_count": "成员总数",
    "farmer_member_count": "其中:农民成员",
    "status": "登记状态",
    "domicile": "住所",
    "business_scope": "业务范围",
}
FIELDS = tuple(HEADINGS)
HEADER = list(HEADINGS.values())


def code(number: int, prefix: str = "93", division: str = "511702") -> str:
    """Return a valid code; the same number always gives the same code."""
    body = f"{prefix}{division}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def society(number: int, **changes: Any) -> dict[str, Any]:
    """Return one good line, with changes."""
    return {
        "name": f"达州市通川区第{number}号水稻种植专业合作社",
        "uscc": code(number),
        "established_on": "2015-03-01",
        "entity_type": "农民专业合作社",
        "legal_representative": f"王小{number}",
        "total_contribution": "50",
        "member_count": "20",
        "farmer_member_count": "19",
        "status": "存续",
        "domicile": f"四川省达州市通川区罗江镇北斗村{number}组",
        "business_scope": "组织成员种植、销售水稻；引进新技术、新品种。",
        **changes,
    }


def line(number: int, **changes: Any) -> list[Any]:
    """Return one good line as cells in the order of HEADER."""
    found = society(number, **changes)
    return [found[field] for field in FIELDS]


def table(count: int = 3, header: Sequence[Any] = HEADER) -> list[list[Any]]:
    """Return a header and good lines."""
    return [list(header), *(line(number) for number in range(1, count + 1))]


def column(field: str) -> int:
    """Return where a field stands in HEADER."""
    return FIELDS.index(field)
