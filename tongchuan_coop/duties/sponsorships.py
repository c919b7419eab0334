"""What waits around sponsorships: societies without a sponsor, sponsors without a follow-up."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from liaison.models import Sponsorship
from liaison.models.sponsorship import without_sponsor
from registry.models import Cooperative
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Waiting


def sponsorships_to_follow(user: User) -> Iterator[Waiting]:
    """Sponsorships in reach that nobody followed up for a quarter."""
    if not may(user, Action.FOLLOW_SPONSORSHIP):
        return
    yield Waiting(
        rows=Sponsorship.objects.permitted(user, Action.FOLLOW_SPONSORSHIP).quiet(),
        title="挂包合作社待跟踪",
        because="因为挂包每季度至少跟踪一次，这些已有一个季度没有记录。",
        button="去填写",
        url=f"{page('liaison:sponsorship-list')}?state=quiet",
    )


def sponsors_to_assign(user: User) -> Iterator[Waiting]:
    """Titled or cultivated societies that no department sponsors."""
    if not may(user, Action.MANAGE_SPONSORSHIP):
        return
    reach = Cooperative.objects.permitted(user, Action.MANAGE_SPONSORSHIP)
    yield Waiting(
        rows=without_sponsor(reach),
        title="合作社没有挂包部门",
        because="因为示范社和培育社须由部门挂包，责任到人。",
        button="去安排",
        url=page("liaison:sponsorship-gaps"),
    )


FINDERS = (sponsorships_to_follow, sponsors_to_assign)
