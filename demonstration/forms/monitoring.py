"""What is typed while a title is monitored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.edited import date_field, long_text
from common import clock
from common.conditions import Conditions
from demonstration.choices import Level, MonitoringCause, MonitoringDecision, MonitoringState
from demonstration.models import CriteriaSet
from demonstration.models.monitoring import MonitoringCaseQuerySet


class CaseFilter(Conditions):
    """Narrows the monitoring cases."""

    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "未结案"), *MonitoringState.choices, ("all", "全部")],
    )
    cause = forms.ChoiceField(
        label="起因", required=False, choices=[("", "全部"), *MonitoringCause.choices]
    )
    level = forms.ChoiceField(label="级别", required=False, choices=[("", "全部"), *Level.choices])

    def narrow(self, cases: MonitoringCaseQuerySet) -> MonitoringCaseQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return cases.none()
        asked = self.cleaned_data
        if asked["cause"]:
            cases = cases.filter(cause=asked["cause"])
        if asked["level"]:
            cases = cases.filter(title__level=asked["level"])
        match asked["state"]:
            case "":
                return cases.open()
            case "all":
                return cases
            case state:
                return cases.filter(state=state)


class MonitoringRoundForm(forms.Form):
    """A round of monitoring over all holders of a level."""

    title = forms.CharField(label="名称", max_length=60, help_text="例如“2021年区级示范社监测”。")
    level = forms.ChoiceField(label="级别", choices=Level.choices)
    criteria = forms.ModelChoiceField(
        CriteriaSet.objects.none(), label="对照标准", empty_label="请选择现行标准"
    )
    due_on = date_field("材料报送期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = CriteriaSet.objects.in_force(clock.today())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The criteria are those of the level, and there is time to answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        criteria, due = cleaned.get("criteria"), cleaned.get("due_on")
        if criteria and criteria.level != cleaned.get("level"):
            self.add_error("criteria", ValidationError("请选择同一级别的标准。"))
        if due and due <= clock.today():
            self.add_error("due_on", ValidationError("期限须在今天之后。"))
        return cleaned


class OpeningForm(forms.Form):
    """Why one title is looked at by itself."""

    cause = forms.ChoiceField(
        label="起因",
        choices=[(c.value, c.label) for c in MonitoringCause if c != MonitoringCause.BIENNIAL],
    )
    details = long_text("情况", rows=4, max_length=1000)


class TellingForm(forms.Form):
    """When and how the society was told, and until when it may reply."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = date_field("告知日期")
    how = forms.CharField(label="告知方式", max_length=200, help_text="例如当面送达、邮寄及单号。")
    reply_due = date_field("答复期限")


class ReplyForm(forms.Form):
    """What the society answers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = long_text("答复", rows=6, max_length=3000)


class DecisionForm(forms.Form):
    """What the meeting decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="决定", choices=MonitoringDecision.choices, widget=forms.RadioSelect
    )
    meeting = forms.CharField(label="会议纪要文号", max_length=100)
    on = date_field("会议日期")
    tasks = long_text(
        "整改任务",
        rows=4,
        required=False,
        help_text="每行一项。限期整改和取消称号的须填写。",
    )
    tasks_due = date_field("整改期限", required=False)


class PublicationForm(forms.Form):
    """By which document the decision was published."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    document = forms.CharField(label="公布文号", max_length=60)
    on = date_field("公布日期")
