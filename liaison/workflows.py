"""Which state of a grant, and of a sign of illegal fund-raising, may follow which."""

from accounts.policy import Action
from common import clock
from common.workflow import Transition, Workflow
from liaison.choices import GrantState
from liaison.models import ShareGrant
from liaison.watch_choices import WatchState

_APPROVE = Action.APPROVE_SHARE.value
_WATCH = Action.HANDLE_FUND_WATCH.value
G, W = GrantState, WatchState


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
WATCH = Workflow(name="集资风险线索", field="state", transitions=(
    Transition(W.NOTED,      W.CHECKED,    _WATCH, "登记核查结果", needs_reason=True),
    Transition(W.CHECKED,    W.NO_CONCERN, _WATCH, "未见异常", needs_reason=True),
    Transition(W.CHECKED,    W.REFERRED,   _WATCH, "移送"),
    Transition(W.NO_CONCERN, W.NOTED,      _WATCH, "重新核查", needs_reason=True),
))
# fmt: on
