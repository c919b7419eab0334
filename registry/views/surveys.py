"""The survey: coverage by township, the list behind every number, the record of one society."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations import audit
from accounts.operations.attachments import attach_each
from accounts.policy import Action, may
from common import clock, spreadsheet
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.cleanup.choices import CampaignState, ProblemClass, SurveyState
from registry.cleanup.coverage import coverage_of
from registry.forms.surveys import CampaignForm, SurveyFilter, SurveyForm
from registry.models import Flag, SurveyCampaign, SurveyRecord
from registry.operations import surveys
from registry.views.pages import cut
from registry.views.workbooks import notes_for, send_workbook

PHOTO = "survey-photo"
COLUMNS = (
    spreadsheet.Column("合作社", width=40),
    spreadsheet.Column("统一社会信用代码", spreadsheet.CODE, 22),
    spreadsheet.Column("乡镇街道"),
    spreadsheet.Column("登记状态"),
    spreadsheet.Column("进度"),
    spreadsheet.Column("摸底日期", spreadsheet.DAY),
    spreadsheet.Column("方式"),
    spreadsheet.Column("经营状况"),
    spreadsheet.Column("问题类别", width=36),
    spreadsheet.Column("属于", width=20),
    spreadsheet.Column("处置意见"),
    spreadsheet.Column("见到的人", width=18),
    spreadsheet.Column("情况说明", width=40),
    spreadsheet.Column("记录人"),
)


@require_safe
@requires(Action.VIEW_SURVEY)
def survey_home(request: SignedInRequest) -> HttpResponse:
    """Show the newest survey, or how to begin one."""
    campaign = _campaigns(request).first()
    if campaign is None:
        return render(request, "registry/survey/none.html")
    return _coverage(request, campaign)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_SURVEY)
def survey_create(request: SignedInRequest) -> HttpResponse:
    """Begin a survey of every living society."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            campaign = surveys.open_campaign(**form.cleaned_data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            number = campaign.records.count()
            messages.success(request, f"已发起“{campaign}”，{number} 家合作社各有一份待填记录。")
            return redirect("registry:survey-detail", campaign.pk)
    code = 422 if form.errors else 200
    return render(request, "registry/survey/create.html", {"form": form}, status=code)


@require_safe
@requires(Action.VIEW_SURVEY)
def survey_detail(request: SignedInRequest, campaign: int) -> HttpResponse:
    """Show one survey: how far every township is, and what was found."""
    return _coverage(request, get_object_or_404(_campaigns(request), pk=campaign))


