"""The first page of annual reports: a society's own years, or the year's list with its rates."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.bulk_acts import may_do
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, may, reach_of
from common.htmx import wants_partial
from registry.choices import ReportState
from registry.forms.reports import ReportFilter
from registry.kept_lists import REPORTS
from registry.models import Cooperative
from registry.reporting.owed import season_of, years_of
from registry.reporting.register import (
    Rate,
    narrowed,
    rates_of,
    reports_of,
    standing_word,
)
from registry.views.pages import cut

NOWHERE = "none"


@require_safe
@requires(Action.VIEW_REPORT)
@kept_as(REPORTS)
def report_list(request: SignedInRequest) -> HttpResponse:
    """Lead a society to its own reports; show everybody else who owes and how far they are."""
    if reach_of(request.user, Action.VIEW_REPORT) == Reach.OWN:
        return _own(request)
    form = ReportFilter(request.GET, user=request.user)
    form.is_valid()
    year = form.chosen_year
    season = season_of(year)
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_REPORT)
    everybody = reports_of(year, reach)
    found = narrowed(form.narrow(everybody), form.chosen_standing)
    page = cut(request, found.select_related("township", "counsellor"), "pk")
    lines = [_line(society, season) for society in page.rows]
    rates = rates_of(everybody, OrganisationUnit.objects.reporting())
    context = {
        "form": form,
        "chosen": form.chosen,
        "year": year,
        "season": season,
        "page": page,
        "lines": lines,
        "choosing": may_do(request.user, "reports-return") and any(e["returnable"] for e in lines),
        "number": found.count(),
        "tiles": _tiles(everybody, year),
        "rates": [_rate(rate, year) for rate in rates],
        "can_remind": may(request.user, Action.REMIND_REPORT),
        "can_set": may(request.user, Action.SET_REPORT_SEASON),
        "remind_query": urlencode(
            {**{n: v for n, v in form.cleaned_data.items() if v and n != "standing"}, "year": year}
        ),
        "remindable": narrowed(form.narrow(_remindable(request, year)), "unfiled").count(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/reports/{name}.html", context)


def _remindable(request: SignedInRequest, year: int) -> Any:
    """The societies that this person may remind."""
    return reports_of(year, Cooperative.objects.permitted(request.user, Action.REMIND_REPORT))


def _own(request: SignedInRequest) -> HttpResponse:
    own = list(
        Cooperative.objects.permitted(request.user, Action.VIEW_REPORT).order_by("name_key", "pk")
    )
    if len(own) == 1:
        return redirect("reports:society", own[0].code)
    context = {"own": [(society, years_of(society)) for society in own]}
    return render(request, "registry/reports/own.html", context)


def _line(society: Any, season: Any) -> dict[str, Any]:
    word, tone = standing_word(society.report_state, season, filed=society.is_filed)
    returnable = society.report_state in {ReportState.SUBMITTED, ReportState.CHECKED}
    return {"society": society, "word": word, "tone": tone, "returnable": returnable}


def _tiles(everybody: Any, year: int) -> list[dict[str, Any]]:
    owed = everybody.count()
    filed = narrowed(everybody, "filed").count()
    tiles = [
        {"label": "应报", "value": owed, "unit": "家", "standing": ""},
        {
            "label": "已报",
            "value": filed,
            "unit": "家",
            "note": f"占应报 {filed * 100 / owed:.1f}%" if owed else "",
            "standing": "filed",
        },
        {"label": "未报", "value": owed - filed, "unit": "家", "standing": "unfiled"},
    ]
    for standing, label in (("submitted", "待初核"), ("checked", "待审核"), ("helped", "代填的")):
        number = narrowed(everybody, standing).count()
        tiles.append({"label": label, "value": number, "unit": "家", "standing": standing})
    for tile in tiles:
        tile["url"] = f"?{urlencode({'year': year, 'standing': tile['standing']})}"
    return tiles


def _rate(rate: Rate, year: int) -> dict[str, Any]:
    code = rate.unit.code if rate.unit else NOWHERE
    query: dict[str, str | int] = {"year": year, "township": code}
    return {
        "rate": rate,
        "url": f"?{urlencode(query)}",
        "open_url": f"?{urlencode({**query, 'standing': 'unfiled'})}",
    }
