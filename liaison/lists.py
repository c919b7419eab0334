"""The shared lists: their rows, and the white list of fields that a grant may choose from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common import spreadsheet
from common.template_tags import blank, day
from liaison.choices import SharedList
from liaison.models import ShareGrant
from registry.models import AbnormalListing, SpotCheck, TaxStanding
from registry.statement_choices import SpotCheckResult

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class SharedField:
    """One field: its key in a grant, its heading, and how it is read from a row."""

    key: str
    label: str
    value: Value
    kind: str = spreadsheet.TEXT
    width: int = 16

    def text(self, row: Any) -> str:
        """Return the value for a page."""
        value = self.value(row)
        return str(day(value) if self.kind == spreadsheet.DAY else blank(value))


@dataclass(frozen=True)
class ListKind:
    """One shared list: where it comes from, its rows, its fields; the first two are always given."""

    code: SharedList
    basis: str
    rows: Callable[[], QuerySet[Any, Any]]
    fields: tuple[SharedField, ...]

    def chosen(self, keys: Sequence[str]) -> list[SharedField]:
        """Return the fields of a grant, in the order of the list; unknown keys give nothing."""
        return [field for field in self.fields if field.key in keys or field in ALWAYS]


def _plain(name: str) -> Value:
    return lambda row: getattr(row, name)


def _word(name: str) -> Value:
    return lambda row: getattr(row, f"get_{name}_display")()


def _day(key: str, label: str) -> SharedField:
    return SharedField(key, label, _plain(key), spreadsheet.DAY)


def _township(row: Any) -> str:
    unit = row.cooperative.township
    return unit.short_name if unit else ""


NAME = SharedField("name", "合作社名称", lambda row: row.cooperative.name, width=36)
CODE = SharedField(
    "code", "统一社会信用代码", lambda row: row.cooperative.code, spreadsheet.CODE, 22
)
TOWNSHIP = SharedField("township", "所属乡镇街道", _township)
ALWAYS = (NAME, CODE)
_HARMLESS = (SpotCheckResult.NORMAL, SpotCheckResult.CORRECTED)


def _abnormal() -> QuerySet[Any, Any]:
    return AbnormalListing.objects.known()


def _spot_checks() -> QuerySet[Any, Any]:
    return SpotCheck.objects.known().exclude(result__in=_HARMLESS)


def _tax() -> QuerySet[Any, Any]:
    return TaxStanding.objects.newest()


KINDS: tuple[ListKind, ...] = (
    ListKind(
        SharedList.ABNORMAL,
        "方案要求：市场监管部门将列入经营异常名录的合作社名单共享给同级相关部门。",
        _abnormal,
        (
            NAME,
            CODE,
            TOWNSHIP,
            SharedField("reason", "列入原因", _word("reason"), width=30),
            _day("listed_on", "列入日期"),
            SharedField("authority", "列入决定机关", _plain("authority"), width=28),
            SharedField("decision_no", "列入决定文号", _plain("decision_no"), width=24),
            _day("removed_on", "移出日期"),
            SharedField("removal_reason", "移出原因", _word("removal_reason"), width=26),
        ),
    ),
    ListKind(
        SharedList.SPOT_CHECK,
        "方案要求：市场监管部门将抽查抽检异常的合作社名单共享给同级相关部门。",
        _spot_checks,
        (
            NAME,
            CODE,
            TOWNSHIP,
            _day("checked_on", "检查日期"),
            SharedField("kind", "检查类型", _word("kind")),
            SharedField("result", "抽查结果", _word("result"), width=30),
            SharedField("authority", "检查机关", _plain("authority"), width=28),
        ),
    ),
    ListKind(
        SharedList.TAX,
        "方案要求：税务部门将合作社税务登记情况共享给同级相关部门。",
        _tax,
        (
            NAME,
            CODE,
            TOWNSHIP,
            SharedField("state", "纳税人状态", _word("state")),
            _day("registered_on", "税务登记日期"),
            SharedField("taxpayer_kind", "纳税人类型", _word("taxpayer_kind")),
            _day("as_of", "所属季度末"),
        ),
    ),
)
KINDS_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(grant: ShareGrant) -> ListKind:
    """Return the list that a grant is about."""
    return KINDS_BY_CODE[SharedList(grant.shared_list)]


def rows_of(grant: ShareGrant) -> QuerySet[Any, Any]:
    """Return the rows of a granted list: living records of societies in their own right."""
    rows = kind_of(grant).rows().filter(cooperative__merged_into__isnull=True)
    return rows.select_related("cooperative__township")


def table_of(grant: ShareGrant) -> spreadsheet.Table:
    """Return the granted fields as a table whose rows come from a running query."""
    fields = kind_of(grant).chosen(grant.fields)

    def lines() -> Iterator[list[Any]]:
        for row in rows_of(grant).order_by("cooperative__name_key", "pk").iterator(2_000):
            yield [field.value(row) for field in fields]

    return spreadsheet.Table(
        title=str(kind_of(grant).code.label),
        columns=[spreadsheet.Column(f.label, f.kind, f.width) for f in fields],
        rows=lines(),
    )
