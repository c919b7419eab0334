"""Training events and the ledger of guidance, as they are typed."""

from typing import Any

from django import forms

from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from registry.models import Cooperative
from training.choices import Audience, EventState, GuidanceKind, Topic
from training.models import GuidanceRecord, TrainingEvent

_FACTS = (
    "title",
    "audience",
    "unit",
    "held_on",
    "begins_at",
    "hours",
    "place",
    "trainers",
    "topics",
    "cost",
)


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """A training event."""

    topics = forms.MultipleChoiceField(
        label="内容", choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TrainingEvent
        fields = _FACTS
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "begins_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {"unit": "区级举办的留空。", "cost": "单位：元，没有费用填0。"}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reach_of(user, Action.MANAGE_EVENT) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting()
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
            self.fields["unit"].empty_label = "区级举办"  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        return {name: self.cleaned_data[name] for name in _FACTS if name in self.cleaned_data}

    def upon(self, fresh: Any, user: Any) -> "tuple[EventForm, list[Clash]]":
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = type(self)(upon_version(self.data, fresh.version), instance=fresh, user=user)
        stands = {name: getattr(fresh, name) for name in _FACTS if name in form.fields}
        return form, clashes(form, stands)


class EventFilter(Conditions):
    """Narrows the list of training events."""

    q = search_field("名称")
    audience = forms.ChoiceField(
        label="对象", required=False, choices=[("", "全部"), *Audience.choices]
    )
    unit = forms.ChoiceField(label="举办单位", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *EventState.choices]
    )
    since = forms.DateField(
        label="日期（起）", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="日期（止）", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
        choices = [("", "全部"), ("district", "区级"), *units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def narrow(self, events: Any) -> Any:
        """Apply every condition; one that cannot be read finds nothing."""
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        if asked["unit"] == "district":
            events = events.filter(unit__isnull=True)
        elif asked["unit"]:
            events = events.filter(unit__code=asked["unit"])
        plain = {
            "title__contains": asked["q"],
            "audience": asked["audience"],
            "state": asked["state"],
            "held_on__gte": asked["since"],
            "held_on__lte": asked["until"],
        }
        return events.filter(**{name: value for name, value in plain.items() if value})


class SignInForm(forms.Form):
    """Somebody says that they are here."""

    name = forms.CharField(label="姓名", max_length=30)
    organisation = forms.CharField(
        label="单位或合作社全称", max_length=100, help_text="照营业执照填写，便于统计。"
    )


class GuidanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line of the ledger of guidance."""

    code = forms.CharField(
        label="合作社的统一社会信用代码",
        max_length=18,
        required=False,
        help_text="已登记的合作社填写；拟设立的留空。",
    )
    field_order = ("kind", "on", "unit", "about", "code", "people", "advice", "outcome")

    class Meta:
        model = GuidanceRecord
        fields = ("kind", "on", "unit", "about", "people", "advice", "outcome")
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "advice": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.initial.setdefault("on", clock.today())
        if reach_of(user, Action.WRITE_GUIDANCE) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting()
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    def clean_code(self) -> Cooperative | None:
        """Find the society that the code names, within reach."""
        code = self.cleaned_data["code"].strip().upper()
        if not code:
            return None
        reach = Cooperative.objects.permitted(self._user, Action.WRITE_GUIDANCE)
        found = reach.filter(uscc=code).first()
        if found is None:
            raise forms.ValidationError(
                "您能看到的合作社里没有这个代码，请对照营业执照核对18位代码。"
            )
        return found

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        facts = {n: v for n, v in self.cleaned_data.items() if n != "code"}
        return {**facts, "cooperative": self.cleaned_data["code"]}


class GuidanceFilter(forms.Form):
    """Narrows the ledger of guidance."""

    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部"), *GuidanceKind.choices]
    )

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return int(bool(self.data.get("kind")))

    def narrow(self, rows: Any) -> Any:
        """Apply the condition; one that cannot be read finds nothing."""
        if not self.is_valid():
            return rows.none()
        kind = self.cleaned_data["kind"]
        return rows.filter(kind=kind) if kind else rows
