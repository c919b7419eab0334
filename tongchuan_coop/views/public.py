"""The public site: its first page, and figures that everybody may know. No name leaves through here."""

import hashlib
import io
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, etag, require_safe

from accounts.decorators import public
from common import clock, spreadsheet
from common.template_tags import day
from demonstration.models import RatingRound
from demonstration.views.public import SOURCE
from tongchuan_coop.open_data import as_sheet, figures

SECONDS = 300
TITLE = "农民合作社统计"


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
def public_home(request: HttpRequest) -> HttpResponse:
    """Show what everybody may know and where to find it."""
    context = {
        "figures": figures(),
        "notices": RatingRound.objects.in_public_notice(clock.today()),
        "today": clock.today(),
    }
    return render(request, "public/home.html", context)


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
def public_statistics(request: HttpRequest) -> HttpResponse:
    """Show counts by township, level, year of founding and year of report."""
    context = {"figures": figures(), "today": clock.today()}
    return render(request, "public/statistics.html", context)


def _mark(request: HttpRequest) -> str:
    """Return the ETag of the files: what they hold, and the day they speak of."""
    del request
    said = json.dumps([clock.today(), [t.as_json() for t in figures().tables]], default=str)
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


@public
@require_safe
@etag(_mark)
@cache_control(public=True, max_age=SECONDS)
def statistics_json(request: HttpRequest) -> HttpResponse:
    """Give the statistics to programs."""
    del request
    shown = figures()
    return JsonResponse(
        {
            "title": TITLE,
            "source": SOURCE,
            "updated_on": clock.today(),
            "living": shown.living,
            "tables": {table.key: table.as_json() for table in shown.tables},
        },
        json_dumps_params={"ensure_ascii": False},
    )


@public
@require_safe
@etag(_mark)
@cache_control(public=True, max_age=SECONDS)
def statistics_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the statistics as a workbook with its date on the first sheet."""
    del request
    stream = io.BytesIO()
    notes = (("名称", TITLE), ("发布", SOURCE), ("更新日期", day(clock.today())))
    spreadsheet.write_xlsx(stream, as_sheet(figures()), notes, total="行数")
    answer = HttpResponse(stream.getvalue(), content_type=spreadsheet.XLSX_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="statistics.xlsx"'
    return answer
