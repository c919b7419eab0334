"""Sets of criteria and their items."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.edited import EditedForm, date_field, long_text
from demonstration.choices import ItemKind
from demonstration.measures import MEASURES
from demonstration.models import CriteriaItem, CriteriaSet


class CriteriaForm(EditedForm):
    """Title and document of a draft."""

    class Meta:
        model = CriteriaSet
        fields = ("title", "document")


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One item; the version is that of the whole draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    measure = forms.ChoiceField(
        label="取数口径",
        required=False,
        help_text="选了口径的，由系统从登记、名单和年度报告里取数；不选的由人判断。",
    )

    class Meta:
        model = CriteriaItem
        fields = ("section", "text", "kind", "points", "measure", "threshold", "basis", "confirmed")
        help_texts = {
            "points": "只有评分项填写满分。",
            "threshold": "数值口径的门槛，单位见口径；是与否的口径不填。",
            "basis": "文件名称和条款；没有找到原文的留空，也不要勾选“已核实出处”。",
        }

    field_order = (
        "section",
        "text",
        "kind",
        "points",
        "measure",
        "threshold",
        "basis",
        "confirmed",
    )

    def __init__(self, *args: Any, draft_version: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = draft_version
        self.fields["points"].required = False
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            ("", "由人判断"),
            *(
                (key, f"{measure.label}（{measure.unit}）" if measure.unit else measure.label)
                for key, measure in MEASURES.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """A scored item has points and no measure; a threshold goes with a number."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        measure = MEASURES.get(cleaned.get("measure") or "")
        scored = cleaned.get("kind") == ItemKind.SCORED
        cleaned["points"] = cleaned.get("points") or 0
        if scored and cleaned["points"] <= 0:
            self.add_error("points", ValidationError("评分项须填写大于 0 的满分。"))
        if scored and measure:
            self.add_error("measure", ValidationError("评分项由评审人打分，不选取数口径。"))
        if measure and not measure.yes and cleaned.get("threshold") is None:
            self.add_error("threshold", ValidationError("数值口径须填写门槛。"))
        if cleaned.get("threshold") is not None and (measure is None or measure.yes):
            self.add_error("threshold", ValidationError("没有数值口径的项目不填门槛。"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ReleaseForm(forms.Form):
    """From when a draft holds, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    effective_from = date_field("施行日期")
    reason = long_text(
        "发布依据",
        rows=2,
        max_length=500,
        help_text="例如发文文号或会议决定。将写入操作记录。",
    )
