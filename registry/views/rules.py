"""The rules: what each asks, on what basis, since when; and whom it cannot judge or leaves alone."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.htmx import wants_partial
from registry.flags.catalogue import RULES, RULES_BY_CODE
from registry.flags.rule import FlagRule
from registry.flags.tally import exempt_counts
from registry.models import Cooperative, Flag, FlagRun, RuleVersion
from registry.views.pages import cut

UNKNOWN, EXEMPT = "unknown", "exempt"


@require_safe
@requires(Action.VIEW_FLAG)
def rule_list(request: SignedInRequest) -> HttpResponse:
    """Show every rule with its basis, dated thresholds and numbers in reach."""
    run = FlagRun.objects.order_by("-pk").first()
    open_flags = Flag.objects.permitted(request.user, Action.VIEW_FLAG).open()
    hits = dict(open_flags.values_list("rule").annotate(Count("pk")).order_by())
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_FLAG)
    exempt = exempt_counts(RULES, _as_of(run), reach=reach)
    context = {
        "run": run,
        "as_of": _as_of(run),
        "rules": [
            _described(request, rule, run, hits=hits.get(rule.code, 0), exempt=exempt[rule.code])
            for rule in RULES
        ],
    }
    return render(request, "registry/flags/rules.html", context)


@require_safe
@requires(Action.VIEW_FLAG)
def rule_societies(request: SignedInRequest) -> HttpResponse:
    """List the societies in reach that a rule cannot judge, or leaves alone, and why."""
    rule = RULES_BY_CODE.get(request.GET.get("rule", RULES[0].code))
    verdict = request.GET.get("verdict", UNKNOWN)
    if rule is None or verdict not in {UNKNOWN, EXEMPT}:
        raise Http404
    as_of = _as_of(FlagRun.objects.order_by("-pk").first())
    left = {name: _in_reach(request, rule, name, as_of) for name in (UNKNOWN, EXEMPT)}
    numbers = {name: societies.count() for name, societies in left.items()}
    page = cut(request, left[verdict].select_related("township"), "pk")
    context = {
        "rule": rule,
        "verdict": verdict,
        "needs": rule.wants(),
        "number": numbers[verdict],
        "page": page,
        "reasons": _reasons(rule, page.rows, as_of) if verdict == EXEMPT else {},
        "tabs": [
            {
                "label": word,
                "url": f"?rule={rule.code}&verdict={name}",
                "active": name == verdict,
                "count": numbers[name],
            }
            for name, word in ((UNKNOWN, "资料不足（未知）"), (EXEMPT, "豁免"))
        ],
    }
    name = "_societies" if wants_partial(request) else "societies"
    return render(request, f"registry/flags/{name}.html", context)


def _described(
    request: SignedInRequest, rule: FlagRule, run: FlagRun | None, *, hits: int, exempt: int
) -> dict[str, Any]:
    as_of = _as_of(run)
    version = rule.version_on(as_of)
    versions = [
        (each, [(t, f"{each.thresholds.get(t.key, t.default):,}") for t in rule.thresholds])
        for each in RuleVersion.objects.of(rule.code)
    ]
    return {
        "rule": rule,
        "version": version,
        "versions": versions,
        "measured": rule.measured(version.limits),
        "clears_when": rule.clears_when(version.limits),
        "fields": rule.reads(),
        "hits": hits,
        "unknown": _in_reach(request, rule, UNKNOWN, as_of).count(),
        "exempt": exempt,
    }


def _as_of(run: FlagRun | None) -> Any:
    return run.as_of if run else clock.today()


def _in_reach(
    request: SignedInRequest, rule: FlagRule, verdict: str, as_of: Any
) -> QuerySet[Cooperative]:
    left = rule.unknowns(as_of) if verdict == UNKNOWN else rule.exempt(as_of)
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_FLAG)
    return reach.filter(pk__in=left.values("pk"))


def _reasons(rule: FlagRule, rows: list[Cooperative], as_of: Any) -> dict[int, str]:
    left: QuerySet[Any, Any] = rule.exempt(as_of)
    shown = left.filter(pk__in=[row.pk for row in rows])
    return dict(shown.values_list("pk", "reason"))
