"""Many clean-up cases at once: who answers for them, by when, why, and on which route each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock
from registry.cleanup.choices import Route
from registry.forms.cleanup import PersonChoice
from registry.forms.surveys import day_field
from registry.operations.cleanup_bulk import MOST_CASES


class CasesForm(forms.Form):
    """What all the cases have in common; the routes stand in the rows of the list."""

    because = forms.CharField(
        label="立案理由",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="写进每一件案件，例如依据哪次摸底或核实。合作社看不到这一栏。",
    )
    owner = PersonChoice(User.objects.none(), label="责任人", empty_label="请选择")
    department = forms.ModelChoiceField(
        OrganisationUnit.objects.departments(), label="责任部门", empty_label="请选择"
    )
    due_on = day_field("办结期限")

    def __init__(self, data: Any, *, user: User, **more: Any) -> None:
        super().__init__(data, **more)
        people = Q(role__in=roles_with(Action.WORK_CLEANUP, Reach.DISTRICT))
        if reach_of(user, Action.OPEN_CLEANUP) != Reach.DISTRICT:
            people = Q(role__in=roles_with(Action.WORK_CLEANUP, Reach.TOWNSHIP), unit=user.unit_id)
        self.fields["owner"].queryset = (  # type: ignore[attr-defined]
            User.objects.people()
            .filter(people, is_active=True)
            .select_related("unit")
            .order_by("unit__position", "full_name")
        )

    def clean_due_on(self) -> Any:
        """A case cannot have to be closed before it is opened."""
        if self.cleaned_data["due_on"] < clock.today():
            raise ValidationError("期限不能早于今天。", code="past")
        return self.cleaned_data["due_on"]

    def clean(self) -> dict[str, Any]:
        """At least one society is ticked, and each ticked one has a route."""
        cleaned = super().clean() or self.cleaned_data
        ticked = self.data.getlist("society")[: MOST_CASES + 1]  # type: ignore[attr-defined]
        routes = {
            int(key): self.data.get(f"route-{key}", "")
            for key in ticked
            if key.isascii() and key.isdigit()
        }
        if not routes:
            raise ValidationError("请至少勾选一家合作社。", code="nobody")
        if not set(routes.values()) <= set(Route.values):
            raise ValidationError("请为每家勾选的合作社选择途径。", code="no-route")
        return {**cleaned, "routes": routes}


class TakeBackForm(forms.Form):
    """Which act is taken back, and why."""

    event = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(label="撤销理由", min_length=2, max_length=500)
