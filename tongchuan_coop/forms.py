"""What people type on the pages that join all parts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from registry.models import Cooperative


class AppointForm(forms.Form):
    """Which society a person is to act for, and why."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        help_text="18 位统一社会信用代码；未换照的填 15 位注册号。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="依据",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如授权书、身份核对情况。将写入操作记录。",
    )

    society: Cooperative

    def __init__(
        self, *args: Any, societies: QuerySet[Cooperative, Cooperative], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.societies = societies

    def clean_code(self) -> str:
        """Find the society in reach; keep it as `society`."""
        code: str = self.cleaned_data["code"].strip().upper()
        found = self.societies.filter(Q(uscc=code) | Q(registration_no=code)).first()
        if found is None:
            raise ValidationError("名录里没有这个代码，请核对后重填。", code="unknown")
        self.society = found
        return code


class ReasonForm(forms.Form):
    """The reason of a step that needs one."""

    reason = forms.CharField(max_length=500, min_length=2)
