"""Which state of a survey, a clean-up case, a step or a task may follow which, and what stands in the way."""

from accounts.models import Attachment
from accounts.policy import Action
from common import clock
from common.workflow import Transition, Workflow
from registry.cleanup.bars import bars_of, unwilling
from registry.cleanup.choices import (
    FINISHED_STEPS,
    BatchState,
    CampaignState,
    CaseState,
    StepState,
    SurveyState,
    TaskState,
    TermKind,
    TipOffState,
)
from registry.models import (
    BatchDay,
    CaseStep,
    CleanupCase,
    Cooperative,
    RectificationTask,
    SurveyCampaign,
)


# the survey
def _another_runs(campaign: SurveyCampaign) -> str:
    running = SurveyCampaign.objects.filter(state=CampaignState.OPEN).first()
    return f"“{running}”正在进行，不能同时开放两次摸底。" if running else ""


_MANAGE, _RECORD = Action.MANAGE_SURVEY.value, Action.RECORD_SURVEY.value

# fmt: off
CAMPAIGN = Workflow(name="摸底排查", field="state", transitions=(
    Transition(CampaignState.OPEN,   CampaignState.CLOSED, _MANAGE, "结束摸底", needs_reason=True),
    Transition(CampaignState.CLOSED, CampaignState.OPEN,   _MANAGE, "重新开放", _another_runs, needs_reason=True),
))
SURVEY = Workflow(name="摸底记录", field="state", transitions=(
    Transition(SurveyState.PENDING, SurveyState.RECORDED, _RECORD, "完成摸底"),
))
# fmt: on


# clean-up cases
def _steps_left(case: CleanupCase) -> str:
    if refusal := unwilling(case):
        return refusal
    left = case.steps.exclude(state__in=FINISHED_STEPS).count()
    return f"还有 {left} 个步骤没有办完。" if left else ""


def _not_all_gone(case: CleanupCase) -> str:
    if not case.is_exit:
        return "这条途径不以注销为结果，请用“办结”。"
    return _steps_left(case)


def _stays(case: CleanupCase) -> str:
    if case.is_exit:
        return "注销类案件须等登记数据确认，不能直接办结。"
    return _steps_left(case)


def _still_registered(case: CleanupCase) -> str:
    if not case.is_exit:
        return "这条途径不以注销为结果，请用“办结”。"
    if Cooperative.objects.gone_by_regulator().filter(pk=case.cooperative_id).exists():
        return ""
    return "市场监管局的数据里这家合作社还没有注销，不能计为已清退。数据更新后再确认。"


def _proof_stands(case: CleanupCase) -> str:
    return "" if _still_registered(case) else "市场监管局的数据仍显示已注销，不需要退回。"


def _another_open(case: CleanupCase) -> str:
    other = CleanupCase.objects.open().filter(cooperative=case.cooperative).first()
    return f"这家合作社已有案件 {other.number} 在办。" if other else ""


_WORK, _DECIDE_CASE = Action.WORK_CLEANUP.value, Action.DECIDE_CLEANUP.value
C = CaseState

# fmt: off
CASE = Workflow(name="清理案件", field="state", transitions=(
    Transition(C.OPENED,    C.UNDER_WAY, _WORK, "开始办理", unwilling),
    Transition(C.OPENED,    C.DECLINED,  _WORK, "合作社不同意", needs_reason=True),
    Transition(C.UNDER_WAY, C.DECLINED,  _WORK, "合作社撤回意愿", needs_reason=True),
    Transition(C.DECLINED,  C.OPENED,    _WORK, "重新征求意愿", _another_open, needs_reason=True),
    Transition(C.UNDER_WAY, C.AWAITING,  _WORK, "步骤办完，等登记数据", _not_all_gone),
    Transition(C.UNDER_WAY, C.SETTLED,   _DECIDE_CASE, "办结", _stays, needs_reason=True),
    Transition(C.UNDER_WAY, C.OPENED,    _DECIDE_CASE, "改走其他途径", needs_reason=True),
    Transition(C.AWAITING,  C.UNDER_WAY, _DECIDE_CASE, "退回继续办理", needs_reason=True),
    Transition(C.OPENED,    C.CLEARED,   _DECIDE_CASE, "确认已清退", _still_registered),
    Transition(C.UNDER_WAY, C.CLEARED,   _DECIDE_CASE, "确认已清退", _still_registered),
    Transition(C.AWAITING,  C.CLEARED,   _DECIDE_CASE, "确认已清退", _still_registered),
    Transition(C.CLEARED,   C.AWAITING,  _DECIDE_CASE, "登记数据已变，退回", _proof_stands, needs_reason=True),
    Transition(C.OPENED,    C.WITHDRAWN, _DECIDE_CASE, "终止案件", needs_reason=True),
    Transition(C.UNDER_WAY, C.WITHDRAWN, _DECIDE_CASE, "终止案件", needs_reason=True),
    Transition(C.AWAITING,  C.WITHDRAWN, _DECIDE_CASE, "终止案件", needs_reason=True),
    Transition(C.DECLINED,  C.WITHDRAWN, _DECIDE_CASE, "终止案件", needs_reason=True),
))
# fmt: on


