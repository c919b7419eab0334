"""Filling in an annual report: the overview, one page for each section, autosave."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import EDITABLE_REPORTS, ReportState
from registry.models import AnnualReport, Cooperative, ReportPublication
from registry.operations.report_submissions import receipt_of
from registry.operations.reports import (
    SHUT,
    abandon_correction,
    correct_report,
    save_section,
    start_report,
)
from registry.reporting.fields import Section
from registry.reporting.lines import lines_of
from registry.reporting.owed import Owed, season_of, years_of
from registry.reporting.reading import Reading, read_report
from registry.reporting.sections import SECTIONS_BY_KEY
from registry.reporting.values import SPARED
from registry.statement_choices import PublicationState
from registry.views.societies import society_of

STALE = "没有办理：页面内容已过期，请看清最新内容后再办。"


@require_safe
@requires(Action.VIEW_REPORT)
def society_reports(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show the years that a society owes and how far each has come."""
    society = society_of(request, uscc, Action.VIEW_REPORT)
    context = {
        "society": society,
        "owed": years_of(society),
        "can_fill": _may_fill(request, society),
    }
    return render(request, "registry/reports/society.html", context)


@require_POST
@requires(Action.FILL_REPORT)
def report_start(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Begin the report of a year, or go on with the one that was begun."""
    society = society_of(request, uscc, Action.FILL_REPORT)
    try:
        report = start_report(society, year, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:society", society.code)
    return redirect("reports:report", society.code, report.year)


@require_safe
@requires(Action.VIEW_REPORT)
def report_overview(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Show how far a report has come and what to do next."""
    report = report_of(request, uscc, year, Action.VIEW_REPORT)
    reading = read_report(report)
    can_fill = _may_fill(request, report.cooperative)
    versions = list(report.versions.order_by("-number"))
    receipt = receipt_of(report.latest) if report.latest else None
    context = {
        "report": report,
        "society": report.cooperative,
        "owed": Owed(season_of(year), report),
        "reading": reading,
        "versions": versions,
        "receipt": receipt,
        "can_fill": can_fill,
        "can_edit": can_fill and report.state in EDITABLE_REPORTS,
        "can_recall": can_fill
        and report.state == ReportState.SUBMITTED
        and may(request.user, Action.SUBMIT_REPORT),
        "can_correct": can_fill and report.state in {ReportState.ACCEPTED, ReportState.PUBLISHED},
        "steps": steps_of(report),
        "files": Attachment.objects.of(report),
        **_statutory(report),
        "first": next((s.key for s in reading.sections if s.state != "done"), "basic"),
    }
    return render(request, "registry/reports/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.FILL_REPORT)
def report_section(request: SignedInRequest, uscc: str, year: int, section: str) -> HttpResponse:
    """Show one section and save it; whatever is typed is kept, and faults are shown beside it."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    page = _section(section)
    if request.method == "POST":
        try:
            report = save_section(
                report, section, _typed(request, page), seen=_seen(request), by=request.user
            )
        except EditConflict as conflict:
            return _conflict(request, conflict.fresh, page)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("reports:report", uscc, year)
        reading = read_report(report)
        if request.POST.get("go") == "next":
            following = reading.next_section(section)
            if following:
                return redirect("reports:section", uscc, year, following)
            ready = reading.is_complete and may(request.user, Action.SUBMIT_REPORT)
            return redirect("reports:read" if ready else "reports:report", uscc, year)
        messages.success(request, "已保存。")
        return redirect("reports:section", uscc, year, section)
    return _page(request, read_report(report), page)


@require_POST
@requires(Action.FILL_REPORT)
def report_autosave(request: SignedInRequest, uscc: str, year: int, section: str) -> HttpResponse:
    """Keep what is on the screen and answer with what the server makes of it."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    page = _section(section)
    try:
        report = save_section(
            report, section, _typed(request, page), seen=_seen(request), by=request.user
        )
    except EditConflict as conflict:
        fresh = _context(read_report(conflict.fresh), page)
        return render(request, "registry/reports/_clash_line.html", fresh, status=409)
    except TransitionRefused as refusal:
        context = {"refusal": str(refusal)}
        return render(request, "registry/reports/_not_saved.html", context, status=409)
    context = _context(read_report(report), page)
    return render(request, "registry/reports/_saved.html", context)


@require_POST
@requires(Action.FILL_REPORT)
def report_correct(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Open an accepted report for correction, for a reason."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    try:
        correct_report(
            report, request.POST.get("reason", ""), version=_version(request), by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "可以更正了。更正提交并审核通过之前，原来的版本继续有效。")
    return redirect("reports:report", uscc, year)


@require_POST
@requires(Action.FILL_REPORT)
def report_abandon(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Give a correction up."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    try:
        abandon_correction(report, version=_version(request), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已放弃更正，内容恢复为已审核通过的版本。")
    return redirect("reports:report", uscc, year)


def _statutory(report: AnnualReport) -> dict[str, Any]:
    """What the regulator says of the statutory report, and where it does not fit ours."""
    said = ReportPublication.objects.known().filter(
        cooperative=report.cooperative_id, report_year=report.year
    )
    publication = said.first()
    unlike = ""
    if publication is not None:
        published = publication.state == PublicationState.PUBLISHED
        filed = report.standing_id is not None
        if filed and not published:
            unlike = (
                "已向本平台报送，但国家公示系统还没有公示。请尽快到国家企业信用信息公示系统公示。"
            )
        elif published and not filed:
            unlike = "国家公示系统已公示，本平台还没有审核通过的报告。请在这里也报送。"
    return {"publication": publication, "unlike": unlike}


def report_of(request: SignedInRequest, uscc: str, year: int, action: Action) -> AnnualReport:
    """Find a report in reach; society and year are looked up together."""
    society = society_of(request, uscc, action)
    reports = AnnualReport.objects.permitted(request.user, action).select_related(
        "cooperative__township", "latest", "standing", "typed_by"
    )
    found: AnnualReport = get_object_or_404(reports, cooperative=society, year=year)
    return found


def steps_of(report: AnnualReport) -> list[dict[str, str]]:
    """Return the way of a report as a bar of steps."""
    order = ("填写", "提交", "乡镇街道初核", "区级审核", "公开")
    places = {
        ReportState.DRAFT: 0,
        ReportState.AWAITING: 1,
        ReportState.RETURNED: 0,
        ReportState.SUBMITTED: 2,
        ReportState.CHECKED: 3,
        ReportState.ACCEPTED: 4,
        ReportState.PUBLISHED: 5,
    }
    reached = places[ReportState(report.state)]
    held = report.state == ReportState.RETURNED
    return [
        {
            "label": label,
            "state": "done"
            if place < reached
            else ("held" if held else "current")
            if place == reached
            else "todo",
            "note": "已退回，待修改" if held and place == reached else "",
        }
        for place, label in enumerate(order)
    ]


def _page(request: SignedInRequest, reading: Reading, page: Section) -> HttpResponse:
    report = reading.report
    if report.state not in EDITABLE_REPORTS:
        messages.info(request, SHUT.format(state=report.get_state_display()))
        return redirect("reports:report", report.cooperative.code, report.year)
    return render(request, "registry/reports/section.html", _context(reading, page))


def _context(reading: Reading, page: Section) -> dict[str, Any]:
    report = reading.report
    here = {"uscc": report.cooperative.code, "year": report.year}
    keys = list(SECTIONS_BY_KEY)
    place = keys.index(page.key)
    return {
        "report": report,
        "society": report.cooperative,
        "reading": reading,
        "page": page,
        "lines": lines_of(reading, page.key),
        "state": next(s for s in reading.sections if s.key == page.key),
        "seen": report.section_versions.get(page.key, 0),
        "place": place + 1,
        "count": len(keys),
        "previous": keys[place - 1] if place else "",
        "following": reading.next_section(page.key),
        "autosave_url": reverse("reports:autosave", kwargs={**here, "section": page.key}),
    }


def _conflict(request: SignedInRequest, fresh: AnnualReport, page: Section) -> HttpResponse:
    """Show both texts: what was typed stays in the form, what is stored stands beside."""
    stored = read_report(fresh)
    typed = _typed(request, page)
    theirs = {line.field.key: line for line in lines_of(stored, page.key)}
    mine = AnnualReport.objects.select_related("cooperative").get(pk=fresh.pk)
    clashes = []
    for each in (each for each in page.fields if each.key in typed):
        said, kept = typed[each.key], theirs[each.key]
        if said["value"].strip() != fresh.draft.get(each.key, ""):
            clashes.append({"label": each.label, "mine": said["value"], "theirs": kept.said})
        mine.draft[each.key] = said["value"]
        mine.remarks[each.key] = said["remark"]
    context = {**_context(read_report(mine), page), "clashes": clashes}
    return render(request, "registry/reports/section.html", context, status=409)


def _typed(request: SignedInRequest, page: Section) -> dict[str, dict[str, str]]:
    sent = request.POST
    return {
        each.key: {
            "value": sent.get(f"f-{each.key}", ""),
            "spared": SPARED if sent.get(f"n-{each.key}") else "",
            "remark": sent.get(f"r-{each.key}", ""),
            "shown": sent.get(f"p-{each.key}", ""),
        }
        for each in page.fields
        if f"f-{each.key}" in sent or f"n-{each.key}" in sent or each.kind == "choice"
    }


def _section(key: str) -> Section:
    if key not in SECTIONS_BY_KEY:
        raise Http404
    return SECTIONS_BY_KEY[key]


def _seen(request: SignedInRequest) -> int:
    return _whole(request.POST.get("seen", ""))


def _version(request: SignedInRequest) -> int:
    return _whole(request.POST.get("version", ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _may_fill(request: SignedInRequest, society: Cooperative) -> bool:
    reach = Cooperative.objects.permitted(request.user, Action.FILL_REPORT)
    return reach.filter(pk=society.pk).exists()
