"""What waits around counsellors: gaps in the net, societies without anybody, promises, training."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from registry.models import Cooperative
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty
from training import gaps


def counsellor_gaps(user: User) -> Iterator[Duty]:
    """Townships without a counsellor, now or soon, and societies without a pair (S-067, S-068)."""
    if not may(user, Action.ASSIGN_COUNSELLOR):
        return
    townships, needs = gaps.township_gaps(user), gaps.pairing_gaps(user)
    number = len(townships) + len(needs)
    if not number:
        return
    opening = [gap.opens_on for gap in townships if gap.opens_on]
    to_come = len(opening) == number
    yield Duty(
        title="辅导力量有缺口",
        because="因为聘期就要届满，届满后将没有辅导员。"
        if to_come
        else "因为每个乡镇街道至少1名辅导员，示范社等都要有人结对。",
        button="看缺口",
        url=page("training:gap-list"),
        count=number,
        due=min(opening) if to_come else None,
    )


def unassigned_societies(user: User) -> Iterator[Duty]:
    """Living societies that nobody looks after."""
    if not may(user, Action.ASSIGN_COUNSELLOR):
        return
    reach = Cooperative.objects.permitted(user, Action.ASSIGN_COUNSELLOR)
    if number := reach.living().filter(counsellor__isnull=True).count():
        yield Duty(
            title="还没有辅导员的合作社",
            because="因为新登记或刚判定住所的合作社还没有安排辅导员。",
            button="去安排",
            url=page("training:assignment-queue"),
            count=number,
        )


FINDERS = (counsellor_gaps, unassigned_societies)
