"""What the register's table can show: its columns, its orders, and one row of it as plain strings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.policy import Action, may
from common import spreadsheet
from common.keyset import Key
from common.template_tags import blank, day, masked_phone, yuan
from registry.choices import CooperativeKind, RegistrationStatus, TownshipBasis
from registry.models import Cooperative, Flag

Row = Mapping[str, Any]
ALWAYS = ("pk", "id", "name", "uscc", "registration_no", "name_key")
STATUS_TONES: dict[str, str] = {
    RegistrationStatus.ACTIVE: "ok",
    RegistrationStatus.SUSPENDED: "info",
    RegistrationStatus.LIQUIDATING: "warn",
    RegistrationStatus.REVOKED: "bad",
}


def code_of(row: Row) -> str:
    """Return the code that addresses a society."""
    return str(row["uscc"] or row["registration_no"])


def township_words(row: Row) -> str:
    """Return the township, or why there is none."""
    named = row["township__short_name"]
    return str(named) if named else str(TownshipBasis(row["township_basis"]).label)


@dataclass(frozen=True)
class ListColumn:
    """One column: what it needs of the row, its text on the page and its value in a sheet."""

    key: str
    label: str
    fields: tuple[str, ...]
    text: Callable[[Row], Any]
    value: Callable[[Row], Any]
    kind: str = spreadsheet.TEXT
    width: int = 14
    shown: bool = False
    css: str = ""
    sort: str = ""
    action: Action = Action.VIEW_COOPERATIVE
    unit: str = ""  # what the numbers of a sheet count

    @property
    def heading(self) -> str:
        """The heading in a sheet, where a bare number needs its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


def _fact(key: str, *, label: str = "", **traits: Any) -> ListColumn:
    """A column that shows a fact as it is."""
    traits.setdefault("value", lambda row: row[key])
    traits.setdefault("text", lambda row: blank(row[key]))
    verbose = str(Cooperative._meta.get_field(key).verbose_name)  # type: ignore[union-attr]
    return ListColumn(key, label or verbose, (key,), **traits)


def _choice(key: str, words: Any, **traits: Any) -> ListColumn:
    def word(row: Row) -> str:
        return str(words(row[key]).label)

    return _fact(key, text=word, value=word, **traits)


def _date(key: str, **traits: Any) -> ListColumn:
    return _fact(
        key, kind=spreadsheet.DAY, text=lambda row: day(row[key]), css="nowrap", width=16, **traits
    )


def _count(key: str, **traits: Any) -> ListColumn:
    return _fact(key, kind=spreadsheet.NUMBER, css="num", width=10, **traits)


_S = spreadsheet
COLUMNS: tuple[ListColumn, ...] = (
    ListColumn(
        "code", "统一社会信用代码", (), code_of, code_of,
        kind=_S.CODE, width=22, shown=True, css="code", sort="code",
    ),
    ListColumn(
        "township", "乡镇街道", ("township__short_name", "township_basis"),
        township_words, township_words, shown=True, css="nowrap",
    ),
    _choice("status", RegistrationStatus, shown=True),
    _fact("legal_representative", shown=True),
    _fact(
        "total_contribution", label="出资总额", kind=_S.MONEY, width=18, css="num", shown=True,
        sort="capital", unit="元", text=lambda row: yuan(row["total_contribution"]),
    ),
    _count("member_count", shown=True),
    _date("established_on", shown=True, sort="founded"),
    ListColumn(
        "flags", "疑似问题", ("open_flags",), lambda row: row["open_flags"],
        lambda row: row["open_flags"], kind=_S.NUMBER, width=10, shown=True,
        action=Action.VIEW_FLAG,
    ),
    _fact("registration_no", kind=_S.CODE, width=18, css="code"),
    _choice("kind", CooperativeKind),
    _fact("entity_type", width=18),
    _count("farmer_member_count"),
    _count("unit_member_count"),
    _date("approved_on"),
    _fact("registration_authority", width=28),
    _fact("domicile", width=44),
    _fact("business_scope", width=44),
    _fact("contact_person"),
    _fact(
        "contact_phone", width=16, kind=_S.CODE, css="nowrap",
        text=lambda row: masked_phone(row["contact_phone"]),
        value=lambda row: masked_phone(row["contact_phone"]) if row["contact_phone"] else "",
    ),
    _choice("township_basis", TownshipBasis),
)  # fmt: skip
NAME = _fact("name", label="名称", width=40, sort="name")

ORDERS: dict[str, tuple[Key, ...]] = {
    "name": (Key("name_key"), Key("id")),
    "founded": (Key("established_on", nullable=True), Key("id")),
    "capital": (Key("total_contribution", nullable=True), Key("id")),
    "code": (Key("uscc", nullable=True), Key("registration_no"), Key("id")),
}
USUAL_ORDER = "name"
ORDER_WORDS = {"name": "名称", "founded": "成立日期", "capital": "出资总额", "code": "代码"}


def order_of(sort: str) -> tuple[Key, ...]:
    """Return the keys of an order; "-capital" turns it round. Anything else is the usual one.

    All keys turn round together, so that one index serves both ways.
    """
    name = sort.removeprefix("-")
    if name not in ORDERS:
        return ORDERS[USUAL_ORDER]
    return tuple(Key(key.field, sort.startswith("-"), key.nullable) for key in ORDERS[name])


def order_in_words(sort: str) -> str:
    """Name an order for the cover of an export."""
    name = sort.removeprefix("-")
    way = "从大到小" if sort.startswith("-") else "从小到大"
    return f"按{ORDER_WORDS[name]}，{way}" if name in ORDERS and name != "name" else "按名称"


def columns_for(user: Any, chosen: list[str] | None = None) -> list[ListColumn]:
    """Return the columns that a user may see: those chosen, or the usual ones."""
    open_to = [column for column in COLUMNS if may(user, column.action)]
    wanted = [column for column in open_to if column.key in (chosen or ())]
    return wanted or [column for column in open_to if column.shown]


def all_columns(user: Any) -> list[ListColumn]:
    """Return every column that a user may see."""
    return [column for column in COLUMNS if may(user, column.action)]


def rows_for(societies: QuerySet[Cooperative], columns: list[ListColumn]) -> QuerySet[Any, Any]:
    """Return the societies as dictionaries with just what the columns need."""
    fields = dict.fromkeys((*ALWAYS, *(field for column in columns for field in column.fields)))
    if "open_flags" in fields:
        societies = societies.annotate(open_flags=open_flags())
    order_keys = {key.field for keys in ORDERS.values() for key in keys}
    rows: QuerySet[Any, Any] = societies.values(*fields, *sorted(order_keys - set(fields)))
    return rows


def open_flags() -> Coalesce:
    """Count the open suspicions of a society, as a subquery that only shown rows pay for."""
    counted = (
        Flag.objects.open()
        .filter(cooperative=OuterRef("pk"))
        .order_by()
        .values("cooperative")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def cells_of(row: Row, columns: list[ListColumn]) -> list[dict[str, Any]]:
    """Return the cells of one row for the page: column, text, and the tone of a status."""
    return [
        {
            "column": column,
            "text": column.text(row),
            "tone": STATUS_TONES.get(row["status"], "idle") if column.key == "status" else "",
        }
        for column in columns
    ]
