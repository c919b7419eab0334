"""Units, old place names and their villages."""

from typing import Any

from django import forms

from accounts.forms.clashes import Clash, clashes, upon_version
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


class _Edited(forms.ModelForm):  # type: ignore[type-arg]
    """A form that carries the version that was seen and, for a change, a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="修改理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将写入操作记录，供日后核查。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"]
        else:
            self.initial["version"] = self.instance.version

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def upon(self, fresh: Any) -> tuple["_Edited", list[Clash]]:
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = type(self)(upon_version(self.data, fresh.version), instance=fresh)
        stands = {name: getattr(fresh, name) for name in self._meta.fields or ()}
        return form, clashes(form, stands)


class UnitForm(_Edited):
    """A township, a department or another unit."""

    class Meta:
        model = OrganisationUnit
        fields = ("code", "name", "short_name", "kind", "position", "in_joint_meeting", "active")
        help_texts = {
            "code": "乡镇街道填九位统计用区划代码；没有代码的填一个拼音简写。",
            "short_name": "列表和表头里用的短名称。",
            "position": "在列表中的先后，数字小的在前。",
        }


class AliasForm(_Edited):
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
