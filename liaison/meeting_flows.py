"""Which state of a meeting, its minutes and a decision may follow which (domain §8.2)."""

from accounts.models import Attachment
from accounts.policy import Action
from common.workflow import Transition, Workflow
from liaison.consents import what_is_missing
from liaison.meeting_choices import DecisionState, MeetingState, MinutesState, Presence
from liaison.models import Decision, Meeting, Minutes

_MANAGE, _SIGN = Action.MANAGE_MEETING.value, Action.SIGN_MINUTES.value
_WORK, _CONFIRM = Action.WORK_DECISION.value, Action.CONFIRM_DECISION.value


# -- what stands in the way of a meeting ---------------------------------------------------------


def _not_arranged(meeting: Meeting) -> str:
    if not (meeting.starts_at and meeting.place.strip()):
        return "请先填写开会时间和地点。"
    if not meeting.agenda.exists():
        return "还没有议题。请先生成建议议题，或自行添加。"
    if not meeting.body.seats.current().exists():
        return f"“{meeting.body}”还没有登记成员单位，会议通知无处可发。请先在“机构与通讯录”里登记成员。"
    return ""


def _attendance_is_open(meeting: Meeting) -> str:
    unknown = meeting.units.filter(presence=Presence.UNKNOWN).count()
    if unknown:
        return f"还有 {unknown} 个单位没有登记到会情况。"
    return "" if meeting.units.present().exists() else "没有出席单位，不能登记为已召开。"


# -- what stands in the way of minutes -----------------------------------------------------------


def _not_written(minutes: Minutes) -> str:
    topics = list(minutes.topics.prefetch_related("decisions"))
    if not topics:
        return "纪要还没有内容。"
    empty = [t.title for t in topics if not t.text.strip() and not t.decisions.all()]
    return f"“{empty[0]}”还没有写内容，也没有议定事项。" if empty else ""


def _consent_is_missing(minutes: Minutes) -> str:
    return "" if minutes.override_reason else what_is_missing(minutes)


def _unsigned(minutes: Minutes) -> str:
    return "" if minutes.signer and minutes.signed_on else "请先填写签发人和签发日期。"


def _not_issuable(minutes: Minutes) -> str:
    return _unsigned(minutes) or _consent_is_missing(minutes)


def _not_copied(minutes: Minutes) -> str:
    label, above = minutes.copying
    if above and not minutes.copied_up_on:
        return f"还没有登记{label}{above}。"
    return ""


# -- what stands in the way of a decision --------------------------------------------------------


def _no_evidence(decision: Decision) -> str:
    if not Attachment.objects.of(decision).exists():
        return "请先上传办结的佐证材料（文件、照片或表格），再报告办结。"
    return ""


M, P, D = MeetingState, MinutesState, DecisionState

# fmt: off
MEETING = Workflow(name="会议", field="state", transitions=(
    Transition(M.PLANNED, M.CALLED,    _MANAGE, "发出会议通知", _not_arranged),
    Transition(M.CALLED,  M.HELD,      _MANAGE, "登记已召开", _attendance_is_open),
    Transition(M.PLANNED, M.CANCELLED, _MANAGE, "取消会议", needs_reason=True),
    Transition(M.CALLED,  M.CANCELLED, _MANAGE, "取消会议", needs_reason=True),
))

MINUTES = Workflow(name="会议纪要", field="state", transitions=(
    Transition(P.DRAFT,      P.CIRCULATED, _MANAGE, "送与会单位会签", _not_written),
    Transition(P.CIRCULATED, P.AGREED,     _MANAGE, "定稿", _consent_is_missing),
    Transition(P.AGREED,     P.CIRCULATED, _MANAGE, "退回会签", needs_reason=True),
    Transition(P.AGREED,     P.SIGNED,     _SIGN,   "签发"),
    Transition(P.SIGNED,     P.CIRCULATED, _SIGN,   "撤回签发，退回会签", needs_reason=True),
    Transition(P.SIGNED,     P.ISSUED,     _MANAGE, "编号印发", _not_issuable),
    Transition(P.ISSUED,     P.ARCHIVED,   _MANAGE, "归档", _not_copied),
))

DECISION = Workflow(name="议定事项", field="state", transitions=(
    Transition(D.DRAFT,    D.OPEN,     _MANAGE,  "印发后交办"),
    Transition(D.OPEN,     D.REPORTED, _WORK,    "报告办结", _no_evidence, needs_reason=True),
    Transition(D.REPORTED, D.DONE,     _CONFIRM, "确认办结"),
    Transition(D.REPORTED, D.OPEN,     _CONFIRM, "退回再办", needs_reason=True),
    Transition(D.OPEN,     D.DROPPED,  _CONFIRM, "不再办理", needs_reason=True),
))
# fmt: on
