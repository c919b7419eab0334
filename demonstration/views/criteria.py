"""Sets of criteria: the list, one of them, drafting, editing and releasing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.keyset import in_order
from demonstration.forms.criteria import CriteriaForm, ItemForm, ReleaseForm
from demonstration.measures import MEASURES
from demonstration.models import CriteriaItem, CriteriaSet
from demonstration.nouns import CRITERIA
from demonstration.operations.criteria import (
    draft_criteria,
    edit_criteria,
    release_criteria,
    remove_item,
    save_item,
)
from demonstration.views.acts import incomplete, perform, save_form

LIST = "demonstration:criteria-list"


@require_safe
@requires(Action.VIEW_CRITERIA)
def criteria_list(request: SignedInRequest) -> HttpResponse:
    """List every version of every set, those in force first."""
    today = clock.today()
    reach = CriteriaSet.objects.permitted(request.user, Action.VIEW_CRITERIA)
    in_force = set(reach.in_force(today).values_list("pk", flat=True))
    sets = list(in_order(reach, CRITERIA.order))
    context = {
        "groups": [
            ("现行标准", [each for each in sets if each.pk in in_force]),
            ("正在起草", [each for each in sets if each.is_draft]),
            (
                "以往和尚未施行的版本",
                [each for each in sets if each.pk not in in_force and not each.is_draft],
            ),
        ],
        "number": len(sets),
    }
    return render(request, "demonstration/criteria/list.html", context)


@require_safe
@requires(Action.VIEW_CRITERIA)
def criteria_detail(request: SignedInRequest, criteria: int) -> HttpResponse:
    """Show one version with all its items."""
    found = _criteria(request, criteria, Action.VIEW_CRITERIA)
    items = list(found.items.all())
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        measure = MEASURES.get(item.measure)
        wanted = measure.wanted(item.threshold) if measure else ""
        sections.setdefault(item.section, []).append(
            {"item": item, "wanted": wanted, "anchor": str(item.pk)}
        )
    context = {
        "criteria": found,
        "sections": list(sections.items()),
        "total": sum(item.points for item in items),
        "unconfirmed": sum(not item.confirmed for item in items),
        "in_force": CriteriaSet.objects.in_force(clock.today()).filter(pk=found.pk).exists(),
        "release": ReleaseForm(initial={"version": found.version}),
    }
    return render(request, "demonstration/criteria/detail.html", context)


@require_POST
@requires(Action.EDIT_CRITERIA)
def criteria_draft(request: SignedInRequest, criteria: int) -> HttpResponse:
    """Begin the next version, or go on with the one that was begun."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    draft = draft_criteria(found, by=request.user)
    return redirect("demonstration:criteria-detail", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_CRITERIA)
def criteria_edit(request: SignedInRequest, criteria: int) -> HttpResponse:
    """Change title and document of a draft."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    form = CriteriaForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: edit_criteria(found, form.facts(), version=form.seen, by=request.user),
        done="已保存。",
        page=_page(found, "修改标准名称与依据"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_CRITERIA)
def item_create(request: SignedInRequest, criteria: int) -> HttpResponse:
    """Add an item to a draft."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    form = ItemForm(request.POST or None, draft_version=found.version)
    return _save_item(request, found, None, form, "新增项目")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_CRITERIA)
def item_edit(request: SignedInRequest, criteria: int, item: int) -> HttpResponse:
    """Change an item of a draft."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    one = get_object_or_404(CriteriaItem, pk=item, criteria=found)
    form = ItemForm(request.POST or None, instance=one, draft_version=found.version)
    return _save_item(request, found, one, form, "修改项目")


@require_POST
@requires(Action.EDIT_CRITERIA)
def item_remove(request: SignedInRequest, criteria: int, item: int) -> HttpResponse:
    """Take an item out of a draft."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    one = get_object_or_404(CriteriaItem, pk=item, criteria=found)
    back = reverse("demonstration:criteria-detail", args=[found.pk])
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    return perform(
        request,
        lambda: remove_item(one, version=form.cleaned_data["version"], by=request.user),
        done=f"已删除“{one}”。",
        back=back,
    )


@require_POST
@requires(Action.EDIT_CRITERIA)
def criteria_release(request: SignedInRequest, criteria: int) -> HttpResponse:
    """Put a draft in force from a day on."""
    found = _criteria(request, criteria, Action.EDIT_CRITERIA)
    back = reverse("demonstration:criteria-detail", args=[found.pk])
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: release_criteria(
            found,
            asked["effective_from"],
            version=asked["version"],
            reason=asked["reason"],
            by=request.user,
        ),
        done="标准已发布，上一版到施行日期的前一天为止；已开始的批次仍用原来的版本。",
        back=back,
    )


def _save_item(
    request: SignedInRequest,
    criteria: CriteriaSet,
    item: CriteriaItem | None,
    form: ItemForm,
    heading: str,
) -> HttpResponse:
    def save(filled: ItemForm) -> None:
        save_item(
            criteria,
            item,
            filled.facts(),
            version=filled.cleaned_data["version"],
            by=request.user,
        )

    return save_form(request, form, save, done="已保存。", page=_page(criteria, heading))


def _criteria(request: SignedInRequest, key: int, action: Action) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.permitted(request.user, action), pk=key)


def _page(criteria: CriteriaSet, heading: str) -> dict[str, Any]:
    back = reverse("demonstration:criteria-detail", args=[criteria.pk])
    return {
        "title": heading,
        "lead": str(criteria),
        "back": back,
        "crumbs": [("评定标准", reverse(LIST)), (str(criteria), back)],
    }
