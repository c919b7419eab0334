"""Which state of a round, an application and a monitoring case may follow which (domain §6.6)."""

from typing import Any

from accounts.models import Attachment
from accounts.policy import Action
from common import clock
from common.template_tags import day
from common.workflow import Transition, Workflow
from demonstration.choices import ApplicationState, MonitoringState, RoundState
from demonstration.models import (
    MonitoringCase,
    Objection,
    RatingApplication,
    RatingRound,
    ScoreSheet,
)
from demonstration.models.application import IN_THE_RUNNING, TO_BE_SCORED
from demonstration.scoring import unfinished_sheets, wide_spreads

_RUN = Action.RUN_ROUND.value
_APPLY, _RECOMMEND = Action.APPLY_TITLE.value, Action.RECOMMEND_APPLICATION.value
_REVIEW = Action.REVIEW_APPLICATION.value


# -- what stands in the way of a round -----------------------------------------------------------


def _criteria_are_a_draft(round_: RatingRound) -> str:
    return "所用的评定标准还是草稿，请先发布标准。" if round_.criteria.is_draft else ""


def _nobody_reviews(round_: RatingRound) -> str:
    if round_.applications.filter(state=ApplicationState.SUBMITTED).exists():
        return "还有申报等待乡镇推荐，不能进入审核评分。"
    if not round_.applications.filter(state__in=IN_THE_RUNNING).exists():
        return "还没有一份申报得到乡镇推荐，不能进入审核评分。"
    return "" if round_.reviewers.exists() else "还没有聘请评审人。"


def _scoring_is_unfinished(round_: RatingRound) -> str:
    if round_.applications.filter(state=ApplicationState.RECOMMENDED).exists():
        return "还有申报没有完成区级审核。"
    if not round_.applications.filter(state__in=TO_BE_SCORED).exists():
        return "还没有一份申报通过区级审核，不能结束评分。"
    if waiting := unfinished_sheets(round_):
        return f"还有 {waiting} 张评分表没有提交。"
    if wide := wide_spreads(round_):
        names = "、".join(str(each.cooperative) for each in wide[:3])
        return f"{names}等的评分差距超过 {round_.spread_limit} 分，请先填写合议说明。"
    return ""


def _not_all_consulted(round_: RatingRound) -> str:
    waiting = round_.applications.filter(state=ApplicationState.REVIEWED).count()
    return f"还有 {waiting} 份申报没有征求完部门意见。" if waiting else ""


def _nothing_approved(round_: RatingRound) -> str:
    if not round_.approved_by_meeting:
        return "请先登记联席会议纪要。"
    approved = round_.applications.filter(state=ApplicationState.APPROVED).count()
    if not approved:
        return "联席会议没有通过任何申报，不能开始公示。"
    if approved > round_.quota:
        return f"通过 {approved} 家，超过名额 {round_.quota} 家。"
    return ""


def notice_is_running(round_: RatingRound) -> str:
    """Return why a round cannot be recognised yet, "" when its notice is over and answered."""
    if round_.notice_until is None or clock.today() <= round_.notice_until:
        return f"公示至{day(round_.notice_until)}为止，期满之后才能认定。"
    open_ones = Objection.objects.filter(
        application__round=round_, answered_on__isnull=True
    ).count()
    return f"还有 {open_ones} 条实名异议没有答复，答复之前不能认定。" if open_ones else ""


# -- what stands in the way of an application ----------------------------------------------------


def _not_ready(application: RatingApplication) -> str:
    round_ = application.round
    if not RatingRound.objects.open_for_applications(clock.today()).filter(pk=round_.pk).exists():
        return f"“{round_}”不在受理期（{day(round_.apply_from)}至{day(round_.apply_until)}）。"
    return "" if application.statement.strip() else "请先填写申报理由。"


def _ratio_is_used_up(application: RatingApplication) -> str:
    round_ = application.round
    recommended = round_.applications.filter(state__in=IN_THE_RUNNING).count()
    if recommended >= round_.most_recommended:
        return f"推荐数已满：名额 {round_.quota} 家，最多推荐 {round_.most_recommended} 家。"
    return ""


def _not_checked(application: RatingApplication) -> str:
    if not application.paper_check.strip():
        return "请先填写材料审核意见。"
    return "" if application.visited_on else "请先登记实地核查日期和情况。"


def _departments_are_silent(application: RatingApplication) -> str:
    asked = application.round.consulted.all()
    if not asked:
        return "这个批次还没有选定要征求意见的部门，请先在批次页面选定。"
    answered = application.opinions.values_list("unit", flat=True)
    silent = [unit.short_name for unit in asked.exclude(pk__in=answered)]
    return f"{'、'.join(silent)}还没有答复。" if silent else ""


def _round_is_not(*states: str) -> Any:
    words = "、".join(RoundState(state).label for state in states)

    def guard(application: RatingApplication) -> str:
        return "" if application.round.state in states else f"批次须在“{words}”阶段。"

    return guard


def _not_scored(application: RatingApplication) -> str:
    if application.round.state != RoundState.RANKED:
        return "评分结束之后才能提交联席会议。"
    return (
        ""
        if ScoreSheet.objects.filter(application=application).exists()
        else "这份申报还没有评分，不能提交联席会议。"
    )


def _cannot_be_recognised(application: RatingApplication) -> str:
    return notice_is_running(application.round)


R, A = RoundState, ApplicationState

