"""Which day the figures are of; targets; editions."""

import datetime as dt
from typing import Any

from django import forms

from common import clock
from common.conditions import search_field
from pilot.models import Programme, Target
from pilot.models.edition import EditionQuerySet

EARLIEST = dt.date(2007, 7, 1)  # the law came into force; there was no society before


class AsOfForm(forms.Form):
    """The day that figures are true on, and the day by which one had to know."""

    on = forms.DateField(
        label="统计日", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    known = forms.DateField(
        label="只采信截至",
        required=False,
        help_text="留空为现在所知。填早的日子，看当时掌握的情况。",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    programme = forms.CharField(required=False, widget=forms.HiddenInput)
    DAYS = ("on", "known")

    def __init__(self, asked: Any) -> None:
        # The day that is shown stands in the field, whether it was asked for or not.
        super().__init__({"on": clock.today().isoformat(), **{k: v for k, v in asked.items() if v}})

    def chosen(self) -> tuple[dt.date, dt.date | None]:
        """Return the two days; today, and as known now, for what is not asked or not readable."""
        self.is_valid()  # what can be read is used, whatever stands beside it
        on, known = (self.cleaned_data.get(name) for name in self.DAYS)
        on = max(min(on or clock.today(), clock.today()), EARLIEST)
        return on, known and max(known, EARLIEST)


def clean_target(form: forms.BaseForm, asked: dict[str, Any]) -> dict[str, Any]:
    """Say what is wrong with a target: it takes time and asks for something."""
    first, last, value = asked.get("starts_on"), asked.get("due_on"), asked.get("value")
    if first and last and first >= last:
        form.add_error("due_on", "完成期限应晚于起算日期。")
    if value is not None and value <= 0:
        form.add_error("value", "目标值应大于零。")
    return asked


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """One target, with the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="修改理由",
        max_length=300,
        help_text="写入操作记录，例如上级调整任务的文号。",
        error_messages={"required": "请写明修改理由。"},
    )

    class Meta:
        model = Target
        fields = ("value", "baseline", "starts_on", "due_on", "basis")
        widgets = {
            "starts_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "due_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """A target takes time and asks for something."""
        return clean_target(self, super().clean() or {})


class EditionFilter(forms.Form):
    """Finds an edition of a programme by its number or title."""

    q = search_field("编号或标题")
    programme = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return 1 if self.data.get("q", "").strip() else 0

    def narrow(self, rows: EditionQuerySet) -> EditionQuerySet:
        """Apply the condition."""
        if not self.is_valid():
            return rows.none()
        term = self.cleaned_data["q"]
        return rows.matching(term) if term else rows


class EditionForm(forms.Form):
    """What is frozen: the day, a title."""

    title = forms.CharField(
        label="标题",
        max_length=100,
        help_text="例如“2021年二季度试点工作进展”。",
        error_messages={"required": "请填写标题。"},
    )
    on = forms.DateField(
        label="统计日",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": "请选择统计日。"},
    )
    known = forms.DateField(
        label="只采信截至",
        required=False,
        help_text="留空为现在所知。",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_on(self) -> dt.date:
        """A day of the programme that has come."""
        on: dt.date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError("统计日还没有到。")
        if on < self.programme.starts_on:
            raise forms.ValidationError("统计日早于试点开始日期。")
        return on


class BulletinForm(forms.Form):
    """Whether the bulletin ranks the townships."""

    ranking = forms.BooleanField(
        label="附各乡镇街道排名",
        required=False,
        help_text="不勾选时按固定顺序列出，不排名次。",
    )
