"""Rule rehearsals: trying thresholds out, seeing whom they touch, releasing them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.flag_choices import RehearsalSide, RehearsalState
from registry.flags.catalogue import RULES_BY_CODE, codes_pointing_to
from registry.flags.concerns import concerns_of
from registry.flags.rule import FlagRule
from registry.forms.rehearsals import ReasonForm, RehearsalForm, SideFilter, adjustable
from registry.models import Cooperative, Flag, Rehearsal
from registry.operations.rehearsal_runs import STEPS, step_in_words
from registry.operations.rehearsals import (
    change_rehearsal,
    move_rehearsal,
    rehearse_rule,
    release_rule,
)
from registry.tasks import wake_rehearsal
from registry.views.pages import cut

STALE = "没有提交：这次试算刚被其他人处理过，请看最新内容。"
NOWHERE = "none"


@require_safe
@requires(Action.REHEARSE_RULE)
def rehearsal_list(request: SignedInRequest) -> HttpResponse:
    """List the rehearsals, the newest first, and the rules that can be tried."""
    reach = Rehearsal.objects.permitted(request.user, Action.REHEARSE_RULE)
    page = cut(request, reach.select_related("drafted_by", "released_by"), "pk", descending=True)
    context = {
        "page": page,
        "number": reach.count(),
        "rules": adjustable(),
        "catalogue": RULES_BY_CODE,
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/rehearsals/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.REHEARSE_RULE)
def rehearsal_create(request: SignedInRequest) -> HttpResponse:
    """Try a rule out."""
    rule = _adjustable(request.GET.get("rule", adjustable()[0].code))
    form = RehearsalForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            made = rehearse_rule(rule.code, **form.asked(), by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown(made)
    return _form(request, rule, form, choosing=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.REHEARSE_RULE)
def rehearsal_edit(request: SignedInRequest, rehearsal: int) -> HttpResponse:
    """Try the same draft with something else."""
    subject = _rehearsal(request, rehearsal, Action.REHEARSE_RULE)
    rule = _adjustable(subject.rule)
    form = RehearsalForm(request.POST or None, rule=rule, rehearsal=subject)
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_rehearsal(subject, **form.asked(), by=request.user, version=version)
        except EditConflict:
            form.add_error(None, STALE)
            status = 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown(subject)
    return _form(request, rule, form, status)


def _shown(rehearsal: Rehearsal) -> HttpResponse:
    """Wake a worker where the register is too large to be computed at once; go to the result."""
    if rehearsal.is_computing:
        wake_rehearsal(rehearsal.pk)
    return redirect("registry:rehearsal-detail", rehearsal.pk)


@require_safe
@requires(Action.REHEARSE_RULE)
def rehearsal_detail(request: SignedInRequest, rehearsal: int) -> HttpResponse:
    """Show whom the thresholds would list anew or no longer, per township and label."""
    subject = _rehearsal(request, rehearsal, Action.REHEARSE_RULE)
    rule = _adjustable(subject.rule)
    asked = SideFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    side = asked.cleaned_data["side"] or RehearsalSide.NEW
    found = subject.findings.filter(side=side)
    if township := asked.cleaned_data["township"]:
        found = (
            found.filter(cooperative__township__isnull=True)
            if township == NOWHERE
            else found.filter(cooperative__township__code=township)
        )
    page = cut(request, found.select_related("cooperative__township"), "pk")
    new = Cooperative.objects.filter(
        pk__in=subject.findings.filter(side=RehearsalSide.NEW).values("cooperative")
    )
    context: dict[str, Any] = {
        "rehearsal": subject,
        "rule": rule,
        "side": RehearsalSide(side),
        "page": page,
        "number": found.count(),
        "lines": [(each, _said(rule, each.evidence)) for each in page.rows],
        "tabs": _tabs(subject, side),
        "townships": _townships(subject),
        "labels": _labels(subject, rule),
        "concerns": concerns_of(new),
        "measured": (rule.measured(subject.compared), rule.measured(subject.thresholds)),
        "thresholds": [
            (each, subject.compared.get(each.key), subject.thresholds.get(each.key))
            for each in rule.thresholds
        ],
        "own": subject.drafted_by_id == request.user.pk,
        **_under_way(subject),
    }
    name = "_findings" if wants_partial(request) else "detail"
    return render(request, f"registry/rehearsals/{name}.html", context)


@require_safe
@requires(Action.REHEARSE_RULE)
def rehearsal_progress(request: SignedInRequest, rehearsal: int) -> HttpResponse:
    """Say how far a worker is; once it is done, let the page be fetched anew."""
    subject = _rehearsal(request, rehearsal, Action.REHEARSE_RULE)
    if not subject.is_computing:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "registry/rehearsals/_progress.html", _under_way(subject))


def _under_way(subject: Rehearsal) -> dict[str, Any]:
    return {"rehearsal": subject, "doing": step_in_words(subject), "steps": len(STEPS)}


@require_POST
@requires(Action.REHEARSE_RULE)
def rehearsal_move(request: SignedInRequest, rehearsal: int) -> HttpResponse:
    """Hand a rehearsal in for release, or give it up."""
    subject = _rehearsal(request, rehearsal, Action.REHEARSE_RULE)
    target = request.POST.get("target")
    if target not in {RehearsalState.PROPOSED, RehearsalState.DROPPED}:
        messages.error(request, "请重新选择要做的一步。")
        return redirect("registry:rehearsal-detail", subject.pk)
    return _moved(request, subject, RehearsalState(target))


@require_POST
@requires(Action.RELEASE_RULE)
def rehearsal_decide(request: SignedInRequest, rehearsal: int) -> HttpResponse:
    """Release the thresholds as a second person, or send the rehearsal back."""
    subject = _rehearsal(request, rehearsal, Action.RELEASE_RULE)
    if request.POST.get("target") == RehearsalState.DRAFT:
        return _moved(request, subject, RehearsalState.DRAFT)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, STALE)
        return redirect("registry:rehearsal-detail", subject.pk)
    try:
        made = release_rule(
            subject,
            form.cleaned_data["reason"],
            by=request.user,
            version=form.cleaned_data["version"],
        )
    except EditConflict:
        messages.warning(request, STALE)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{made.rule}第{made.number}版已发布，自{day(made.effective_from)}起启用。"
        )
    return redirect("registry:rehearsal-detail", subject.pk)


def _moved(request: SignedInRequest, subject: Rehearsal, target: RehearsalState) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, STALE)
        return redirect("registry:rehearsal-detail", subject.pk)
    asked = form.cleaned_data
    try:
        move_rehearsal(
            subject, target, by=request.user, version=asked["version"], reason=asked["reason"]
        )
    except EditConflict:
        messages.warning(request, STALE)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"试算现为“{subject.get_state_display()}”。")
    return redirect("registry:rehearsal-detail", subject.pk)


def _rehearsal(request: SignedInRequest, pk: int, action: Action) -> Rehearsal:
    reach = Rehearsal.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("drafted_by", "released_by"), pk=pk)


def _adjustable(code: str) -> FlagRule:
    rule = RULES_BY_CODE.get(code)
    if rule is None or not rule.thresholds:
        raise Http404
    return rule


def _form(
    request: SignedInRequest,
    rule: FlagRule,
    form: RehearsalForm,
    status: int = 200,
    *,
    choosing: bool = False,
) -> HttpResponse:
    if status == 200 and form.errors:
        status = 422
    context = {
        "rule": rule,
        "form": form,
        "choosing": choosing,
        "others": [(each.code, each.title, each.code == rule.code) for each in adjustable()],
    }
    return render(request, "registry/rehearsals/form.html", context, status=status)


def _said(rule: FlagRule, evidence: dict[str, Any]) -> str:
    return "".join(rule.explain(evidence)[:1])


def _tabs(rehearsal: Rehearsal, side: str) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "url": f"?{urlencode({'side': each.value})}",
            "active": each == side,
            "count": rehearsal.counts.get(each.value, 0),
        }
        for each in RehearsalSide
    ]


def _townships(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """Return how many of each side stand in each township, most new ones first."""
    counted = (
        rehearsal.findings.order_by()
        .values_list("cooperative__township__code", "cooperative__township__short_name", "side")
        .annotate(Count("pk"))
    )
    found: dict[str, dict[str, Any]] = {}
    for code, name, side, number in counted:
        line = found.setdefault(
            code or NOWHERE, {"code": code or NOWHERE, "name": name or "待判定"}
        )
        line[side] = number
    sides = [side.value for side in RehearsalSide]
    lines = [{**dict.fromkeys(sides, 0), **line} for line in found.values()]
    return sorted(lines, key=lambda line: (-line["new"], -line["gone"], line["code"]))


def _labels(rehearsal: Rehearsal, rule: FlagRule) -> list[dict[str, Any]]:
    """Return what changes for each label: who would carry it for the first time, or lose it."""
    lines = []
    for label in rule.points_to:
        others = [code for code in codes_pointing_to(label) if code != rule.code]
        carried = Flag.objects.open().filter(cooperative=OuterRef("cooperative"), rule__in=others)
        alone = rehearsal.findings.filter(~Exists(carried)).order_by()
        counted = dict(alone.values_list("side").annotate(Count("pk")))
        lines.append(
            {
                "label": label.label,
                "first": counted.get(RehearsalSide.NEW, 0),
                "lost": counted.get(RehearsalSide.GONE, 0),
            }
        )
    return lines
