"""Pairs of societies that may be one: the queue side by side, the decision, and taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.choices import PairState
from registry.forms.pairs import PairDecisionForm, ProposalForm
from registry.models import Cooperative, CooperativeMerge, MatchPair
from registry.nouns.sides import PAIRS
from registry.operations.matching import (
    merge_pair,
    part_pair,
    propose_pair,
    reopen_pair,
    undo_merge,
)
from registry.views.pages import cut_by
from registry.wording import label_of, value_in_words
from registry.workflows import PAIR

PAGE_SIZE = 10
COMPARED = (
    "name",
    "uscc",
    "registration_no",
    "status",
    "legal_representative",
    "total_contribution",
    "member_count",
    "established_on",
    "approved_on",
    "township",
    "domicile",
    "business_scope",
    "contact_phone",
)
MOVED_ON = "这一对刚被其他人处理过，或其中一家的资料刚有改动，请看过现在的内容再判定。"


@require_safe
@requires(Action.MERGE_COOPERATIVE)
def pair_list(request: SignedInRequest) -> HttpResponse:
    """Show the pairs of one state, the likeliest first."""
    reach = MatchPair.objects.permitted(request.user, Action.MERGE_COOPERATIVE)
    asked = request.GET.get("state", "")
    state = PairState(asked) if asked in PairState.values else PairState.WAITING
    page = cut_by(request, reach.filter(state=state).for_list(), PAIRS.order, size=PAGE_SIZE)
    numbers = dict(reach.values_list("state").annotate(Count("pk")).order_by())
    context = {
        "cases": [_case(pair) for pair in page.rows],
        "page": page,
        "state": state,
        "count": numbers.get(state, 0),
        "conditions": urlencode({"state": state}),
        "tabs": [
            {
                "label": each.label,
                "url": f"?state={each.value}",
                "active": each == state,
                "count": numbers.get(each.value, 0),
            }
            for each in PairState
        ],
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/pairs/{name}.html", context)


@require_safe
@requires(Action.MERGE_COOPERATIVE)
def pair_detail(request: SignedInRequest, pair: int) -> HttpResponse:
    """Show one pair with what was decided about it."""
    reach = MatchPair.objects.permitted(request.user, Action.MERGE_COOPERATIVE)
    subject = get_object_or_404(reach.for_list(), pk=pair)
    merges = subject.merges.select_related("kept", "absorbed", "merged_by", "undone_by")
    context = {
        "case": _case(subject),
        "merges": merges.annotate(number=Count("moved")).order_by("-pk"),
    }
    return render(request, "registry/pairs/detail.html", context)


@require_POST
@requires(Action.MERGE_COOPERATIVE)
def pair_decide(request: SignedInRequest, pair: int) -> HttpResponse:
    """Merge, tell apart, take a merge back or ask again; then go on with the queue."""
    reach = MatchPair.objects.permitted(request.user, Action.MERGE_COOPERATIVE)
    subject = get_object_or_404(reach.for_list(), pk=pair)
    form = PairDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有判定：请重新打开这一对再操作。")
        return redirect("registry:pair-detail", pair=subject.pk)
    try:
        told = _decide(subject, form.cleaned_data, request)
    except EditConflict:
        messages.warning(request, MOVED_ON)
        return redirect("registry:pair-detail", pair=subject.pk)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:pair-detail", pair=subject.pk)
    messages.success(request, told)
    return redirect("registry:pair-list")


@require_POST
@requires(Action.MERGE_COOPERATIVE)
def pair_propose(request: SignedInRequest) -> HttpResponse:
    """Put two societies side by side that the machine did not find."""
    societies = Cooperative.objects.permitted(request.user, Action.MERGE_COOPERATIVE)
    form = ProposalForm(request.POST, societies=societies)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("registry:pair-list")
    asked = form.cleaned_data
    try:
        pair = propose_pair(asked["one"], asked["other"], by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:pair-list")
    return redirect("registry:pair-detail", pair=pair.pk)


def _decide(pair: MatchPair, asked: dict[str, Any], request: SignedInRequest) -> str:
    """Carry one decision out and return what to tell the person."""
    reason, by = asked["reason"].strip(), request.user
    if asked["version"] != pair.version:
        raise EditConflict(pair)
    before, target = pair.state, asked["target"]
    PAIR.find(before, target)
    if target == PairState.SAME:
        versions = (asked["left_version"] or 0, asked["right_version"] or 0)
        merge = merge_pair(pair, asked["kept"] or 0, reason=reason, by=by, versions=versions)
        return f"“{merge.absorbed.name}”已并入“{merge.kept.name}”，原代码仍可查到。如属误并，可以取消。"
    if target == PairState.WAITING:
        reopen_pair(pair, reason=reason, by=by)
        return "已放回待判定。"
    if before == PairState.SAME:
        merge = CooperativeMerge.objects.standing().get(pair=pair)
        number = undo_merge(merge, reason=reason, by=by)
        return f"合并已取消，{number} 条改挂的记录已还给“{merge.absorbed.name}”。"
    part_pair(pair, reason=reason, by=by)
    return "已记为不是同一家，以后不再询问。"


def _case(pair: MatchPair) -> dict[str, Any]:
    """Return a pair with its facts side by side, those that differ marked."""
    lines = []
    for name in COMPARED:
        left, right = getattr(pair.left, name), getattr(pair.right, name)
        if _blank(left) and _blank(right):
            continue
        lines.append(
            {
                "label": label_of(name),
                "left": "" if _blank(left) else value_in_words(name, left),
                "right": "" if _blank(right) else value_in_words(name, right),
                "mark": _mark(left, right),
            }
        )
    return {
        "pair": pair,
        "lines": lines,
        "kept": _likely_kept(pair),
        "steps": {arrow.target: arrow for arrow in PAIR.leaving(pair.state)},
    }


def _mark(left: Any, right: Any) -> str:
    if left == right:
        return "same"
    return "missing" if _blank(left) or _blank(right) else "differs"


def _blank(value: Any) -> bool:
    return value is None or value == ""


def _likely_kept(pair: MatchPair) -> int:
    """Offer to keep the one with a code of today, then the one that files still list."""
    left, right = pair.left, pair.right
    if bool(left.uscc) != bool(right.uscc):
        return left.pk if left.uscc else right.pk
    return right.pk if (right.last_row_id or 0) > (left.last_row_id or 0) else left.pk
