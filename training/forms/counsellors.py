"""Appointing, assigning, declaring an interest, handing over."""

from typing import Any

from django import forms

from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock
from common.conditions import Conditions, search_field
from registry.choices import InterestKind
from registry.models import Cooperative
from training.choices import AssignmentKind, Specialty
from training.models import Counsellor

_DAY = {"type": "date"}
_FACTS = ("specialty", "source", "full_time", "appointed_on", "until", "note")


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: Any) -> str:
        """Name a person with their unit, so that two of one name can be told apart."""
        user = getattr(person, "user", person)
        return f"{user.full_name}（{user.unit or '未定机构'}）"


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """The appointment of a person; with an instance, a change of it with its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    user = _PersonField(label="人员", queryset=User.objects.none(), empty_label="请选择")
    reason = forms.CharField(
        label="修改理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将写入操作记录，供日后核查。",
    )
    field_order = ("user", *_FACTS, "reason")

    class Meta:
        model = Counsellor
        fields = _FACTS
        widgets = {
            "appointed_on": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
            "until": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        }
        help_texts = {"until": "没有写明期限的留空。到期前60天会提醒。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"]
            free = User.objects.filter(
                is_active=True,
                role__in=roles_with(Action.WRITE_VISIT, Reach.ASSIGNED),
                counsellor_post__isnull=True,
            )
            self.fields["user"].queryset = free.select_related("unit").order_by("unit", "pk")  # type: ignore[attr-defined]
            self.initial.setdefault("appointed_on", clock.today())
        else:
            del self.fields["user"]
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        """The term must not end before it begins."""
        facts: dict[str, Any] = super().clean() or {}
        begins, ends = facts.get("appointed_on"), facts.get("until")
        if begins and ends and ends < begins:
            self.add_error("until", "聘期截止日期早于聘任日期，请核对。")
        return facts

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        return {name: self.cleaned_data[name] for name in _FACTS}

    def upon(self, fresh: Any) -> "tuple[AppointmentForm, list[Clash]]":
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = type(self)(upon_version(self.data, fresh.version), instance=fresh)
        return form, clashes(form, {name: getattr(fresh, name) for name in _FACTS})


class AssignmentForm(forms.Form):
    """Who shall look after a society, and as what."""

    counsellor = _PersonField(
        label="辅导员", queryset=Counsellor.objects.none(), empty_label="请选择"
    )
    kind = forms.ChoiceField(label="类别", choices=AssignmentKind.choices)
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, data: Any, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        able = Counsellor.objects.serving(clock.today()).select_related("user__unit")
        self.fields["counsellor"].queryset = able.order_by("user__unit__position", "pk")  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """Which society a counsellor has an interest in."""

    code = forms.CharField(label="合作社的统一社会信用代码", max_length=18)
    kind = forms.ChoiceField(label="关系", choices=InterestKind.choices)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean_code(self) -> Cooperative:
        """Find the society that the code names."""
        code = self.cleaned_data["code"].strip().upper()
        found = Cooperative.objects.filter(uscc=code).first()
        if found is None:
            raise forms.ValidationError("名录里没有这个代码，请对照营业执照核对18位代码。")
        return found


class HandoverForm(forms.Form):
    """To whom, why, and whether the giver leaves."""

    taker = _PersonField(label="接收人", queryset=Counsellor.objects.none(), empty_label="请选择")
    reason = forms.CharField(label="交接原因", max_length=200, help_text="例如工作调动、聘期届满。")
    leaves = forms.BooleanField(label="移交人从今天起不再担任辅导员", required=False)

    def __init__(self, data: Any, *, giver: Counsellor, by: Any) -> None:
        super().__init__(data)
        able = Counsellor.objects.serving(clock.today()).permitted(by, Action.ASSIGN_COUNSELLOR)
        others = able.exclude(pk=giver.pk).select_related("user__unit")
        near = giver.user.unit_id
        self.fields["taker"].queryset = others.order_by("user__unit__position", "pk")  # type: ignore[attr-defined]
        first = others.filter(user__unit=near).first()
        if first is not None:
            self.initial["taker"] = first.pk


class CounsellorFilter(Conditions):
    """Narrows the list of counsellors."""

    q = search_field("姓名")
    township = forms.ChoiceField(label="乡镇街道", required=False)
    specialty = forms.ChoiceField(
        label="专长", required=False, choices=[("", "全部"), *Specialty.choices]
    )
    state = forms.ChoiceField(
        label="聘期", required=False, choices=[("", "在聘"), ("ended", "已离任"), ("all", "全部")]
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        if reach_of(user, Action.VIEW_COUNSELLOR) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [("", "全部"), *units]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, rows: Any) -> Any:
        """Apply every condition; one that cannot be read finds nobody."""
        if not self.is_valid():
            return rows.none()
        asked, today = self.cleaned_data, clock.today()
        if asked["q"]:
            rows = rows.filter(user__full_name__contains=asked["q"])
        if asked.get("township"):
            rows = rows.filter(user__unit__code=asked["township"])
        if asked["specialty"]:
            rows = rows.filter(specialty=asked["specialty"])
        if asked["state"] == "all":
            return rows
        serving = rows.serving(today)
        return rows.exclude(pk__in=serving.values("pk")) if asked["state"] else serving
