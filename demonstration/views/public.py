"""What everybody may read of the demonstration work: titles and notices, by a white list of fields."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import public
from common import clock
from demonstration.choices import ApplicationState, Honour, Level, RoundState
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


@public
@require_safe
@cache_control(public=True, max_age=MINUTES)
def public_titles(request: HttpRequest) -> HttpResponse:
    """List the titles that stand today, by level."""
    level = request.GET.get("level", "")
    titles = DemonstrationTitle.objects.held()
    if level in Level.values:
        titles = titles.filter(level=level)
    rows = [
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


@public
@require_safe
@cache_control(public=True, max_age=MINUTES)
def public_notices(request: HttpRequest) -> HttpResponse:
    """List the public notices that run, with the societies and how to object."""
    today = clock.today()
    running = RatingRound.objects.filter(
        state=RoundState.NOTICE, notice_from__lte=today, notice_until__gte=today
    ).order_by("notice_until", "pk")
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
