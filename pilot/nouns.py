"""Pilots, phases, targets, tasks, figures, editions, checks, archives, for programs and exports."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from accounts.nouns import MOMENT, NUMBER, TEXTS, Noun, Part
from accounts.policy import Action, may
from common import spreadsheet
from common.figures import whole_number
from common.keyset import Key
from pilot import kept_lists
from pilot.forms.acceptances import FindingFilter
from pilot.forms.figures import EditionFilter
from pilot.forms.work_plan import PartFilter
from pilot.indicators import BY_KEY, INDICATORS
from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    Archive,
    Edition,
    IndicatorFigure,
    Phase,
    PlanTask,
    Programme,
    Target,
    TaskPart,
)
from pilot.programmes import running_programme

PROGRAMME = Part("programme", "programme.name", label="试点")
TITLE = Part("title", value=lambda row: BY_KEY[row.indicator].title, label="指标名称")
OF_PROGRAMME = {"programme": "programme"}
OF_PROGRAMME_OF_TASK = {"programme": "task__programme"}


def _amount(name: str, label: str) -> Part:
    """Return an amount in the unit of its indicator, without empty decimals."""
    return Part(name, value=lambda row: _plain(getattr(row, name)), label=label)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _part_filter(data: Any, user: Any) -> PartFilter:
    asked = whole_number(data.get("programme", ""))
    programme = Programme.objects.filter(pk=asked).first() if asked else running_programme()
    return PartFilter(data, user=user, programme=programme)


def _of_seen_indicators(rows: Any, user: Any) -> Any:
    """Leave out what is of an indicator whose page the person may not open."""
    seen = [indicator.key for indicator in INDICATORS if may(user, indicator.action)]
    return rows.filter(indicator__in=seen)


PROGRAMMES = Noun(
    name="programmes",
    title="试点",
    model=Programme,
    action=Action.VIEW_PROGRAMME,
    argument="programme",
    parts=(
        NUMBER,
        Part("name"),
        Part("level"),
        Part("batch"),
        Part("document"),
        Part("starts_on"),
        Part("ends_on"),
        Part("baseline_on", "baseline_day", label="基线日期", kind=spreadsheet.DAY),
    ),
    conditions={"level": "level"},
    order=(Key("starts_on", descending=True), Key("pk", descending=True)),
)
PHASES = Noun(
    name="phases",
    title="试点阶段",
    model=Phase,
    action=Action.VIEW_PROGRAMME,
    argument="phase",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("name"),
        Part("starts_on"),
        Part("ends_on"),
        Part("content"),
    ),
    joined=lambda rows: rows.select_related("programme"),
    conditions=OF_PROGRAMME,
)
TARGETS = Noun(
    name="targets",
    title="试点目标",
    model=Target,
    action=Action.VIEW_PROGRAMME,
    argument="target",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("key", "indicator", label="指标"),
        TITLE,
        _amount("value", "目标值"),
        _amount("baseline", "起点值"),
        Part("starts_on"),
        Part("due_on"),
        Part("basis"),
        Part("definition_version"),
    ),
    joined=lambda rows: rows.select_related("programme"),
    conditions={**OF_PROGRAMME, "key": "indicator"},
)
TASKS = Noun(
    name="tasks",
    title="试点任务",
    model=PlanTask,
    action=Action.VIEW_WORK_PLAN,
    argument="task",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("source"),
        Part("title"),
        Part("phase", "phase.name", label="阶段"),
        Part("lead", "lead.name", label="牵头单位"),
        Part("start_on"),
        Part("due_on"),
        Part("done_when"),
    ),
    joined=lambda rows: rows.select_related("programme", "phase", "lead"),
    conditions={**OF_PROGRAMME, "phase": "phase", "lead": "lead__code"},
    order=(Key("start_on"), Key("due_on"), Key("pk")),
)
PARTS = Noun(
    name="task-parts",
    title="分单位任务",
    model=TaskPart,
    action=Action.VIEW_WORK_PLAN,
    argument="part",
    parts=(
        NUMBER,
        Part("task", "task.title", label="任务"),
        Part("source", "task.source", label="方案条目"),
        Part("unit", "unit.name", label="承担单位"),
        Part("due_on", "task.due_on", label="完成期限", kind=spreadsheet.DAY),
        Part("state"),
        Part("progress"),
        Part("note"),
        Part("begun_on"),
        Part("done_on"),
        Part("confirmed_on"),
    ),
    joined=lambda rows: rows.for_list(),
    conditions={**OF_PROGRAMME_OF_TASK, "unit": "unit__code", "state": "state"},
    listed=kept_lists.PARTS,
)
FIGURES = Noun(
    name="figures",
    title="指标数值",
    model=IndicatorFigure,
    action=Action.VIEW_INDICATOR,
    argument="figure",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("key", "indicator", label="指标"),
        TITLE,
        Part("on"),
        Part("township"),
        Part("numerator"),
        Part("denominator"),
        Part("wide"),
        Part("definition_version"),
    ),
    joined=lambda rows: rows.select_related("programme"),
    told=_of_seen_indicators,
    conditions={**OF_PROGRAMME, "key": "indicator", "on": "on", "township": "township"},
)
EDITIONS = Noun(
    name="editions",
    title="定版",
    model=Edition,
    action=Action.VIEW_EDITION,
    argument="edition",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("edition", "number", label="编号"),
        Part("title"),
        Part("on"),
        Part("known"),
        Part("sha256"),
        Part("made_by", "made_by.full_name", label="定版人"),
        Part("made_at", kind=MOMENT),
    ),
    joined=lambda rows: rows.defer("content").select_related("programme", "made_by"),
    conditions=OF_PROGRAMME,
)
ACCEPTANCES = Noun(
    name="acceptances",
    title="验收核对",
    model=Acceptance,
    action=Action.VIEW_ACCEPTANCE,
    argument="acceptance",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("kind"),
        Part("state"),
        Part("as_of"),
        Part("edition", "edition.number", label="目标数字取自"),
        Part("opened_by", "opened_by.full_name", label="发起人"),
        Part("conclusion"),
    ),
    joined=lambda rows: rows.select_related("programme", "edition", "opened_by"),
    conditions={**OF_PROGRAMME, "kind": "kind", "state": "state"},
    order=(Key("as_of", descending=True), Key("pk", descending=True)),
)
FINDINGS = Noun(
    name="findings",
    title="验收问题",
    model=AcceptanceFinding,
    action=Action.VIEW_FINDING,
    argument="finding",
    parts=(
        NUMBER,
        Part("title", value=lambda row: row.title, label="核对项"),
        Part("text"),
        Part("unit", "unit.name", label="整改单位"),
        Part("due_on"),
        Part("state"),
        Part("outcome"),
        Part("done_on"),
        Part("confirmed_on"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=FindingFilter,
    make_filter=kept_lists.FINDINGS.form,
    listed=kept_lists.FINDINGS,
)
ARCHIVES = Noun(
    name="archives",
    title="试点归档",
    model=Archive,
    action=Action.VIEW_ARCHIVE,
    argument="archive",
    parts=(
        NUMBER,
        PROGRAMME,
        Part("state"),
        Part("requested_by", "requested_by.full_name", label="发起人"),
        Part("requested_at"),
        Part("files"),
        Part("sha256"),
        Part("checked_at"),
        Part("intact"),
        Part("faults", kind=TEXTS),
        Part("message"),
    ),
    joined=lambda rows: rows.select_related("programme", "requested_by"),
    conditions={**OF_PROGRAMME, "state": "state"},
)
# For exports alone: the lists of the pages, with their own conditions.
PART_LIST = replace(
    PARTS, filter=PartFilter, make_filter=_part_filter, conditions=OF_PROGRAMME_OF_TASK
)
EDITION_LIST = replace(EDITIONS, filter=EditionFilter)
NOUNS = (
    PROGRAMMES,
    PHASES,
    TARGETS,
    TASKS,
    PARTS,
    FIGURES,
    EDITIONS,
    ACCEPTANCES,
    FINDINGS,
    ARCHIVES,
)
