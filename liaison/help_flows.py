"""Which state of a township's request may follow which (plan S-100).

Unit, day and answer come with the step, from `operations.help_requests`; the database refuses an
assigned request without a unit and a day, and an answered one without an answer.
"""

from accounts.policy import Action
from common.workflow import Transition, Workflow
from liaison.help_choices import HelpState

_HANDLE, _ANSWER = Action.HANDLE_HELP.value, Action.ANSWER_HELP.value
_FILE, _CLOSE = Action.FILE_HELP.value, Action.CLOSE_HELP.value
H = HelpState

# fmt: off
HELP = Workflow(name="乡镇街道求助", field="state", transitions=(
    Transition(H.FILED,    H.ASSIGNED,  _HANDLE, "交办"),
    Transition(H.ASSIGNED, H.ASSIGNED,  _HANDLE, "改交其他单位"),
    Transition(H.FILED,    H.ANSWERED,  _ANSWER, "直接答复", needs_reason=True),
    Transition(H.ASSIGNED, H.ANSWERED,  _ANSWER, "答复", needs_reason=True),
    Transition(H.ANSWERED, H.DONE,      _CLOSE,  "确认解决"),
    Transition(H.ANSWERED, H.FILED,     _CLOSE,  "没有解决，退回", needs_reason=True),
    Transition(H.FILED,    H.DECLINED,  _HANDLE, "不予办理", needs_reason=True),
    Transition(H.ASSIGNED, H.DECLINED,  _HANDLE, "不予办理", needs_reason=True),
    Transition(H.FILED,    H.WITHDRAWN, _FILE,   "撤回", needs_reason=True),
))
# fmt: on
