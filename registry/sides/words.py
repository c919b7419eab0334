"""The figures of a contradiction in words: who says what."""

import json
from collections.abc import Callable
from typing import Any

from common.template_tags import yuan
from registry.choices import OperatingState, Seen
from registry.models import Cooperative
from registry.sides.kinds import SAID
from registry.statement_choices import ExitKind, PublicationState, TaxpayerState
from registry.wording import label_of, value_in_words

REGISTER, TAX, REPORT, VISIT = "市场监管", "税务", "本社年报", "走访"
ROSTER = "成员名册"


def _choice(words: Any) -> Callable[[Any], str]:
    def word(value: Any) -> str:
        return str(words(value).label) if value in words.values else str(value)

    return word


def _money(value: Any) -> str:
    return str(yuan(value))


def _yes_no(yes: str, no: str) -> Callable[[Any], str]:
    def word(value: Any) -> str:
        return yes if value in {True, "1", "true"} else no

    return word


def _number(value: Any) -> str:
    return f"{value}"


# figure → who says it, what it is called, how its value is written
FIGURE_WORDS: dict[str, tuple[str, str, Callable[[Any], str]]] = {
    "tax_state": (TAX, "纳税人状态", _choice(TaxpayerState)),
    "tax_registered": (TAX, "税务登记", _yes_no("已办理", "未办理")),
    "tax_sales": (TAX, "最近一季申报销售额", _money),
    "tax_sales_of_year": (TAX, "全年申报销售额", _money),
    "all_zero": (TAX, "全年申报", _yes_no("全部为零申报", "有销售额")),
    "operating": (VISIT, "经营状态", _choice(OperatingState)),
    "at_address": (VISIT, "在登记住所", _choice(Seen)),
    "report_year": (REPORT, "报告年度", _number),
    "report_idle": (REPORT, "经营情况", _yes_no("本年度无经营", "有经营")),
    "report_income": (REPORT, "经营收入", _money),
    "report_members": (REPORT, "成员总数", _number),
    "report_chair": (REPORT, "理事长", _number),
    "roster_total": (ROSTER, "成员总数", _number),
    "roster_farmers": (ROSTER, "农民成员数", _number),
    "roster_units": (ROSTER, "单位成员数", _number),
    "exit_kind": (REGISTER, "注销吊销通报", _choice(ExitKind)),
    "published_year": (REGISTER, "公示年度", _number),
    "published_state": (REGISTER, "公示情况", _choice(PublicationState)),
    "unreachable": (REGISTER, "经营异常名录", _yes_no("因无法联系列入", "未列入")),
}


def _read(field: str, value: Any) -> Any:
    """Return a stored JSON value as the fact it is."""
    return Cooperative._meta.get_field(field).to_python(value)  # type: ignore[union-attr]


def _listed(value: Any) -> list[str]:
    """Return a stored list; one of the databases keeps a list within a document as its text."""
    return list(json.loads(value)) if isinstance(value, str) else list(value or ())


def said(evidence: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return who says what: (source, what it is about, the value in words); blanks are left out."""
    lines = []
    corrected = _listed(evidence.get("corrected_fields"))
    for name, value in evidence.items():
        if value is None or value in ("", []):
            continue
        if name in FIGURE_WORDS:
            source, label, word = FIGURE_WORDS[name]
            lines.append((source, label, word(value)))
        elif name.startswith(SAID):
            field = name.removeprefix(SAID)
            if field in corrected:
                lines.append(
                    ("最近报送", label_of(field), value_in_words(field, _read(field, value)))
                )
        elif name == "corrected_fields":
            lines.append(
                ("人工更正", "更正过的项目", "、".join(label_of(each) for each in corrected))
            )
        else:
            lines.append((REGISTER, label_of(name), value_in_words(name, value)))
    return sorted(lines, key=lambda line: line[0] != REGISTER)
