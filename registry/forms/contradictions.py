"""The conditions of the list of contradictions, and what a person decides about one."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of, roles_with
from common.conditions import Conditions, search_field
from registry.forms.people import offer_team, person_field
from registry.models import Contradiction, Cooperative
from registry.models.contradiction import ContradictionQuerySet
from registry.side_choices import ContradictionKind, ContradictionState

NOWHERE, MINE, NOBODY, LATE, ALL = "none", "mine", "nobody", "late", "all"


class ContradictionFilter(Conditions):
    """Narrows the contradictions in reach. A condition that cannot be read finds nothing."""

    q = search_field("合作社名称或代码")
    kind = forms.ChoiceField(
        label="类型", required=False, choices=[("", "全部"), *ContradictionKind.choices]
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    hand = forms.ChoiceField(
        label="交办",
        required=False,
        choices=[("", "全部"), (MINE, "交给我的"), (NOBODY, "未交办"), (LATE, "已逾期")],
    )
    person = person_field("核实人")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "待核实"),
            *(pair for pair in ContradictionState.choices if pair[0] != ContradictionState.OPEN),
            (ALL, "全部"),
        ],
    )

    def __init__(self, data: Any, *, user: User, today: Any) -> None:
        super().__init__(data)
        self._user, self._today = user, today
        offer_team(self, user)
        if reach_of(user, Action.VIEW_CONTRADICTION) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [  # type: ignore[attr-defined]
                ("", "全部"),
                *units,
                (NOWHERE, "待判定"),
            ]
        else:
            del self.fields["township"]

    def narrow(self, rows: ContradictionQuerySet, *, but: str = "") -> ContradictionQuerySet:
        """Apply every condition, or all but one: what the tiles beside a list count."""
        if not self.is_valid():
            return rows.none()
        for name in self.fields:
            value = self.cleaned_data[name]
            if name != but and (value or name == "state"):
                rows = rows.filter(getattr(self, f"_by_{name}")(value))
        return rows

    def _by_q(self, value: str) -> Q:
        return Q(cooperative__in=Cooperative.objects.matching(value).values("pk"))

    def _by_kind(self, value: str) -> Q:
        return Q(kind=value)

    def _by_township(self, value: str) -> Q:
        if value == NOWHERE:
            return Q(cooperative__township__isnull=True)
        return Q(cooperative__township__code=value)

    def _by_hand(self, value: str) -> Q:
        if value == MINE:
            return Q(assignee=self._user)
        return Q(assignee__isnull=True) if value == NOBODY else Q(due_on__lt=self._today)

    def _by_person(self, value: User) -> Q:
        return Q(assignee=value)

    def _by_state(self, value: str) -> Q:
        return Q() if value == ALL else Q(state=value or ContradictionState.OPEN)


class AssignmentForm(forms.Form):
    """To whom, and by which day."""

    person = forms.ModelChoiceField(User.objects.none(), label="核实人", empty_label="请选择")
    due_on = forms.DateField(
        label="期限",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "期限不是一个日期，请按 2021-07-31 的样子填写。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, contradiction: Contradiction) -> None:
        start = {
            "person": contradiction.assignee_id,
            "due_on": contradiction.due_on,
            "version": contradiction.version,
        }
        super().__init__(data, initial=start)
        self.fields["person"].queryset = able_people(contradiction)  # type: ignore[attr-defined]


class SettlementForm(forms.Form):
    """A conclusion, or taking one back."""

    target = forms.ChoiceField(choices=ContradictionState.choices)
    reason = forms.CharField(max_length=500, required=False)
    version = forms.IntegerField()


def able_people(contradiction: Contradiction) -> Any:
    """Return the people who may look into a contradiction: of the bureau and of its township."""
    everywhere = [role.value for role in roles_with(Action.ASSIGN_CONTRADICTION, Reach.DISTRICT)]
    nearby = [role.value for role in roles_with(Action.VIEW_CONTRADICTION, Reach.TOWNSHIP)]
    there = Q(role__in=nearby, unit=contradiction.cooperative.township_id)
    return (
        User.objects.people()
        .filter(Q(role__in=everywhere) | there, is_active=True)
        .order_by("-unit__kind", "full_name", "pk")
    )