@require_safe
@requires(Action.VIEW_SURVEY)
def survey_records(request: SignedInRequest, campaign: int) -> HttpResponse:
    """List the records of a survey; every number of its page leads here."""
    held = get_object_or_404(_campaigns(request), pk=campaign)
    form = SurveyFilter(request.GET, user=request.user)
    found = form.narrow(_records(request, held))
    context = {
        "campaign": held,
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.for_list(), "pk"),
        "query": urlencode(
            {k: str(v) for k, v in request.GET.items() if k not in {"before", "after"}}
        ),
    }
    name = "_records" if wants_partial(request) else "records"
    return render(request, f"registry/survey/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_SURVEY)
def survey_record(request: SignedInRequest, record: int) -> HttpResponse:
    """Show the record of one society; those who survey fill it in here."""
    reach = SurveyRecord.objects.permitted(request.user, Action.VIEW_SURVEY)
    held = get_object_or_404(reach.select_related("campaign", "cooperative__township"), pk=record)
    may_write = held.campaign.is_open and may(request.user, Action.RECORD_SURVEY)
    if request.method == "POST":
        return _record(request, held)
    return _sheet(request, held, SurveyForm(None, held) if may_write else None)


@require_POST
@requires(Action.MANAGE_SURVEY)
def survey_top_up(request: SignedInRequest, campaign: int) -> HttpResponse:
    """Give a record to the societies that were registered since."""
    reach = SurveyCampaign.objects.permitted(request.user, Action.MANAGE_SURVEY)
    held = get_object_or_404(reach, pk=campaign)
    try:
        number = surveys.top_up_campaign(held, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已补入 {number} 家新登记的合作社。")
    return redirect("registry:survey-detail", held.pk)


@require_POST
@requires(Action.MANAGE_SURVEY)
def survey_move(request: SignedInRequest, campaign: int) -> HttpResponse:
    """Close a survey, or open it again, with a reason."""
    reach = SurveyCampaign.objects.permitted(request.user, Action.MANAGE_SURVEY)
    held = get_object_or_404(reach, pk=campaign)
    target = CampaignState.CLOSED if held.is_open else CampaignState.OPEN
    try:
        surveys.move_campaign(held, target, reason=request.POST.get("reason", ""), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{held}”{held.get_state_display()}。")
    return redirect("registry:survey-detail", held.pk)


@require_GET
@requires(Action.EXPORT_SURVEY)
def survey_export(request: SignedInRequest, campaign: int) -> HttpResponseBase:
    """Send the list as it is seen, as a workbook."""
    reach = SurveyCampaign.objects.permitted(request.user, Action.EXPORT_SURVEY)
    held = get_object_or_404(reach, pk=campaign)
    form = SurveyFilter(request.GET, user=request.user)
    records = SurveyRecord.objects.permitted(request.user, Action.EXPORT_SURVEY)
    found = form.narrow(records.filter(campaign=held).due()).for_list().order_by("pk")
    conditions = form.in_words()
    with transaction.atomic():
        audit.record(
            Action.EXPORT_SURVEY,
            held,
            by=request.user,
            conditions=conditions,
            number=found.count(),
        )
    table = spreadsheet.Table("摸底记录", COLUMNS, (_cells(record) for record in found))
    notes = notes_for(held.title, conditions, by=request.user, action=Action.EXPORT_SURVEY)
    return send_workbook(table, notes, total="家数")


def _cells(record: SurveyRecord) -> list[Any]:
    society = record.cooperative
    found = [(each.finding, each.get_finding_display()) for each in record.findings.all()]
    return [
        society.name,
        society.code,
        society.township.short_name if society.township else "待判定",
        society.get_status_display(),
        record.get_state_display(),
        record.surveyed_on,
        record.get_method_display(),
        record.get_operating_state_display(),
        "、".join(word for value, word in found if value in ProblemClass.values),
        "、".join(word for value, word in found if value not in ProblemClass.values),
        record.get_disposition_display(),
        record.met,
        record.note,
        str(record.recorded_by or ""),
    ]


def _campaigns(request: SignedInRequest) -> Any:
    return SurveyCampaign.objects.permitted(request.user, Action.VIEW_SURVEY).newest_first()


def _records(request: SignedInRequest, campaign: SurveyCampaign) -> Any:
    reach = SurveyRecord.objects.permitted(request.user, Action.VIEW_SURVEY)
    return reach.filter(campaign=campaign).due()


def _coverage(request: SignedInRequest, campaign: SurveyCampaign) -> HttpResponse:
    topping_up = campaign.is_open and may(request.user, Action.MANAGE_SURVEY)
    context = {
        "campaign": campaign,
        "others": list(_campaigns(request).exclude(pk=campaign.pk)[:12]),
        "coverage": coverage_of(_records(request, campaign)),
        "missing": surveys.missing_societies(campaign).count() if topping_up else 0,
        "days_left": (campaign.due_on - clock.today()).days,
    }
    return render(request, "registry/survey/detail.html", context)


def _record(request: SignedInRequest, held: SurveyRecord) -> HttpResponse:
    if not may(request.user, Action.RECORD_SURVEY):
        raise PermissionDenied(Action.RECORD_SURVEY)
    form = SurveyForm(request.POST, held, request.FILES)
    if not form.is_valid():
        return _sheet(request, held, form, status=422)
    try:
        surveys.record_survey(
            held,
            form.facts(),
            form.findings(),
            by=request.user,
            version=form.cleaned_data["version"],
        )
    except EditConflict as conflict:
        form, differing = form.upon(conflict.fresh)
        return _sheet(request, conflict.fresh, form, status=409, clashes=differing)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _sheet(request, held, form, status=422)
    _, refused = attach_each(
        held, form.cleaned_data["uploads"], purpose=PHOTO, by=request.user, note="摸底现场"
    )
    for sentence in refused:
        messages.warning(request, sentence)
    messages.success(request, f"“{held.cooperative}”的摸底记录已保存。")
    pending = urlencode({"state": SurveyState.PENDING.value})
    return redirect(f"{reverse('registry:survey-records', args=[held.campaign_id])}?{pending}")


def _sheet(
    request: SignedInRequest,
    held: SurveyRecord,
    form: SurveyForm | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    flags = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    context = {
        "record": held,
        "society": held.cooperative,
        "form": form,
        "attachments": Attachment.objects.of(held).select_related("added_by"),
        "flags": flags.filter(cooperative=held.cooperative).open().order_by("rule"),
        **more,
    }
    return render(request, "registry/survey/record.html", context, status=status)
