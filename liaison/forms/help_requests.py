"""What is typed about the help that a township asks for, and the filter of the list."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from liaison.forms.societies import SocietyForm
from liaison.help_choices import HelpState, NeedKind
from liaison.models import HelpRequest
from liaison.models.help_request import HelpRequestQuerySet

EMPTY = [("", "全部")]


class HelpForm(SocietyForm):
    """What a township needs; files come with the first filing, later ones on the request's page."""

    action = Action.FILE_HELP
    text = long_text(
        "具体情况",
        rows=5,
        max_length=1000,
        help_text="写清楚遇到什么困难、已经做了什么、希望哪个部门怎样帮助。",
    )
    evidence = AttachmentsField(label="照片和材料", required=False)

    class Meta:
        model = HelpRequest
        fields = ("kind", "title", "text", "cooperative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["evidence"]


class AssignForm(forms.Form):
    """Which unit is asked, and by when it answers."""

    department = forms.ModelChoiceField(
        label="承办单位", queryset=OrganisationUnit.objects.none(), empty_label="请选择"
    )
    due_on = date_field("答复期限")
    note = forms.CharField(label="交办说明", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """A day that is over cannot be kept."""
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError("答复期限不能早于今天。")
        return day


class HelpReportForm(forms.Form):
    """A line of progress or, with `finished`, the answer to the township."""

    text = long_text("办理情况或答复", rows=4, max_length=1000)
    evidence = AttachmentsField(label="有关材料", required=False)
    finished = forms.BooleanField(
        label="这是给乡镇街道的正式答复",
        required=False,
        help_text="不勾选只记进展；勾选后由乡镇街道确认是否解决。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HelpFilter(Conditions):
    """Narrows the list of requests."""

    q = search_field("事项、合作社")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "未办结"),
            ("overdue", "逾期未答复"),
            *HelpState.choices,
            ("all", "全部"),
        ],
    )
    kind = forms.ChoiceField(label="类别", required=False, choices=[*EMPTY, *NeedKind.choices])
    department = forms.ChoiceField(label="承办单位", required=False)
    township = forms.ChoiceField(label="乡镇街道", required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        reach = reach_of(user, Action.VIEW_HELP)
        if reach == Reach.OWN:
            del self.fields["department"]
        else:
            units = OrganisationUnit.objects.departments().values_list("code", "short_name")
            self.fields["department"].choices = [*EMPTY, *units]  # type: ignore[attr-defined]
        if reach == Reach.TOWNSHIP:
            del self.fields["township"]
        else:
            towns = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [*EMPTY, *towns]  # type: ignore[attr-defined]

    def narrow(self, rows: HelpRequestQuerySet) -> HelpRequestQuerySet:
        """Apply every condition; without a state only open ones are shown."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            named = Q(title__icontains=asked["q"]) | Q(text__icontains=asked["q"])
            rows = rows.filter(named | Q(cooperative__name__icontains=asked["q"]))
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        for name in ("department", "township"):
            if asked.get(name):
                rows = rows.filter(**{f"{name}__code": asked[name]})
        return rows.in_state(asked["state"])