# fmt: off
ROUND = Workflow(name="示范社评定批次", field="state", transitions=(
    Transition(R.PREPARING, R.OPEN,       _RUN, "开始受理", _criteria_are_a_draft),
    Transition(R.OPEN,      R.REVIEWING,  _RUN, "进入审核评分", _nobody_reviews),
    Transition(R.REVIEWING, R.RANKED,     _RUN, "结束评分并排名", _scoring_is_unfinished),
    Transition(R.RANKED,    R.APPROVED,   _RUN, "登记联席会议结果", _not_all_consulted),
    Transition(R.APPROVED,  R.NOTICE,     _RUN, "开始公示", _nothing_approved),
    Transition(R.NOTICE,    R.RECOGNISED, _RUN, "认定发文", notice_is_running),
    Transition(R.PREPARING, R.CANCELLED,  _RUN, "取消批次", needs_reason=True),
    Transition(R.OPEN,      R.CANCELLED,  _RUN, "取消批次", needs_reason=True),
    Transition(R.REVIEWING, R.CANCELLED,  _RUN, "取消批次", needs_reason=True),
))

APPLICATION = Workflow(name="示范社申报", field="state", transitions=(
    Transition(A.DRAFT,       A.SUBMITTED,   _APPLY,     "提交申报", _not_ready),
    Transition(A.RETURNED,    A.SUBMITTED,   _APPLY,     "重新提交", _not_ready),
    Transition(A.SUBMITTED,   A.DRAFT,       _APPLY,     "撤回修改"),
    Transition(A.SUBMITTED,   A.RECOMMENDED, _RECOMMEND, "推荐", _ratio_is_used_up, needs_reason=True),
    Transition(A.SUBMITTED,   A.RETURNED,    _RECOMMEND, "退回补正", needs_reason=True),
    Transition(A.SUBMITTED,   A.REJECTED,    _RECOMMEND, "不予推荐", needs_reason=True),
    Transition(A.RECOMMENDED, A.REVIEWED,    _REVIEW,    "通过审核", _not_checked),
    Transition(A.RECOMMENDED, A.RETURNED,    _REVIEW,    "退回补正", needs_reason=True),
    Transition(A.RECOMMENDED, A.REJECTED,    _REVIEW,    "审核不通过", needs_reason=True),
    Transition(A.REVIEWED,    A.CONSULTED,   _REVIEW,    "部门意见征求完毕", _departments_are_silent),
    Transition(A.REVIEWED,    A.REJECTED,    _REVIEW,    "审核不通过", needs_reason=True),
    Transition(A.CONSULTED,   A.APPROVED,    _RUN,       "联席会议通过", _not_scored),
    Transition(A.CONSULTED,   A.REJECTED,    _RUN,       "联席会议未通过", needs_reason=True),
    Transition(A.APPROVED,    A.NOTICED,     _RUN,       "公示", _round_is_not(R.APPROVED, R.NOTICE)),
    Transition(A.NOTICED,     A.OBJECTED,    _RUN,       "登记异议"),
    Transition(A.OBJECTED,    A.NOTICED,     _RUN,       "异议不成立", needs_reason=True),
    Transition(A.OBJECTED,    A.REJECTED,    _RUN,       "异议成立", needs_reason=True),
    Transition(A.NOTICED,     A.RECOGNISED,  _RUN,       "认定", _cannot_be_recognised),
))
# fmt: on


# -- monitoring ----------------------------------------------------------------------------------


def _untold(case: MonitoringCase) -> str:
    if not (case.told_on and case.told_how and case.reply_due):
        return "请先登记告知日期、方式和答复期限。"
    if not Attachment.objects.of(case).exists():
        return "请先上传告知的凭证（送达回证、照片或邮寄单）。"
    return ""


def _reply_period_runs(case: MonitoringCase) -> str:
    if case.reply_due is None:
        return "请先登记告知日期和答复期限。"
    if clock.today() <= case.reply_due:
        return f"答复期限到{day(case.reply_due)}，期满或合作社答复之后才能提交会议决定。"
    return ""


def _not_decided(case: MonitoringCase) -> str:
    return "" if case.decision and case.meeting else "请先登记会议纪要和决定。"


_MONITOR, _REPLY = Action.RUN_MONITORING.value, Action.REPLY_MONITORING.value
M = MonitoringState

# fmt: off
MONITORING = Workflow(name="示范社监测", field="state", transitions=(
    Transition(M.OPENED,    M.TOLD,      _MONITOR, "告知合作社", _untold),
    Transition(M.TOLD,      M.REPLIED,   _REPLY,   "答复"),
    Transition(M.REPLIED,   M.REPLIED,   _REPLY,   "补充答复"),
    Transition(M.TOLD,      M.DECIDED,   _MONITOR, "登记会议决定", _reply_period_runs),
    Transition(M.REPLIED,   M.DECIDED,   _MONITOR, "登记会议决定"),
    Transition(M.DECIDED,   M.PUBLISHED, _MONITOR, "公布决定", _not_decided),
    Transition(M.PUBLISHED, M.CLOSED,    _MONITOR, "结案"),
    Transition(M.OPENED,    M.CLOSED,    _MONITOR, "撤案", needs_reason=True),
    Transition(M.TOLD,      M.CLOSED,    _MONITOR, "情况已消除，结案", needs_reason=True),
    Transition(M.REPLIED,   M.CLOSED,    _MONITOR, "情况已消除，结案", needs_reason=True),
))
# fmt: on
