"""Which state of a typical case may follow which (plan S-007, S-086, S-093).

A case goes back to its writers with the consent of its society gone: the text may change, and a
consent holds for the text that was read.
"""

from typing import Any

from accounts.policy import Action
from common.workflow import Transition, Workflow
from liaison.exemplar_choices import ExemplarState

_WRITE, _REVIEW = Action.WRITE_EXEMPLAR.value, Action.REVIEW_EXEMPLAR.value
E = ExemplarState


def _is_unfinished(exemplar: Any) -> str:
    if exemplar.practice and exemplar.results and exemplar.lessons:
        return ""
    return "做法、成效、启示还没有写齐，不能提交。"


# fmt: off
EXEMPLAR = Workflow(name="典型案例", field="state", transitions=(
    Transition(E.DRAFT,     E.SUBMITTED, _WRITE,  "提交审核", _is_unfinished),
    Transition(E.SUBMITTED, E.APPROVED,  _REVIEW, "审核通过"),
    Transition(E.SUBMITTED, E.DRAFT,     _REVIEW, "退回修改", needs_reason=True),
    Transition(E.APPROVED,  E.DRAFT,     _REVIEW, "退回修改", needs_reason=True),
    Transition(E.APPROVED,  E.PUBLISHED, _REVIEW, "发布"),
    Transition(E.PUBLISHED, E.PUBLISHED, _REVIEW, "调整公开范围"),
    Transition(E.PUBLISHED, E.WITHDRAWN, _REVIEW, "撤下", needs_reason=True),
    Transition(E.DRAFT,     E.WITHDRAWN, _WRITE,  "不再报送", needs_reason=True),
    Transition(E.WITHDRAWN, E.DRAFT,     _WRITE,  "重新修改"),
))
# fmt: on
