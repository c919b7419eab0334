"""Monitoring: the list of cases, rounds, one case with its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.choices import MonitoringCause, MonitoringDecision, MonitoringState
from demonstration.eligibility import unsealed
from demonstration.forms.monitoring import (
    CaseFilter,
    DecisionForm,
    MonitoringRoundForm,
    OpeningForm,
    PublicationForm,
    ReplyForm,
    TellingForm,
)
from demonstration.kept_lists import MONITORING
from demonstration.models import (
    DemonstrationTitle,
    MonitoringCase,
    MonitoringRound,
    MonitoringTask,
)
from demonstration.operations import monitoring as operations
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import by_section
from demonstration.views.files import FilesForm
from registry.views.pages import cut

LIST = "demonstration:monitoring"
M = MonitoringState
_PATH = (M.OPENED, M.TOLD, M.REPLIED, M.DECIDED, M.PUBLISHED, M.CLOSED)


@require_safe
@requires(Action.VIEW_MONITORING)
@kept_as(MONITORING)
def case_list(request: SignedInRequest) -> HttpResponse:
    """List the cases in reach, and the rounds."""
    form = CaseFilter(request.GET)
    reach = MonitoringCase.objects.permitted(request.user, Action.VIEW_MONITORING)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "rounds": MonitoringRound.objects.permitted(request.user, Action.VIEW_MONITORING)
        .select_related("criteria")
        .order_by("-opened_on", "-pk")[:5],
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/monitoring/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_MONITORING)
def monitoring_create(request: SignedInRequest) -> HttpResponse:
    """Open a round over all holders of a level."""
    form = MonitoringRoundForm(request.POST or None)
    page = {
        "title": "开展监测",
        "lead": "为这个级别的全部持有者各立一件监测，并填入现有事实。",
        "back": reverse(LIST),
        "crumbs": [("示范社监测", reverse(LIST))],
        "button": "开展监测",
    }
    return save_form(
        request,
        form,
        lambda form: operations.open_monitoring_round(form.cleaned_data, by=request.user),
        done="已为全部持有者立案，事实已填入。",
        page=page,
    )


@require_POST
@requires(Action.RUN_MONITORING)
def triggers_open(request: SignedInRequest) -> HttpResponse:
    """Open cases for titles at which something calls for a look."""
    opened: list[int] = []
    return perform(
        request,
        lambda: opened.append(operations.open_triggered_cases(by=request.user)),
        done="已检查全部称号：新列入经营异常名录、连续两年未公示年报、走访异常的，都已立案。",
        back=reverse(LIST),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_MONITORING)
def case_open(request: SignedInRequest, title: int) -> HttpResponse:
    """Open a case about one title."""
    reach = DemonstrationTitle.objects.permitted(request.user, Action.RUN_MONITORING)
    found = get_object_or_404(reach.select_related("cooperative"), pk=title)
    back = reverse("demonstration:title-detail", args=[found.pk])
    page = {
        "title": "单独立案监测",
        "lead": str(found),
        "back": back,
        "crumbs": [(str(found), back)],
        "button": "立案",
    }
    return save_form(
        request,
        OpeningForm(request.POST or None),
        lambda form: operations.open_case(
            found,
            MonitoringCause(form.cleaned_data["cause"]),
            form.cleaned_data["details"],
            by=request.user,
        ),
        done="已立案。下一步：告知合作社并上传凭证。",
        page=page,
    )


@require_safe
@requires(Action.VIEW_MONITORING)
def case_detail(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Show one case: cause, facts then and now, steps, tasks."""
    found = _case(request, monitoring, Action.VIEW_MONITORING)
    runs = may(request.user, Action.RUN_MONITORING)
    replies = may(request.user, Action.REPLY_MONITORING) and found.may_be_answered
    context = {
        "case": found,
        "title": found.title,
        "society": found.title.cooperative,
        "steps": _steps(found),
        "then": by_section(unsealed(found.facts)),
        "cured": found.state != M.CLOSED and operations.is_cured(found),
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "attach_form": FilesForm(),
        "may_attach": found.state != M.CLOSED and may(request.user, Action.ATTACH_MONITORING),
        "tasks": found.tasks.select_related("checked_by").order_by("due_on", "pk"),
        "next": _next(found) if runs else None,
        "may_close": runs and found.state in (M.OPENED, M.TOLD, M.REPLIED, M.PUBLISHED),
        "reply_form": ReplyForm(initial={"version": found.version, "text": found.reply})
        if replies
        else None,
    }
    return render(request, "demonstration/monitoring/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_MONITORING)
def case_tell(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Record that the society was told."""
    found = _case(request, monitoring, Action.RUN_MONITORING)
    form = TellingForm(request.POST or None, initial={"version": found.version})
    return save_form(
        request,
        form,
        lambda form: operations.tell_society(found, by=request.user, **form.cleaned_data),
        done="已登记告知，等待答复。",
        page=_page(found, "告知合作社", "须先上传告知凭证；答复期限至少 10 天。"),
    )


@require_POST
@requires(Action.REPLY_MONITORING)
def case_reply(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Take the society's answer."""
    found = _case(request, monitoring, Action.REPLY_MONITORING)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.answer_case(found, by=request.user, **form.cleaned_data),
        done="答复已提交；会议决定之前还可以补充。",
        back=_here(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_MONITORING)
def case_decide(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Record what the meeting decided."""
    found = _case(request, monitoring, Action.RUN_MONITORING)
    form = DecisionForm(request.POST or None, initial={"version": found.version})

    def save(filled: DecisionForm) -> None:
        asked = filled.cleaned_data
        operations.decide_case(
            found,
            MonitoringDecision(asked["decision"]),
            {**asked, "tasks": asked["tasks"].splitlines()},
            version=asked["version"],
            by=request.user,
        )

    page = _page(found, "登记会议决定", "公布之前，称号不变。")
    return save_form(request, form, save, done="已登记决定。下一步：公布。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_MONITORING)
def case_publish(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Publish the decision; the title follows."""
    found = _case(request, monitoring, Action.RUN_MONITORING)
    form = PublicationForm(request.POST or None, initial={"version": found.version})
    return save_form(
        request,
        form,
        lambda form: operations.publish_decision(found, by=request.user, **form.cleaned_data),
        done="决定已公布，名册已按决定更新。",
        page=_page(found, "公布决定", "公布后，称号按决定保留、整改或取消。"),
    )


@require_POST
@requires(Action.RUN_MONITORING)
def case_close(request: SignedInRequest, monitoring: int) -> HttpResponse:
    """Close a case."""
    found = _case(request, monitoring, Action.RUN_MONITORING)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.close_case(
            found, outcome=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已结案。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_MONITORING)
def task_finish(request: SignedInRequest, monitoring: int, remedy: int) -> HttpResponse:
    """Confirm that a task of rectification is done."""
    found = _case(request, monitoring, Action.RUN_MONITORING)
    one = get_object_or_404(MonitoringTask.objects.select_related("case"), pk=remedy, case=found)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.finish_task(
            one, note=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已核实完成。",
        back=_here(found),
    )


def _case(request: SignedInRequest, key: int, action: Action) -> MonitoringCase:
    reach = MonitoringCase.objects.permitted(request.user, action)
    return get_object_or_404(reach.for_list(), pk=key)


def _here(case: MonitoringCase) -> str:
    return reverse("demonstration:case-detail", args=[case.pk])


def _page(case: MonitoringCase, heading: str, lead: str) -> dict[str, Any]:
    return {
        "title": heading,
        "lead": lead,
        "back": _here(case),
        "crumbs": [("示范社监测", reverse(LIST)), (str(case.title), _here(case))],
    }


def _steps(case: MonitoringCase) -> list[dict[str, str]]:
    here = _PATH.index(MonitoringState(case.state))
    notes = (
        case.opened_on,
        case.told_on,
        case.replied_on,
        case.decided_on,
        case.published_on,
        case.closed_on,
    )
    closed = case.state == M.CLOSED
    return [
        {
            "label": state.label,
            "state": "done"
            if note and (closed or place < here)
            else "current"
            if place == here
            else "todo",
            "note": f"{note:%Y-%m-%d}" if note else "",
        }
        for place, (state, note) in enumerate(zip(_PATH, notes, strict=True))
    ]


def _next(case: MonitoringCase) -> dict[str, str] | None:
    """Return where the next step is taken; its form or operation says what is missing."""
    steps = {
        M.OPENED: ("告知合作社", "demonstration:case-tell"),
        M.TOLD: ("登记会议决定", "demonstration:case-decide"),
        M.REPLIED: ("登记会议决定", "demonstration:case-decide"),
        M.DECIDED: ("公布决定", "demonstration:case-publish"),
    }
    found = steps.get(MonitoringState(case.state))
    return {"label": found[0], "url": reverse(found[1], args=[case.pk])} if found else None
