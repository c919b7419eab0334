"""What a view declares: the right it needs, or that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.policy import Action, may

View = Callable[..., HttpResponseBase]
PUBLIC = "public"


def requires(action: Action) -> Callable[[View], View]:
    """Guard a view by one right; without it the answer is 403, naming the right that is missing."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user, action):
                raise PermissionDenied(action)
            return view(request, *args, **kwargs)

        guarded.required_action = action.value  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """Declare a view open to everyone; the list of these is short and reviewed."""
    open_view = login_not_required(view)
    open_view.required_action = PUBLIC  # type: ignore[attr-defined]
    return open_view
