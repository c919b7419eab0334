"""Where sources contradict each other: the list, one of them, who looks into it, what was concluded."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import deeds
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import AuditEvent, OrganisationUnit
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.forms.contradictions import (
    NOWHERE,
    AssignmentForm,
    ContradictionFilter,
    SettlementForm,
)
from registry.kept_lists import CONTRADICTIONS
from registry.models import Contradiction
from registry.operations.contradictions import (
    assign_contradiction,
    reopen_contradiction,
    settle_contradiction,
)
from registry.provenance import Provenance
from registry.side_choices import ContradictionKind, ContradictionState
from registry.sides.board import board_of
from registry.sides.kinds import KINDS_BY_CODE
from registry.sides.words import said
from registry.sides.worth import RULE, most_worth_checking
from registry.views.pages import cut

MOVED_ON = "这一条刚被其他人处理过，请看过现在的内容再操作。"


@require_safe
@requires(Action.VIEW_CONTRADICTION)
@kept_as(CONTRADICTIONS)
def contradiction_list(request: SignedInRequest) -> HttpResponse:
    """List the contradictions in reach; conditions are the address, tiles count what they lead to."""
    reach = Contradiction.objects.permitted(request.user, Action.VIEW_CONTRADICTION)
    form = ContradictionFilter(request.GET, user=request.user, today=clock.today())
    found = form.narrow(reach)
    page = cut(request, found.for_list(), "pk", descending=True)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": page,
        "cases": [(row, said(row.evidence)) for row in page.rows],
        "number": found.count(),
        "tiles": _tiles(request, form.narrow(reach, but="kind")),
        "townships": _townships(request, form.narrow(reach, but="township")),
        "today": clock.today(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/contradictions/{name}.html", context)


@require_safe
@requires(Action.VIEW_CONTRADICTION)
def contradiction_detail(request: SignedInRequest, contradiction: int) -> HttpResponse:
    """Show one contradiction: who says what, all sources of the society, what was done."""
    return _page(request, _found(request, contradiction, Action.VIEW_CONTRADICTION))


@require_POST
@requires(Action.ASSIGN_CONTRADICTION)
def contradiction_assign(request: SignedInRequest, contradiction: int) -> HttpResponse:
    """Give a contradiction to somebody, with a day."""
    subject = _found(request, contradiction, Action.ASSIGN_CONTRADICTION)
    form = AssignmentForm(request.POST, subject)
    if not form.is_valid():
        return _page(request, subject, form=form, status=422)
    asked = form.cleaned_data
    try:
        given = assign_contradiction(
            subject, asked["person"], asked["due_on"], by=request.user, version=asked["version"]
        )
    except EditConflict:
        form.add_error(None, MOVED_ON)
        return _page(request, subject, form=form, status=409)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, subject, form=form, status=422)
    messages.success(request, f"已交{given.assignee}核实，期限{day(given.due_on)}。")
    return redirect("registry:contradiction-detail", contradiction=given.pk)


@require_POST
@requires(Action.SETTLE_CONTRADICTION)
def contradiction_decide(request: SignedInRequest, contradiction: int) -> HttpResponse:
    """Conclude, or take a conclusion back."""
    subject = _found(request, contradiction, Action.SETTLE_CONTRADICTION)
    form = SettlementForm(request.POST)
    here = redirect("registry:contradiction-detail", contradiction=subject.pk)
    if not form.is_valid():
        messages.error(request, "没有保存：请重新打开这一页再操作。")
        return here
    asked = form.cleaned_data
    if asked["version"] != subject.version:
        messages.warning(request, MOVED_ON)
        return here
    settles = asked["target"] == ContradictionState.SETTLED
    decide = settle_contradiction if settles else reopen_contradiction
    try:
        decide(subject, reason=asked["reason"], by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        told = "已作结论。来源再有变化时会重新列出。" if settles else "已放回待核实。"
        messages.success(request, told)
    return here


@require_safe
@requires(Action.VIEW_CONTRADICTION)
def worth_checking(request: SignedInRequest) -> HttpResponse:
    """Show the twenty societies of a township (or of all in reach) that a look is worth most."""
    units = []
    if reach_of(request.user, Action.VIEW_CONTRADICTION) == Reach.DISTRICT:
        units = list(OrganisationUnit.objects.reporting())
    asked = request.GET.get("township", "")
    chosen = next((unit for unit in units if unit.code == asked), None)
    context = {
        "worth": most_worth_checking(request.user, chosen.code if chosen else ""),
        "units": units,
        "chosen": chosen,
        "rule": RULE,
    }
    return render(request, "registry/contradictions/worth.html", context)


def _found(request: SignedInRequest, key: int, action: Action) -> Contradiction:
    reach = Contradiction.objects.permitted(request.user, action)
    found: Contradiction = get_object_or_404(reach.for_list().select_related("closed_by"), pk=key)
    return found


def _page(
    request: SignedInRequest,
    subject: Contradiction,
    *,
    form: AssignmentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    society = subject.cooperative
    can_assign = may(request.user, Action.ASSIGN_CONTRADICTION)
    is_open = subject.state == ContradictionState.OPEN
    kind = KINDS_BY_CODE.get(ContradictionKind(subject.kind))
    context = {
        "contradiction": subject,
        "society": society,
        "said": said(subject.evidence),
        "hint": kind.hint if kind else "",
        "board": board_of(society, Provenance(society)),
        "can_open": may(request.user, Action.VIEW_DELIVERY),
        "form": form or (AssignmentForm(None, subject) if can_assign and is_open else None),
        "events": _events(AuditEvent.objects.about(subject)[:50]),
    }
    return render(request, "registry/contradictions/detail.html", context, status=status)


def _events(acts: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    events = []
    for act in acts:
        what = deeds.deed(act.action)
        if person := act.detail.get("person"):
            what = f"{what}：{person}"
        events.append(
            {"when": day(act.at), "what": what, "who": act.actor_name, "reason": act.reason}
        )
    return events


def _tiles(request: SignedInRequest, rows: Any) -> list[dict[str, Any]]:
    numbers = dict(rows.values_list("kind").annotate(Count("pk")).order_by())
    return [
        {
            "title": kind.label,
            "number": numbers[kind.value],
            "url": _address(request, "kind", kind.value),
            "active": request.GET.get("kind") == kind.value,
        }
        for kind in ContradictionKind
        if kind.value in numbers
    ]


def _townships(request: SignedInRequest, rows: Any) -> list[dict[str, Any]]:
    if reach_of(request.user, Action.VIEW_CONTRADICTION) != Reach.DISTRICT:
        return []
    counted = rows.values_list("cooperative__township__code").annotate(Count("pk")).order_by()
    numbers = {code or NOWHERE: number for code, number in counted}
    names = [*OrganisationUnit.objects.reporting().values_list("code", "short_name")]
    return [
        {
            "title": name,
            "number": numbers[code],
            "url": _address(request, "township", code),
            "active": request.GET.get("township") == code,
        }
        for code, name in [*names, (NOWHERE, "待判定")]
        if code in numbers
    ]


def _address(request: SignedInRequest, name: str, value: str) -> str:
    kept = {
        key: said
        for key, said in request.GET.items()
        if isinstance(said, str) and said and key not in {name, "before", "after"}
    }
    return f"?{urlencode({**kept, name: value})}"
