"""Days of 现场批量注销: planning, inviting, results, closing."""

from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.clashes import Clash, clashes, upon_version
from common import clock
from common.rows_field import RowsField
from registry.cleanup.choices import BatchOutcome
from registry.forms.surveys import day_field
from registry.models import BatchDay, CleanupCase
from registry.operations.batch_days import DayFacts


class DayForm(forms.Form):
    """When and where, and for how many."""

    title = forms.CharField(label="名称", max_length=60, initial="合作社现场批量注销")
    held_on = day_field("日期")
    hours = forms.CharField(label="时间", max_length=40, initial="9:00—16:00")
    place = forms.CharField(label="地点", max_length=120)
    slots = forms.IntegerField(label="名额", min_value=1, max_value=500, initial=30)
    note = forms.CharField(
        label="要带的材料",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="印在名单上，例如营业执照正副本、公章、法定代表人身份证原件。",
    )

    def clean_held_on(self) -> Any:
        """A day is planned ahead."""
        if self.cleaned_data["held_on"] < clock.today():
            raise ValidationError("日期不能早于今天。", code="past")
        return self.cleaned_data["held_on"]

    def facts(self) -> DayFacts:
        return DayFacts(**self.cleaned_data)


class DayCorrectionForm(DayForm):
    """The same of a day that was planned; with a reason once somebody counts on it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="将写入操作记录。已经安排了合作社的必须填写，并请另行告知这些合作社和有关部门。",
    )

    def __init__(self, data: Any, day: BatchDay) -> None:
        stands = {each.name: getattr(day, each.name) for each in fields(DayFacts)}
        super().__init__(data, initial={**stands, "version": day.version})
        self.day = day

    def clean_held_on(self) -> Any:
        """A day that came may keep its date; a new one lies ahead."""
        asked = self.cleaned_data["held_on"]
        return asked if asked == self.day.held_on else super().clean_held_on()

    def facts(self) -> DayFacts:
        return DayFacts(**{each.name: self.cleaned_data[each.name] for each in fields(DayFacts)})

    def upon(self, fresh: BatchDay) -> tuple["DayCorrectionForm", list[Clash]]:
        """Return what was typed on top of the fresh day, and where the two differ."""
        form = DayCorrectionForm(upon_version(self.data, fresh.version), fresh)
        return form, clashes(
            form, {each.name: getattr(fresh, each.name) for each in fields(DayFacts)}
        )


class InviteForm(forms.Form):
    """Which cases get a slot."""

    cases = RowsField(
        CleanupCase.objects.none(),
        label="案件",
        error_messages={"required": "请先勾选要安排的案件。"},
    )

    def __init__(self, data: Any, offered: Any) -> None:
        super().__init__(data)
        self.fields["cases"].queryset = offered  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """What became of one step on the spot."""

    outcome = forms.ChoiceField(label="结果", choices=BatchOutcome.choices)
    note = forms.CharField(label="说明", required=False, max_length=200)


class CloseForm(forms.Form):
    """How a day ends: why, and on which day the rest goes on."""

    reason = forms.CharField(label="小结", min_length=2, max_length=500)
    following = forms.ModelChoiceField(
        BatchDay.objects.none(),
        label="没办完的转到",
        required=False,
        empty_label="不转，由责任人继续办",
    )

    def __init__(self, data: Any, day: BatchDay) -> None:
        super().__init__(data)
        others = BatchDay.objects.planned().exclude(pk=day.pk)
        self.fields["following"].queryset = others  # type: ignore[attr-defined]
