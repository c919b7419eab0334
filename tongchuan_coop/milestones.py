"""Steps of a society's plan as questions of a visit: the two parts beside each other meet here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from common.conflict import EditConflict
from common.template_tags import day
from common.workflow import TransitionRefused
from demonstration.choices import PlanState
from demonstration.models import PlanMeasure
from demonstration.operations.plans import finish_measure
from registry.models import Cooperative
from training.questions.guests import Answered, Guest, invite_guest
from training.questions.question import Answer, Question

PREFIX = "plan"
MOST = 2
MOVED_ON = "方案里的这项措施已经完成或有改动，没有再记一次。请选“不采纳”并写明情况。"


def invite() -> None:
    """Let plans ask on visits."""
    invite_guest(PREFIX, Guest(ask, take))


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask about the steps of each society's plan that are not done, the earliest due first."""
    found: dict[int, list[Question]] = defaultdict(list)
    open_ones = PlanMeasure.objects.filter(
        plan__cooperative__in=societies, plan__state=PlanState.ACTIVE, done_on__isnull=True
    ).select_related("plan")
    for measure in open_ones.order_by("due_on", "pk"):
        asked = found[measure.plan.cooperative_id]
        if len(asked) < MOST:
            why = f"培育方案“{measure.get_dimension_display()}”一项，期限{day(measure.due_on)}。"
            text = f"方案措施“{measure.aim[:80]}”做好了吗？"
            asked.append(Question(f"{PREFIX}:{measure.pk}", text, why, Answer.DONE))
    return found


def take(answered: Answered) -> None:
    """Mark a step of a plan done that a visit found done."""
    measure = PlanMeasure.objects.filter(pk=answered.key).select_related("plan").first()
    if measure is None or measure.done_on is not None:
        raise TransitionRefused(MOVED_ON)
    try:
        finish_measure(measure, note=answered.note, version=measure.version, by=answered.by)
    except EditConflict:
        raise TransitionRefused(MOVED_ON) from None
