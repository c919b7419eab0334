"""Units, old place names with their successors, and village decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.units import AliasForm, UnitForm, VillageForm
from accounts.http import SignedInRequest
from accounts.models import OrganisationUnit, UnitAlias
from accounts.noun_tables import UNITS
from accounts.operations import units
from accounts.policy import Action
from common.conflict import EditConflict
from common.keyset import in_order


@require_safe
@requires(Action.VIEW_PEOPLE)
def unit_list(request: SignedInRequest) -> HttpResponse:
    """Show the reporting units, the departments, and the old names."""
    return _list(request, VillageForm())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def unit_create(request: SignedInRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = units.create_unit(form.facts(), by=request.user)
        messages.success(request, f"已新增机构“{unit}”。")
        return redirect("accounts:unit-list")
    return _form(request, form, "新增机构")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def unit_edit(request: SignedInRequest, unit: int) -> HttpResponse:
    """Change a unit."""
    found = get_object_or_404(OrganisationUnit, pk=unit)
    form = UnitForm(request.POST or None, instance=found)
    return _edit(request, form, units.edit_unit, f"修改机构：{found.name}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def alias_create(request: SignedInRequest) -> HttpResponse:
    """Add an old place name."""
    form = AliasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alias = units.create_alias(form.facts(), by=request.user)
        messages.success(request, f"已新增旧地名“{alias}”。")
        return redirect("accounts:unit-list")
    return _form(request, form, "新增旧地名")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def alias_edit(request: SignedInRequest, alias: int) -> HttpResponse:
    """Correct an old place name."""
    found = get_object_or_404(UnitAlias, pk=alias)
    form = AliasForm(request.POST or None, instance=found)
    return _edit(request, form, units.edit_alias, f"修改旧地名：{found.name}")


@require_POST
@requires(Action.MANAGE_PEOPLE)
def village_decide(request: SignedInRequest, alias: int) -> HttpResponse:
    """Say where a village of an old township belongs today."""
    found = get_object_or_404(UnitAlias, pk=alias)
    form = VillageForm(request.POST)
    if not form.is_valid():
        return _list(request, form, found.pk, status=422)
    asked = form.cleaned_data
    decided = units.decide_village(
        found, asked["village"], asked["unit"], reason=asked["reason"], by=request.user
    )
    messages.success(request, f"已判定：{found}{decided.village}属于{decided.unit}。")
    return redirect("accounts:unit-list")


def _list(
    request: SignedInRequest, form: VillageForm, alias: int | None = None, status: int = 200
) -> HttpResponse:
    all_units = list(in_order(OrganisationUnit.objects.with_heads(), UNITS.order))
    context = {
        "number": len(all_units),
        "reporting": [unit for unit in all_units if unit.is_reporting],
        "offices": [unit for unit in all_units if not unit.is_reporting],
        "aliases": UnitAlias.objects.select_related("unit")
        .prefetch_related("villages__unit")
        .order_by("pk"),
        "form": form,
        "open_alias": alias,
    }
    return render(request, "accounts/units/list.html", context, status=status)


def _edit(request: SignedInRequest, form: Any, operation: Any, title: str) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, title)
    asked = form.cleaned_data
    try:
        row = operation(
            form.instance,
            form.facts(),
            version=asked["version"] or 0,
            reason=asked["reason"],
            by=request.user,
        )
    except EditConflict as conflict:
        form, differing = form.upon(conflict.fresh)
        return _form(request, form, title, clashes=differing, status=409)
    messages.success(request, f"“{row}”已保存。")
    return redirect("accounts:unit-list")


def _form(
    request: SignedInRequest, form: Any, title: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, **more}
    code = 422 if form.errors else status
    return render(request, "accounts/units/form.html", context, status=code)
