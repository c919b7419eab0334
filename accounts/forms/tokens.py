"""Asking for a token, for oneself or for a department."""

import datetime as dt
from typing import Any

from django import forms

from accounts.choices import TokenScope
from accounts.models import ApiToken, User
from accounts.operations.tokens import LONGEST, WRONG_DAY, liaisons
from accounts.policy import Action, Reach, reach_of
from common import clock

USUAL = dt.timedelta(days=90)
SCOPE_LINES = {
    TokenScope.READ: "只能读取数据，不能改动。",
    TokenScope.DELIVER: "只能报送数据文件并查看自己报送的进度。",
    TokenScope.WRITE: "能读取，也能办理使用人本人有权办理的事项。",
}


class LiaisonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A liaison, named with the department."""

    def label_from_instance(self, obj: Any) -> str:
        """Return department and person."""
        return f"{obj.unit}（{obj.full_name}）"


class TokenForm(forms.Form):
    """What a token is for, whose it is, how far it goes and until when."""

    name = forms.CharField(
        label="用途",
        max_length=40,
        strip=True,
        help_text="哪个系统用它做什么，例如“登记系统每季报送”。",
        error_messages={"required": "请写明令牌给哪个系统、做什么用。"},
    )
    liaison = LiaisonField(
        User.objects.none(),
        label="使用人",
        required=False,
        empty_label="我本人",
        help_text="给部门的令牌以该部门联络员的名义办理，范围与联络员相同。",
    )
    scope = forms.ChoiceField(
        label="范围",
        choices=[(scope.value, f"{scope.label}：{line}") for scope, line in SCOPE_LINES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择令牌的范围。"},
    )
    expires_on = forms.DateField(
        label="有效期至",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="最长一年。到期前请另发一个新的。",
        error_messages={"required": "请填写有效期。", "invalid": "日期请写成 2021-12-31 的样子。"},
    )

    def __init__(self, data: Any, *, by: User) -> None:
        start = {"scope": TokenScope.READ, "expires_on": clock.today() + USUAL}
        super().__init__(data, initial=start)
        if reach_of(by, Action.ISSUE_TOKEN) == Reach.DISTRICT:
            known = User.objects.filter(pk__in=[person.pk for person in liaisons()])
            self.fields["liaison"].queryset = (  # type: ignore[attr-defined]
                known.select_related("unit").order_by("unit__position", "pk")
            )
        else:
            del self.fields["liaison"]

    def clean_expires_on(self) -> dt.date:
        """Between today and a year from now."""
        chosen: dt.date = self.cleaned_data["expires_on"]
        if not clock.today() <= chosen <= clock.today() + LONGEST:
            raise forms.ValidationError(WRONG_DAY)
        return chosen


class WithdrawForm(forms.Form):
    """The token to withdraw, among those in reach."""

    token = forms.ModelChoiceField(ApiToken.objects.none())

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        reach = ApiToken.objects.permitted(by, Action.ISSUE_TOKEN)
        self.fields["token"].queryset = (  # type: ignore[attr-defined]
            reach.select_related("person", "unit")
        )
