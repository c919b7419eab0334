"""Figures that everybody may know: counts alone, by township, by year of founding, by level.

A count never names a society. What is counted is said beside each table.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear

from accounts.models import OrganisationUnit
from common import spreadsheet
from demonstration.choices import Level
from demonstration.models import DemonstrationTitle
from registry.choices import CooperativeKind
from registry.models import AnnualReport, Cooperative
from tongchuan_coop.addresses import page

NOWHERE = "区外或未载明"


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Tabulated:
    """A table of counts. `key` names it for programs."""

    key: str
    title: str
    category: str
    headings: tuple[str, ...]
    rows: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as programs read it."""
        return {
            "title": self.title,
            "columns": [self.category, *self.headings],
            "rows": [[row.label, *row.numbers] for row in self.rows],
        }

    def as_lines(self) -> list[list[Any]]:
        """Return it as lines of one long sheet: table, row, column, number."""
        return [
            [self.title, row.label, heading, number]
            for row in self.rows
            for heading, number in zip(self.headings, row.numbers, strict=True)
        ]


@dataclass(frozen=True)
class Figures:
    """Everything that the public statistics show."""

    living: int
    levels: tuple[dict[str, Any], ...]
    tables: tuple[Tabulated, ...]


def as_sheet(shown: Figures) -> spreadsheet.Table:
    """Return all tables as one sheet."""
    kinds = (("统计表", 24), ("项目", 20), ("指标", 20))
    return spreadsheet.Table(
        title="统计",
        columns=[
            *(spreadsheet.Column(heading, spreadsheet.TEXT, width) for heading, width in kinds),
            spreadsheet.Column("数目", spreadsheet.NUMBER, 12),
        ],
        rows=[line for table in shown.tables for line in table.as_lines()],
    )


def figures() -> Figures:
    """Count what is public. A fixed number of queries, whatever the size of the register."""
    living = Cooperative.objects.living().exclude(kind=CooperativeKind.BRANCH)
    held = DemonstrationTitle.objects.held()
    by_level = dict(held.order_by().values_list("level").annotate(Count("pk")))
    levels = tuple(
        {
            "label": str(level.label),
            "number": by_level.get(level.value, 0),
            "url": page("demonstration:public-titles", query={"level": level.value}),
        }
        for level in Level
    )
    return Figures(
        living=living.count(),
        levels=levels,
        tables=(
            _townships(living, held),
            _levels(levels),
            _years(living),
            _reports(),
        ),
    )


def _townships(living: Any, held: Any) -> Tabulated:
    societies = Counter(dict(living.order_by().values_list("township").annotate(Count("pk"))))
    honoured = Counter(
        dict(
            held.order_by()
            .values_list("cooperative__township")
            .annotate(Count("cooperative", distinct=True))
        )
    )
    rows = [
        Line(unit.short_name, (societies[unit.pk], honoured[unit.pk]))
        for unit in OrganisationUnit.objects.reporting()
    ]
    if societies[None] or honoured[None]:
        rows.append(Line(NOWHERE, (societies[None], honoured[None])))
    return Tabulated(
        "townships",
        "各乡镇街道",
        "乡镇街道",
        ("现有（家）", "有称号（家）"),
        tuple(rows),
    )


def _levels(levels: tuple[dict[str, Any], ...]) -> Tabulated:
    rows = tuple(Line(level["label"], (level["number"],)) for level in levels)
    return Tabulated("levels", "示范社和规范社", "级别", ("称号（个）",), rows)


def _years(living: Any) -> Tabulated:
    counted = (
        living.filter(established_on__isnull=False)
        .annotate(year=ExtractYear("established_on"))
        .order_by("year")
        .values_list("year")
        .annotate(Count("pk"))
    )
    rows = tuple(Line(f"{year}年", (number,)) for year, number in counted)
    return Tabulated("founded", "成立年份", "年份", ("现有合作社（家）",), rows)


def _reports() -> Tabulated:
    published = AnnualReport.objects.filter(published_at__isnull=False, standing__isnull=False)
    counted = published.order_by("year").values_list("year").annotate(Count("pk"))
    rows = tuple(Line(f"{year}年度", (number,)) for year, number in counted)
    return Tabulated("reports", "公开的年度报告", "年度", ("已公开（份）",), rows)