# the steps of a case
def _not_yet(step: CaseStep) -> str:
    if refusal := unwilling(step.case):
        return refusal
    if step.case.state != CaseState.UNDER_WAY:
        return f"案件现为“{step.case.get_state_display()}”，不能办理步骤。"
    earlier = step.case.steps.filter(position__lt=step.position).exclude(state__in=FINISHED_STEPS)
    if first := earlier.order_by("position").select_related("template").first():
        return f"请先办完前面的步骤“{first.template.title}”。"
    return "".join(bars_of(step))


def _needs_a_notice(step: CaseStep) -> str:
    if step.template.term == TermKind.NOTICE:
        return "这一步要先发布公告，请填写公告日期。"
    return _not_yet(step)


def _notice_runs(step: CaseStep) -> str:
    if step.due_on and clock.today() <= step.due_on:
        due = step.due_on
        return f"公告期到{due.year}年{due.month}月{due.day}日才满，期满后才能办结。"
    return _not_yet(step)


def _no_notice(step: CaseStep) -> str:
    return _not_yet(step) if step.template.term == TermKind.NOTICE else "这一步没有公告期。"


def _case_rests(step: CaseStep) -> str:
    if step.case.state != CaseState.UNDER_WAY:
        return f"案件现为“{step.case.get_state_display()}”，不能改动步骤。"
    return ""


def _later_ones_rest(step: CaseStep) -> str:
    later = step.case.steps.filter(
        position__gt=step.position, state__in=(StepState.DONE, StepState.RUNNING)
    )
    if last := later.order_by("-position").select_related("template").first():
        return f"后面的步骤“{last.template.title}”已经办过，请先退回它。"
    return _case_rests(step)


_TAKE = Action.TAKE_STEP.value
P = StepState

# fmt: off
STEP = Workflow(name="案件步骤", field="state", transitions=(
    Transition(P.TODO,       P.RUNNING,    _TAKE, "发布公告", _no_notice),
    Transition(P.RUNNING,    P.DONE,       _TAKE, "办结", _notice_runs),
    Transition(P.TODO,       P.DONE,       _TAKE, "办结", _needs_a_notice),
    Transition(P.TODO,       P.NOT_NEEDED, _DECIDE_CASE, "不需要", _case_rests, needs_reason=True),
    Transition(P.NOT_NEEDED, P.TODO,       _DECIDE_CASE, "还是需要", _later_ones_rest, needs_reason=True),
    Transition(P.RUNNING,    P.TODO,       _DECIDE_CASE, "公告作废", _later_ones_rest, needs_reason=True),
    Transition(P.DONE,       P.TODO,       _DECIDE_CASE, "退回重办", _later_ones_rest, needs_reason=True),
))
# fmt: on


# tasks of those that stay
def _without_proof(task: RectificationTask) -> str:
    if task.case.state != CaseState.UNDER_WAY:
        return f"案件现为“{task.case.get_state_display()}”，不能提交任务。"
    if not Attachment.objects.of(task).exists():
        return "请先上传改造佐证（照片或文件），再提交。"
    return ""


# fmt: off
TASK = Workflow(name="规范改造任务", field="state", transitions=(
    Transition(TaskState.TODO, TaskState.DONE,     _WORK,        "提交复查", _without_proof),
    Transition(TaskState.DONE, TaskState.ACCEPTED, _DECIDE_CASE, "复查通过"),
    Transition(TaskState.DONE, TaskState.TODO,     _DECIDE_CASE, "退回再改", needs_reason=True),
))
# fmt: on


# batch days
def _day_ahead(day: BatchDay) -> str:
    if day.held_on > clock.today():
        return "还没有到这一天，不能结束；不办了请用“取消”。"
    return ""


_MANAGE_BATCH = Action.MANAGE_BATCH.value

# fmt: off
BATCH = Workflow(name="现场批量注销日", field="state", transitions=(
    Transition(BatchState.PLANNED, BatchState.CLOSED,    _MANAGE_BATCH, "结束这一天", _day_ahead, needs_reason=True),
    Transition(BatchState.PLANNED, BatchState.CANCELLED, _MANAGE_BATCH, "取消这一天", needs_reason=True),
))
# fmt: on


# tip-offs
_TIP = Action.HANDLE_TIP_OFF.value

# fmt: off
TIP_OFF = Workflow(name="群众举报", field="state", transitions=(
    Transition(TipOffState.RECEIVED, TipOffState.CHECKING,  _TIP, "开始核查"),
    Transition(TipOffState.RECEIVED, TipOffState.UNFOUNDED, _TIP, "不属实或不受理", needs_reason=True),
    Transition(TipOffState.CHECKING, TipOffState.FOUNDED,   _TIP, "核查属实", needs_reason=True),
    Transition(TipOffState.CHECKING, TipOffState.UNFOUNDED, _TIP, "不属实", needs_reason=True),
    Transition(TipOffState.UNFOUNDED, TipOffState.CHECKING, _TIP, "重新核查", needs_reason=True),
))
# fmt: on
