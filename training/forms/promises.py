"""Promises: making one, saying that it was kept, and the conditions of the list."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from registry.forms.people import offer_team, person_field
from training.choices import PromiseKind, PromiseOwner, PromiseState


class PromiseForm(forms.Form):
    """A promise: what, of which kind, by whom, by when."""

    text = forms.CharField(label="办什么", max_length=200)
    kind = forms.ChoiceField(label="类别", choices=PromiseKind.choices)
    owner = forms.ChoiceField(label="由谁办", choices=PromiseOwner.choices)
    due_on = forms.DateField(
        label="期限", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    grave = forms.BooleanField(
        label="重大事项", required=False, help_text="办结要有附件，并由另一人复核。"
    )


class PromiseFilter(Conditions):
    """Narrows the list of promises."""

    q = search_field("合作社或事项")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "未办结"),
            ("overdue", "已逾期"),
            *PromiseState.choices,
            ("all", "全部"),
        ],
    )
    owner = forms.ChoiceField(
        label="由谁办", required=False, choices=[("", "全部"), *PromiseOwner.choices]
    )
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部"), *PromiseKind.choices]
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    person = person_field("辅导员")

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        offer_team(self, user)
        if reach_of(user, Action.VIEW_PROMISE) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [("", "全部"), *units]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, promises: Any) -> Any:
        """Apply every condition; one that cannot be read finds nothing."""
        if not self.is_valid():
            return promises.none()
        asked = self.cleaned_data
        if asked["q"]:
            term = asked["q"].strip()
            promises = promises.filter(Q(text__contains=term) | Q(cooperative__name__contains=term))
        plain = {
            "owner": asked["owner"],
            "kind": asked["kind"],
            "cooperative__township__code": asked.get("township"),
            "cooperative__counsellor": asked.get("person"),
        }
        promises = promises.filter(**{name: value for name, value in plain.items() if value})
        match asked["state"]:
            case "":
                return promises.open()
            case "overdue":
                return promises.overdue(clock.today())
            case "all":
                return promises
            case state:
                return promises.filter(state=state)
