"""Units, old place names and their villages."""

from django import forms

from accounts.forms.edited import ReasonedForm
from accounts.models import OrganisationUnit, UnitAlias


def _reporting_units(
    label: str, *, required: bool, empty: str
) -> "forms.ModelChoiceField[OrganisationUnit]":
    return forms.ModelChoiceField(
        label=label,
        required=required,
        queryset=OrganisationUnit.objects.reporting(),
        empty_label=empty,
    )


class UnitForm(ReasonedForm):
    """A township, a department or another unit."""

    class Meta:
        model = OrganisationUnit
        fields = ("code", "name", "short_name", "kind", "position", "in_joint_meeting", "active")
        help_texts = {
            "code": "乡镇街道填九位统计用区划代码；没有代码的填一个拼音简写。",
            "short_name": "列表和表头里用的短名称。",
            "position": "在列表中的先后，数字小的在前。",
        }


class AliasForm(ReasonedForm):
    """An old place name and its successor."""

    unit = _reporting_units("现属机构", required=False, empty="分属几处，按村判定")

    class Meta:
        model = UnitAlias
        fields = ("name", "old_code", "unit", "note")
        help_texts = {"name": "登记住所里仍在使用的旧名称，例如西外镇。"}


class VillageForm(forms.Form):
    """Where a village of an old township belongs today."""

    village = forms.CharField(label="村（社区）", max_length=40, help_text="例如梨园村、文凤社区。")
    unit = _reporting_units("现属机构", required=True, empty="请选择")
    reason = forms.CharField(
        label="判定依据",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如文件名称、文号，或向谁核实。将写入操作记录。",
    )
