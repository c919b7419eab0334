"""The guard of the programming interface: the right of the person, the scope of the token."""

from typing import Any

from rest_framework.exceptions import MethodNotAllowed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.choices import TokenScope
from accounts.decorators import PUBLIC
from accounts.models import ApiToken
from accounts.policy import Action, may

TOO_NARROW = "这个令牌的范围是“{scope}”，不能这样使用。需要更宽的范围，请另发一个令牌。"


class ScopeTooNarrow(PermissionDenied):
    """The person may, but the token is not for this."""

    default_code = "scope_too_narrow"


def declared_action(view: Any) -> str:
    """Return the action that a DRF view or Django view declares, or "" when it declares none.

    A view set may ask for a right of its own for a step, in `rights`.
    """
    step = getattr(view, "action", None)
    rights: dict[str, Action] = getattr(view, "rights", {})
    if step in rights:
        return str(rights[step])
    return str(getattr(view, "action_required", "") or getattr(view, "required_action", ""))


class DeclaredAction(BasePermission):
    """Let through only who has the right that the view declares; a view that declares none is shut.

    DRF takes its views out of the login middleware, so this is their only door.
    """

    message = "您没有这项操作的权限。如确需办理，请联系系统管理员。"

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in view.allowed_methods:
            raise MethodNotAllowed(request.method or "")
        declared = declared_action(view)
        if declared == PUBLIC:
            return True
        if declared not in Action.values:
            return False
        if not may(request.user, Action(declared)):
            return False
        _check_scope(request, view)
        return True


def _check_scope(request: Request, view: Any) -> None:
    """Refuse a program what its token is not for. Raises ScopeTooNarrow."""
    token = request.auth
    if not isinstance(token, ApiToken) or token.scope == TokenScope.WRITE:
        return
    if token.scope == TokenScope.READ and request.method in SAFE_METHODS:
        return
    if token.scope == TokenScope.DELIVER and getattr(view, "open_to_senders", False):
        return
    raise ScopeTooNarrow(TOO_NARROW.format(scope=token.get_scope_display()))
