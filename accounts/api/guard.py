"""The guard of the programming interface."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.decorators import PUBLIC
from accounts.policy import Action, may


def declared_action(view: Any) -> str:
    """Return the action that a DRF view or Django view declares, or "" when it declares none."""
    return str(getattr(view, "action_required", "") or getattr(view, "required_action", ""))


class DeclaredAction(BasePermission):
    """Let through only who has the right that the view declares; a view that declares none is shut.

    DRF takes its views out of the login middleware, so this is their only door.
    """

    message = "您没有这项操作的权限。"

    def has_permission(self, request: Request, view: Any) -> bool:
        declared = declared_action(view)
        if declared == PUBLIC:
            return True
        if declared not in Action.values:
            return False
        return may(request.user, Action(declared))
