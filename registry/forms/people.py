"""The condition “in whose hands”, for supervisors only."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.policy import Action, may


def person_field(label: str) -> "forms.ModelChoiceField[User]":
    """Return a field that chooses one of the people whose work a supervisor looks after."""
    return forms.ModelChoiceField(
        User.objects.none(), label=label, required=False, empty_label="全部"
    )


def offer_team(form: forms.Form, user: Any) -> None:
    """Let the field `person` of a form offer the user's team; drop it for those without one."""
    if not may(user, Action.VIEW_LOAD):
        del form.fields["person"]
        return
    team = User.objects.team_of(user).order_by("full_name", "pk")
    form.fields["person"].queryset = team  # type: ignore[attr-defined]
