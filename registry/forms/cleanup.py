"""Clean-up cases: opening, the will, steps, tasks and cost."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.forms.attachments import AttachmentsField
from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, roles_with
from common import clock
from registry.cleanup.choices import Route
from registry.forms.surveys import day_field
from registry.models import CleanupCase, Cooperative

CONDITIONS = ("no_debts", "no_pledge", "no_proceedings", "no_fines")
_CHECKED = (("", "尚未核对"), ("yes", "是"), ("no", "否"))


def people_who_answer(township: int | None, *, wide: bool = True) -> Any:
    """Return who can be responsible for a case: the bureau, if `wide`, and a township's people."""
    near = roles_with(Action.WORK_CLEANUP, Reach.TOWNSHIP) if township else ()
    far = roles_with(Action.WORK_CLEANUP, Reach.DISTRICT) if wide else ()
    return (
        User.objects.people()
        .filter(Q(role__in=far) | Q(role__in=near, unit=township), is_active=True)
        .select_related("unit")
        .order_by("unit__position", "full_name")
    )


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person with the place where they work."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}（{obj.unit.short_name}）" if obj.unit else str(obj)


class ChargeForm(forms.Form):
    """What a new case has whatever its way: why, who answers for it, and by when."""

    because = forms.CharField(
        label="立案理由",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明依据，例如摸底、走访或核实的结果。合作社看不到这一栏。",
    )
    owner = PersonChoice(User.objects.none(), label="责任人", empty_label="请选择")
    department = forms.ModelChoiceField(
        OrganisationUnit.objects.departments(),
        label="责任部门",
        empty_label="请选择",
        help_text="水利、林业、供销等领办创办的合作社，由各业务部门负责。",
    )
    due_on = day_field("办结期限")

    def __init__(self, data: Any, *, people: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """A case cannot have to be closed before it is opened."""
        return _not_past(self.cleaned_data["due_on"])


class CaseForm(ChargeForm):
    """A new case of one society: which way as well, and the suspicion it comes from."""

    field_order = ("route",)
    route = forms.ChoiceField(label="途径", choices=Route.choices, widget=forms.RadioSelect)
    flag = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, society: Cooperative, **more: Any) -> None:
        super().__init__(data, people=people_who_answer(society.township_id), **more)


class WillingnessForm(forms.Form):
    """The society's signed will: who signed, when, and the paper."""

    signer = forms.CharField(label="签署人", max_length=60, help_text="一般为理事长。")
    signed_on = day_field("签署日期")
    uploads = AttachmentsField(
        label="意愿书", help_text="签名的意愿书，拍照或扫描。可以用本页的空白意愿书打印后签名。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_signed_on(self) -> Any:
        """Nobody has signed tomorrow."""
        return _not_future(self.cleaned_data["signed_on"])


class ConditionsForm(forms.Form):
    """The conditions of simplified deregistration, each yes, no or not checked yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, case: CleanupCase) -> None:
        super().__init__(data, initial={"version": case.version})
        for name in CONDITIONS:
            field: Any = CleanupCase._meta.get_field(name)
            self.fields[name] = forms.ChoiceField(
                label=str(field.verbose_name),
                choices=_CHECKED,
                required=False,
                initial={True: "yes", False: "no", None: ""}[getattr(case, name)],
            )

    def facts(self) -> dict[str, bool | None]:
        """Return what was checked; None where nobody has looked yet."""
        return {
            name: {"yes": True, "no": False, "": None}[self.cleaned_data[name]]
            for name in CONDITIONS
        }


class CaseEditForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who answers for a case, by when, and what it costs."""

    owner = PersonChoice(User.objects.none(), label="责任人", empty_label=None)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="修改理由", max_length=200)

    class Meta:
        model = CleanupCase
        fields = ("owner", "department", "due_on", "cost", "cost_waived", "waiver_basis")
        help_texts = {
            "cost": "办理注销要花的钱，如公告费。没有费用填 0；还不知道的留空。",
            "cost_waived": "其中减免的部分。",
        }

    def __init__(self, data: Any, case: CleanupCase) -> None:
        super().__init__(data, instance=case, initial={"version": case.version})
        self.fields["owner"].queryset = people_who_answer(case.cooperative.township_id)  # type: ignore[attr-defined]
        self.fields["department"].queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]
        self.fields["due_on"] = day_field("办结期限", initial=case.due_on)

    def clean(self) -> dict[str, Any]:
        """No more is waived than charged, and a waiver has a basis."""
        cleaned = super().clean() or self.cleaned_data
        cost, waived = cleaned.get("cost"), cleaned.get("cost_waived")
        if waived is not None and (cost is None or waived > cost):
            self.add_error("cost_waived", "减免金额不能超过办理费用。")
        if waived and waived > Decimal(0) and not cleaned.get("waiver_basis", "").strip():
            self.add_error("waiver_basis", "有减免的，请写明减免依据。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def upon(self, fresh: CleanupCase) -> tuple["CaseEditForm", list[Clash]]:
        """Return what was typed on top of the fresh case, and where the two differ."""
        form = CaseEditForm(upon_version(self.data, fresh.version), fresh)
        return form, clashes(form, {name: getattr(fresh, name) for name in self.Meta.fields})


class RouteForm(forms.Form):
    """Another route for a case, and why."""

    route = forms.ChoiceField(label="改走", choices=Route.choices)
    reason = forms.CharField(label="理由", min_length=2, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """A step that was done, or a notice that was published: the day, a word, the paper."""

    on = day_field("办结日期")
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="例如受理号、文书编号。",
    )
    uploads = AttachmentsField(label="办理凭证", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_on(self) -> Any:
        """Nothing was done tomorrow."""
        return _not_future(self.cleaned_data["on"])


class TaskForm(forms.Form):
    """One thing to mend, and by when."""

    title = forms.CharField(label="改造事项", max_length=120)
    due_on = day_field("完成期限")

    def clean_due_on(self) -> Any:
        """A task lies ahead."""
        return _not_past(self.cleaned_data["due_on"])


class SubmissionForm(forms.Form):
    """What was mended, with its evidence."""

    outcome = forms.CharField(label="改造情况", max_length=300, widget=forms.Textarea({"rows": 3}))
    uploads = AttachmentsField(label="改造佐证", required=False)


def _not_future(day: Any) -> Any:
    if day > clock.today():
        raise ValidationError("日期不能晚于今天。", code="future")
    return day


def _not_past(day: Any) -> Any:
    if day < clock.today():
        raise ValidationError("期限不能早于今天。", code="past")
    return day
