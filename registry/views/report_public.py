"""The public fields of a published report, for everybody: a white list and what the society allowed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import public
from common import clock
from registry.choices import ReportState
from registry.models import AnnualReport
from registry.reporting.lines import said_of

PUBLISHED_WORD = "公示"


@public
@require_safe
def report_public(request: HttpRequest, uscc: str, year: int) -> HttpResponse:
    """Show what may be public of the version that counts; nothing before it was published."""
    reports = AnnualReport.objects.filter(published_at__isnull=False, standing__isnull=False)
    key = "cooperative__uscc" if len(uscc) == 18 else "cooperative__registration_no"
    report = get_object_or_404(reports.select_related("standing"), year=year, **{key: uscc})
    version = report.standing
    if version is None or report.state == ReportState.ACCEPTED:
        raise Http404
    sections = [
        (title, [each for each in said if each.public == PUBLISHED_WORD])
        for title, said in said_of(version.content, year, clock.today())
    ]
    context = {
        "version": version,
        "year": year,
        "published_at": report.published_at,
        "sections": [(title, said) for title, said in sections if said],
    }
    return render(request, "registry/reports/public.html", context)
