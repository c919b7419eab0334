"""Forms around annual reports: finding them, the season, reminders."""

from typing import Any

from django import forms

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from registry.reporting.owed import current_year, open_years
from registry.reporting.register import STANDINGS

NOWHERE = "none"
USUAL_REST = 7  # days in which a society is not reminded again unless one says so


class ReportFilter(forms.Form):
    """Which reports are listed; the filter is the address."""

    q = forms.CharField(label="合作社", required=False, max_length=60)
    year = forms.ChoiceField(label="报告年度", required=False)
    standing = forms.ChoiceField(label="报送情况", required=False, choices=list(STANDINGS.items()))
    township = forms.ChoiceField(label="乡镇街道", required=False)
    mine = forms.BooleanField(label="只看我联系的", required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        if reach_of(user, Action.REMIND_REPORT) != Reach.ASSIGNED:
            del self.fields["mine"]
        years = open_years() or [current_year()]
        self.fields["year"].choices = [(str(year), f"{year}年度") for year in years]  # type: ignore[attr-defined]
        units = [(unit.code, unit.short_name) for unit in OrganisationUnit.objects.reporting()]
        self.fields["township"].choices = [("", "全部"), *units, (NOWHERE, "待判定")]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs.update(placeholder="名称、代码或拼音首字母", type="search")

    @property
    def chosen_year(self) -> int:
        return int(self.cleaned_data.get("year") or current_year())

    @property
    def chosen_standing(self) -> str:
        return str(self.cleaned_data.get("standing") or "")

    @property
    def chosen(self) -> int:
        """How many conditions are set, the year aside."""
        names = ("q", "standing", "township", "mine")
        return sum(bool(self.cleaned_data.get(name)) for name in names)

    def narrow(self, rows: Any) -> Any:
        """Narrow by name and township."""
        if term := self.cleaned_data.get("q"):
            rows = rows.matching(term)
        if self.cleaned_data.get("mine"):
            rows = rows.filter(counsellor=self.user)
        township = self.cleaned_data.get("township")
        if township == NOWHERE:
            return rows.filter(township__isnull=True)
        return rows.filter(township__code=township) if township else rows


class ReportReminderForm(forms.Form):
    """What the people of the societies are told."""

    text = forms.CharField(
        label="催报内容",
        min_length=2,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="各社收到的是同一段话。",
    )


class RestForm(forms.Form):
    """How long a society that was reminded is left in peace."""

    rest = forms.ChoiceField(
        label="不再催报",
        required=False,
        choices=[("7", "近7天催报过的"), ("3", "近3天催报过的"), ("1", "今天催报过的")],
    )

    @property
    def chosen(self) -> int:
        """Days; the usual ones when nothing, or nothing known, is asked for."""
        return int((self.is_valid() and self.cleaned_data["rest"]) or USUAL_REST)


class SeasonForm(forms.Form):
    """When the reports of a year are due."""

    year = forms.TypedChoiceField(label="报告年度", coerce=int, choices=[])
    due_on = forms.DateField(
        label="截止日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    grace = forms.IntegerField(label="宽限（分钟）", min_value=0, max_value=1440, initial=5)
    two_signers = forms.BooleanField(
        label="须填报人和理事长两人先后签字，同一人不能签两次", required=False
    )
    reason = forms.CharField(label="依据", min_length=2, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = open_years()
        self.fields["year"].choices = [(year, f"{year}年度") for year in years]  # type: ignore[attr-defined]
