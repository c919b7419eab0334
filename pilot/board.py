"""The board: every indicator with its target, where it hangs, and how it came there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.charts import Chart, ChartKind, Series
from pilot.figures import NOWHERE, measure_all
from pilot.indicators import BY_KEY, INDICATORS
from pilot.indicators.frame import AsOf, Figure, Indicator, Measured
from pilot.indicators.populations import BEYOND
from pilot.models import Programme, Target
from pilot.pace import DANGER, WORST_FIRST, Standing, standing
from pilot.quarters import by_quarter
from registry.cleanup.figures import funnel_of
from registry.models import CleanupCase, Cooperative

LAST_PLACES = 3
# The shares of which the plan asks for 80 per cent (S-014 to S-017).
FOUR_SHARES = ("reports_published", "accounts_complete", "affairs_disclosed", "surplus_distributed")
# How far the work reaches: townships, societies of a survey, holders, cultivated ones, the trained.
COVERAGES = ("covered_townships", "surveyed", "paired_holders", "planned", "heard_of_law")


@dataclass(frozen=True)
class Item:
    """One indicator on the board. `standing` is None where the plan gives no number."""

    indicator: Indicator
    measured: Measured
    target: Target | None
    standing: Standing | None
    url: str
    worst: Sequence[tuple[str, str, str]] = ()  # township, value in words, address of the list

    @property
    def figure(self) -> Figure:
        return self.measured.figure

    @property
    def state(self) -> str:
        return self.standing.state if self.standing else ""


@dataclass(frozen=True)
class Board:
    """What a person sees of the pilot on a day."""

    items: Sequence[Item]
    counts: Mapping[str, int]
    townships: Sequence[dict[str, Any]]
    columns: Sequence[Item]

    @property
    def urgent(self) -> list[Item]:
        """Targets in danger, the furthest behind its pace line first."""
        found = [item for item in self.items if item.state == DANGER]
        return sorted(found, key=_behind)


def as_of(programme: Programme, on: Any, known: Any = None) -> AsOf:
    """Return the day, within the days of a programme."""
    return AsOf(on, programme.starts_on, programme.ends_on, known, programme.pk)


def sees_all(user: Any) -> bool:
    """Tell whether someone's figures are the whole district's: only those are judged."""
    return reach_of(user, Action.VIEW_INDICATOR) == Reach.DISTRICT


def board_of(user: Any, programme: Programme, when: AsOf) -> Board:
    """Measure everything in this user's reach; a fixed number of queries."""
    targets = {
        target.indicator: target
        for target in Target.objects.permitted(user, Action.VIEW_INDICATOR).filter(
            programme=programme
        )
    }
    names = dict(OrganisationUnit.objects.reporting().values_list("code", "short_name"))
    whole = sees_all(user)
    measured = measure_all(user, programme, when)
    sight = _Sight(when, names, whole)
    items = [
        _item(indicator, measured[indicator.key], targets.get(indicator.key), sight)
        for indicator in INDICATORS
        if indicator.key in measured
    ]
    counts = dict.fromkeys(WORST_FIRST, 0)
    for item in items:
        if item.state:
            counts[item.state] += 1
    columns = [item for item in items if item.measured.by_township and item.target]
    return Board(items, counts, _matrix(columns, names, when) if whole else [], columns)


@dataclass(frozen=True)
class _Sight:
    """Who looks when, and at what: the whole district is judged, a township only counted."""

    when: AsOf
    names: Mapping[str, str]
    whole: bool


def _item(indicator: Indicator, measured: Measured, target: Target | None, sight: _Sight) -> Item:
    judged = standing(target, measured.figure, sight.when.on) if target and sight.whole else None
    worst = _worst(indicator, measured, sight) if judged else ()
    return Item(indicator, measured, target, judged, list_address(indicator, sight.when), worst)


def _worst(indicator: Indicator, measured: Measured, sight: _Sight) -> list[tuple[str, str, str]]:
    """Return the townships where a share is lowest: where to go first."""
    if not indicator.is_share:
        return []
    known = [
        (code, figure)
        for code, figure in measured.by_township.items()
        if code in sight.names and figure.denominator
    ]
    known.sort(key=lambda pair: (pair[1].value or Decimal(0), -(pair[1].denominator or 0)))
    return [
        (
            sight.names[code],
            f"{figure.value}%（{figure.numerator}/{figure.denominator}）",
            list_address(indicator, sight.when, township=code, missing=True),
        )
        for code, figure in known[:LAST_PLACES]
    ]


def list_address(
    indicator: Indicator, when: AsOf, *, township: str = "", missing: bool = False
) -> str:
    """Return the address of the list that a figure counts."""
    query = [days_query(when)]
    if township:
        query.append(f"township={township}")
    if missing:
        query.append("missing=1")
    return f"{reverse('pilot:indicator', args=[indicator.key])}?{'&'.join(query)}"


