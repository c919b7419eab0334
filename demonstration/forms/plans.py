"""Cultivation plans, their measures, named lists, and what societies do and have."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common.conditions import Conditions, search_field
from demonstration.choices import (
    KINDS_OF_STRENGTH,
    ChainStage,
    Level,
    NamedList,
    PlanState,
    Strength,
    StrengthKind,
    Verification,
)
from demonstration.models import CultivationPlan, PlanMeasure, Undertaking
from demonstration.models.plan import PlanQuerySet
from demonstration.models.strength import StrengthQuerySet
from registry.cleanup.choices import RelationKind
from registry.models import Cooperative, Relation

EMPTY = [("", "全部")]


def offer_townships(form: forms.Form, user: Any, action: Action) -> None:
    """Offer the townships to who reaches the district; others have but one."""
    if reach_of(user, action) == Reach.DISTRICT:
        units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
        form.fields["township"].choices = [*EMPTY, *units]  # type: ignore[attr-defined]
    else:
        del form.fields["township"]


class PlanFilter(Conditions):
    """Narrows the plans."""

    q = search_field("合作社名称或代码")
    target = forms.ChoiceField(label="培育目标", required=False, choices=[*EMPTY, *Level.choices])
    township = forms.ChoiceField(label="乡镇街道", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "培育中"), *PlanState.choices[1:], ("all", "全部")],
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        offer_townships(self, user, Action.VIEW_PLAN)

    def narrow(self, plans: PlanQuerySet) -> PlanQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return plans.none()
        asked = self.cleaned_data
        if asked["q"]:
            plans = plans.filter(
                cooperative__in=Cooperative.objects.matching(asked["q"]).values("pk")
            )
        if asked["target"]:
            plans = plans.filter(target=asked["target"])
        if asked.get("township"):
            plans = plans.filter(cooperative__township__code=asked["township"])
        match asked["state"]:
            case "":
                return plans.active()
            case "all":
                return plans
            case state:
                return plans.filter(state=state)


class PlanForm(EditedForm):
    """What a plan aims at, who answers for it, until when."""

    due_on = date_field("达标期限")

    class Meta:
        model = CultivationPlan
        fields = ("target", "due_on", "situation", "responsible", "department")
        widgets = {"situation": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"situation": "写明现在的情况和差距；可参照达标自查。"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.people().filter(is_active=True, unit__isnull=False)
        if reach_of(user, Action.EDIT_PLAN) != Reach.DISTRICT:
            people = people.filter(unit=user.unit_id)
        responsible, department = self.fields["responsible"], self.fields["department"]
        responsible.queryset = people.select_related("unit").order_by("unit__position", "pk")  # type: ignore[attr-defined]
        responsible.label_from_instance = _person  # type: ignore[attr-defined]
        responsible.empty_label = "请选择"  # type: ignore[attr-defined]
        department.queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]
        department.empty_label = "暂不指定"  # type: ignore[attr-defined]


def _person(person: User) -> str:
    return f"{person.full_name}（{person.unit.short_name if person.unit else ''}）"


class MeasureForm(EditedForm):
    """One measure of a plan."""

    due_on = date_field("完成期限")

    class Meta:
        model = PlanMeasure
        fields = ("dimension", "aim", "steps", "responsible", "department", "due_on")
        widgets = {"steps": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department"]
        department.queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]
        department.empty_label = "暂不指定"  # type: ignore[attr-defined]


class ListEntryForm(forms.Form):
    """A society for a named list, with the reason."""

    code = forms.CharField(label="合作社的统一社会信用代码", max_length=18)
    name = forms.ChoiceField(label="名单", choices=NamedList.choices)
    reason = long_text("入选理由", rows=3, max_length=300)


class UndertakingForm(EditedForm):
    """Industry, chain stage, base and the like."""

    class Meta:
        model = Undertaking
        fields = (
            "industry",
            "products",
            "chain_stage",
            "base_area",
            "scale_members",
            "online_sales",
            "led_by_family_farms",
            "credit_cooperation",
            "verification",
        )

    def __init__(self, *args: Any, surest: tuple[Verification, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verification"].choices = [(each.value, each.label) for each in surest]  # type: ignore[attr-defined]
        for name in ("led_by_family_farms", "credit_cooperation"):
            self.fields[name].widget.choices = [
                ("unknown", "不清楚"),
                ("true", "是"),
                ("false", "否"),
            ]


class StrengthForm(forms.Form):
    """A service, facility, channel, business, certificate or brand."""

    what = forms.ChoiceField(label="项目")
    name = forms.CharField(label="名称或说明", max_length=100, required=False)
    number = forms.CharField(
        label="证书编号", max_length=60, required=False, help_text="产品认证须填写。"
    )
    since = date_field("起始日期", required=False)
    valid_until = date_field("有效期至", required=False, help_text="产品认证须填写。")
    verification = forms.ChoiceField(label="核实程度")

    def __init__(self, *args: Any, surest: tuple[Verification, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = grouped_strengths()  # type: ignore[attr-defined]
        self.fields["verification"].choices = [(each.value, each.label) for each in surest]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What ends does not end before it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("since"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "有效期不能早于起始日期。")
        return cleaned


def grouped_strengths() -> list[Any]:
    """Return the entries as groups of a select."""
    return [
        (kind.label, [(each.value, each.label) for each in entries])
        for kind, entries in KINDS_OF_STRENGTH.items()
    ]


class StrengthFilter(Conditions):
    """Narrows what societies do and have."""

    q = search_field("合作社名称或代码")
    kind = forms.ChoiceField(label="类别", required=False, choices=[*EMPTY, *StrengthKind.choices])
    what = forms.ChoiceField(label="项目", required=False, choices=[*EMPTY, *Strength.choices])
    chain_stage = forms.ChoiceField(
        label="产业链环节", required=False, choices=[*EMPTY, *ChainStage.choices]
    )
    verification = forms.ChoiceField(
        label="核实程度", required=False, choices=[*EMPTY, *Verification.choices]
    )
    relation = forms.ChoiceField(
        label="主体关系",
        required=False,
        choices=[
            *EMPTY,
            *((k.value, k.label) for k in RelationKind if k != RelationKind.HOUSEHOLD_TO_FARM),
        ],
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    validity = forms.ChoiceField(
        label="有效期",
        required=False,
        choices=[("", "有效的"), ("expiring", "90 天内到期或已过期"), ("all", "全部")],
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        offer_townships(self, user, Action.VIEW_STRENGTH)

    def narrow(self, rows: StrengthQuerySet) -> StrengthQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(
                cooperative__in=Cooperative.objects.matching(asked["q"]).values("pk")
            )
        for name, column in (
            ("kind", "kind"),
            ("what", "what"),
            ("verification", "verification"),
            ("chain_stage", "cooperative__undertaking__chain_stage"),
            ("township", "cooperative__township__code"),
        ):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if asked["relation"]:
            held = Relation.objects.in_force().filter(kind=asked["relation"])
            sides = Q(cooperative__relations__in=held) | Q(
                cooperative__relations_of_others__in=held
            )
            rows = rows.filter(pk__in=rows.filter(sides).order_by().values("pk"))
        match asked["validity"]:
            case "":
                return rows.current()
            case "expiring":
                return rows.expiring_soon()
            case _:
                return rows
