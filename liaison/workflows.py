"""Which state of a grant may follow which."""

from accounts.policy import Action
from common import clock
from common.workflow import Transition, Workflow
from liaison.choices import GrantState
from liaison.models import ShareGrant

_APPROVE = Action.APPROVE_SHARE.value
G = GrantState


def _day_has_passed(grant: ShareGrant) -> str:
    if grant.valid_until < clock.today():
        return "有效期已过，不能批准。请重新提出并填写新的有效期。"
    return ""


# fmt: off
GRANT = Workflow(name="共享授权", field="state", transitions=(
    Transition(G.PROPOSED, G.APPROVED, _APPROVE, "批准", _day_has_passed),
    Transition(G.PROPOSED, G.DECLINED, _APPROVE, "不批准", needs_reason=True),
    Transition(G.APPROVED, G.ENDED,    _APPROVE, "终止共享", needs_reason=True),
))
# fmt: on
