"""A session ends by idleness, and a first password must be changed before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN = "seen_at"


class SessionGuard:
    """Watch over the sessions of people who have signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.real_now().timestamp()
            if now - request.session.get(SEEN, now) > settings.SESSION_IDLE_SECONDS:
                logout(request)
                request.session["left_idle"] = True
                return redirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
            # Written at most once a minute: a page view should not cost a write.
            if now - request.session.get(SEEN, 0) > 60:
                request.session[SEEN] = now
            if request.user.must_change_password and not self._allowed(request):
                return redirect("accounts:password-change")
        return self.get_response(request)

    @staticmethod
    def _allowed(request: HttpRequest) -> bool:
        open_paths = {reverse("accounts:password-change"), reverse("accounts:logout")}
        return request.path in open_paths or request.path.startswith(settings.STATIC_URL)
