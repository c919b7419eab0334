"""Suspicions: the list, one of them with its evidence, and computing them anew."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.bulk_acts import may_do
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common.htmx import wants_partial
from common.template_tags import day
from registry.choices import FlagState, RuleAuthority
from registry.flags import words
from registry.flags.catalogue import RULES, RULES_BY_CODE
from registry.flags.sources import SourceCell, sources_of
from registry.flags.steps import acts_on, case_url, steps_of
from registry.forms.flags import FlagFilter
from registry.kept_lists import FLAGS
from registry.models import Cooperative, FeedDelivery, Flag, FlagRun, RuleVersion
from registry.models.flag import FlagQuerySet
from registry.operations.flags import recompute_flags
from registry.views.pages import cut
from registry.views.verification import proof_of

PARTNERS_SHOWN = 20


@require_safe
@requires(Action.VIEW_FLAG)
@kept_as(FLAGS)
def flag_list(request: SignedInRequest) -> HttpResponse:
    """List the suspicions in reach; conditions are the address, tiles count what they lead to."""
    reach = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    form = FlagFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "tiles": _tiles(request, form.narrow(reach, but="rule")),
        "choosing": may_do(request.user, "flags-assign") or may_do(request.user, "flags-defer"),
        "run": FlagRun.objects.order_by("-pk").first(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/flags/{name}.html", context)


@require_safe
@requires(Action.VIEW_FLAG)
def flag_detail(request: SignedInRequest, flag: int) -> HttpResponse:
    """Show one suspicion: figures, cells, threshold, basis, what would clear it, history."""
    reach = Flag.objects.permitted(request.user, Action.VIEW_FLAG)
    subject = get_object_or_404(reach.for_list(), pk=flag)
    rule = RULES_BY_CODE.get(subject.rule)
    cells = sources_of(subject.cooperative, rule.fields) if rule else []
    if rule:
        cells += rule.records(subject.cooperative, subject.as_of)
    context = {
        "flag": subject,
        "society": subject.cooperative,
        "rule": rule,
        "facts": _facts(request, cells),
        "partners": _partners(request, subject),
        "events": _events(subject),
        "run": FlagRun.objects.order_by("-pk").first(),
        **_version(subject),
        **proof_of(subject),
        "steps": steps_of(subject),
        "acts": acts_on(subject, request.user),
        "case_url": case_url(subject, request.user),
    }
    return render(request, "registry/flags/detail.html", context)


@require_POST
@requires(Action.RECOMPUTE_FLAGS)
def flag_recompute(request: SignedInRequest) -> HttpResponse:
    """Compute all rules for today and say what has changed."""
    run = recompute_flags(by=request.user)
    told = "新增 {opened} 条，更新 {refreshed} 条，解除 {cleared} 条".format(**run.changes)
    messages.success(request, f"已按{day(run.as_of)}重新计算：{told}。")
    return redirect("registry:flag-list")


def _tiles(request: SignedInRequest, flags: FlagQuerySet) -> list[dict[str, Any]]:
    numbers = dict(flags.values_list("rule").annotate(Count("pk")).order_by())
    kept = {
        key: value
        for key, value in request.GET.items()
        if isinstance(value, str) and value and key not in {"rule", "before", "after"}
    }
    return [
        {
            "code": rule.code,
            "title": rule.title,
            "number": numbers.get(rule.code, 0),
            "url": f"?{urlencode({**kept, 'rule': rule.code})}",
            "active": request.GET.get("rule") == rule.code,
        }
        for rule in RULES
    ]


def _version(flag: Flag) -> dict[str, Any]:
    """Return the version that the suspicion was computed with, and the rule's words for it."""
    rule = RULES_BY_CODE.get(flag.rule)
    if rule is None:
        return {}
    kept = RuleVersion.objects.filter(rule=flag.rule, number=flag.rule_version).first()
    version = rule.version_on(kept.effective_from if kept else flag.as_of)
    return {
        "version": version,
        "measured": rule.measured(version.limits),
        "clears_when": rule.clears_when(version.limits),
        "authority": RuleAuthority(version.authority).label,
        "thresholds": [(each, f"{version.limits[each.key]:,}") for each in rule.thresholds],
    }


def _facts(request: SignedInRequest, cells: list[SourceCell]) -> list[dict[str, Any]]:
    deliveries = {cell.row.delivery_id for cell in cells if cell.row}
    reach = FeedDelivery.objects.permitted(request.user, Action.VIEW_DELIVERY)
    may_open = set(reach.filter(pk__in=deliveries).values_list("pk", flat=True))
    return [
        {"cell": cell, "linked": bool(cell.row and cell.row.delivery_id in may_open)}
        for cell in cells
    ]


def _partners(request: SignedInRequest, flag: Flag) -> list[dict[str, Any]]:
    """Return who shares what; those out of the reader's reach are counted, not named."""
    rule = RULES_BY_CODE.get(flag.rule)
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_FLAG)
    groups = []
    for shared, others in rule.partners(flag.cooperative) if rule else ():
        number = others.count()
        seen = reach.filter(pk__in=others.values("pk"))
        if number:
            shown = list(seen.select_related("township").order_by("name", "pk")[:PARTNERS_SHOWN])
            hidden = number - seen.count()
            more = number - hidden - len(shown)
            groups.append({"shared": shared, "shown": shown, "hidden": hidden, "more": more})
    return groups


def _events(flag: Flag) -> list[dict[str, Any]]:
    """Return when this rule suspected this society and when it stopped, newest first."""
    events = []
    same = Flag.objects.filter(cooperative=flag.cooperative_id, rule=flag.rule).select_related(
        "assigned_to", "decided_by"
    )
    for each in same.order_by("-pk"):
        if each.cleared_at:
            told = {"what": "解除", "reason": each.cleared_by, "when": day(each.cleared_at)}
            events.append(told)
        if each.decided_at:
            decided = each.state in {FlagState.CONFIRMED, FlagState.DISMISSED}
            events.append(
                {
                    "what": f"核实{each.get_state_display()}" if decided else "作出过核实结论",
                    "who": str(each.decided_by),
                    "when": day(each.decided_at),
                    "reason": each.conclusion,
                }
            )
        if each.assigned_at:
            events.append({"what": f"交{each.assigned_to}核实", "when": day(each.assigned_at)})
        said = "".join(words.reasons_of(each))
        first = each.computed_at == each.opened_at
        if not first and not each.cleared_at:
            events.append({"what": "依据更新", "when": day(each.computed_at), "reason": said})
        events.append({"what": "列为疑似", "when": day(each.opened_at), "reason": said * first})
    return events
