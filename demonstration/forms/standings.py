"""The conditions of the list of nearly eligible societies."""

from typing import Any

from django import forms

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common.conditions import Conditions, search_field
from demonstration.choices import Level
from demonstration.models.standing import NEARLY, StandingQuerySet
from registry.models import Cooperative


class StandingFilter(Conditions):
    """Narrows standings to one level, township, and how many conditions are missing."""

    q = search_field("合作社名称或代码")
    level = forms.ChoiceField(
        label="对照级别",
        required=False,
        choices=[("", "区级"), *((v.value, v.label) for v in Level if v != Level.DISTRICT)],
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    missing = forms.ChoiceField(
        label="还差",
        required=False,
        choices=[
            ("", f"不超过 {NEARLY} 项"),
            *(
                (str(number), f"{number} 项" if number else "已全部符合")
                for number in range(NEARLY + 1)
            ),
        ],
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        if reach_of(user, Action.VIEW_STANDING) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [("", "全部"), *units]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, standings: StandingQuerySet) -> StandingQuerySet:
        """Apply every condition; holders of the level are no longer cultivated for it."""
        if not self.is_valid():
            return standings.none()
        asked = self.cleaned_data
        level = asked["level"] or Level.DISTRICT.value
        found = standings.nearly().filter(criteria__level=level).without_holders(level)
        if asked["q"]:
            matching = Cooperative.objects.matching(asked["q"]).values("pk")
            found = found.filter(cooperative__in=matching)
        if asked.get("township"):
            found = found.filter(cooperative__township__code=asked["township"])
        if asked["missing"]:
            found = found.filter(missing=int(asked["missing"]))
        return found
