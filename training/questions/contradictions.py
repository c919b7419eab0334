"""Where sources disagree: what was told on the last visit against what is registered, and the lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from common.template_tags import day
from registry.filters import latest_list
from registry.models import Cooperative, GoneNotice, SiteFinding
from training.questions.question import Answer, Question


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask for the number of members where two sources differ, and whether a lost one still exists."""
    known = list(societies)
    found: dict[int, list[Question]] = defaultdict(list)
    registered = {society.pk: society.member_count for society in known}
    told = SiteFinding.objects.newest().filter(cooperative__in=known, members_told__isnull=False)
    for finding in told.order_by("pk"):
        number = registered[finding.cooperative_id]
        if number is not None and number != finding.members_told:
            found[finding.cooperative_id].append(
                Question(
                    "fact:member_count",
                    "现在实有多少名成员？",
                    f"登记为 {number} 人，{day(finding.seen_on)}走访时说有 {finding.members_told} 人。",
                    Answer.NUMBER,
                )
            )
    gone = GoneNotice.objects.filter(delivery=latest_list(), cooperative__in=known)
    for pk in gone.order_by("pk").values_list("cooperative", flat=True):
        found[pk].append(
            Question(
                "ask:gone",
                "这家合作社还在吗？是否已注销或迁走？",
                "最近一份登记名单里没有这家合作社。",
                Answer.TEXT,
            )
        )
    return found
