"""What a delivery lacks or changes as a whole: societies not named, differences to the former file."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.htmx import wants_partial
from registry import comparison
from registry.choices import RowKind, RowOutcome
from registry.models import FeedDelivery
from registry.views.delivery_page import hinted_rows
from registry.views.pages import cut

HINTED = "hinted"
# What is shown first where there is any.
_BY_WEIGHT = (comparison.DIFFERENT, comparison.DROPPED, comparison.ADDED)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_gone(request: SignedInRequest, delivery: int) -> HttpResponse:
    """List the societies that a full list does not name."""
    subject = _delivery(request, delivery)
    notices = subject.gone.select_related("cooperative__township")
    page = cut(request, notices, "pk")
    context = {
        "delivery": subject,
        "job": subject.job,
        "page": page,
        "number": notices.count(),
        "tabs": outcome_tabs(subject, "gone"),
    }
    name = "_gone" if wants_partial(request) else "gone"
    return render(request, f"registry/deliveries/{name}.html", context)


@require_safe
@requires(Action.VIEW_DELIVERY)
def delivery_compare(request: SignedInRequest, delivery: int) -> HttpResponse:
    """Hold a file against the former one of its quarter."""
    subject = _delivery(request, delivery)
    former = subject.former
    if former is None:
        raise Http404
    kinds = comparison.compare(subject, former)
    numbers = {name: rows.count() for name, rows in kinds.items()}
    fullest = max(_BY_WEIGHT, key=lambda name: bool(numbers[name]))
    kind = request.GET.get("kind") or fullest
    if kind not in kinds:
        raise Http404
    page = cut(request, kinds[kind], "pk")
    differing = comparison.differences(page.rows, former) if kind == comparison.DIFFERENT else {}
    context = {
        "delivery": subject,
        "former": former,
        "kind": kind,
        "tabs": [
            {"label": label, "url": f"?kind={name}", "active": name == kind, "count": numbers[name]}
            for name, label in comparison.WORDS.items()
        ],
        "page": page,
        "lines": [(read, differing.get(read.pk, [])) for read in page.rows],
        "number": numbers[kind],
    }
    name = "_compare" if wants_partial(request) else "compare"
    return render(request, f"registry/deliveries/{name}.html", context)


def outcome_tabs(delivery: FeedDelivery, active: str) -> list[dict[str, Any]]:
    """Return the lists of a delivery's rows, each with its number."""
    numbers = dict(
        delivery.rows.filter(kind=RowKind.DATA).values_list("outcome").annotate(Count("pk"))
    )
    rows = reverse("registry:delivery-rows", args=[delivery.pk])
    tabs = [
        {
            "label": RowOutcome(key).label,
            "url": f"{rows}?outcome={key}",
            "active": key == active,
            "count": numbers.get(key, 0),
        }
        for key in RowOutcome.values
        if key
    ]
    hinted, gone = hinted_rows(delivery).count(), delivery.gone.count()
    if hinted or active == HINTED:
        url = f"{rows}?outcome={HINTED}"
        tabs.append({"label": "有提示", "url": url, "active": active == HINTED, "count": hinted})
    if gone or active == "gone":
        tabs.append(
            {
                "label": "名单未见",
                "url": reverse("registry:delivery-gone", args=[delivery.pk]),
                "active": active == "gone",
                "count": gone,
            }
        )
    return tabs


def _delivery(request: SignedInRequest, pk: int) -> FeedDelivery:
    reach = FeedDelivery.objects.permitted(request.user, Action.VIEW_DELIVERY)
    return get_object_or_404(reach.select_related("job", "former__job"), pk=pk)
