"""What this room shows on a society's page: its innovation record in figures."""

from typing import Any

from django.db.models import Count

from accounts.policy import Action
from demonstration.innovation_choices import InnovationKind
from demonstration.models import InnovationEntry
from registry.models import Cooperative
from registry.society_blocks import Block, register_block


def _innovations(user: Any, society: Cooperative) -> dict[str, Any]:
    """Count the lines of each kind; the link is there with none, so that one can be entered."""
    reach = InnovationEntry.objects.permitted(user, Action.VIEW_INNOVATION)
    counted = reach.standing().filter(cooperative=society).order_by().values_list("kind")
    numbers = dict(counted.annotate(Count("pk")))
    return {
        "lines": [(kind.label, numbers[kind]) for kind in InnovationKind if kind in numbers],
    }


def register() -> None:
    """Add this room's cards."""
    register_block(
        Block(
            "innovations",
            "创新登记",
            Action.VIEW_INNOVATION,
            "demonstration/innovations/_block.html",
            _innovations,
        )
    )
