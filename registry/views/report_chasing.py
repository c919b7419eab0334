"""The season of a report year, and reminding those who still owe."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.forms.reports import ReportFilter, SeasonForm
from registry.models import Cooperative
from registry.operations.report_seasons import remind, set_season
from registry.reporting.owed import open_years, seasons
from registry.reporting.register import narrowed, reports_of


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


@require_POST
@requires(Action.REMIND_REPORT)
def report_remind(request: SignedInRequest) -> HttpResponse:
    """Remind the societies of the list that still owe; each at most once a day."""
    form = ReportFilter(request.POST, user=request.user)
    form.is_valid()
    year = form.chosen_year
    reach = Cooperative.objects.permitted(request.user, Action.REMIND_REPORT)
    owing = narrowed(form.narrow(reports_of(year, reach)), "unfiled")
    reached, others = remind(year, owing, by=request.user)
    told = f"已提醒 {reached} 家" if reached else "没有新的提醒发出"
    rest = f"；另有 {others} 家没有账号，请电话联系或上门" if others else ""
    messages.success(request, f"{told}{rest}。同一家一天只提醒一次。")
    query: dict[str, str | int] = {"year": year, "standing": "unfiled"}
    return redirect(f"{reverse('reports:list')}?{urlencode(query)}")
