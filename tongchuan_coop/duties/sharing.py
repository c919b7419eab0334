"""What waits around the sharing of lists: proposals to approve, lists to take, receipts to sign."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from liaison.choices import GrantState
from liaison.models import ShareGrant
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, one_by_one


def proposals_to_approve(user: User) -> Iterator[Duty]:
    """Grants that somebody else proposed."""
    if not may(user, Action.APPROVE_SHARE):
        return
    reach = ShareGrant.objects.permitted(user, Action.APPROVE_SHARE).select_related("receiver")
    waiting = reach.filter(state=GrantState.PROPOSED).exclude(proposed_by=user)
    duties = (
        Duty(
            title=f"名单共享待批准：{grant}",
            because="因为共享名单须由提出人以外的另一人批准。",
            button="去批准",
            url=page("liaison:grant-detail", grant=grant.pk),
        )
        for grant in waiting.order_by("pk")
    )
    yield from one_by_one(duties, rest="份名单共享待批准", url=page("liaison:grant-list"))


def lists_not_taken(user: User) -> Iterator[Duty]:
    """Lists granted to one's own department that it never took, or took and did not sign for."""
    if not may(user, Action.FETCH_SHARE):
        return
    granted = ShareGrant.objects.permitted(user, Action.FETCH_SHARE).in_force()
    duties = (
        Duty(
            title=f"有新共享的{grant.get_shared_list_display()}",
            because="因为这份名单已批准共享给本部门，还没有取用。",
            button="去查看",
            url=page("liaison:grant-detail", grant=grant.pk),
            due=grant.valid_until,
        )
        for grant in granted.filter(fetches__isnull=True).order_by("pk")
    )
    yield from one_by_one(duties, rest="份共享名单待取用", url=page("liaison:grant-list"))
    unsigned = granted.filter(fetches__isnull=False, fetches__received_at__isnull=True).distinct()
    duties = (
        Duty(
            title=f"{grant.get_shared_list_display()}取用后待签收",
            because="因为取用共享名单须签收，便于来源部门掌握去向。",
            button="去签收",
            url=page("liaison:grant-detail", grant=grant.pk),
        )
        for grant in unsigned.order_by("pk")
    )
    yield from one_by_one(duties, rest="份共享名单待签收", url=page("liaison:grant-list"))


FINDERS = (proposals_to_approve, lists_not_taken)
