"""What societies do and have: the list of the district, the page of one society."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common import clock
from common.htmx import wants_partial
from demonstration.choices import Verification
from demonstration.forms.plans import StrengthFilter, StrengthForm, UndertakingForm
from demonstration.kept_lists import STRENGTHS
from demonstration.models import SocietyStrength, Undertaking
from demonstration.operations import strengths as operations
from demonstration.priority import priority_groups
from demonstration.surety import surest
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import society_of
from registry.models import Cooperative, Relation
from registry.views.pages import cut

LIST = "demonstration:strength-list"


@require_safe
@requires(Action.VIEW_STRENGTH)
@kept_as(STRENGTHS)
def strength_list(request: SignedInRequest) -> HttpResponse:
    """List services, facilities, channels, certificates and brands of the societies in reach."""
    reach = SocietyStrength.objects.permitted(request.user, Action.VIEW_STRENGTH)
    form = StrengthFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.select_related("cooperative__township"), "pk", descending=True),
        "number": found.count(),
        "expiring": reach.expiring_soon().count(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/strengths/{name}.html", context)


@require_safe
@requires(Action.VIEW_STRENGTH)
def society_strengths(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show what one society does and has, with how sure each entry is."""
    society = society_of(request, uscc, Action.VIEW_STRENGTH)
    rows = list(
        SocietyStrength.objects.filter(cooperative=society, withdrawn_on__isnull=True)
        .select_related("entered_by")
        .order_by("kind", "what", "pk")
    )
    edits = Cooperative.objects.permitted(request.user, Action.EDIT_STRENGTH).filter(pk=society.pk)
    kinds: dict[str, list[SocietyStrength]] = {}
    for row in rows:
        kinds.setdefault(row.get_kind_display(), []).append(row)
    sure = surest(request.user, Action.EDIT_STRENGTH)
    relations = Relation.objects.permitted(request.user, Action.VIEW_STRENGTH).touching(society)
    context = {
        "relations": relations.for_list().order_by("since", "pk"),
        "society": society,
        "undertaking": Undertaking.objects.filter(cooperative=society).first(),
        "kinds": list(kinds.items()),
        "edits": edits.exists(),
        "form": StrengthForm(surest=sure),
        "rows": rows,
        "verifications": [each for each in sure if each != Verification.DECLARED],
        "checks": [
            {
                "id": f"verify-{each.value}-{row.pk}",
                "label": each.label,
                "row": row,
                "hidden": [("target", each.value)],
            }
            for row in rows
            for each in sure
            if each != Verification.DECLARED
        ],
    }
    return render(request, "demonstration/strengths/society.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_STRENGTH)
def undertaking_edit(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Enter industry, chain stage, base and the like."""
    society = society_of(request, uscc, Action.EDIT_STRENGTH)
    standing = Undertaking.objects.filter(cooperative=society).first()
    form = UndertakingForm(
        request.POST or None,
        instance=standing or Undertaking(cooperative=society),
        surest=surest(request.user, Action.EDIT_STRENGTH),
    )
    page = {
        "title": "经营情况",
        "lead": society.name,
        "back": _here(society),
        "crumbs": [(society.name, _here(society))],
    }
    return save_form(
        request,
        form,
        lambda form: operations.save_undertaking(
            society, form.facts(), version=form.seen, by=request.user
        ),
        done="经营情况已保存。",
        page=page,
    )


@require_POST
@requires(Action.EDIT_STRENGTH)
def strength_add(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Add an entry."""
    society = society_of(request, uscc, Action.EDIT_STRENGTH)
    form = StrengthForm(request.POST, surest=surest(request.user, Action.EDIT_STRENGTH))
    if not form.is_valid():
        return incomplete(request, form, back=_here(society))
    return perform(
        request,
        lambda: operations.add_strength(society, form.cleaned_data, by=request.user),
        done="已登记。",
        back=_here(society),
    )


@require_POST
@requires(Action.EDIT_STRENGTH)
def strength_step(request: SignedInRequest, strength: int) -> HttpResponse:
    """Verify an entry, or say that it is no longer so."""
    reach = SocietyStrength.objects.permitted(request.user, Action.EDIT_STRENGTH)
    found = get_object_or_404(reach.select_related("cooperative"), pk=strength)
    here = _here(found.cooperative)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=here)
    asked = form.cleaned_data
    target = asked["target"]

    def act() -> Any:
        if target in Verification.values:
            return operations.verify_strength(
                found, Verification(target), version=asked["version"], by=request.user
            )
        return operations.withdraw_strength(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        )

    return perform(request, act, done="已登记。", back=here)


@require_safe
@requires(Action.VIEW_STANDING)
def priority_list(request: SignedInRequest) -> HttpResponse:
    """Show the four groups that support goes to first, with their societies."""
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_STANDING)
    groups = [
        {
            "name": group.name,
            "rule": group.rule,
            "societies": list(group.societies.select_related("township").order_by("name", "pk")),
        }
        for group in priority_groups(reach, clock.today())
    ]
    number = len({society.pk for group in groups for society in group["societies"]})
    context = {"groups": groups, "number": number}
    return render(request, "demonstration/strengths/priority.html", context)


def _here(society: Cooperative) -> str:
    return reverse("demonstration:society-strengths", args=[society.code])
