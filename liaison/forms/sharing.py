"""Proposing to share a list."""

from typing import Any

from django import forms

from accounts.models import OrganisationUnit
from liaison.choices import GrantState
from liaison.lists import ALWAYS, ListKind


class ProposalForm(forms.Form):
    """Which fields, to whom, for what, until when; the list itself stands in the address."""

    fields_chosen = forms.MultipleChoiceField(
        label="共享哪些信息项",
        widget=forms.CheckboxSelectMultiple,
        help_text="名称和统一社会信用代码始终提供，否则无法对上是哪一家。",
        error_messages={"required": "请至少选择一个信息项。"},
    )
    receiver = forms.ModelChoiceField(
        OrganisationUnit.objects.departments(), label="接收部门", empty_label="请选择"
    )
    purpose = forms.CharField(
        label="用途", max_length=200, help_text="例如：项目申报审核时核对是否列入经营异常名录。"
    )
    valid_until = forms.DateField(
        label="有效期至",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "有效期不是一个日期，请按 2021-12-31 的样子填写。"},
    )

    def __init__(self, data: Any, kind: ListKind) -> None:
        choices = [(f.key, f.label) for f in kind.fields if f not in ALWAYS]
        super().__init__(data, initial={"fields_chosen": [key for key, _ in choices]})
        self.fields["fields_chosen"].choices = choices  # type: ignore[attr-defined]


class GrantDecisionForm(forms.Form):
    """What the second person decides."""

    target = forms.ChoiceField(choices=GrantState.choices)
    reason = forms.CharField(max_length=500, required=False)
    version = forms.IntegerField()
