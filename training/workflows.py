"""Which state of a visit or a promise may follow which, and what stands in the way."""

from accounts.models import Attachment
from accounts.policy import Action
from common.workflow import Transition, Workflow
from training.choices import PromiseState, Signer, VisitState
from training.models import Promise, Visit

SIGNATURE = "signature"  # the purpose of a photo of the sheet that both have signed
ON_GLASS = "glass_signature"  # the purpose of a signature drawn on the screen


def _photos_missing(visit: Visit) -> str:
    waiting = visit.photos.filter(done_at__isnull=True).count()
    return f"还有 {waiting} 张照片没有传完，传完后再确认。" if waiting else ""


def _unsettled(visit: Visit) -> str:
    if Visit.objects.in_conflict().filter(pk=visit.pk).exists():
        return "这条走访有两个版本没有选定，请先处理冲突。"
    return _photos_missing(visit)


def _no_signed_sheet(visit: Visit) -> str:
    if not Attachment.objects.of(visit).for_purpose(SIGNATURE).exists():
        return "请先上传双方签字的纸质走访单照片。"
    return _unsettled(visit)


def _not_both_drawn(visit: Visit) -> str:
    if Attachment.objects.of(visit).for_purpose(ON_GLASS).count() < len(Signer):
        return "请双方都在屏上签字。"
    return _unsettled(visit)


def _no_outcome(promise: Promise) -> str:
    return "" if promise.outcome else "请先写明办理情况。"


_CONFIRM, _WRITE, _VOID = (
    Action.CONFIRM_VISIT.value,
    Action.WRITE_VISIT.value,
    Action.VOID_VISIT.value,
)
V, P = VisitState, PromiseState

# fmt: off
VISIT = Workflow(name="走访记录", field="state", transitions=(
    Transition(V.REPORTED,  V.CONFIRMED, _CONFIRM, "确认属实", _unsettled),
    Transition(V.REPORTED,  V.ON_PAPER,  _WRITE,   "纸质双方已签字", _no_signed_sheet),
    Transition(V.REPORTED,  V.ON_GLASS,  _WRITE,   "屏上双方签字", _not_both_drawn),
    Transition(V.REPORTED,  V.VOID,      _VOID,    "作废", needs_reason=True),
    Transition(V.CONFIRMED, V.VOID,      _VOID,    "作废", needs_reason=True),
    Transition(V.ON_PAPER,  V.VOID,      _VOID,    "作废", needs_reason=True),
    Transition(V.ON_GLASS,  V.VOID,      _VOID,    "作废", needs_reason=True),
))

_WORK, _SECOND = Action.WORK_PROMISE.value, Action.CONFIRM_PROMISE.value
PROMISE = Workflow(name="整改事项", field="state", transitions=(
    Transition(P.OPEN,       P.TO_CONFIRM, _WORK,   "报办结，待复核"),
    Transition(P.OPEN,       P.CLOSED,     _WORK,   "办结"),
    Transition(P.TO_CONFIRM, P.CLOSED,     _SECOND, "复核通过", _no_outcome),
    Transition(P.TO_CONFIRM, P.OPEN,       _SECOND, "退回重办", needs_reason=True),
    Transition(P.OPEN,       P.CANCELLED,  _SECOND, "取消", needs_reason=True),
))
# fmt: on
