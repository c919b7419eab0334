"""Asking for a list as a file."""

from typing import Any

from django import forms

from accounts.choices import ExportForm
from accounts.exporting import Exporter
from accounts.models import ExportJob, User
from accounts.operations.exports import NO_REASON
from accounts.policy import Action, may


class AskForm(forms.Form):
    """The kind of file, and whether it holds whole personal numbers."""

    form = forms.ChoiceField(
        label="文件格式",
        choices=ExportForm.choices,
        initial=ExportForm.XLSX,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择文件格式。"},
    )
    personal = forms.BooleanField(label="导出完整证件号码（默认遮盖）", required=False)
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=200,
        help_text="只在导出完整个人信息时填写，写入操作记录。",
    )

    def __init__(self, data: Any, *, exporter: Exporter, by: User) -> None:
        super().__init__(data)
        if exporter.unmask is None or not may(by, exporter.unmask):
            del self.fields["personal"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where personal numbers go out whole."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if asked.get("personal") and len(asked.get("reason", "").strip()) < 2:
            self.add_error("reason", NO_REASON)
        return asked


class FetchForm(forms.Form):
    """The export whose file is taken, among one's own."""

    export = forms.ModelChoiceField(ExportJob.objects.none())

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.fields["export"].queryset = (  # type: ignore[attr-defined]
            ExportJob.objects.permitted(by, Action.EXPORT_LIST)
        )
