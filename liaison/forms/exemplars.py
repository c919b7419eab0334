"""What is typed about typical cases, their consent and publication, and the filter of their list."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from liaison.exemplar_choices import ExemplarKind, ExemplarState
from liaison.forms.societies import SocietyForm, named_society, society_field
from liaison.models import Exemplar, Sponsorship
from liaison.models.exemplar import LONGEST, ExemplarQuerySet
from registry.models import Cooperative

EMPTY = [("", "全部")]
_ASKED = "草稿可以先空着，提交审核前写齐。"


class ExemplarForm(SocietyForm):
    """One case in three sections; a township's own people need not name their township."""

    action = Action.WRITE_EXEMPLAR
    cooperative = society_field(label="合作社")
    summary = long_text(
        "摘要", rows=2, max_length=200, help_text="两三句话说清是什么经验，列在清单里。"
    )
    practice = long_text("做法", rows=8, required=False, max_length=LONGEST, help_text=_ASKED)
    results = long_text("成效", rows=5, required=False, max_length=LONGEST, help_text=_ASKED)
    lessons = long_text("启示", rows=4, required=False, max_length=LONGEST, help_text=_ASKED)
    evidence = AttachmentsField(label="照片和材料", required=False)

    class Meta:
        model = Exemplar
        fields = (
            *("title", "kind", "cooperative", "township", "summary"),
            *("practice", "results", "lessons"),
        )

    field_order = (*Meta.fields, "evidence")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["kind"].choices = [("", "请选择"), *ExemplarKind.choices]  # type: ignore[attr-defined]
        self._reach = reach_of(user, self.action)
        if self._reach == Reach.TOWNSHIP:
            del self.fields["township"]
        else:
            township = self.fields["township"]
            township.queryset = OrganisationUnit.objects.reporting()  # type: ignore[attr-defined]
            township.empty_label = "全区（或按合作社所在乡镇街道）"  # type: ignore[attr-defined]

    def clean_cooperative(self) -> Cooperative | None:
        """Return the society that was named: in reach, or sponsored by one's own department."""
        reach = Cooperative.objects.permitted(self._user, self.action)
        if self._reach == Reach.OWN:
            own = Sponsorship.objects.current().filter(department=self._user.unit_id)
            reach = Cooperative.objects.standing().filter(
                Q(pk__in=reach.values("pk")) | Q(pk__in=own.values("cooperative"))
            )
        return named_society(self.cleaned_data["cooperative"], reach)

    def facts(self) -> dict[str, Any]:
        """Return the columns; the township of a township's own people is theirs."""
        facts = {
            name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data
        }
        return {"township": self._user.unit, **facts}


class PublishForm(forms.Form):
    """Who reads a case: everybody in the portal, or also the public."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    open_to_public = forms.BooleanField(
        label="同时向社会公开",
        required=False,
        help_text="公开网页上只显示标题、类别、合作社、乡镇街道、摘要和三段正文；附件不公开。",
    )


class ConsentForm(forms.Form):
    """When and through whom the society agreed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    consented_on = date_field("同意日期", initial=clock.today)
    consented_by = forms.CharField(
        label="同意人", max_length=60, help_text="例如：理事长某某，当面看过定稿。"
    )


class ExemplarFilter(Conditions):
    """Narrows the list of typical cases."""

    q = search_field("标题、摘要、合作社")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "未撤下"), *ExemplarState.choices, ("public", "已向社会公开")],
    )
    kind = forms.ChoiceField(label="类别", required=False, choices=[*EMPTY, *ExemplarKind.choices])
    township = forms.ChoiceField(label="乡镇街道", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        towns = OrganisationUnit.objects.reporting().values_list("code", "short_name")
        self.fields["township"].choices = [*EMPTY, *towns]  # type: ignore[attr-defined]

    def narrow(self, rows: ExemplarQuerySet) -> ExemplarQuerySet:
        """Apply every condition; what was taken down is shown only when it is asked for."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            named = Q(title__icontains=asked["q"]) | Q(summary__icontains=asked["q"])
            rows = rows.filter(named | Q(cooperative__name__icontains=asked["q"]))
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        if asked["township"]:
            rows = rows.filter(township__code=asked["township"])
        match asked["state"]:
            case "":
                return rows.standing()
            case "public":
                return rows.public()
            case state:
                return rows.filter(state=state)
