"""What is typed about a decision on its way, and the filter of the list."""

from typing import Any

from django import forms

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from common.conditions import Conditions, search_field
from liaison.meeting_choices import DecisionState
from liaison.models.decision import UNDONE, DecisionQuerySet

SHOWN = tuple(state for state in DecisionState if state != DecisionState.DRAFT)


class ProgressForm(forms.Form):
    """A line of progress, perhaps with evidence; `finished` reports the decision done."""

    text = long_text("办理情况", rows=3, max_length=500)
    evidence = AttachmentsField(label="佐证材料", required=False)
    finished = forms.BooleanField(
        label="已办结，报区农业农村局确认",
        required=False,
        help_text="报告办结须有佐证材料。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExtendForm(forms.Form):
    """Another day, and why."""

    due_on = date_field("新的完成时限")
    reason = forms.CharField(label="理由", max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionFilter(Conditions):
    """Narrows the list of decisions."""

    q = search_field("议定事项")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "未办结"),
            ("overdue", "已逾期"),
            ("all", "全部"),
            *((each.value, each.label) for each in SHOWN),
        ],
    )
    lead = forms.ChoiceField(label="牵头单位", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        units = OrganisationUnit.objects.filter(active=True).order_by("position")
        self.fields["lead"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *units.values_list("code", "short_name"),
        ]

    def narrow(self, rows: DecisionQuerySet) -> DecisionQuerySet:
        """Apply every condition; without a state only what is undone is shown."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(text__icontains=asked["q"])
        if asked["lead"]:
            rows = rows.filter(lead__code=asked["lead"])
        match asked["state"]:
            case "":
                return rows.filter(state__in=UNDONE)
            case "overdue":
                return rows.overdue()
            case "all":
                return rows
            case state:
                return rows.filter(state=state)
