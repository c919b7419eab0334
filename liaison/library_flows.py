"""Which state of a document of the library may follow which."""

from accounts.policy import Action
from common.workflow import Transition, Workflow
from liaison.library_choices import DocumentState

_MANAGE = Action.MANAGE_DOCUMENT.value
D = DocumentState

# fmt: off
DOCUMENT = Workflow(name="文件资料", field="state", transitions=(
    Transition(D.IN_FORCE,  D.REPLACED,  _MANAGE, "登记替代文件"),
    Transition(D.IN_FORCE,  D.REPEALED,  _MANAGE, "废止", needs_reason=True),
    Transition(D.REPLACED,  D.IN_FORCE,  _MANAGE, "恢复有效", needs_reason=True),
    Transition(D.REPEALED,  D.IN_FORCE,  _MANAGE, "恢复有效", needs_reason=True),
    Transition(D.IN_FORCE,  D.WITHDRAWN, _MANAGE, "撤下", needs_reason=True),
))
# fmt: on
