"""What was promised before: has it been done?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from common.template_tags import day
from registry.models import Cooperative
from training.choices import PromiseState
from training.models import Promise
from training.questions.question import Answer, Question

MOST = 3


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask for the open promises of each society, the earliest due first."""
    found: dict[int, list[Question]] = defaultdict(list)
    open_ones = Promise.objects.filter(cooperative__in=societies, state=PromiseState.OPEN)
    for promise in open_ones.order_by("due_on", "pk"):
        asked = found[promise.cooperative_id]
        if len(asked) < MOST:
            why = f"上次约定由{promise.get_owner_display()}在{day(promise.due_on)}前办好。"
            text = f"“{promise.text}”办好了吗？"
            asked.append(Question(f"promise:{promise.pk}", text, why, Answer.DONE))
    return found
