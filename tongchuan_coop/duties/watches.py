"""What waits around illegal fund-raising: signs to look into, and findings to decide about."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from liaison.models import FundWatch
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Waiting


def open_watches(user: User) -> Iterator[Waiting]:
    """Signs that nobody has looked into, or decided about."""
    if not may(user, Action.HANDLE_FUND_WATCH):
        return
    yield Waiting(
        rows=FundWatch.objects.permitted(user, Action.HANDLE_FUND_WATCH).open(),
        title="集资风险线索待核查或处理",
        because="因为线索要在期限内核查，构成风险的移送有关部门；线索严格保密。",
        button="去核查",
        url=page("liaison:watch-list"),
        day="due_on",
    )


FINDERS = (open_watches,)
