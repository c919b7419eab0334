"""The board for leaders: on a desk, on the wall, on one sheet; and the list behind each figure."""

import tempfile
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit
from accounts.policy import Action, may
from common import spreadsheet
from common.charts import Chart
from common.htmx import wants_partial
from common.template_tags import day
from pilot.board import (
    as_of,
    board_of,
    coverage_chart,
    days_query,
    funnel_chart,
    list_address,
    pace_chart,
    sees_all,
    trend_chart,
)
from pilot.figures import NOWHERE, measure_one
from pilot.forms.figures import AsOfForm
from pilot.indicators import BY_KEY
from pilot.indicators.frame import AsOf, Figure, Indicator
from pilot.indicators.populations import BEYOND
from pilot.models import Programme, Target
from pilot.pace import RULE, WORDS, WORST_FIRST, standing
from pilot.programmes import chosen_programme, programme_tabs
from pilot.quarters import by_quarter, of_reach, quarter_chart
from registry.views.pages import cut

REFRESH_SECONDS = 300


@require_safe
@requires(Action.VIEW_INDICATOR)
def board(request: SignedInRequest) -> HttpResponse:
    """Show which target is in danger, where and why; then everything else."""
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "pilot/board/none.html")
    context = _context(request, programme)
    found, when = context["board"], context["when"]
    charts = [
        pace_chart(found),
        trend_chart(programme, when, found),
        coverage_chart(found),
        funnel_chart(request.user, when),
    ]
    context["charts"] = [chart for chart in charts if chart]
    name = "_board" if wants_partial(request) else "board"
    return render(request, f"pilot/board/{name}.html", context)


@require_safe
@requires(Action.VIEW_INDICATOR)
def screen(request: SignedInRequest) -> HttpResponse:
    """The board for a meeting room: large, and fetched anew by itself."""
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "pilot/board/none.html")
    context = {**_context(request, programme), "seconds": REFRESH_SECONDS}
    name = "_screen" if wants_partial(request) else "screen"
    return render(request, f"pilot/board/{name}.html", context)


@require_safe
@requires(Action.VIEW_INDICATOR)
def indicator(request: SignedInRequest, key: str) -> HttpResponse:
    """Show one figure: its definition, its parts, and the very rows that it counts."""
    asked, programme = _indicator(request, key), chosen_programme(request)
    if programme is None:
        raise Http404
    form = AsOfForm(request.GET)
    when = as_of(programme, *form.chosen())
    missing = bool(request.GET.get("missing")) and asked.is_share
    township = _township(request, asked)
    rows = _rows(request, asked, when, township, missing=missing)
    targets = Target.objects.permitted(request.user, Action.VIEW_INDICATOR)
    target = targets.filter(programme=programme, indicator=asked.key).first()
    measured = measure_one(request.user, programme, when, asked)
    figure = measured.by_township.get(township.key) if township else measured.figure
    page = cut(request, rows.select_related(*asked.related), "pk")
    context = {
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "kept": days_query(when),
        "asked": asked,
        "form": form,
        "when": when,
        "figure": figure,
        "target": target,
        "standing": standing(target, measured.figure, when.on)
        if target and figure and not township and sees_all(request.user)
        else None,
        "rule": RULE,
        "township": township,
        "missing": missing,
        "number": rows.count(),
        "page": page,
        "lines": [asked.line(row) for row in page.rows],
        "tabs": _tabs(asked, when, township, missing=missing) if asked.is_share else [],
        "places": _places(asked, measured, when),
        "charts": _quarters(request, programme, when, asked, figure=figure, township=township),
        "may_edit": may(request.user, Action.EDIT_TARGET) and target is not None,
    }
    name = "_indicator" if wants_partial(request) else "indicator"
    return render(request, f"pilot/board/{name}.html", context)


@require_GET
@requires(Action.VIEW_INDICATOR)
def figures_file(request: SignedInRequest) -> FileResponse:
    """Send every figure as a workbook, with definitions and the townships."""
    programme = chosen_programme(request)
    if programme is None:
        raise Http404
    when = as_of(programme, *AsOfForm(request.GET).chosen())
    found = board_of(request.user, programme, when)
    columns = [
        spreadsheet.Column("编号", spreadsheet.CODE, 8),
        spreadsheet.Column("指标", width=28),
        spreadsheet.Column("范围", width=14),
        *(
            spreadsheet.Column(head, spreadsheet.NUMBER, 10)
            for head in ("数值", "分子", "分母", "另一口径分母", "目标", "进度线")
        ),
        spreadsheet.Column("状态", width=10),
        spreadsheet.Column("口径", width=60),
    ]
    rows = list(_file_rows(found))
    notes = [
        ("内容", f"{programme.name}指标"),
        ("统计日", day(when.on)),
        ("采信", f"截至{day(when.known)}掌握的情况" if when.known else "现在所知"),
        ("判定规则", RULE),
        ("导出人", request.user.full_name),
    ]
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    spreadsheet.write_xlsx(stream, spreadsheet.Table("指标", columns, rows), notes, total="行数")
    stream.seek(0)
    filename = f"试点指标{when.on:%Y%m%d}.xlsx"
    return FileResponse(
        stream, as_attachment=True, filename=filename, content_type=spreadsheet.XLSX_TYPE
    )


