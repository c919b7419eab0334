"""Which interests in a society the portal knows of, without anybody declaring them (C15)."""

from collections import defaultdict
from collections.abc import Collection

from registry.models import ConflictOfInterest, Cooperative, CooperativeAgent

KNOWN_COUNSELLOR = "您是这家合作社的辅导员，按回避规定不能评分。"
KNOWN_RECORDED = "您与这家合作社的利害关系已经登记，按回避规定不能评分。"
KNOWN_AGENT = "您代表这家合作社使用平台，按回避规定不能评分。"


def known_interests(people: Collection[int]) -> dict[int, dict[int, str]]:
    """Return person → society → why, for the keys of some people, in three queries."""
    counselled = Cooperative.objects.filter(counsellor__in=people).values_list("counsellor", "pk")
    recorded = ConflictOfInterest.objects.filter(person__in=people, until__isnull=True)
    serving = CooperativeAgent.objects.filter(user__in=people, until__isnull=True)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for pairs, why in (
        (counselled, KNOWN_COUNSELLOR),
        (recorded.values_list("person", "cooperative"), KNOWN_RECORDED),
        (serving.values_list("user", "cooperative"), KNOWN_AGENT),
    ):
        for person, society in pairs:
            if person is not None:
                found[person][society] = why
    return found
