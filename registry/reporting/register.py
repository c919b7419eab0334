"""The reports of a year across societies: who owes, how far each has come, rates by township."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import OrganisationUnit
from common import clock
from registry.choices import ReportState
from registry.models import AnnualReport, Cooperative
from registry.reporting.owed import Season, owing

NOT_BEGUN, NONE_CAME = "none", ""
# What a list can be narrowed to: key → words. Counts on pages are those of these very lists.
STANDINGS: dict[str, str] = {
    "": "全部应报的",
    "filed": "已报",
    "unfiled": "未报",
    "idle": "已报（本年度无经营）",
    "begun": "填写中",
    "awaiting": "待理事长确认",
    "submitted": "待初核",
    "checked": "待审核",
    "returned": "退回未改",
    "accepted": "审核通过，待公开",
    "published": "已公开",
    "late": "逾期提交",
    "helped": "代填的",
}


def reports_of(year: int, societies: QuerySet[Cooperative]) -> QuerySet[Any]:
    """Return the societies that owe a year's report, each with its report's standing beside it.

    Annotated: `report_key` (None when not begun), `report_state` ("" when not begun), `is_filed`,
    `is_idle`, `is_late`, `is_helped`, `submitted_at`.
    """
    report = AnnualReport.objects.filter(cooperative=OuterRef("pk"), year=year)
    unsettled = (ReportState.DRAFT, ReportState.RETURNED, ReportState.AWAITING)

    def of_report(name: str) -> Subquery:
        return Subquery(report.values(name)[:1])

    return owing(year, societies).annotate(
        report_key=of_report("pk"),
        state_found=of_report("state"),
        standing_found=of_report("standing"),
        report_state=Case(
            When(state_found__isnull=True, then=Value(NONE_CAME)),
            default=F("state_found"),
            output_field=CharField(),
        ),
        is_filed=Case(
            When(standing_found__isnull=False, then=Value(True)),
            When(state_found__isnull=True, then=Value(False)),
            When(state_found__in=unsettled, then=Value(False)),
            default=Value(True),
            output_field=BooleanField(),
        ),
        is_idle=of_report("latest__no_activity"),
        is_late=of_report("latest__late"),
        is_helped=of_report("latest__helped"),
        submitted_at=Subquery(
            report.values("latest__submitted_at")[:1], output_field=DateTimeField()
        ),
    )


def narrowed(rows: QuerySet[Any], standing: str) -> QuerySet[Any]:
    """Narrow a year's list to one standing of `STANDINGS`."""
    conditions: dict[str, Q] = {
        "filed": Q(is_filed=True),
        "unfiled": Q(is_filed=False),
        "idle": Q(is_filed=True, is_idle=True),
        "begun": Q(report_state=ReportState.DRAFT),
        "late": Q(is_filed=True, is_late=True),
        "helped": Q(is_filed=True, is_helped=True),
    }
    if not standing:
        return rows
    return rows.filter(conditions.get(standing, Q(report_state=standing)))


@dataclass(frozen=True)
class Rate:
    """One township: how many owe, how many have filed; `unit` None gathers the undecided ones."""

    unit: OrganisationUnit | None
    owed: int
    filed: int

    @property
    def open(self) -> int:
        return self.owed - self.filed

    @property
    def percent(self) -> str:
        return f"{self.filed * 100 / self.owed:.1f}%" if self.owed else "—"

    @property
    def name(self) -> str:
        return self.unit.short_name if self.unit else "待判定"


def rates_of(rows: QuerySet[Any], units: Iterable[OrganisationUnit]) -> list[Rate]:
    """Count a year's list by township in one query; units without any society are left out."""
    counted = {
        line["township"]: (line["owed"], line["filed"])
        for line in rows.values("township")
        .annotate(owed=Count("pk"), filed=Count("pk", filter=Q(is_filed=True)))
        .order_by()
    }
    found = [Rate(unit, *counted[unit.pk]) for unit in units if unit.pk in counted]
    if None in counted:
        found.append(Rate(None, *counted[None]))
    return found


def standing_word(state: str, season: Season, *, filed: bool) -> tuple[str, str]:
    """Return the words and the tone of a society's line."""
    if state:
        tones = {
            ReportState.RETURNED: "warn",
            ReportState.AWAITING: "warn",
            ReportState.ACCEPTED: "ok",
            ReportState.PUBLISHED: "ok",
            ReportState.DRAFT: "idle",
        }
        return str(ReportState(state).label), tones.get(ReportState(state), "info")
    if filed:
        return "已报", "ok"
    return ("逾期未报", "bad") if season.is_late(clock.now()) else ("未开始", "idle")
