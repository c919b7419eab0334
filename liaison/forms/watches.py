"""What is typed about signs of illegal fund-raising, and the filter of their list."""

from typing import Any

from django import forms

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from common import clock
from common.conditions import Conditions, search_field
from liaison.models.watch import WatchQuerySet
from liaison.watch_choices import WatchSign, WatchState
from registry.models import Cooperative

EMPTY = [("", "全部")]


class WatchForm(forms.Form):
    """A sign that somebody saw."""

    sign = forms.ChoiceField(label="迹象", choices=[("", "请选择"), *WatchSign.choices])
    content = long_text(
        "情况", rows=4, max_length=500, help_text="写明时间、地点、涉及多少人多少钱，怎样得知。"
    )
    noted_on = date_field("发现日期", initial=clock.today)

    def facts(self) -> dict[str, Any]:
        """Return what was filled in."""
        return self.cleaned_data


class ReferralForm(forms.Form):
    """Which department a sign goes to, when and under which number."""

    referred_to = forms.ModelChoiceField(
        OrganisationUnit.objects.none(), label="移送部门", empty_label="请选择"
    )
    referred_on = date_field("移送日期", initial=clock.today)
    referral_number = forms.CharField(
        label="移送文号", max_length=60, help_text="例如：通农函〔2021〕23号。"
    )
    letter = AttachmentsField(label="移送函扫描件", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referred_to"].queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """The scan of the letter, when it comes after the referral."""

    letter = AttachmentsField(label="移送函扫描件")


class WatchFilter(Conditions):
    """Narrows the list of signs."""

    q = search_field("合作社名称或代码")
    sign = forms.ChoiceField(label="迹象", required=False, choices=[*EMPTY, *WatchSign.choices])
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "待办"), *WatchState.choices, ("all", "全部")],
    )

    def narrow(self, rows: WatchQuerySet) -> WatchQuerySet:
        """Apply every condition; without a state only open ones are shown."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            found = Cooperative.objects.matching(asked["q"])
            rows = rows.filter(cooperative__in=found.values("pk"))
        if asked["sign"]:
            rows = rows.filter(sign=asked["sign"])
        match asked["state"]:
            case "":
                return rows.open()
            case "all":
                return rows
            case state:
                return rows.filter(state=state)
