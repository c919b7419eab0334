"""The conditions of the list of suspicions; all of them stand in the address."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from registry.choices import FlagLabel, FlagState, Severity
from registry.flag_choices import ENDED_FLAGS
from registry.flags.catalogue import RULES, codes_pointing_to
from registry.forms.people import offer_team, person_field
from registry.models import Cooperative
from registry.models.flag import FlagQuerySet

ALL = "all"
NOWHERE = "none"
MINE, LATE = "mine", "late"


def _with_all(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", "全部"), *choices]


class FlagFilter(Conditions):
    """Narrows the suspicions in a person's reach. A condition that cannot be read finds nothing."""

    q = search_field("合作社名称或代码")
    rule = forms.ChoiceField(
        label="规则",
        required=False,
        choices=_with_all([(rule.code, f"{rule.code} {rule.title}") for rule in RULES]),
    )
    label = forms.ChoiceField(
        label="指向",
        required=False,
        choices=_with_all([(e.value, e.label) for e in FlagLabel if codes_pointing_to(e)]),
    )
    severity = forms.ChoiceField(
        label="程度", required=False, choices=_with_all(list(Severity.choices))
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "未了结"), *FlagState.choices, (ALL, "全部")],
    )
    hand = forms.ChoiceField(
        label="核实", required=False, choices=[("", "全部"), (MINE, "由本人"), (LATE, "已逾期")]
    )
    person = person_field("核实人")

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        offer_team(self, user)
        if reach_of(user, Action.VIEW_FLAG) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            offered = _with_all([*units, (NOWHERE, "待判定")])
            self.fields["township"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, flags: FlagQuerySet, *, but: str = "") -> FlagQuerySet:
        """Apply every condition, or all but one: what the tiles beside a list count."""
        if not self.is_valid():
            return flags.none()
        for name in self.fields:
            value = self.cleaned_data[name]
            if name != but and (value or name == "state"):
                flags = flags.filter(getattr(self, f"_by_{name}")(value))
        return flags

    def _by_q(self, value: str) -> Q:
        return Q(cooperative__in=Cooperative.objects.matching(value).values("pk"))

    def _by_rule(self, value: str) -> Q:
        return Q(rule=value)

    def _by_label(self, value: str) -> Q:
        return Q(rule__in=codes_pointing_to(value)) | Q(label=value)

    def _by_severity(self, value: str) -> Q:
        return Q(severity=value)

    def _by_township(self, value: str) -> Q:
        if value == NOWHERE:
            return Q(cooperative__township__isnull=True)
        return Q(cooperative__township__code=value)

    def _by_state(self, value: str) -> Q:
        if value == ALL:
            return Q()
        return Q(state=value) if value else ~Q(state__in=ENDED_FLAGS)

    def _by_person(self, value: User) -> Q:
        return Q(assigned_to=value)

    def _by_hand(self, value: str) -> Q:
        in_hand = Q(state=FlagState.CHECKING)
        if value == MINE:
            return in_hand & Q(assigned_to=self.user.pk)
        return in_hand & Q(due_on__lt=clock.today())
