"""Self-check of one society, and the list of those that are nearly eligible."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial
from demonstration.choices import Honour, ItemKind, Level, PlanState, Verdict
from demonstration.eligibility import Finding, check_one
from demonstration.forms.standings import StandingFilter
from demonstration.kept_lists import STANDINGS
from demonstration.models import CriteriaSet, CultivationPlan, Standing
from demonstration.models.standing import NEARLY
from demonstration.operations.standings import recompute_standings
from demonstration.views.acts import perform
from registry.models import Cooperative
from registry.views.pages import cut_by


@require_safe
@requires(Action.VIEW_SELF_CHECK)
def self_check(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Hold one society against the criteria of a level, item by item."""
    society = society_of(request, uscc, Action.VIEW_SELF_CHECK)
    sets = {
        found.level: found
        for found in CriteriaSet.objects.in_force(clock.today())
        .filter(honour=Honour.DEMONSTRATION)
        .order_by("number")
    }
    level = request.GET.get("level") or Level.DISTRICT.value
    criteria = sets.get(level)
    findings = check_one(society, criteria) if criteria else []
    context = {
        "society": society,
        "criteria": criteria,
        "sections": by_section(findings),
        "summary": _summary(findings),
        "tabs": [
            {
                "label": each.label,
                "url": f"?level={each.value}",
                "active": each.value == level,
                "count": None,
            }
            for each in reversed(Level)
            if each.value in sets
        ],
        "level": Level(level).label if level in Level.values else "",
        "plan": CultivationPlan.objects.permitted(request.user, Action.VIEW_PLAN)
        .filter(cooperative=society, state=PlanState.ACTIVE)
        .first(),
    }
    return render(request, "demonstration/eligibility/check.html", context)


@require_safe
@requires(Action.VIEW_STANDING)
@kept_as(STANDINGS)
def nearly_list(request: SignedInRequest) -> HttpResponse:
    """List the societies that miss at most two conditions of a level, closest first."""
    reach = Standing.objects.permitted(request.user, Action.VIEW_STANDING)
    form = StandingFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    planned = CultivationPlan.objects.active().values_list("cooperative", "pk")
    page = cut_by(request, found.for_list(), STANDINGS.order)
    keys = [row.cooperative_id for row in page.rows]
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": page,
        "number": found.count(),
        "plans": dict(planned.filter(cooperative__in=keys)),
        "nearly": NEARLY,
        "computed_at": reach.values_list("computed_at", flat=True).first(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/eligibility/{name}.html", context)


@require_POST
@requires(Action.RUN_ROUND)
def standings_compute(request: SignedInRequest) -> HttpResponse:
    """Check the whole register anew."""
    return perform(
        request,
        lambda: recompute_standings(by=request.user),
        done="已对照现行标准重新计算全部合作社的差距。",
        back=reverse("demonstration:nearly-list"),
    )


@require_safe
@requires(Action.APPLY_TITLE)
def own_check(request: SignedInRequest) -> HttpResponse:
    """Lead a society's person to the self-check of the society they speak for."""
    served = Cooperative.objects.permitted(request.user, Action.VIEW_SELF_CHECK).order_by("pk")
    society = served.first()
    if society is None:
        return render(request, "demonstration/eligibility/no_society.html")
    return redirect("demonstration:self-check", society.code)


def society_of(request: SignedInRequest, uscc: str, action: Action) -> Cooperative:
    """Return the society of an address, by code or old number, within reach."""
    if not may(request.user, action):
        raise Http404
    reach = Cooperative.objects.permitted(request.user, action).select_related("township")
    society = reach.filter(uscc=uscc).first() or reach.filter(registration_no=uscc).first()
    if society is None:
        raise Http404
    return society


def by_section(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Group findings by section, in the order of the criteria."""
    sections: dict[str, list[Finding]] = {}
    for finding in findings:
        sections.setdefault(finding.section, []).append(finding)
    return list(sections.items())


def _summary(findings: list[Finding]) -> dict[str, Any]:
    conditions = [f.verdict for f in findings if f.kind != ItemKind.VETO]
    vetoes = [f for f in findings if f.kind == ItemKind.VETO and f.verdict == Verdict.NOT_MET]
    return {
        "met": conditions.count(Verdict.MET),
        "not_met": conditions.count(Verdict.NOT_MET),
        "unknown": conditions.count(Verdict.UNKNOWN),
        "vetoes": vetoes,
    }