def _file_rows(found: Any) -> Any:
    names = dict(OrganisationUnit.objects.reporting().values_list("code", "short_name"))
    for item in found.items:
        judged, asked = item.standing, item.indicator
        parts = [("", "全部", item.figure)] + [
            (code, names.get(code, BEYOND), figure)
            for code, figure in item.measured.by_township.items()
        ]
        for code, place, figure in parts:
            whole = not code and place == "全部"
            yield (
                asked.code,
                asked.title,
                place,
                figure.value,
                figure.numerator,
                figure.denominator,
                figure.wide,
                item.target.value if item.target and whole else None,
                judged.expected if judged and whole else None,
                judged.word if judged and whole else "",
                asked.definition if whole else "",
            )


def _context(request: SignedInRequest, programme: Programme) -> dict[str, Any]:
    form = AsOfForm(request.GET)
    when = as_of(programme, *form.chosen())
    found = board_of(request.user, programme, when)
    judged = sum(found.counts.values())
    return {
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "kept": days_query(when),
        "form": form,
        "when": when,
        "board": found,
        "counts": [(WORDS[state], found.counts[state]) for state in WORST_FIRST if judged],
        "days_left": (programme.ends_on - when.on).days,
        "phase": programme.phases.filter(starts_on__lte=when.on, ends_on__gte=when.on).first(),
        "rule": RULE,
    }


def _indicator(request: SignedInRequest, key: str) -> Indicator:
    asked = BY_KEY.get(key)
    if asked is None or not asked.may(request.user):
        raise Http404
    return asked


@dataclass(frozen=True)
class Place:
    """A township as the address names it, or NOWHERE for rows of none; `key` is that of figures."""

    code: str
    name: str
    short_name: str

    @property
    def key(self) -> str:
        return "" if self.code == NOWHERE else self.code


NO_TOWNSHIP = Place(NOWHERE, BEYOND, BEYOND)


def _township(request: SignedInRequest, asked: Indicator) -> Place | None:
    code = request.GET.get("township", "")
    if not code or not asked.township:
        return None
    if code == NOWHERE:
        return NO_TOWNSHIP
    unit = OrganisationUnit.objects.reporting().filter(code=code).first()
    return Place(unit.code, unit.name, unit.short_name) if unit else None


def _rows(
    request: SignedInRequest,
    asked: Indicator,
    when: AsOf,
    township: Place | None,
    *,
    missing: bool,
) -> QuerySet[Any]:
    rows = asked.listed(request.user, when, missing=missing)
    return rows.filter(**{asked.township: township.key or None}) if township else rows


def _tabs(
    asked: Indicator, when: AsOf, township: Place | None, *, missing: bool
) -> list[dict[str, Any]]:
    code = township.code if township else ""
    return [
        {
            "label": label,
            "url": list_address(asked, when, township=code, missing=lacking),
            "active": lacking is missing,
        }
        for label, lacking in (("计入的", False), ("未达到的", True))
    ]


def _quarters(
    request: SignedInRequest,
    programme: Programme,
    when: AsOf,
    asked: Indicator,
    *,
    figure: Figure | None,
    township: Place | None,
) -> list[Chart]:
    now = {asked.key: figure}
    if township and sees_all(request.user):
        found = by_quarter(programme, when, now, place=township.code)
    else:
        found = of_reach(request.user, programme, when, now)
    return [quarter_chart(asked, found[asked.key])] if found else []


def _places(asked: Indicator, measured: Any, when: AsOf) -> list[dict[str, Any]]:
    if not measured.by_township:
        return []
    units = [Place(u.code, u.name, u.short_name) for u in OrganisationUnit.objects.reporting()]
    return [
        {
            "name": place.short_name,
            "figure": figure,
            "url": list_address(asked, when, township=place.code),
        }
        for place in (*units, NO_TOWNSHIP)
        if (figure := measured.by_township.get(place.key))
    ]
