"""What everybody may read of the demonstration work: titles and notices, by a white list of fields."""

import hashlib
import io
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, etag, require_safe

from accounts.decorators import public
from common import clock, spreadsheet
from common.template_tags import day
from demonstration.choices import ApplicationState, Honour, Level
from demonstration.models import DemonstrationTitle, RatingRound

MINUTES = 300
# What a stranger sees of a title; nothing else leaves the database.
SHOWN = (
    "cooperative__name",
    "cooperative__township__short_name",
    "level",
    "honour",
    "batch",
    "document_number",
    "recognised_on",
)
# The same in files: key for programs, heading, kind and width in a sheet.
FIELDS = (
    ("name", "合作社", spreadsheet.TEXT, 40),
    ("township", "乡镇街道", spreadsheet.TEXT, 14),
    ("title", "称号", spreadsheet.TEXT, 18),
    ("batch", "批次", spreadsheet.TEXT, 14),
    ("document", "认定文号", spreadsheet.TEXT, 26),
    ("recognised_on", "认定日期", spreadsheet.DAY, 16),
)
TITLE = "农民合作社示范社和规范社名单"
SOURCE = "达州市通川区农业农村局"


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=MINUTES)
def public_titles(request: HttpRequest) -> HttpResponse:
    """List the titles that stand today, by level."""
    level = request.GET.get("level", "")
    rows = _titles(level)
    tabs = [
        {"label": "全部", "url": "?", "active": level not in Level.values, "count": None},
        *(
            {
                "label": each.label,
                "url": f"?level={each.value}",
                "active": each.value == level,
                "count": None,
            }
            for each in Level
        ),
    ]
    context = {"rows": rows, "tabs": tabs, "today": clock.today()}
    return render(request, "public/titles.html", context)


def _titles(level: str = "") -> list[dict[str, Any]]:
    """Return the titles that stand, of one level or all, by the white list."""
    titles = DemonstrationTitle.objects.held()
    if level in Level.values:
        titles = titles.filter(level=level)
    return [
        {
            "name": row["cooperative__name"],
            "township": row["cooperative__township__short_name"] or "",
            "title": f"{Level(row['level']).label}{Honour(row['honour']).label}",
            "batch": row["batch"],
            "document": row["document_number"],
            "recognised_on": row["recognised_on"],
        }
        for row in titles.by_rank().values(*SHOWN)
    ]


def _mark(request: HttpRequest) -> str:
    """Return the ETag of the files: what they hold, and the day they speak of."""
    del request
    said = json.dumps([clock.today(), _titles()], default=str, ensure_ascii=False)
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


@public
@require_safe
@etag(_mark)
@cache_control(public=True, max_age=MINUTES)
def open_titles_json(request: HttpRequest) -> HttpResponse:
    """Give the list to programs."""
    del request
    return JsonResponse(
        {
            "title": TITLE,
            "source": SOURCE,
            "updated_on": clock.today(),
            "fields": {key: heading for key, heading, _, _ in FIELDS},
            "rows": _titles(),
        },
        json_dumps_params={"ensure_ascii": False},
    )


@public
@require_safe
@etag(_mark)
@cache_control(public=True, max_age=MINUTES)
def open_titles_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the list as a workbook with its date on the first sheet."""
    del request
    stream = io.BytesIO()
    table = spreadsheet.Table(
        title="名单",
        columns=[spreadsheet.Column(heading, kind, width) for _, heading, kind, width in FIELDS],
        rows=([row[key] for key, _, _, _ in FIELDS] for row in _titles()),
    )
    notes = (("名称", TITLE), ("发布", SOURCE), ("更新日期", day(clock.today())))
    spreadsheet.write_xlsx(stream, table, notes, total="称号数")
    answer = HttpResponse(stream.getvalue(), content_type=spreadsheet.XLSX_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="titles.xlsx"'
    return answer


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=MINUTES)
def public_notices(request: HttpRequest) -> HttpResponse:
    """List the public notices that run, with the societies and how to object."""
    running = RatingRound.objects.in_public_notice(clock.today())
    notices = [
        {
            "title": round_.title,
            "from": round_.notice_from,
            "until": round_.notice_until,
            "names": list(
                round_.applications.filter(
                    state__in=(ApplicationState.NOTICED, ApplicationState.OBJECTED)
                )
                .order_by("place", "pk")
                .values_list("cooperative__name", "cooperative__township__short_name")
            ),
        }
        for round_ in running
    ]
    return render(request, "public/notices.html", {"notices": notices})
