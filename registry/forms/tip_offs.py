"""Tip-offs: what the public or the office writes down, and the conditions of the list."""

from typing import Any

from django import forms

from registry.cleanup.choices import Route, TipOffChannel, TipOffState
from registry.models.tip_off import TipOffQuerySet
from registry.operations.tip_offs import Told

OPEN, OVERDUE = "", "overdue"


class PublicTipOffForm(forms.Form):
    """What somebody tells; who they are is up to them. `website` is a trap for machines."""

    about = forms.CharField(
        label="被举报的合作社", max_length=120, help_text="写名称，不知道全称的写所在村和负责人。"
    )
    content = forms.CharField(
        label="反映的情况",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text="写清时间、地点、什么事。不要写与举报无关的个人信息。",
    )
    reporter_name = forms.CharField(
        label="您的姓名",
        required=False,
        max_length=40,
        help_text="可以不填；填了便于核实和答复，严格保密。",
    )
    reporter_phone = forms.CharField(label="您的电话", required=False, max_length=20)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def told(self) -> Told:
        """Return what was told."""
        names = ("about", "content", "reporter_name", "reporter_phone")
        return Told(**{name: self.cleaned_data[name].strip() for name in names})


class OfficeTipOffForm(PublicTipOffForm):
    """The same, written down at the office, with how it came in."""

    channel = forms.ChoiceField(
        label="来源", choices=[each for each in TipOffChannel.choices if each[0] != "web"]
    )
    reporter_name = forms.CharField(
        label="举报人姓名",
        required=False,
        max_length=40,
        help_text="本人不愿说的可以不填；填了便于核实和答复，严格保密。",
    )
    reporter_phone = forms.CharField(label="举报人电话", required=False, max_length=20)
    field_order = ("channel", "about", "content", "reporter_name", "reporter_phone")


class MatchForm(forms.Form):
    """Which society of the register it is about."""

    code = forms.CharField(label="合作社代码", max_length=18, help_text="在名录中查到后填代码。")
    version = forms.IntegerField(widget=forms.HiddenInput)


class TipOffCaseForm(forms.Form):
    """Which way the case goes that follows."""

    route = forms.ChoiceField(label="途径", choices=Route.choices)


class TipOffFilter(forms.Form):
    """Narrows the tip-offs in reach."""

    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "未办结"), (OVERDUE, "未办结且逾期"), *TipOffState.choices, ("all", "全部")],
    )

    def narrow(self, tip_offs: TipOffQuerySet) -> TipOffQuerySet:
        """Apply the condition; one that cannot be read finds nothing."""
        if not self.is_valid():
            return tip_offs.none()
        match self.cleaned_data["state"]:
            case "":
                return tip_offs.open()
            case "overdue":
                return tip_offs.overdue()
            case "all":
                return tip_offs
            case state:
                return tip_offs.filter(state=state)

    @property
    def chosen(self) -> int:
        return 1 if self.data.get("state", "") else 0


def bound(form: type[forms.Form], request: Any) -> Any:
    """Return a form with what was posted, if anything was."""
    return form(request.POST or None)
