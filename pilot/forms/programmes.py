"""Pilots: what one is, its phases, a new target, where the tasks of a removed phase go."""

from typing import Any

from django import forms

from accounts.forms.edited import EditedForm, ReasonedForm, StepForm, date_field
from pilot.forms.figures import clean_target
from pilot.indicators import INDICATORS
from pilot.models import Phase, Programme, Target


class ProgrammeForm(ReasonedForm):
    """A pilot: who set it up, by which paper, from when to when."""

    starts_on = date_field("开始日期")
    ends_on = date_field("结束日期")
    baseline_on = date_field(
        "基线日期",
        required=False,
        help_text="目标的起点值取自这一天；不填为试点开始日。",
    )

    class Meta:
        model = Programme
        fields = ("name", "level", "batch", "document", "starts_on", "ends_on", "baseline_on")
        help_texts = {
            "name": "例如“通川区农民合作社质量提升整县推进试点”。",
            "batch": "例如“第二批”。",
            "document": "设立试点的文号。",
        }

    def clean(self) -> dict[str, Any]:
        """A pilot takes time, and its baseline lies before its end."""
        asked = super().clean() or {}
        first, last, baseline = (
            asked.get(name) for name in ("starts_on", "ends_on", "baseline_on")
        )
        if first and last and first >= last:
            self.add_error("ends_on", "结束日期应晚于开始日期。")
        if baseline and last and baseline > last:
            self.add_error("baseline_on", "基线日期不能晚于结束日期。")
        return asked


class PhaseForm(EditedForm):
    """A phase within the days of its pilot."""

    starts_on = date_field("开始日期")
    ends_on = date_field("结束日期")

    class Meta:
        model = Phase
        fields = ("name", "starts_on", "ends_on", "content")

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme or self.instance.programme

    def clean_name(self) -> str:
        """A phase has a name of its own within its pilot."""
        name: str = self.cleaned_data["name"]
        others = Phase.objects.filter(programme=self.programme, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("这个试点已有同名的阶段。")
        return name

    def clean(self) -> dict[str, Any]:
        """A phase ends after it begins."""
        asked = super().clean() or {}
        first, last = asked.get("starts_on"), asked.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", "结束日期不能早于开始日期。")
        return asked


class PhaseRemovalForm(StepForm):
    """Why a phase goes, and where its tasks move."""

    heir = forms.ModelChoiceField(Phase.objects.none(), required=False, label="任务移到")

    def __init__(self, data: Any, phase: Phase) -> None:
        super().__init__(data)
        others = phase.programme.phases.exclude(pk=phase.pk)
        self.fields["heir"].queryset = others  # type: ignore[attr-defined]
        self.fields["reason"].required = True
        self.fields["reason"].label = "理由"


class NewTargetForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A target that a pilot does not have yet."""

    indicator = forms.ChoiceField(label="指标")
    starts_on = date_field("起算日期")
    due_on = date_field("完成期限")
    baseline = forms.DecimalField(
        label="起点值",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=1,
        help_text="不填时，取该项指标在基线日期的实际数值。",
    )

    class Meta:
        model = Target
        fields = ("indicator", "value", "baseline", "starts_on", "due_on", "basis")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = set(programme.targets.values_list("indicator", flat=True))
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((i.key, f"{i.code} {i.title}（{i.unit}）") for i in INDICATORS if i.key not in known),
        ]
        self.initial["starts_on"] = programme.starts_on
        self.initial["due_on"] = programme.ends_on

    def clean(self) -> dict[str, Any]:
        """A target takes time and asks for something."""
        return clean_target(self, super().clean() or {})

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in, the indicator left out."""
        names = ("value", "baseline", "starts_on", "due_on", "basis")
        return {name: self.cleaned_data[name] for name in names}
