"""Looking into a suspicion: giving it away, deciding it, putting it off."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.attachments import attach_file
from accounts.policy import Action
from common.conflict import EditConflict
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.flags.catalogue import RULES_BY_CODE
from registry.forms.verification import (
    AssignForm,
    DecisionForm,
    DeferForm,
    VersionedForm,
)
from registry.models import Flag, FlagAnswer, SiteFinding
from registry.operations.verification import (
    assign_flag,
    decide_flag,
    defer_flag,
    resume_flag,
)

DOCUMENT = "flag-proof"
STALE = "这条线索刚刚被其他人处理过，下面是最新的内容。您填写的还在，请核对后再提交。"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ASSIGN_FLAG)
def flag_assign(request: SignedInRequest, flag: int) -> HttpResponse:
    """Give one suspicion to a person, or let it be looked into once more."""
    subject = _flag(request, flag, Action.ASSIGN_FLAG)
    form = AssignForm(request.POST or None, flag=subject)
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            assign_flag(
                subject,
                asked["to"],
                asked["due_on"],
                by=request.user,
                version=asked["version"],
                reason=asked.get("reason", ""),
            )
        except EditConflict:
            _show_again(form, subject)
            status = 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = f"已交{subject.assigned_to}核实，期限{day(subject.due_on)}。"
            messages.success(request, told)
            return redirect("registry:flag-detail", subject.pk)
    if status == 200 and form.errors:
        status = 422
    context = {"flag": subject, "society": subject.cooperative, "form": form}
    return render(request, "registry/flags/assign.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VERIFY_FLAG)
def flag_verify(request: SignedInRequest, flag: int) -> HttpResponse:
    """Show what to look at and what is there to show; take the conclusion."""
    subject = _flag(request, flag, Action.VERIFY_FLAG)
    if request.method != "POST":
        return _page(request, subject, DecisionForm(initial={"version": subject.version}))
    form = DecisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, subject, form, 422)
    asked = form.cleaned_data
    try:
        with transaction.atomic():
            for upload in asked["uploads"]:
                attach_file(subject, upload, purpose=DOCUMENT, by=request.user)
            decide_flag(
                subject,
                FlagState(asked["verdict"]),
                asked["conclusion"],
                by=request.user,
                version=asked["version"],
            )
    except EditConflict:
        _show_again(form, subject)
        return _page(request, subject, form, 409)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, subject, form, 422)
    messages.success(request, f"已认定{subject.get_state_display()}，结论已记录。")
    return redirect("registry:flag-detail", subject.pk)


@require_POST
@requires(Action.VERIFY_FLAG)
def flag_defer(request: SignedInRequest, flag: int) -> HttpResponse:
    """Put a suspicion off to a day."""
    subject = _flag(request, flag, Action.VERIFY_FLAG)
    form = DeferForm(request.POST)
    decision = DecisionForm(initial={"version": subject.version})
    if not form.is_valid():
        return _page(request, subject, decision, 422, defer=form)
    asked = form.cleaned_data
    try:
        defer_flag(
            subject, asked["until"], asked["reason"], by=request.user, version=asked["version"]
        )
    except EditConflict:
        _show_again(form, subject)
        return _page(request, subject, decision, 409, defer=form)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, subject, decision, 422, defer=form)
    messages.success(request, f"已暂缓至{day(subject.deferred_until)}，到期自动回到核实清单。")
    return redirect("registry:flag-detail", subject.pk)


@require_POST
@requires(Action.VERIFY_FLAG)
def flag_resume(request: SignedInRequest, flag: int) -> HttpResponse:
    """Take a deferred suspicion up again before its day."""
    subject = _flag(request, flag, Action.VERIFY_FLAG)
    version = request.POST.get("version", "")
    try:
        resume_flag(subject, by=request.user, version=int(version) if version.isdecimal() else 0)
    except (EditConflict, TransitionRefused):
        messages.warning(request, "没有恢复核实：这条线索刚被其他人处理过，请看最新内容。")
    else:
        messages.success(request, "已恢复核实。")
    return redirect("registry:flag-detail", subject.pk)


def _show_again(form: VersionedForm, flag: Flag) -> None:
    """Keep what was typed, and let the next attempt be one upon the newest version."""
    data: Any = {**form.data.dict()}  # type: ignore[attr-defined]
    data["version"] = flag.version
    form.data = data
    form.add_error(None, STALE)


def _flag(request: SignedInRequest, pk: int, action: Action) -> Flag:
    reach = Flag.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("cooperative__township", "assigned_to"), pk=pk)


def _page(
    request: SignedInRequest,
    flag: Flag,
    form: DecisionForm,
    status: int = 200,
    *,
    defer: DeferForm | None = None,
) -> HttpResponse:
    rule = RULES_BY_CODE.get(flag.rule)
    context: dict[str, Any] = {
        "flag": flag,
        "society": flag.cooperative,
        "rule": rule,
        "form": form,
        "defer": defer or DeferForm(initial={"version": flag.version}),
        "is_open": flag.state == FlagState.CHECKING,
        **proof_of(flag),
    }
    return render(request, "registry/flags/verify.html", context, status=status)


def proof_of(flag: Flag) -> dict[str, Any]:
    """Return what is there to show: answers of the society with their photos, visits, documents."""
    answers = list(flag.answers.select_related("answered_by").order_by("-pk"))
    files = Attachment.objects.of_all(FlagAnswer, [answer.pk for answer in answers])
    by_answer: dict[str, list[Attachment]] = {}
    for file in files.select_related("added_by"):
        by_answer.setdefault(file.owner_key, []).append(file)
    visits = SiteFinding.objects.standing().filter(cooperative=flag.cooperative_id)
    return {
        "answers": [(answer, by_answer.get(str(answer.pk), [])) for answer in answers],
        "documents": Attachment.objects.of(flag).select_related("added_by"),
        "visits": list(visits.select_related("seen_by").order_by("-seen_on", "-pk")[:5]),
    }
