"""Samples of what bureaus share."""

from typing import Any

from accounts.models import (
    User,
)
from accounts.policy import Action, Reach, roles_with
from liaison.choices import GrantState
from liaison.models import ShareGrant
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {
    "shared": "abnormal",
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    found: dict[str, Any] = {
        "liaison:shared-rows:grant": _received_grant(),
        "liaison:shared-file:grant": _received_grant(),
        "grant": first(ShareGrant),
    }
    return known(found)


def _received_grant() -> Any:
    """A grant to the department of the first person who sends files for one."""
    sender = User.objects.filter(role__in=roles_with(Action.SUBMIT_DELIVERY, Reach.OWN)).first()
    received = ShareGrant.objects.filter(receiver=sender.unit_id if sender else None)
    approved = received.filter(state=GrantState.APPROVED)
    return approved.order_by("pk").values_list("pk", flat=True).first()
