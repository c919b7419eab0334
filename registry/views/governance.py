"""The three governance facts of a year: rates, lists, and verifying one."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import GovernanceKind
from registry.models import GovernanceFact
from registry.operations.governance import verify_fact
from registry.reporting.owed import current_year, open_years
from registry.views.pages import cut

HOLDS = Q(verified=True) | Q(verified__isnull=True, declared=True)
FAILS = Q(verified=False) | Q(verified__isnull=True, declared=False)
STANDINGS = {
    "": "全部适用的",
    "holds": "做到的",
    "fails": "没有做到的",
    "unknown": "没有说明的",
    "declared": "自报做到、尚未核实",
    "verified": "经人核实的",
}
BASES = {
    GovernanceKind.ACCOUNTS: "每个成员一个账户，三项齐全（农民专业合作社法第四十三条）",
    GovernanceKind.DISCLOSURE: "全年至少公开一次（农民专业合作社法第四十条）",
    GovernanceKind.DISTRIBUTION: "有可分配盈余的，按交易量（额）返还不低于 60%（农民专业合作社法第四十四条）",
}


@require_safe
@requires(Action.VIEW_REPORT)
def governance(request: SignedInRequest) -> HttpResponse:
    """Show the three rates of a year and the list behind each; count and list are one query."""
    year = _year(request)
    kind = request.GET.get("kind", GovernanceKind.ACCOUNTS.value)
    kind = kind if kind in GovernanceKind.values else GovernanceKind.ACCOUNTS.value
    standing = request.GET.get("standing", "")
    facts = _facts(request, year)
    rows = _narrowed(facts.filter(kind=kind, applies=True), standing)
    context = {
        "year": year,
        "years": open_years(),
        "kind": kind,
        "standing": standing,
        "standings": STANDINGS.items(),
        "tiles": [_tile(facts, year, GovernanceKind(each)) for each in GovernanceKind.values],
        "basis": BASES[GovernanceKind(kind)],
        "number": rows.count(),
        "page": cut(request, rows.select_related("cooperative__township", "verified_by"), "pk"),
        "spared": facts.filter(kind=kind, applies=False).count(),
        "can_verify": may(request.user, Action.VERIFY_GOVERNANCE),
        "conditions": f"year={year}&kind={kind}&applies=true",
        "back": request.get_full_path(),
    }
    return render(request, "registry/reports/governance.html", context)


@require_POST
@requires(Action.VERIFY_GOVERNANCE)
def governance_verify(request: SignedInRequest, fact: int) -> HttpResponse:
    """Record what somebody saw."""
    reach = GovernanceFact.objects.permitted(request.user, Action.VERIFY_GOVERNANCE)
    found = get_object_or_404(reach.select_related("cooperative"), pk=fact)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    holds = request.POST.get("holds", "")
    try:
        if holds not in {"yes", "no"}:
            raise TransitionRefused("请选择属实还是不属实。")
        verify_fact(
            found,
            holds=holds == "yes",
            note=request.POST.get("note", ""),
            version=version,
            by=request.user,
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    except EditConflict:
        messages.warning(request, "这一条刚被其他人核实过，请看最新结果。")
    else:
        messages.success(request, "核实结果已记录，以核实的为准。")
    query: dict[str, str | int] = {"year": found.year, "kind": found.kind}
    return redirect(f"{reverse('reports:governance')}?{urlencode(query)}")


def _facts(request: SignedInRequest, year: int) -> QuerySet[GovernanceFact]:
    reach = GovernanceFact.objects.permitted(request.user, Action.VIEW_REPORT)
    return reach.filter(year=year)


def _narrowed(rows: QuerySet[GovernanceFact], standing: str) -> QuerySet[GovernanceFact]:
    conditions = {
        "holds": HOLDS,
        "fails": FAILS,
        "unknown": Q(verified__isnull=True, declared__isnull=True),
        "declared": Q(verified__isnull=True, declared=True),
        "verified": Q(verified__isnull=False),
    }
    return rows.filter(conditions[standing]) if standing in conditions else rows


def _tile(facts: QuerySet[GovernanceFact], year: int, kind: GovernanceKind) -> dict[str, Any]:
    rows = facts.filter(kind=kind, applies=True)
    total, holding = rows.count(), rows.filter(HOLDS).count()
    verified = rows.filter(verified__isnull=False).count()
    chosen: dict[str, str | int] = {"year": year, "kind": kind.value, "standing": "holds"}
    query = urlencode(chosen)
    share = f"占适用 {total} 家的 {holding * 100 / total:.1f}%" if total else "还没有审核通过的报告"
    return {
        "label": kind.label,
        "value": holding,
        "unit": "家",
        "note": f"{share}，经核实 {verified} 家",
        "url": f"?{query}",
    }


def _year(request: SignedInRequest) -> int:
    asked = request.GET.get("year", "")
    known = open_years()
    if asked.isascii() and asked.isdigit() and int(asked) in known:
        return int(asked)
    return current_year()
