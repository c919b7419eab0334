"""What is typed about funds and projects, and the filter of their list."""

from typing import Any

from django import forms

from accounts.forms.edited import ReasonedForm, date_field, long_text
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from liaison.models import SupportGrant
from liaison.models.support import SupportQuerySet
from liaison.support_choices import FundLevel, InspectionResult, SupportKind

EMPTY = [("", "全部")]


class SupportForm(ReasonedForm):
    """One fund or project of one society."""

    amount = forms.DecimalField(label="金额（元）", min_value=1, max_digits=14, decimal_places=2)

    class Meta:
        model = SupportGrant
        fields = (
            *("year", "level", "kind", "project", "document_number"),
            *("amount", "needs_title", "purpose"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)


class InspectionForm(forms.Form):
    """What an inspection found."""

    inspected_on = date_field("检查日期", initial=clock.today)
    result = forms.ChoiceField(label="结论", choices=InspectionResult.choices)
    finding = long_text("检查情况", rows=3, max_length=500)


class SupportFilter(Conditions):
    """Narrows the list of funds and projects."""

    q = search_field("合作社、项目")
    year = forms.ChoiceField(label="年度", required=False)
    kind = forms.ChoiceField(label="类别", required=False, choices=[*EMPTY, *SupportKind.choices])
    level = forms.ChoiceField(label="级别", required=False, choices=[*EMPTY, *FundLevel.choices])
    township = forms.ChoiceField(label="乡镇街道", required=False)

    def __init__(self, data: Any, *, rows: SupportQuerySet, user: Any) -> None:
        super().__init__(data)
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        self.fields["year"].choices = [*EMPTY, *((str(y), f"{y}年") for y in years)]  # type: ignore[attr-defined]
        if reach_of(user, Action.VIEW_SUPPORT) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [*EMPTY, *units]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, rows: SupportQuerySet) -> SupportQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            by_name = rows.filter(cooperative__name__icontains=asked["q"])
            rows = by_name | rows.filter(project__icontains=asked["q"])
        for name in ("year", "kind", "level"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        if asked.get("township"):
            rows = rows.filter(cooperative__township__code=asked["township"])
        return rows
