"""Which state of a unit's part, of a check and of a finding may follow which."""

from typing import Any

from accounts.models import Attachment
from accounts.policy import Action
from common.workflow import Transition, Workflow
from pilot.plan_choices import PartState

_REPORT, _CONFIRM = Action.REPORT_TASK.value, Action.CONFIRM_TASK.value
P = PartState
NOTHING_PROVES = "还没有佐证：请先上传附件，或添加平台内能证明的页面，再报告完成。"


def _has_no_evidence(part: Any) -> str:
    """Refuse to report as done what nothing proves: no file, no page, no list of the portal."""
    if part.task.proofs or part.links.exists() or Attachment.objects.of(part).exists():
        return ""
    return NOTHING_PROVES


# fmt: off
PART = Workflow(name="任务进展", field="state", transitions=(
    Transition(P.NOT_BEGUN,  P.UNDER_WAY, _REPORT,  "开始办理"),
    Transition(P.UNDER_WAY,  P.DONE,      _REPORT,  "报告完成", _has_no_evidence, needs_reason=True),
    Transition(P.DONE,       P.CONFIRMED, _CONFIRM, "确认完成"),
    Transition(P.DONE,       P.UNDER_WAY, _CONFIRM, "退回", needs_reason=True),
    Transition(P.CONFIRMED,  P.UNDER_WAY, _CONFIRM, "撤回确认", needs_reason=True),
))
# fmt: on
