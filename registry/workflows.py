"""Which state may follow which by a person's hand; the machine's own steps are in jobs."""

from accounts.policy import Action
from common.workflow import Transition, Workflow
from registry.choices import ENDED_STATUSES, CertificateState, JobState, PairState, ReportState
from registry.models import (
    AnnualReport,
    Contradiction,
    CooperativeVersion,
    FeedDelivery,
    IngestJob,
    MatchPair,
)
from registry.side_choices import ContradictionState


def _row_equation_fails(job: IngestJob) -> str:
    counts = job.counts
    parts = ("header", "blank", "note", "new", "changed", "unchanged", "doubtful", "rejected")
    total = sum(counts.get(part, 0) for part in (*parts, "duplicate"))
    if total != counts.get("physical", -1):
        return "行数核对不平，不能入库。请联系系统管理员查看这份文件。"
    return ""


def _not_the_latest(job: IngestJob) -> str:
    later = (
        FeedDelivery.objects.carrying(*job.delivery.sources)
        .filter(
            job__state__in=(JobState.COMMITTED, JobState.COMMITTING, JobState.UNDOING),
            job__committed_at__gt=job.committed_at,
        )
        .first()
    )
    if later is not None:
        return f"只能撤销最近一次入库。请先撤销“{later}”。"
    return ""


def _edited_since(pair: MatchPair) -> str:
    """A merge can be taken back until a person has edited either society."""
    edited = (
        CooperativeVersion.objects.filter(
            cooperative__in=(pair.left_id, pair.right_id),
            changed_by__isnull=False,
            known_from__gt=pair.decided_at,
        )
        .select_related("cooperative")
        .first()
    )
    if edited is not None:
        return f"合并以后“{edited.cooperative}”又被人工更正过，不能再取消。如确属误并，请联系系统管理员。"
    return ""


_DECIDE, _UNDO = Action.DECIDE_DELIVERY.value, Action.UNDO_DELIVERY.value
S = JobState

# fmt: off
JOB = Workflow(name="报送入库", field="state", transitions=(
    Transition(S.STAGED,    S.COMMITTING, _DECIDE, "入库", _row_equation_fails),
    Transition(S.HELD,      S.RECEIVED,   _DECIDE, "继续处理", needs_reason=True),
    Transition(S.STAGED,    S.CANCELLED,  _DECIDE, "作废", needs_reason=True),
    Transition(S.HELD,      S.CANCELLED,  _DECIDE, "作废", needs_reason=True),
    Transition(S.COMMITTED, S.UNDOING,    _UNDO,   "撤销入库", _not_the_latest, needs_reason=True),
))

_MERGE = Action.MERGE_COOPERATIVE.value
P = PairState

PAIR = Workflow(name="疑似同一家", field="state", transitions=(
    Transition(P.WAITING,   P.SAME,      _MERGE, "合并", needs_reason=True),
    Transition(P.WAITING,   P.DIFFERENT, _MERGE, "不是同一家"),
    Transition(P.SAME,      P.DIFFERENT, _MERGE, "取消合并", _edited_since, needs_reason=True),
    Transition(P.DIFFERENT, P.WAITING,   _MERGE, "重新判定", needs_reason=True),
))
# fmt: on


# roster certificates
_ISSUE = Action.ISSUE_CERTIFICATE.value
CS = CertificateState

# fmt: off
CERTIFICATE = Workflow(name="社员名录证明", field="state", transitions=(
    Transition(CS.REQUESTED, CS.ISSUED,     _ISSUE, "核发"),
    Transition(CS.REQUESTED, CS.REFUSED,    _ISSUE, "不予核发", needs_reason=True),
    Transition(CS.ISSUED,    CS.WITHDRAWN,  _ISSUE, "撤销", needs_reason=True),
    Transition(CS.ISSUED,    CS.SUPERSEDED, _ISSUE, "由新证明替代"),
))
# fmt: on


# annual reports
def _society_ended(report: AnnualReport) -> str:
    if report.cooperative.status in ENDED_STATUSES:
        return f"合作社登记状态为“{report.cooperative.get_status_display()}”，报告不能再改动。"
    return ""


def _nothing_stands(report: AnnualReport) -> str:
    return "" if report.standing_id else "还没有审核通过的版本，不必放弃，直接修改即可。"


def _was_published(report: AnnualReport) -> str:
    return _nothing_stands(report) or ("" if report.published_at else "这份报告还没有公开过。")


_SUBMIT, _FILL = Action.SUBMIT_REPORT.value, Action.FILL_REPORT.value
_CHECK, _REVIEW = Action.CHECK_REPORT.value, Action.REVIEW_REPORT.value
R = ReportState

# fmt: off
REPORT = Workflow(name="年度报告", field="state", transitions=(
    Transition(R.DRAFT,     R.SUBMITTED, _SUBMIT, "提交", _society_ended),
    Transition(R.RETURNED,  R.SUBMITTED, _SUBMIT, "重新提交", _society_ended),
    Transition(R.DRAFT,     R.AWAITING,  _FILL,   "交理事长确认", _society_ended),
    Transition(R.RETURNED,  R.AWAITING,  _FILL,   "交理事长确认", _society_ended),
    Transition(R.AWAITING,  R.SUBMITTED, _SUBMIT, "理事长确认并提交", _society_ended),
    Transition(R.AWAITING,  R.DRAFT,     _FILL,   "继续修改"),
    Transition(R.SUBMITTED, R.DRAFT,     _SUBMIT, "撤回", _society_ended),
    Transition(R.SUBMITTED, R.CHECKED,   _CHECK,  "初核通过"),
    Transition(R.SUBMITTED, R.RETURNED,  _CHECK,  "退回修改", needs_reason=True),
    Transition(R.CHECKED,   R.ACCEPTED,  _REVIEW, "审核通过"),
    Transition(R.CHECKED,   R.RETURNED,  _REVIEW, "退回修改", needs_reason=True),
    Transition(R.ACCEPTED,  R.PUBLISHED, _REVIEW, "公开"),
    Transition(R.ACCEPTED,  R.DRAFT,     _FILL,   "更正", _society_ended, needs_reason=True),
    Transition(R.PUBLISHED, R.DRAFT,     _FILL,   "更正", _society_ended, needs_reason=True),
    Transition(R.DRAFT,     R.ACCEPTED,  _FILL,   "放弃更正", _nothing_stands),
    Transition(R.DRAFT,     R.PUBLISHED, _FILL,   "放弃更正", _was_published),
    Transition(R.RETURNED,  R.ACCEPTED,  _FILL,   "放弃更正", _nothing_stands),
    Transition(R.RETURNED,  R.PUBLISHED, _FILL,   "放弃更正", _was_published),
))
# fmt: on


# contradictions between sources
def _stands_anew(contradiction: Contradiction) -> str:
    again = Contradiction.objects.open().filter(
        cooperative=contradiction.cooperative_id, kind=contradiction.kind
    )
    return "同一矛盾已重新列出，请直接处理那一条。" if again.exists() else ""


_SETTLE = Action.SETTLE_CONTRADICTION.value
C = ContradictionState

# fmt: off
CONTRADICTION = Workflow(name="来源矛盾", field="state", transitions=(
    Transition(C.OPEN,    C.SETTLED, _SETTLE, "作结论", needs_reason=True),
    Transition(C.SETTLED, C.OPEN,    _SETTLE, "重新核实", _stands_anew, needs_reason=True),
))
# fmt: on
