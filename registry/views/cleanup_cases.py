"""Clean-up cases: the list, the way-out helper that opens one, the page of one."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import LEADING_UNIT
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment, OrganisationUnit
from accounts.operations.attachments import may_change
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.choices import FlagState
from registry.cleanup.bars import barred_route, is_willing, open_listings, unwilling, warned_route
from registry.cleanup.choices import (
    FINISHED_STEPS,
    CaseFile,
    CaseState,
    Route,
)
from registry.cleanup.sheet import case_buttons, events_of, helps_of, steps_of
from registry.forms.cleanup import (
    CaseForm,
    ConditionsForm,
    RouteForm,
    TaskForm,
    WillingnessForm,
)
from registry.forms.cleanup_filter import OVERDUE, CaseFilter
from registry.forms.relations import FarmForm, HelpForm
from registry.kept_lists import CLEANUP
from registry.models import CleanupCase, Cooperative, Flag, StepTemplate
from registry.models.cleanup_case import CaseQuerySet
from registry.models.flag import FlagQuerySet
from registry.operations.cleanup_cases import USUAL_DAYS, Charge, open_case
from registry.views.pages import cut


@require_safe
@requires(Action.VIEW_CLEANUP)
@kept_as(CLEANUP)
def cleanup_list(request: SignedInRequest) -> HttpResponse:
    """List the cases in reach; tiles count what they lead to."""
    reach = CleanupCase.objects.permitted(request.user, Action.VIEW_CLEANUP)
    form = CaseFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.for_list(), "pk", descending=True),
        "tiles": _tiles(request, form.narrow(reach, but="state")),
        "query": _kept(request),
        "is_empty": not form.chosen and not reach.exists(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/cleanup/{name}.html", context)


def _kept(request: SignedInRequest) -> str:
    leave = {"before", "after"}
    return urlencode({k: str(v) for k, v in request.GET.items() if v and k not in leave})


def _tiles(request: SignedInRequest, cases: CaseQuerySet) -> list[dict[str, Any]]:
    numbers = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    shown = [
        ("", "在办", cases.open().count()),
        (OVERDUE, "其中逾期", cases.overdue().count()),
        *((each.value, each.label, numbers.get(each.value, 0)) for each in _STATES),
        (CaseState.CLEARED.value, CaseState.CLEARED.label, cases.cleared().count()),
    ]
    kept = {
        key: str(value)
        for key, value in request.GET.items()
        if value and key not in {"state", "before", "after"}
    }
    current = request.GET.get("state", "")
    return [
        {
            "label": label,
            "number": number,
            "url": f"?{urlencode({**kept, 'state': value})}",
            "active": value == current,
        }
        for value, label, number in shown
    ]


_STATES = (CaseState.OPENED, CaseState.UNDER_WAY, CaseState.AWAITING, CaseState.SETTLED)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.OPEN_CLEANUP)
def cleanup_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show which ways out are open to a society and what bars each; open a case on one."""
    reach = Cooperative.objects.permitted(request.user, Action.OPEN_CLEANUP)
    society = reach.filter(uscc=uscc).first() or reach.filter(registration_no=uscc).first()
    if society is None:
        raise Http404
    form = CaseForm(request.POST or None, society, initial=_usual(request, society))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        flag = _verified(request, society).filter(pk=asked["flag"]).first()
        try:
            case = open_case(
                society,
                route=asked["route"],
                because=asked["because"],
                by=request.user,
                charge=Charge(asked["owner"], asked["department"], asked["due_on"]),
                flag=flag,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已立案 {case.number}。")
            return redirect("registry:cleanup-detail", case.pk)
    context = {
        "society": society,
        "form": form,
        "listings": open_listings(society),
        "ways": _ways(society),
        "standing": CleanupCase.objects.open().filter(cooperative=society).first(),
    }
    code = 422 if form.errors else 200
    return render(request, "registry/cleanup/create.html", context, status=code)


def _usual(request: SignedInRequest, society: Cooperative) -> dict[str, Any]:
    """Return what the form begins with: the usual charge, and the suspicion it comes from."""
    asked = request.GET.get("flag", "")
    flags = _verified(request, society)
    flag = flags.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    return {
        "owner": request.user,
        "department": OrganisationUnit.objects.filter(code=LEADING_UNIT).first(),
        "due_on": clock.today() + dt.timedelta(days=USUAL_DAYS),
        "flag": flag.pk if flag else None,
        "because": f"疑似问题 {flag.rule} 已核实。" if flag else "",
    }


def _verified(request: SignedInRequest, society: Cooperative) -> FlagQuerySet:
    """Return the suspicions of a society that were found to be true: a case may come from them."""
    reach = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    return reach.filter(cooperative=society, state=FlagState.CONFIRMED)


def _ways(society: Cooperative) -> list[dict[str, Any]]:
    """Return every route with its steps as required today, what bars it and what comes first."""
    steps: dict[str, list[StepTemplate]] = {}
    required = StepTemplate.objects.in_force(clock.today()).select_related("department")
    for step in required.order_by("route", "position"):
        steps.setdefault(step.route, []).append(step)
    listed = bool(open_listings(society))
    return [
        {
            "route": route,
            "barred": barred_route(route, society),
            "first": warned_route(route, society),
            "steps": [each for each in steps.get(route, []) if listed or not each.only_when],
        }
        for route in Route
    ]


@require_safe
@requires(Action.VIEW_CLEANUP)
def cleanup_detail(request: SignedInRequest, case: int) -> HttpResponse:
    """Show one case: what is next, what bars it, who answers, what was done."""
    return show_case(request, case)


def show_case(
    request: SignedInRequest, pk: int, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """Render the page of a case; `bound` replaces its forms by those that were refused."""
    reach = CleanupCase.objects.permitted(request.user, Action.VIEW_CLEANUP).for_list()
    case = get_object_or_404(reach, pk=pk)
    user = request.user
    works = may(user, Action.WORK_CLEANUP)
    steps = steps_of(case, user)
    context = {
        "case": case,
        "society": case.cooperative,
        "inside": not user.acts_for_societies,
        "willing": is_willing(case),
        "unwilling": unwilling(case) if case.is_open else "",
        "steps": steps,
        "finished": sum(1 for each in steps if each.step.state in FINISHED_STEPS),
        "buttons": case_buttons(case, user),
        "tasks": case.tasks.order_by("due_on", "pk"),
        "papers": Attachment.objects.of(case)
        .for_purpose(CaseFile.WILLINGNESS)
        .select_related("added_by"),
        "may_remove": may_change(case, user),
        "relation": case.relations.select_related("subject__township", "cooperative").first(),
        "helps": helps_of(case),
        "willingness_form": WillingnessForm(
            None, initial={"signed_on": clock.today(), "version": case.version}
        ),
        "conditions_form": ConditionsForm(None, case),
        "task_form": TaskForm(None),
        "farm_form": FarmForm(None, initial={"since": clock.today()}),
        "help_form": HelpForm(None, initial={"given_on": clock.today()}),
        "route_form": RouteForm(None, initial={"version": case.version}),
        "works": works and case.is_open,
        "events": events_of(case) if not user.acts_for_societies else [],
        **bound,
    }
    return render(request, "registry/cleanup/detail.html", context, status=status)
