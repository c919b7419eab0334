"""What a person types while a suspicion is looked into, and what a society answers."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.attachments import AttachmentsField
from accounts.models import User
from common import clock
from registry.choices import FlagState
from registry.models import Flag
from registry.operations.verification import (
    DAYS_TO_VERIFY,
    verifiers_of,
)

MYSELF = "myself"
MOST_AT_ONCE = 200
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_VERSION = "页面内容已过期，请刷新后再操作。"


def usual_day() -> dt.date:
    """Return the day by which a suspicion is usually to be looked into."""
    return clock.today() + dt.timedelta(days=DAYS_TO_VERIFY)


class VersionedForm(forms.Form):
    """A form that knows which version of the row was on the screen."""

    version = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput, error_messages={"required": NO_VERSION}
    )


class AssignForm(VersionedForm):
    """Who looks into it, and by when; why, when it is looked into once more."""

    to = forms.ModelChoiceField(label="核实人", queryset=User.objects.none(), empty_label="请选择")
    due_on = forms.DateField(label="核实期限", widget=DAY)
    reason = forms.CharField(
        label="重新核实的理由",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, flag: Flag) -> None:
        first = flag.cooperative.counsellor_id or flag.assigned_to_id
        initial = {
            "version": flag.version,
            "due_on": usual_day(),
            "to": flag.assigned_to_id or first,
        }
        super().__init__(data, initial=initial)
        people: Any = self.fields["to"]
        people.queryset = verifiers_of(flag).select_related("unit")
        people.label_from_instance = _named
        if flag.state in {FlagState.CONFIRMED, FlagState.DISMISSED}:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


def _named(person: User) -> str:
    where = person.unit.short_name if person.unit else ""
    return f"{person}（{where}{person.get_role_display()}）"


class DecisionForm(VersionedForm):
    """Whether it is true, what was found, and documents that show it."""

    verdict = forms.ChoiceField(
        label="核实结论",
        choices=[
            (FlagState.CONFIRMED.value, "属实"),
            (FlagState.DISMISSED.value, "不属实"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核实结论。"},
    )
    conclusion = forms.CharField(
        label="核实情况",
        min_length=4,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清看了什么、问了谁、结果怎样。",
    )
    uploads = AttachmentsField(label="证明材料或照片", required=False)


class DeferForm(VersionedForm):
    """Until when it waits, and why."""

    until = forms.DateField(label="暂缓至", widget=DAY)
    reason = forms.CharField(
        label="暂缓理由", min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """What a society says to a matter, with photos."""

    text = forms.CharField(
        label="说明情况",
        min_length=2,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="如实说明即可，几句话也可以。不会填的，可请辅导员协助。",
    )
    photos = AttachmentsField(label="照片或材料（可不传）", required=False)

    def clean_text(self) -> str:
        """Refuse blanks only."""
        text: str = self.cleaned_data["text"].strip()
        if not text:
            raise ValidationError("请写明答复内容。")
        return text
