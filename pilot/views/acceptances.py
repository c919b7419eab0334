"""Pre-acceptance and final check: the list, one check with its gaps and score, one item."""

import io
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from demonstration.views.acts import incomplete, perform
from pilot.evidence import shown_proofs
from pilot.forms.acceptances import FindingsForm, OpenForm, ScoreForm
from pilot.models import Acceptance, AcceptanceFinding, CheckItem, TaskPart
from pilot.operations import acceptances as operations
from pilot.papers import acceptance_as_word
from pilot.plan_choices import AcceptanceKind, AcceptanceState, FindingState, Verdict
from pilot.programmes import chosen_programme

LIST = "pilot:acceptance-list"
TENTH = Decimal("0.1")
WORST_FIRST = [Verdict.GAP, Verdict.PARTLY, Verdict.MET, Verdict.NOT_DUE]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Action.VIEW_ACCEPTANCE)
def acceptance_list(request: SignedInRequest) -> HttpResponse:
    """List the checks of all programmes, the newest first."""
    reach = Acceptance.objects.permitted(request.user, Action.VIEW_ACCEPTANCE)
    counted = reach.annotate(
        gaps=Count("items", filter=Q(items__verdict__in=(Verdict.GAP, Verdict.PARTLY))),
        number=Count("items"),
    )
    context = {
        "checks": list(counted.select_related("programme").order_by("-as_of", "-pk")),
        "programme": chosen_programme(request),
        "open_form": OpenForm() if may(request.user, Action.RUN_ACCEPTANCE) else None,
    }
    return render(request, "pilot/acceptance/list.html", context)


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def acceptance_open(request: SignedInRequest) -> HttpResponse:
    """Begin a check of the running programme."""
    programme = chosen_programme(request)
    form = OpenForm(request.POST)
    if programme is None:
        messages.error(request, "还没有设立试点，不能发起核对。")
        return redirect(LIST)
    if not form.is_valid():
        return incomplete(request, form, back=reverse(LIST))
    try:
        made = operations.open_acceptance(
            programme, AcceptanceKind(form.cleaned_data["kind"]), by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(LIST)
    messages.success(request, "核对清单已按工作表生成。请逐项看缺什么，并填写自评分。")
    return redirect("pilot:acceptance-detail", acceptance=made.pk)


@require_safe
@requires(Action.VIEW_ACCEPTANCE)
def acceptance_detail(request: SignedInRequest, acceptance: int) -> HttpResponse:
    """Show a check: its score, its gaps first, every item, its findings."""
    found = _acceptance(request, acceptance, Action.VIEW_ACCEPTANCE)
    asked = request.GET.get("verdict", "")
    items = found.items.select_related("task").order_by("position")
    counts = dict(found.items.order_by().values_list("verdict").annotate(n=Count("pk")))
    findings = _findings(found)
    runs = may(request.user, Action.RUN_ACCEPTANCE)
    context = {
        "acceptance": found,
        "score": _score(found),
        "tiles": [
            {"label": each.label, "value": counts.get(each.value, 0), "url": f"?verdict={each}"}
            for each in Verdict
        ],
        "items": sorted(
            (item for item in items if not asked or item.verdict == asked),
            key=lambda item: WORST_FIRST.index(Verdict(item.verdict)),
        ),
        "asked": asked,
        "findings": findings,
        "drafts": runs and found.state == AcceptanceState.DRAFT,
        "closes": runs and found.state == AcceptanceState.CONCLUDED,
        "findings_form": FindingsForm() if runs and found.state != "closed" else None,
    }
    return render(request, "pilot/acceptance/detail.html", context)


@require_safe
@requires(Action.VIEW_ACCEPTANCE)
def acceptance_word(request: SignedInRequest, acceptance: int) -> FileResponse:
    """Hand out a check as a Word file."""
    found = _acceptance(request, acceptance, Action.VIEW_ACCEPTANCE)
    content = io.BytesIO(acceptance_as_word(found))
    name = f"{found.get_kind_display()}报告_{found.as_of:%Y%m%d}.docx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=WORD)


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def acceptance_refresh(request: SignedInRequest, acceptance: int) -> HttpResponse:
    """Check everything again as of today."""
    found = _acceptance(request, acceptance, Action.RUN_ACCEPTANCE)
    return perform(
        request,
        lambda: operations.refresh_acceptance(found, by=request.user),
        done="已按今天的记录重新核对；人工填写的自评分没有变动。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def acceptance_conclude(request: SignedInRequest, acceptance: int) -> HttpResponse:
    """Conclude a check."""
    found = _acceptance(request, acceptance, Action.RUN_ACCEPTANCE)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.conclude_acceptance(
            found, conclusion=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已出结论，核对内容不再变动。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def acceptance_close(request: SignedInRequest, acceptance: int) -> HttpResponse:
    """End a check whose findings are put right."""
    found = _acceptance(request, acceptance, Action.RUN_ACCEPTANCE)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.close_acceptance(
            found, version=form.cleaned_data["version"], by=request.user
        ),
        done="整改完毕，核对已结束。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def findings_raise(request: SignedInRequest, acceptance: int) -> HttpResponse:
    """Make a finding for every unit that is behind."""
    found = _acceptance(request, acceptance, Action.RUN_ACCEPTANCE)
    form = FindingsForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    due_on = form.cleaned_data["due_on"]
    return perform(
        request,
        lambda: operations.raise_findings(found, due_on, by=request.user),
        done="整改清单已按缺项生成，各单位首页会提示。",
        back=_here(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_ACCEPTANCE)
def item_detail(request: SignedInRequest, acceptance: int, item: int) -> HttpResponse:
    """Show one item with what proves it; take its self-score."""
    found = _acceptance(request, acceptance, Action.VIEW_ACCEPTANCE)
    one = get_object_or_404(
        CheckItem.objects.select_related("task", "acceptance"), pk=item, acceptance=found
    )
    scores = found.state == AcceptanceState.DRAFT and may(request.user, Action.RUN_ACCEPTANCE)
    start = {"points": one.self_points, "note": one.note, "version": one.version}
    form = ScoreForm(request.POST or None, initial=start)
    if request.method == "POST" and scores and form.is_valid():
        asked = form.cleaned_data
        return perform(
            request,
            lambda: operations.score_item(
                one,
                asked["points"],
                note=asked["note"],
                version=asked["version"],
                by=request.user,
            ),
            done="自评分已保存。",
            back=_here(found),
        )
    parts = _parts(one)
    context = {
        "acceptance": found,
        "item": one,
        "form": form if scores else None,
        "parts": parts,
        "proofs": shown_proofs(one.task.proofs, request.user) if one.task else [],
        "attachments": Attachment.objects.of_all(
            TaskPart, [part.pk for part in parts]
        ).select_related("added_by"),
        "findings": one.findings.for_list().order_by("unit__position"),
    }
    return render(request, "pilot/acceptance/item.html", context)


def _parts(item: CheckItem) -> list[TaskPart]:
    if item.task is None:
        return []
    return list(item.task.parts.for_list().order_by("unit__kind", "unit__position"))


def _findings(acceptance: Acceptance) -> list[dict[str, Any]]:
    """Return how many findings stand in each state, with the word and the list."""
    found = AcceptanceFinding.objects.filter(item__acceptance=acceptance)
    numbers = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    address = reverse("pilot:finding-list")
    return [
        {
            "state": state,
            "label": FindingState(state).label,
            "number": number,
            "url": f"{address}?acceptance={acceptance.pk}&state={state}",
        }
        for state, number in sorted(numbers.items())
    ]


def _score(acceptance: Acceptance) -> dict[str, Any]:
    """Return the self-score of what is due: points, out of, and in a hundred."""
    counted = acceptance.items.exclude(verdict=Verdict.NOT_DUE).aggregate(
        reached=Sum("self_points"), full=Sum("points")
    )
    full = counted["full"] or 0
    points = Decimal(counted["reached"] or 0).quantize(TENTH)
    return {
        "points": points,
        "full": full,
        "unit": f"/ {full} 分",
        "note": f"折合百分制 {points * 100 / full:.1f} 分" if full else "还没有到期的项目",
    }


def _acceptance(request: SignedInRequest, key: int, action: Action) -> Acceptance:
    reach = Acceptance.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("programme", "opened_by"), pk=key)


def _here(acceptance: Acceptance) -> str:
    return reverse("pilot:acceptance-detail", args=[acceptance.pk])
