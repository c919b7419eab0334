"""What this room shows on a society's page."""

from typing import Any

from accounts.policy import Action, may
from liaison.models import FundWatch, Sponsorship
from liaison.models.sponsorship import without_sponsor
from registry.models import Cooperative
from registry.society_blocks import Block, register_block

SHOWN = 5


def _watches(user: Any, society: Cooperative) -> dict[str, Any]:
    """Return the latest signs of illegal fund-raising, for who may know."""
    reach = FundWatch.objects.permitted(user, Action.VIEW_FUND_WATCH)
    return {
        "watches": list(reach.filter(cooperative=society).order_by("-noted_on", "-pk")[:SHOWN]),
        "handles": may(user, Action.HANDLE_FUND_WATCH),
    }


def _sponsorships(user: Any, society: Cooperative) -> dict[str, Any]:
    """Return who sponsors the society now, who was not heard of for a quarter, and whether one lacks."""
    reach = Sponsorship.objects.permitted(user, Action.VIEW_SPONSORSHIP)
    current = reach.current().filter(cooperative=society).select_related("department")
    rows = list(current.with_follow_ups().order_by("since", "pk"))
    own = Cooperative.objects.filter(pk=society.pk)
    return {
        "sponsorships": rows,
        "quiet": set(current.quiet().values_list("pk", flat=True)) if rows else set(),
        "lacks": not rows and without_sponsor(own).exists(),
        "manages": may(user, Action.MANAGE_SPONSORSHIP),
    }


def register() -> None:
    """Add this room's cards."""
    register_block(
        Block(
            "sponsorships",
            "部门挂包",
            Action.VIEW_SPONSORSHIP,
            "liaison/sponsorships/_block.html",
            _sponsorships,
        )
    )
    register_block(
        Block(
            "fund-watches",
            "集资风险线索",
            Action.VIEW_FUND_WATCH,
            "liaison/watches/_block.html",
            _watches,
        )
    )
