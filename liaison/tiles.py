"""What stands on the first page of this part: one figure each, with the list that it counts.

Other rooms of this app append their finders to `TILES`; each answers only for who may see it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from liaison.models import (
    Consent,
    Decision,
    HelpRequest,
    Meeting,
    MeetingUnit,
    ShareGrant,
    Sponsorship,
)
from liaison.models.sponsorship import without_sponsor
from registry.models import CleanupCase, Cooperative


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, how many, and where the list stands."""

    label: str
    value: int
    unit: str
    url: str
    note: str = ""


def meetings(user: User) -> Iterator[Tile]:
    """Meetings whose quarter passed without them, for who runs them."""
    if may(user, Action.MANAGE_MEETING):
        late = Meeting.objects.permitted(user, Action.MANAGE_MEETING).overdue().count()
        url = f"{reverse('liaison:meeting-list')}?state=overdue"
        yield Tile("逾期未开的例会", late, "次", url, "季度已过仍未召开")


def notices(user: User) -> Iterator[Tile]:
    """Notices that one's own unit has not answered."""
    if reach_of(user, Action.REPLY_MEETING) in (Reach.OWN, Reach.TOWNSHIP):
        waiting = MeetingUnit.objects.permitted(user, Action.REPLY_MEETING).to_reply().count()
        url = f"{reverse('liaison:meeting-list')}?state=to_reply"
        yield Tile("待回复的会议通知", waiting, "个", url)


def consents(user: User) -> Iterator[Tile]:
    """Minutes that wait for answers: one's own, or for the bureau those of all units."""
    own = may(user, Action.AGREE_MINUTES)
    if own or may(user, Action.MANAGE_MEETING):
        action = Action.AGREE_MINUTES if own else Action.MANAGE_MEETING
        waiting = Consent.objects.permitted(user, action).waiting()
        number = waiting.values("edition__topic__minutes").distinct().count()
        url = f"{reverse('liaison:meeting-list')}?minutes=to_agree"
        yield Tile("待会签的纪要" if own else "还有单位没答复的纪要", number, "份", url)


def decisions(user: User) -> Iterator[Tile]:
    """Decisions that are not done, and those past their day."""
    if may(user, Action.VIEW_DECISION):
        reach = Decision.objects.permitted(user, Action.VIEW_DECISION)
        url = reverse("liaison:decision-list")
        yield Tile("未办结的议定事项", reach.undone().count(), "项", url)
        yield Tile("其中已逾期", reach.overdue().count(), "项", f"{url}?state=overdue")


def shared(user: User) -> Iterator[Tile]:
    """Lists that were shared with one's own department."""
    if may(user, Action.FETCH_SHARE):
        granted = ShareGrant.objects.permitted(user, Action.FETCH_SHARE).in_force().count()
        yield Tile("共享给本部门的名单", granted, "份", reverse("liaison:grant-list"))


def sponsored(user: User) -> Iterator[Tile]:
    """Societies that one's own department sponsors, and those nobody looked after for a quarter."""
    if reach_of(user, Action.FOLLOW_SPONSORSHIP) == Reach.OWN:
        reach = Sponsorship.objects.permitted(user, Action.FOLLOW_SPONSORSHIP)
        url = reverse("liaison:sponsorship-list")
        yield Tile("本部门挂包的合作社", reach.current().count(), "家", url)
        yield Tile("其中一季度未跟踪", reach.quiet().count(), "家", f"{url}?state=quiet")
    if may(user, Action.MANAGE_SPONSORSHIP):
        societies = Cooperative.objects.permitted(user, Action.MANAGE_SPONSORSHIP)
        gaps = without_sponsor(societies).count()
        yield Tile("没有挂包部门的合作社", gaps, "家", reverse("liaison:sponsorship-gaps"))


def cleanup(user: User) -> Iterator[Tile]:
    """Open clean-up cases of a department's own field (plan S-103)."""
    if reach_of(user, Action.VIEW_CLEANUP) == Reach.OWN and not user.acts_for_societies:
        cases = CleanupCase.objects.permitted(user, Action.VIEW_CLEANUP).open().count()
        yield Tile("本领域清理案件", cases, "件", reverse("registry:cleanup-list"))


def help_requests(user: User) -> Iterator[Tile]:
    """Requests of townships that are not closed yet."""
    if may(user, Action.VIEW_HELP):
        waiting = HelpRequest.objects.permitted(user, Action.VIEW_HELP).open().count()
        yield Tile("未办结的乡镇求助", waiting, "件", reverse("liaison:help-list"))


TILES: list[Callable[[User], Iterator[Tile]]] = [
    meetings,
    notices,
    consents,
    decisions,
    help_requests,
    shared,
    sponsored,
    cleanup,
]


def tiles_of(user: User) -> list[Tile]:
    """Return the tiles of one person's first page."""
    return [tile for find in TILES for tile in find(user)]
