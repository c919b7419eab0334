"""Which state of a suspicion and of a rehearsed rule may follow which.

The machine moves two things by itself: a cured suspicion is cleared (flags/evaluate), and a
deferral ends on its day (operations/verification).
"""

from accounts.models import Attachment
from accounts.policy import Action
from common import clock
from common.workflow import Transition, Workflow
from registry.choices import FlagState
from registry.flag_choices import RehearsalState
from registry.models import Flag, Rehearsal, RuleVersion, SiteFinding


def _nothing_to_show(flag: Flag) -> str:
    since = flag.opened_at.astimezone(clock.SHANGHAI).date()
    seen = SiteFinding.objects.standing().filter(
        cooperative=flag.cooperative_id, in_person=True, seen_on__gte=since
    )
    if seen.exists() or Attachment.objects.of(flag).exists():
        return ""
    return "认定属实须有凭据：请先实地走访并上报所见，或在这里上传证明材料。"


def _open_anew(flag: Flag) -> str:
    again = Flag.objects.open().filter(cooperative=flag.cooperative_id, rule=flag.rule)
    return "同一规则又因新的事实列出了一条，请核实那一条。" if again.exists() else ""


_ASSIGN, _VERIFY = Action.ASSIGN_FLAG.value, Action.VERIFY_FLAG.value
F = FlagState

# fmt: off
FLAG = Workflow(name="疑似问题核实", field="state", transitions=(
    Transition(F.SUSPECTED, F.CHECKING,  _ASSIGN, "交办核实"),
    Transition(F.CHECKING,  F.CHECKING,  _ASSIGN, "改派"),
    Transition(F.CHECKING,  F.CONFIRMED, _VERIFY, "认定属实", _nothing_to_show, needs_reason=True),
    Transition(F.CHECKING,  F.DISMISSED, _VERIFY, "认定不属实", needs_reason=True),
    Transition(F.CHECKING,  F.DEFERRED,  _VERIFY, "暂缓", needs_reason=True),
    Transition(F.DEFERRED,  F.CHECKING,  _VERIFY, "继续核实"),
    Transition(F.CONFIRMED, F.CHECKING,  _ASSIGN, "重新核实", needs_reason=True),
    Transition(F.DISMISSED, F.CHECKING,  _ASSIGN, "重新核实", _open_anew, needs_reason=True),
))
# fmt: on


# rehearsed rules
def _not_computed(rehearsal: Rehearsal) -> str:
    return "" if rehearsal.computed_at else "还没有算完，请等结果出来、看过以后再提交发布。"


def _day_is_over(rehearsal: Rehearsal) -> str:
    if rehearsal.effective_from < clock.today():
        return "拟启用日期已经过去。请退回修改启用日期后再发布。"
    taken = RuleVersion.objects.filter(rule=rehearsal.rule, effective_from=rehearsal.effective_from)
    return "这条规则在同一天已有一个版本启用，请退回修改启用日期。" if taken.exists() else ""


_REHEARSE, _RELEASE = Action.REHEARSE_RULE.value, Action.RELEASE_RULE.value
R = RehearsalState

# fmt: off
REHEARSAL = Workflow(name="规则试算", field="state", transitions=(
    Transition(R.DRAFT,    R.PROPOSED, _REHEARSE, "提交发布", _not_computed),
    Transition(R.PROPOSED, R.RELEASED, _RELEASE,  "发布", _day_is_over, needs_reason=True),
    Transition(R.PROPOSED, R.DRAFT,    _RELEASE,  "退回修改", needs_reason=True),
    Transition(R.DRAFT,    R.DROPPED,  _REHEARSE, "放弃", needs_reason=True),
    Transition(R.PROPOSED, R.DROPPED,  _REHEARSE, "放弃", needs_reason=True),
))
# fmt: on
