"""What a criterion can be measured by: one query for all asked societies, and where each value is from.

A measure returns a reading only where the facts allow one; a society without a reading is 资料不足.
Numbers are in the unit named by the measure; a yes-or-no measure reads 1 or 0.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from common.template_tags import day as in_words
from common.template_tags import yuan
from demonstration.choices import Level
from demonstration.models import DemonstrationTitle
from registry.choices import FeedSource, GovernanceKind, JobState
from registry.models import (
    AbnormalListing,
    Cooperative,
    FeedDelivery,
    GovernanceFact,
    ReportPublication,
    ReportVersion,
)
from registry.statement_choices import PublicationState

Societies = Any  # a queryset of Cooperative, already narrowed to what the asker may see
REGISTER = "市场监管登记"
WAN = Decimal(10_000)


@dataclass(frozen=True)
class Reading:
    """One value of one society, the source in words, and the value as people read it."""

    value: Decimal
    source: str
    words: str


Read = Callable[[Societies, dt.date], dict[int, Reading]]


@dataclass(frozen=True)
class Measure:
    """A way to measure societies. `at_most` turns the comparison round; `yes` needs no threshold."""

    key: str
    label: str
    unit: str
    read: Read
    yes: bool = False
    at_most: bool = False

    def holds(self, value: Decimal, threshold: Decimal | None) -> bool:
        """Tell whether a value meets the threshold."""
        if self.yes:
            return value == 1
        if threshold is None:
            return True
        return value <= threshold if self.at_most else value >= threshold

    def missing(self, value: Decimal, threshold: Decimal | None) -> str:
        """Say what is missing to the threshold, "" where that cannot be counted."""
        if self.yes or threshold is None or self.at_most:
            return ""
        return f"还差 {_amount(threshold - value, self.unit)}"

    def wanted(self, threshold: Decimal | None) -> str:
        """Say what is asked for."""
        if self.yes or threshold is None:
            return self.label
        word = "不高于" if self.at_most else "不低于"
        return f"{self.label}{word} {_amount(threshold, self.unit)}"


def _amount(value: Decimal, unit: str) -> str:
    if unit == "元":
        return str(yuan(value))
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}"


def _number(value: Any, unit: str, source: str) -> Reading:
    number = Decimal(value)
    return Reading(number, source, _amount(number, unit))


def _answer(holds: bool, source: str, words: str) -> Reading:
    return Reading(Decimal(int(holds)), source, words)


# -- the register -----------------------------------------------------------------------------


def _years_operating(societies: Societies, day: dt.date) -> dict[int, Reading]:
    found = societies.filter(established_on__isnull=False).values_list("pk", "established_on")
    return {
        pk: Reading(
            years := Decimal((day - founded).days) / Decimal("365.25"),
            REGISTER,
            f"{years:.1f} 年（{in_words(founded)}成立）",
        )
        for pk, founded in found
    }


def _registered(field: str, unit: str) -> Read:
    def read(societies: Societies, _day: dt.date) -> dict[int, Reading]:
        found = societies.filter(**{f"{field}__isnull": False}).values_list("pk", field)
        return {pk: _number(value, unit, REGISTER) for pk, value in found}

    return read


def _farmer_share(societies: Societies, _day: dt.date) -> dict[int, Reading]:
    found = societies.filter(member_count__gt=0, farmer_member_count__isnull=False)
    return {
        pk: _number(Decimal(farmers) * 100 / total, "%", REGISTER)
        for pk, farmers, total in found.values_list("pk", "farmer_member_count", "member_count")
    }


# -- lists of the regulator -------------------------------------------------------------------


def _not_listed(societies: Societies, day: dt.date) -> dict[int, Reading]:
    """Without a single list taken in, nobody is known to be off it."""
    delivery = (
        FeedDelivery.objects.filter(
            source__in=(FeedSource.ABNORMAL, FeedSource.WORKBOOK), job__state=JobState.COMMITTED
        )
        .order_by("-quarter", "-number")
        .first()
    )
    if delivery is None:
        return {}
    source = f"经营异常名录（{delivery.period.label}）"
    listings = AbnormalListing.objects.known().listed_on_day(day)
    listed = {
        listing.cooperative_id: listing
        for listing in listings.filter(cooperative__in=societies.values("pk")).order_by("listed_on")
    }
    return {
        pk: _answer(False, source, f"{in_words(listed[pk].listed_on)}列入，未移出")
        if pk in listed
        else _answer(True, source, "未列入")
        for pk in societies.values_list("pk", flat=True)
    }


def last_report_year(day: dt.date) -> int:
    """Return the last year whose statutory report was due by that day (30 June)."""
    return day.year - 1 if (day.month, day.day) > (6, 30) else day.year - 2


def _report_published(societies: Societies, day: dt.date) -> dict[int, Reading]:
    year = last_report_year(day)
    rows = ReportPublication.objects.known().filter(
        report_year=year, cooperative__in=societies.values("pk")
    )
    return {
        pk: _answer(
            state == PublicationState.PUBLISHED,
            "年报公示名单",
            f"{year}年度{PublicationState(state).label}",
        )
        for pk, state in rows.values_list("cooperative", "state")
    }


# -- the society's own report -----------------------------------------------------------------


def _reported(field: str, unit: str) -> Read:
    """Read a figure of the newest accepted report of the last two years."""

    def read(societies: Societies, day: dt.date) -> dict[int, Reading]:
        versions = ReportVersion.objects.standing().filter(
            **{f"{field}__isnull": False},
            report__cooperative__in=societies.values("pk"),
            report__year__range=(day.year - 2, day.year - 1),
        )
        rows = versions.order_by("report__year").values_list(
            "report__cooperative", "report__year", field
        )
        return {pk: _number(value, unit, f"{year}年度报告") for pk, year, value in rows}

    return read


def _returned_share(societies: Societies, day: dt.date) -> dict[int, Reading]:
    """Share of the distributable surplus returned by volume (art. 44: at least 60 %)."""
    versions = ReportVersion.objects.standing().filter(
        report__cooperative__in=societies.values("pk"),
        report__year__range=(day.year - 2, day.year - 1),
        distributable_surplus__gt=0,
        returned_by_volume__isnull=False,
    )
    rows: Any = versions.order_by("report__year").values_list(
        "report__cooperative", "report__year", "returned_by_volume", "distributable_surplus"
    )
    return {
        pk: _number(returned * 100 / surplus, "%", f"{year}年度报告")
        for pk, year, returned, surplus in rows
    }


def _governance(kind: GovernanceKind) -> Read:
    def read(societies: Societies, _day: dt.date) -> dict[int, Reading]:
        facts = GovernanceFact.objects.filter(
            Q(verified__isnull=False) | Q(declared__isnull=False),
            cooperative__in=societies.values("pk"),
            kind=kind,
            applies=True,
        )
        rows = facts.order_by("year").values_list("cooperative", "year", "declared", "verified")
        return {
            pk: _answer(
                bool(declared if verified is None else verified),
                f"{year}年度{'自报' if verified is None else '核实'}",
                "是" if (declared if verified is None else verified) else "否",
            )
            for pk, year, declared, verified in rows
        }

    return read


# -- the register of honours ------------------------------------------------------------------


def _holds(level: Level) -> Read:
    """Every society is known to hold a title or not: the register of honours is our own."""

    def read(societies: Societies, day: dt.date) -> dict[int, Reading]:
        titles = DemonstrationTitle.objects.held_on(day).filter(
            level=level, cooperative__in=societies.values("pk")
        )
        documents = dict(titles.values_list("cooperative", "document_number"))
        return {
            pk: _answer(True, "示范社名册", documents[pk])
            if pk in documents
            else _answer(False, "示范社名册", f"不是{level.label}示范社")
            for pk in societies.values_list("pk", flat=True)
        }

    return read


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure("years_operating", "经营年限", "年", _years_operating),
        Measure(
            "total_contribution", "成员出资总额", "元", _registered("total_contribution", "元")
        ),
        Measure("member_count", "成员总数", "人", _registered("member_count", "人")),
        Measure("farmer_share", "农民成员占比", "%", _farmer_share),
        Measure("not_listed", "未列入经营异常名录", "", _not_listed, yes=True),
        Measure("report_published", "上一年度报告已公示", "", _report_published, yes=True),
        Measure("operating_income", "年经营收入", "元", _reported("operating_income", "元")),
        Measure("fixed_assets", "固定资产净值", "元", _reported("fixed_assets", "元")),
        Measure("assemblies_held", "年度成员大会次数", "次", _reported("assemblies_held", "次")),
        Measure("disclosures", "年度社务公开次数", "次", _reported("disclosures", "次")),
        Measure("driven_households", "带动农户数", "户", _reported("driven_households", "户")),
        Measure("returned_share", "按交易量返还占可分配盈余", "%", _returned_share),
        Measure(
            "member_accounts", "成员账户完备", "", _governance(GovernanceKind.ACCOUNTS), yes=True
        ),
        Measure(
            "affairs_disclosure",
            "实行社务公开",
            "",
            _governance(GovernanceKind.DISCLOSURE),
            yes=True,
        ),
        Measure(
            "lawful_distribution",
            "依法盈余分配",
            "",
            _governance(GovernanceKind.DISTRIBUTION),
            yes=True,
        ),
        Measure("holds_district", "已是区级示范社", "", _holds(Level.DISTRICT), yes=True),
        Measure("holds_municipal", "已是市级示范社", "", _holds(Level.MUNICIPAL), yes=True),
        Measure("holds_provincial", "已是省级示范社", "", _holds(Level.PROVINCIAL), yes=True),
    )
}


def only(society: Cooperative) -> Societies:
    """Return a queryset of one society, for measuring it alone."""
    return Cooperative.objects.filter(pk=society.pk)
