"""The report line by line, as pages show it: what was typed, in words, with what stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.template_tags import day, masked_phone, yuan
from registry.reporting.amounts import in_words
from registry.reporting.checks import LOOK, MUST, Finding
from registry.reporting.fields import CHOICE, DAY, MONEY, ReportField
from registry.reporting.reading import Reading
from registry.reporting.sections import SECTIONS, SECTIONS_BY_KEY
from registry.reporting.values import Read, read_all

PERSONAL = frozenset({"phone"})
BLANK, SPARED_WORD, UNASKED = "未填", "不适用", "不需填写"


@dataclass(frozen=True)
class Line:
    """One field on a page. `said` is its value in words; `words` the amount as on a cheque."""

    field: ReportField
    read: Read
    said: str
    words: str
    last: str
    origin: Mapping[str, str]
    remark: str
    shown: bool
    must: Sequence[Finding]
    look: Sequence[Finding]
    reasons: Sequence[Mapping[str, str]]

    @property
    def id(self) -> str:
        return f"f-{self.field.key}"

    @property
    def changed_from_origin(self) -> bool:
        return bool(self.origin) and self.origin.get("value", "") != self.read.text

    @property
    def wants_remark(self) -> bool:
        """A line for a remark is shown where something asks for one, or one is there."""
        return bool(self.remark or self.look or self.must or self.changed_from_origin)


def lines_of(reading: Reading, section: str) -> list[Line]:
    """Return the lines of one section of a report that is being filled in."""
    report = reading.report
    reasons = {each["key"]: each for each in report.reasons}
    return [
        Line(
            field=each,
            read=read,
            said=value_in_words(read),
            words=_amount(read),
            last=_last(reading.last.get(each.key)),
            origin=report.origins.get(each.key, {}),
            remark=report.remarks.get(each.key, ""),
            shown=each.key in report.shown,
            must=[f for f in reading.findings if f.key == each.key and f.level == MUST],
            look=[f for f in reading.findings if f.key == each.key and f.level == LOOK],
            reasons=[reasons[each.key]] if each.key in reasons else [],
        )
        for each in SECTIONS_BY_KEY[section].fields
        for read in [reading.fields[each.key]]
    ]


@dataclass(frozen=True)
class Said:
    """One field of a submission: label, value in words, the remark, whether it is published."""

    key: str
    label: str
    value: str
    note: str
    remark: str
    public: str
    blank: bool


def said_of(
    content: Mapping[str, Any], year: int, today: Any, *, whole: bool = False
) -> list[tuple[str, list[Said]]]:
    """Return a submission section by section, without the fields that were not asked.

    The telephone number is covered, unless `whole` says that the filer reads their own.
    """
    write = value_in_words if whole else covered
    fields = read_all(content["values"], content["answers"], year=year, today=today)
    shown, remarks = set(content["shown"]), content["remarks"]
    return [
        (
            section.title,
            [
                Said(
                    each.key,
                    each.label,
                    write(read),
                    _amount(read),
                    remarks.get(each.key, ""),
                    _publication(each, each.key in shown),
                    read.is_blank,
                )
                for each in section.fields
                for read in [fields[each.key]]
                if read.asked
            ],
        )
        for section in SECTIONS
    ]


def covered(read: Read) -> str:
    """Write a field for other eyes than the filer's: a telephone number is personal."""
    said = value_in_words(read)
    is_number = read.field.key in PERSONAL and read.value is not None
    return masked_phone(said) if is_number else said


def value_in_words(read: Read) -> str:
    """Write a field as people read it: the four kinds of nothing stay apart."""
    each = read.field
    if not read.asked:
        return UNASKED
    if read.spared:
        return SPARED_WORD
    if read.value is None:
        return read.text or BLANK
    if each.kind == CHOICE:
        return each.word(str(read.value))
    if each.kind == MONEY and isinstance(read.value, Decimal):
        return f"{read.value:,.2f} 元"
    if each.kind == DAY:
        return str(day(read.value))  # type: ignore[arg-type]
    return f"{read.value} {each.unit}".strip()


def _amount(read: Read) -> str:
    if read.field.kind != MONEY or not isinstance(read.value, Decimal):
        return ""
    wan = f"，即 {yuan(read.value)}" if abs(read.value) >= 10_000 else ""
    return f"{in_words(read.value)}{wan}"


def _last(read: Read | None) -> str:
    return "" if read is None or read.is_blank or not read.asked else value_in_words(read)


def _publication(each: ReportField, shown: bool) -> str:
    if each.open:
        return "公示"
    if each.public:
        return "公示" if shown else "不公示"
    return ""
