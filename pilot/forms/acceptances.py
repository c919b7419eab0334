"""Checks: which kind, the self-score of an item, the day of the findings; narrowing findings."""

from typing import Any

from django import forms

from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from pilot.models import Edition, Programme
from pilot.models.acceptance import FindingQuerySet
from pilot.plan_choices import LATE, AcceptanceKind, FindingState


class FiguresForm(forms.Form):
    """Which figures the targets are compared with: an edition's, or those of today."""

    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label="目标数字取自",
        required=False,
        empty_label="今天的数字",
        help_text="选一个定版，核对用的就是定版时的数字，以后不变。",
    )

    def __init__(self, data: Any = None, *, programme: Programme | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = Edition.objects.filter(programme=programme).defer("content").order_by("-pk")
        self.fields["edition"].queryset = known  # type: ignore[attr-defined]
        self.fields["edition"].label_from_instance = _named  # type: ignore[attr-defined]


def _named(edition: Edition) -> str:
    return f"{edition.number} {edition.title}"


class OpenForm(FiguresForm):
    """Which check to begin."""

    kind = forms.ChoiceField(label="类别", choices=AcceptanceKind.choices)
    field_order = ("kind", "edition")


class ScoreForm(forms.Form):
    """The self-score of one item."""

    points = forms.DecimalField(
        label="自评分", min_value=0, max_digits=4, decimal_places=1, localize=False
    )
    note = long_text("自评说明", rows=3, max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FindingsForm(forms.Form):
    """By when the gaps are to be closed."""

    due_on = date_field("整改期限")


def _key(label: str) -> forms.IntegerField:
    """Return a condition that names a row by its number."""
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )


class FindingFilter(forms.Form):
    """Narrows the findings in reach; a condition that cannot be read finds nothing."""

    unit = forms.ModelChoiceField(
        OrganisationUnit.objects.none(), label="整改单位", required=False, empty_label="全部"
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), (LATE, "逾期未整改"), *FindingState.choices],
    )
    programme = _key("试点编号")
    acceptance = _key("验收编号")

    def __init__(self, data: Any, *, reach: FindingQuerySet) -> None:
        super().__init__(data)
        units = OrganisationUnit.objects.filter(pk__in=reach.values("unit"))
        self.fields["unit"].queryset = units.order_by("kind", "position")  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return sum(1 for each in self.visible_fields() if self.data.get(each.name, "").strip())

    def narrow(self, findings: FindingQuerySet) -> FindingQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return findings.none()
        asked = self.cleaned_data
        if asked["programme"] is not None:
            findings = findings.of_programme(asked["programme"])
        if asked["acceptance"] is not None:
            findings = findings.of_check(asked["acceptance"])
        if asked["unit"]:
            findings = findings.filter(unit=asked["unit"])
        return findings.of_state(asked["state"]) if asked["state"] else findings
