"""Which state of a unit's part, of a check and of a finding may follow which."""

from typing import Any

from accounts.models import Attachment
from accounts.policy import Action
from common.workflow import Transition, Workflow
from pilot.models import AcceptanceFinding
from pilot.plan_choices import AcceptanceState, FindingState, PartState

_REPORT, _CONFIRM = Action.REPORT_TASK.value, Action.CONFIRM_TASK.value
_RUN, _RECTIFY = Action.RUN_ACCEPTANCE.value, Action.RECTIFY_FINDING.value
P, A, F = PartState, AcceptanceState, FindingState
STILL_OPEN = "还有 {} 个问题没有复核通过，不能结束。"
NOTHING_PROVES = "还没有佐证：请先上传附件，或添加平台内能证明的页面，再报告完成。"


def _has_no_evidence(part: Any) -> str:
    """Refuse to report as done what nothing proves: no file, no page, no list of the portal."""
    if part.task.proofs or part.links.exists() or Attachment.objects.of(part).exists():
        return ""
    return NOTHING_PROVES


def _has_open_findings(acceptance: Any) -> str:
    """Refuse to end a check as long as a finding is not confirmed as put right."""
    number = AcceptanceFinding.objects.of_check(acceptance).open().count()
    return STILL_OPEN.format(number) if number else ""


# fmt: off
CHECK = Workflow(name="验收核对", field="state", transitions=(
    Transition(A.DRAFT,     A.CONCLUDED, _RUN, "出结论", needs_reason=True),
    Transition(A.CONCLUDED, A.CLOSED,    _RUN, "整改完毕，结束", _has_open_findings),
))
FINDING = Workflow(name="问题整改", field="state", transitions=(
    Transition(F.OPEN, F.DONE,      _RECTIFY, "报告已整改", needs_reason=True),
    Transition(F.DONE, F.CONFIRMED, _RUN,     "复核通过"),
    Transition(F.DONE, F.OPEN,      _RUN,     "退回", needs_reason=True),
))
PART = Workflow(name="任务进展", field="state", transitions=(
    Transition(P.NOT_BEGUN,  P.UNDER_WAY, _REPORT,  "开始办理"),
    Transition(P.UNDER_WAY,  P.DONE,      _REPORT,  "报告完成", _has_no_evidence, needs_reason=True),
    Transition(P.DONE,       P.CONFIRMED, _CONFIRM, "确认完成"),
    Transition(P.DONE,       P.UNDER_WAY, _CONFIRM, "退回", needs_reason=True),
    Transition(P.CONFIRMED,  P.UNDER_WAY, _CONFIRM, "撤回确认", needs_reason=True),
))
# fmt: on
