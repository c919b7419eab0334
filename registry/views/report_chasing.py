"""The season of a report year, and reminding those who still owe."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.forms.reports import ReportFilter, ReportReminderForm, RestForm, SeasonForm
from registry.models import Cooperative
from registry.operations.report_reminders import (
    RECENT_DAYS,
    chase,
    draft_reminder,
    remind,
    ways_to,
)
from registry.operations.report_seasons import set_season
from registry.reporting.owed import open_years, season_of, seasons
from registry.reporting.register import narrowed, reports_of
from registry.views.pages import cut


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SET_REPORT_SEASON)
def report_seasons(request: SignedInRequest) -> HttpResponse:
    """Show when each year is due and set it."""
    form = SeasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_season(by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "报送期限已更新，正在填写的合作社按新期限计算。")
            return redirect("reports:seasons")
    context = {"form": form, "seasons": list(seasons(open_years()).values())}
    status = 422 if form.errors else 200
    return render(request, "registry/reports/seasons.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.REMIND_REPORT)
def report_remind(request: SignedInRequest) -> HttpResponse:
    """Show whom a reminder would reach, by which way, with what text; send it when confirmed."""
    asked = ReportFilter(request.GET, user=request.user)
    asked.is_valid()
    year = asked.chosen_year
    data = request.POST if request.method == "POST" else None
    text = ReportReminderForm(data, initial={"text": draft_reminder(year)})
    peace = RestForm(request.POST if request.method == "POST" else request.GET)
    reach = Cooperative.objects.permitted(request.user, Action.REMIND_REPORT)
    owing = narrowed(asked.narrow(reports_of(year, reach)), "unfiled")
    if request.method == "POST" and text.is_valid():
        reached, others = remind(
            year, owing, by=request.user, text=text.cleaned_data["text"], rest=peace.chosen
        )
        told = f"已催报 {reached} 家" if reached else "没有新的催报发出"
        rest = f"；另有 {others} 家没有账号，请电话联系或上门" if others else ""
        messages.success(request, f"{told}{rest}。同一家一天只催报一次。")
        query: dict[str, str | int] = {"year": year, "standing": "unfiled"}
        return redirect(f"{reverse('reports:list')}?{urlencode(query)}")
    found = chase(year, owing, rest=peace.chosen, by=request.user)
    page = cut(request, found.ready.select_related("township"), "pk")
    ways = ways_to(page.rows)
    context = {
        "form": text,
        "asked": asked,
        "peace": peace,
        "year": year,
        "season": season_of(year),
        "recent_days": RECENT_DAYS,
        "counts": found.counts(),
        "resting": found.resting,
        "page": page,
        "lines": [{"society": each, "way": ways.get(each.pk, "")} for each in page.rows],
    }
    status = 422 if text.errors else 200
    return render(request, "registry/reports/remind.html", context, status=status)
