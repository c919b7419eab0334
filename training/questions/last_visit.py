"""What was found wrong the last time: how is it now?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q

from common.template_tags import day
from registry.models import Cooperative
from training.models import Visit
from training.questions.question import Answer, Question

SHOWN_CHARACTERS = 60


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask about the problems that the newest visit of each society noted."""
    later = Visit.objects.standing().filter(
        Q(visited_on__gt=OuterRef("visited_on"))
        | Q(visited_on=OuterRef("visited_on"), pk__gt=OuterRef("pk")),
        cooperative=OuterRef("cooperative"),
    )
    newest = Visit.objects.standing().filter(~Exists(later), cooperative__in=societies)
    found: dict[int, list[Question]] = defaultdict(list)
    for visit in newest.exclude(problems="").order_by("pk"):
        said = visit.problems[:SHOWN_CHARACTERS]
        why = f"{day(visit.visited_on)}走访时发现：{said}"
        found[visit.cooperative_id].append(
            Question("ask:last_problem", "上次发现的问题，现在怎么样了？", why, Answer.TEXT)
        )
    return found
