"""Addresses that name no present township: one decision after the other."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, Count, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit, UnitAlias
from accounts.policy import Action
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.keyset import Key, page_of
from common.workflow import TransitionRefused
from registry.forms.addresses import DecisionForm
from registry.models import Cooperative
from registry.operations.addresses import OldPlace, old_place, resolve_address

PAGE_SIZE = 20
ORDER = (Key("domicile"), Key("id"))


@require_safe
@requires(Action.RESOLVE_ADDRESS)
def address_queue(request: SignedInRequest) -> HttpResponse:
    """List the societies whose address waits for a decision, neighbours together."""
    waiting = Cooperative.objects.permitted(
        request.user, Action.RESOLVE_ADDRESS
    ).with_unresolved_address()
    page = page_of(
        waiting,
        ORDER,
        size=PAGE_SIZE,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    units = list(OrganisationUnit.objects.reporting())
    aliases = list(UnitAlias.objects.select_related("unit").prefetch_related("villages__unit"))
    settled = _settled_before(aliases)
    context = {
        "waiting": [_case(society, units, aliases, settled) for society in page.rows],
        "count": waiting.count(),
        "previous_url": f"?{urlencode({'before': page.before})}" if page.before else "",
        "next_url": f"?{urlencode({'after': page.after})}" if page.after else "",
    }
    name = "_results" if wants_partial(request) else "queue"
    return render(request, f"registry/addresses/{name}.html", context)


@require_POST
@requires(Action.RESOLVE_ADDRESS)
def address_decide(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Decide one address and go on with the next."""
    reach = Cooperative.objects.permitted(request.user, Action.RESOLVE_ADDRESS)
    society = reach.filter(uscc=uscc).first() or reach.filter(registration_no=uscc).first()
    if society is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"“{society}”没有判定：请先选择一个乡镇街道。")
        return redirect("registry:address-queue")
    asked = form.cleaned_data
    try:
        done = resolve_address(
            society,
            asked["chosen"],
            remember=asked["remember"],
            by=request.user,
            version=asked["version"],
        )
    except EditConflict:
        messages.warning(request, f"“{society}”刚被其他人处理过，没有重复判定。")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(done.cooperative.name, asked["chosen"], done.others))
    return redirect("registry:address-queue")


def _told(name: str, unit: OrganisationUnit, others: int) -> str:
    also = f"，同一旧地名、同一村的另外 {others} 家一并判定" if others else ""
    return f"“{name}”已判定属{unit.short_name}{also}。"


def _settled_before(aliases: list[UnitAlias]) -> dict[str, list[int]]:
    """Return, for each split old name, the units that its addresses were found in, most first."""
    split = [alias.name for alias in aliases if alias.unit is None]
    if not split:
        return {}
    named = Case(*(When(domicile__contains=name, then=Value(name)) for name in split))
    counted = (
        Cooperative.objects.filter(township__isnull=False)
        .annotate(old_name=named)
        .filter(old_name__isnull=False)
        .values_list("old_name", "township")
        .annotate(number=Count("pk"))
        .order_by("-number", "township")
    )
    found: dict[str, list[int]] = {}
    for name, unit, _ in counted:
        found.setdefault(name, []).append(unit)
    return found


def _case(
    society: Cooperative,
    units: list[OrganisationUnit],
    aliases: list[UnitAlias],
    settled: dict[str, list[int]],
) -> dict[str, Any]:
    """Return one waiting society with its likely units first."""
    place = old_place(society.domicile, aliases)
    likely = _likely(society.domicile, place, units, settled)
    return {
        "cooperative": society,
        "place": place,
        "likely": likely,
        "others": [unit for unit in units if unit not in likely],
    }


def _likely(
    domicile: str,
    place: OldPlace | None,
    units: list[OrganisationUnit],
    settled: dict[str, list[int]],
) -> list[OrganisationUnit]:
    """Units that the old name went to, and units whose own name stands in the address."""
    found: list[OrganisationUnit] = []
    if place is not None:
        found += [place.alias.unit] if place.alias.unit else []
        found += [village.unit for village in place.alias.villages.all()]
        by_key = {unit.pk: unit for unit in units}
        found += [by_key[pk] for pk in settled.get(place.alias.name, []) if pk in by_key]
    for unit in units:
        stem = unit.short_name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        if len(stem) > 1 and stem.removesuffix("管委会").removesuffix("景区") in domicile:
            found.append(unit)
    return list(dict.fromkeys(found))
