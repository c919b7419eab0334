"""Relations between farming subjects: the list that is counted, recording one, ending one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import RelationKind
from registry.forms.relations import RelationForm
from registry.models import Cooperative, Relation
from registry.operations.relations import end_relation, record_relation
from registry.views.cleanup_acts import attempt
from registry.views.pages import cut


@require_safe
@requires(Action.VIEW_RELATION)
def relation_list(request: SignedInRequest) -> HttpResponse:
    """List the relations that hold; tiles count those that count."""
    reach = Relation.objects.permitted(request.user, Action.VIEW_RELATION)
    kind = request.GET.get("kind", "")
    found = reach.filter(kind=kind) if kind in RelationKind.values else reach
    counting = reach.counting()
    numbers = dict(counting.order_by().values_list("kind").annotate(Count("pk")))
    counted = set(counting.values_list("pk", flat=True)) if found.exists() else set()
    tiles: list[dict[str, Any]] = [
        {
            "label": each.label,
            "number": numbers.get(each.value, 0),
            "url": f"?{urlencode({'kind': each.value})}",
            "active": kind == each.value,
        }
        for each in RelationKind
    ]
    context = {
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "tiles": tiles,
        "counted": counted,
        "today": clock.today(),
    }
    return render(request, "registry/relations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_RELATION)
def relation_create(request: SignedInRequest) -> HttpResponse:
    """Record a relation; conversions are recorded in their case."""
    societies = Cooperative.objects.permitted(request.user, Action.EDIT_RELATION)
    form = RelationForm(request.POST or None, societies=societies)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            kept = record_relation(
                asked["relation"], since=asked["since"], by=request.user, **form.sides()
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记：{kept}。")
            return redirect("registry:relation-list")
    status = 422 if form.errors else 200
    return render(request, "registry/relations/create.html", {"form": form}, status=status)


@require_POST
@requires(Action.EDIT_RELATION)
def relation_end(request: SignedInRequest, relation: int) -> HttpResponse:
    """Note that a relation no longer holds."""
    reach = Relation.objects.permitted(request.user, Action.EDIT_RELATION)
    held = get_object_or_404(reach, pk=relation)
    version = request.POST.get("version", "")
    attempt(
        request,
        lambda: end_relation(
            held,
            on=clock.today(),
            reason=request.POST.get("reason", ""),
            by=request.user,
            version=int(version) if version.isascii() and version.isdigit() else 0,
        ),
        "已结束这项关系，历史保留。",
    )
    return redirect("registry:relation-list")
