"""Naming the conditions of a list, and saying who finds them."""

from typing import Any

from django import forms

from accounts.choices import Role, SavedPage, ViewShare
from accounts.models import OrganisationUnit
from accounts.models.saved_view import SavedViewQuerySet
from accounts.policy import Action, may, roles_holding
from common.conditions import Conditions

_TO_ROLE, _TO_UNIT = "role:", "unit:"


def roles_that_find(action: str) -> list[Role]:
    """Return the roles that could open a shared view of a list with this right."""
    return roles_holding(Action.SAVE_VIEW, action)


def units_that_find() -> Any:
    """Return the units that a view may be shared with: townships and departments."""
    return OrganisationUnit.objects.filter(active=True).order_by("position", "pk")


def chosen_share(share: str, by: Any, role: str, unit: str) -> str:
    """Return what the form's choice is called for a role or a unit; one's own needs no naming."""
    if share == ViewShare.ROLE and role not in {"", by.role}:
        return f"{_TO_ROLE}{role}"
    if share == ViewShare.UNIT and unit and not (by.unit and by.unit.code == unit):
        return f"{_TO_UNIT}{unit}"
    return share


class SavedViewFilter(Conditions):
    """Narrows the kept views that one finds."""

    page = forms.ChoiceField(
        label="列表", required=False, choices=[("", "全部"), *SavedPage.choices]
    )

    def narrow(self, views: SavedViewQuerySet) -> SavedViewQuerySet:
        """Apply the condition."""
        page = self.cleaned_data["page"]
        return views.filter(page=page) if page else views


class SaveViewForm(forms.Form):
    """The name of a view and who may find it; the conditions come as a hidden address.

    Who may share widely chooses another role or unit, too; `action` is the right of the list.
    """

    name = forms.CharField(label="名称", max_length=30)
    share = forms.ChoiceField(label="谁能看到", choices=ViewShare.choices)
    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may(by, Action.SHARE_VIEW):
            roles = [(f"{_TO_ROLE}{role}", role.label) for role in roles_that_find(action)]
            units = [
                (f"{_TO_UNIT}{code}", name)
                for code, name in units_that_find().values_list("code", "short_name")
            ]
            self.fields["share"].choices = [  # type: ignore[attr-defined]
                *ViewShare.choices,
                ("指定角色的人", roles),
                ("指定单位的人", units),
            ]

    def shared_with(self) -> dict[str, Any]:
        """Return what the operation is told: the kind of sharing, and with which role or unit."""
        chosen = self.cleaned_data["share"]
        if chosen.startswith(_TO_ROLE):
            return {"share": ViewShare.ROLE, "role": Role(chosen.removeprefix(_TO_ROLE))}
        if chosen.startswith(_TO_UNIT):
            unit = units_that_find().get(code=chosen.removeprefix(_TO_UNIT))
            return {"share": ViewShare.UNIT, "unit": unit}
        return {"share": ViewShare(chosen)}


class ChosenViewForm(forms.Form):
    """One view of those that one may see."""

    view = forms.IntegerField(min_value=1, max_value=2**62)
