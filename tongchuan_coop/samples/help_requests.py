"""Samples of townships' requests: one that waits for its unit, one that can still be changed."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from liaison.help_choices import HelpState
from liaison.models import HelpRequest
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {"help_request": 1}
_BEFORE_IT_IS_TAKEN_UP = ("help-edit", "help-withdraw")


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    clerk = User.objects.filter(role__in=roles_with(Action.FILE_HELP, Reach.TOWNSHIP)).first()
    every = HelpRequest.objects.order_by("pk")
    own = every.filter(township=clerk.unit_id if clerk else None)
    filed = own.filter(state=HelpState.FILED).first()
    asked = own.filter(state=HelpState.ASSIGNED).first() or own.first() or every.first()
    answered = own.filter(state=HelpState.ANSWERED).first()
    found = {
        "help_request": asked and asked.pk,
        "liaison:help-close:help_request": answered and answered.pk,
    }
    for name in _BEFORE_IT_IS_TAKEN_UP:
        found[f"liaison:{name}:help_request"] = filed and filed.pk
    return known(found)