def days_query(when: AsOf) -> str:
    """Return the conditions that keep a page at a programme and its days."""
    query = [f"on={when.on.isoformat()}"]
    if when.programme:
        query.insert(0, f"programme={when.programme}")
    if when.known:
        query.append(f"known={when.known.isoformat()}")
    return "&".join(query)


def _matrix(columns: Sequence[Item], names: Mapping[str, str], when: AsOf) -> list[dict[str, Any]]:
    rows = {(code, code): name for code, name in names.items()}
    if any(item.measured.by_township.get("") for item in columns):
        rows["", NOWHERE] = BEYOND
    return [
        {
            "name": name,
            "cells": [
                {
                    "title": item.indicator.title,
                    "figure": (figure := item.measured.by_township.get(code)),
                    # Nobody there to take a share of is no share; nothing to count is zero.
                    "nothing": "—" if item.indicator.is_share else "0",
                    "tone": _tone(item, figure),
                    "url": list_address(item.indicator, when, township=asked),
                }
                for item in columns
            ],
        }
        for (code, asked), name in rows.items()
    ]


def _tone(item: Item, figure: Figure | None) -> str:
    """A share is compared with the target of the whole; a count has no target of a township."""
    if figure is None or figure.value is None or not item.indicator.is_share or not item.target:
        return ""
    if figure.value >= item.target.value:
        return "ok"
    expected = item.standing.expected if item.standing else item.target.value
    return "warn" if figure.value >= expected else "bad"


def _behind(item: Item) -> Decimal:
    judged = item.standing
    if judged is None or not judged.expected:
        return Decimal(1)
    return (judged.value or Decimal(0)) / judged.expected


def pace_chart(board: Board) -> Chart:
    """Draw how much of each target is reached against where the pace line is."""
    judged = [item for item in board.items if item.standing]
    behind = sum(1 for item in judged if item.state in WORST_FIRST[:2])
    return Chart(
        anchor="pace",
        title="目标与进度",
        summary=f"{len(judged)} 项目标中 {behind} 项低于进度线。完成程度以目标为100%。",
        kind=ChartKind.BARS,
        unit="%",
        categories=[item.indicator.title for item in judged],
        series=[
            Series("已完成", [item.standing.share for item in judged if item.standing]),
            Series("进度线", [item.standing.expected_share for item in judged if item.standing]),
        ],
        category_title="目标",
        urls=[item.url for item in judged],
    )


def trend_chart(programme: Programme, when: AsOf, board: Board) -> Chart:
    """Draw the shares at the end of each quarter of the programme as kept, and those of the day."""
    shares = [BY_KEY[key] for key in FOUR_SHARES]
    now = {item.indicator.key: item.figure for item in board.items}
    found = by_quarter(programme, when, {each.key: now.get(each.key) for each in shares})
    series = [
        Series(
            indicator.title,
            [
                None
                if each.figure is None or each.figure.value is None
                else float(each.figure.value)
                for each in found[indicator.key]
            ],
        )
        for indicator in shares
    ]
    return Chart(
        anchor="trend",
        title="四个百分之八十的走势",
        summary="每季度末的占比，目标都是80%；最后一点是统计日。",
        kind=ChartKind.LINE,
        unit="%",
        categories=[each.label for each in found[FOUR_SHARES[0]]],
        series=series,
        category_title="季度",
    )


def coverage_chart(board: Board) -> Chart:
    """Draw how far the work reaches: each coverage beside its target."""
    by_key = {item.indicator.key: item for item in board.items}
    items = [by_key[key] for key in COVERAGES if key in by_key]
    whole = [item for item in items if item.figure.value == 100]
    return Chart(
        anchor="coverage",
        title="各项覆盖率",
        summary=f"{len(items)} 项覆盖率中 {len(whole)} 项已全部覆盖。点图打开名单，“未达到的”一栏是还没有覆盖的。",
        kind=ChartKind.BARS,
        unit="%",
        categories=[item.indicator.title for item in items],
        series=[
            Series(
                "已覆盖",
                [None if (v := item.figure.value) is None else float(v) for item in items],
            ),
            Series("目标", [float(item.target.value) if item.target else None for item in items]),
        ],
        category_title="覆盖率",
        urls=[item.url for item in items],
    )


def funnel_chart(user: Any, when: AsOf) -> Chart | None:
    """Draw how far cases of clean-up came, as their list counts them now; None for another day.

    Cases keep no past states, and in a large register nobody waits for their counting.
    """
    now = when.on == clock.today() and when.known is None
    if not now or not may(user, Action.VIEW_CLEANUP) or Cooperative.objects.is_large():
        return None
    return funnel_of(CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP))
