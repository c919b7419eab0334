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
from common.keyset import in_order
from common.workflow import TransitionRefused
from demonstration.views.acts import incomplete, perform
from pilot.board import as_of, list_address
from pilot.evidence import shown_proofs
from pilot.forms.acceptances import FiguresForm, FindingsForm, OpenForm, ScoreForm
from pilot.indicators import BY_KEY
from pilot.models import Acceptance, AcceptanceFinding, CheckItem, TaskPart
from pilot.nouns import ACCEPTANCES
from pilot.operations import acceptances as operations
from pilot.papers import acceptance_as_word
from pilot.plan_choices import AcceptanceKind, AcceptanceState, FindingState, Verdict
from pilot.programmes import chosen_programme, programme_tabs

LIST = "pilot:acceptance-list"
TENTH = Decimal("0.1")
WORST_FIRST = [Verdict.GAP, Verdict.PARTLY, Verdict.MET, Verdict.NOT_DUE]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Action.VIEW_ACCEPTANCE)
def acceptance_list(request: SignedInRequest) -> HttpResponse:
    """List the checks of a programme, the newest first."""
    programme = chosen_programme(request)
    reach = Acceptance.objects.permitted(request.user, Action.VIEW_ACCEPTANCE)
    counted = reach.filter(programme=programme).annotate(
        gaps=Count("items", filter=Q(items__verdict__in=(Verdict.GAP, Verdict.PARTLY))),
        number=Count("items"),
    )
    context = {
        "checks": list(in_order(counted.select_related("programme"), ACCEPTANCES.order)),
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "open_form": OpenForm(programme=programme)
        if may(request.user, Action.RUN_ACCEPTANCE)
        else None,
    }
    return render(request, "pilot/acceptance/list.html", context)


@require_POST
@requires(Action.RUN_ACCEPTANCE)
def acceptance_open(request: SignedInRequest) -> HttpResponse:
    """Begin a check of the chosen programme."""
    programme = chosen_programme(request)
    form = OpenForm(request.POST, programme=programme)
    if programme is None:
        messages.error(request, "还没有设立试点，不能发起核对。")
        return redirect(LIST)
    back = f"{reverse(LIST)}?{programme.query}"
    if not form.is_valid():
        return incomplete(request, form, back=back)
    try:
        made = operations.open_acceptance(
            programme,
            AcceptanceKind(form.cleaned_data["kind"]),
            edition=form.cleaned_data["edition"],
            by=request.user,
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, "核对清单已按工作表和目标生成。请逐项看缺什么，并填写自评分。")
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
    targets = _targets(request, found)
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
        "targets": targets,
        "targets_of": f"/ {len(targets)} 项",
        "targets_met": sum(each["check"].verdict == Verdict.MET for each in targets),
        "figures_form": FiguresForm(
            programme=found.programme, initial={"edition": found.edition_id}
        ),
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
    """Check everything again as of today, the targets by the figures that were chosen."""
    found = _acceptance(request, acceptance, Action.RUN_ACCEPTANCE)
    form = FiguresForm(request.POST, programme=found.programme)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.refresh_acceptance(
            found, edition=form.cleaned_data["edition"], by=request.user
        ),
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
        CheckItem.objects.select_related("task__programme", "acceptance__programme"),
        pk=item,
        acceptance=found,
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
        "proofs": shown_proofs(one.task, request.user) if one.task else [],
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


def _targets(request: SignedInRequest, acceptance: Acceptance) -> list[dict[str, Any]]:
    """Return the targets of a check with the lists behind them, those that are not met first."""
    rows = acceptance.target_checks.order_by("position")
    found = [{"check": row, "url": _list_of(request, acceptance, row.indicator)} for row in rows]
    return sorted(found, key=lambda each: each["check"].verdict == Verdict.MET)


def _list_of(request: SignedInRequest, acceptance: Acceptance, key: str) -> str:
    """Return the list that the value of a target counts, "" beyond the person's rights."""
    if acceptance.edition is not None:
        return reverse("pilot:edition-figure", args=[acceptance.edition.number, key])
    asked = BY_KEY.get(key)
    if asked is None or not asked.may(request.user):
        return ""
    return list_address(asked, as_of(acceptance.programme, acceptance.as_of))


def _findings(acceptance: Acceptance) -> list[dict[str, Any]]:
    """Return how many findings stand in each state, with the word and the list."""
    found = AcceptanceFinding.objects.of_check(acceptance)
    numbers = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    address = reverse("pilot:finding-list")
    return [
        {
            "state": state,
            "label": FindingState(state).label,
            "number": number,
            "url": f"{address}?{acceptance.programme.query}&acceptance={acceptance.pk}"
            f"&state={state}",
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
    return get_object_or_404(reach.select_related("programme", "opened_by", "edition"), pk=key)


def _here(acceptance: Acceptance) -> str:
    return reverse("pilot:acceptance-detail", args=[acceptance.pk])
