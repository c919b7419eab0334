"""The work plan: narrowing it, a task and its units, other days, what a unit reports."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common.conditions import search_field
from common.rows_field import RowsField
from pilot.models import Phase, PlanTask, Programme, TaskPart
from pilot.models.task import PartQuerySet
from pilot.network import Standing
from pilot.plan_choices import LATE, LATE_WORD, PartState

EMPTY = [("", "全部")]
CRITICAL, SOON = "critical", "soon"
SOON_DAYS = 30
MOST = 100


class _Narrowing(forms.Form):
    """What both lists can be narrowed by; a condition that cannot be read finds nothing."""

    q = search_field("任务或方案条目")
    phase = forms.ModelChoiceField(Phase.objects.none(), label="阶段", required=False)
    unit = forms.ModelChoiceField(OrganisationUnit.objects.none(), label="单位", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    programme = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any, programme: Programme | None) -> None:
        super().__init__(data)
        phases, unit = self.fields["phase"], self.fields["unit"]
        phases.empty_label = "全部"  # type: ignore[attr-defined]
        phases.queryset = Phase.objects.filter(programme=programme).order_by("starts_on", "pk")  # type: ignore[attr-defined]
        unit.empty_label = "全部"  # type: ignore[attr-defined]
        units = OrganisationUnit.objects.filter(active=True).order_by("kind", "position")
        if reach_of(user, Action.VIEW_WORK_PLAN) != Reach.DISTRICT:
            parts = TaskPart.objects.permitted(user, Action.VIEW_WORK_PLAN)
            units = units.filter(Q(pk__in=parts.values("unit")) | Q(pk=user.unit_id))
        unit.queryset = units  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return sum(1 for each in self.visible_fields() if self.data.get(each.name, "").strip())


class BoardFilter(_Narrowing):
    """Narrows the tasks of the board, whose standing is computed and not stored."""

    def __init__(self, data: Any, *, user: Any, programme: Programme | None) -> None:
        super().__init__(data, user=user, programme=programme)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            *EMPTY,
            (LATE, LATE_WORD),
            (CRITICAL, "关键任务"),
            *PartState.choices,
        ]

    def keeps(self, of_unit: Callable[[int], set[int]]) -> Callable[[Any, Standing], bool]:
        """Return what a task and its standing must be; `of_unit` gives the tasks of a unit."""
        if not self.is_valid():
            return lambda _task, _standing: False
        asked = self.cleaned_data
        term, state = asked["q"].strip(), asked["state"]
        theirs = of_unit(asked["unit"].pk) if asked.get("unit") else None

        def kept(task: Any, standing: Standing) -> bool:
            return (
                (not term or term in task.title or term.upper() in task.source)
                and (asked["phase"] is None or task.phase_id == asked["phase"].pk)
                and (theirs is None or task.pk in theirs)
                and _is(standing, state)
            )

        return kept


def _is(standing: Standing, state: str) -> bool:
    match state:
        case "":
            return True
        case "late":
            return standing.late
        case "critical":
            return standing.critical
        case _:
            return standing.state == state


class PartFilter(_Narrowing):
    """Narrows the parts of units."""

    def __init__(self, data: Any, *, user: Any, programme: Programme | None) -> None:
        super().__init__(data, user=user, programme=programme)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            *EMPTY,
            ("open", "未完成"),
            (LATE, LATE_WORD),
            (SOON, f"{SOON_DAYS} 天内到期"),
            *PartState.choices,
        ]

    def narrow(self, parts: PartQuerySet) -> PartQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return parts.none()
        asked = self.cleaned_data
        if term := asked["q"].strip():
            parts = parts.matching(term)
        if asked["phase"]:
            parts = parts.filter(task__phase=asked["phase"])
        if asked.get("unit"):
            parts = parts.filter(unit=asked["unit"])
        match asked["state"]:
            case "":
                return parts
            case "open":
                return parts.unfinished()
            case "soon":
                return parts.due_soon(SOON_DAYS)
            case state:
                return parts.of_state(state)


class TaskForm(EditedForm):
    """A task: what is to be done, when it counts as done, who leads it and who takes part."""

    units = RowsField(
        OrganisationUnit.objects.none(),
        label="承担单位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个承担单位。"},
    )

    class Meta:
        model = PlanTask
        fields: tuple[str, ...] = ("title", "done_when", "phase", "lead")
        help_texts = {"done_when": "一句话写明凭什么算完成，验收时照此核对。"}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = OrganisationUnit.objects.filter(active=True).order_by("kind", "position")
        self.fields["phase"].queryset = programme.phases.order_by("starts_on", "pk")  # type: ignore[attr-defined]
        self.fields["lead"].queryset = active  # type: ignore[attr-defined]
        self.fields["units"].queryset = active  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["units"] = list(self.instance.parts.values_list("unit", flat=True))


class NewTaskForm(TaskForm):
    """A task that is not in the plan yet: with its days."""

    start_on = date_field("开始日期")
    due_on = date_field("完成期限")

    class Meta(TaskForm.Meta):
        fields = ("title", "done_when", "phase", "lead", "start_on", "due_on")


class DaysForm(forms.Form):
    """Other days for a task."""

    start_on = date_field("开始日期")
    due_on = date_field("完成期限")


class MoveForm(DaysForm):
    """Other days, after their consequences were shown."""

    reason = long_text("改期原因", rows=2, min_length=2, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WaitForm(forms.Form):
    """Which task another one waits for."""

    waits_for = forms.ModelChoiceField(
        PlanTask.objects.none(), label="前置任务", empty_label="请选择"
    )

    def __init__(self, data: Any, task: PlanTask) -> None:
        super().__init__(data)
        others = PlanTask.objects.filter(programme=task.programme_id).exclude(pk=task.pk)
        known = task.dependencies.values("waits_for")
        self.fields["waits_for"].queryset = others.exclude(pk__in=known).order_by(  # type: ignore[attr-defined]
            "start_on", "pk"
        )
        self.fields["waits_for"].label_from_instance = _named  # type: ignore[attr-defined]


def _named(task: PlanTask) -> str:
    return f"{task.source} {task.title}".strip()


class ProgressForm(forms.Form):
    """How far a unit is, and what it did."""

    progress = forms.IntegerField(
        label="完成程度（%）",
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "请填写 0 到 100 的整数。"},
    )
    note = long_text("做了什么、还差什么", rows=3, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """A page of the portal that proves something."""

    label = forms.CharField(label="名称", max_length=60)
    address = forms.CharField(
        label="页面地址", max_length=300, help_text="打开能证明的页面，复制浏览器地址栏中的地址。"
    )
