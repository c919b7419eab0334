"""A session ends by idleness or age, and a first or an old password must be changed before all else."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN, BEGUN = "seen_at", "begun_at"
# What a session still owes of the second factor: the code, the setting-up, or nothing.
FACTOR, DUE, MISSING, PASSED = "second_factor", "due", "missing", "passed"
READING = {"GET", "HEAD"}


class SignInFirst(LoginRequiredMiddleware):
    """Send strangers to the sign-in page; they come back only to pages that can be read."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Come back to the page that was asked for, unless it only takes what a form sends."""
        if request.method in READING:
            answer: HttpResponseRedirect = super().handle_no_permission(request, view_func)
            return answer
        return redirect_to_login("", self.get_login_url(view_func))


class SessionGuard:
    """Watch over the sessions of people who have signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.real_now().timestamp()
            if self._is_over(request, now):
                # Whoever stands behind decides what a stranger gets: the sign-in page or a 403.
                logout(request)
                request.session["left_idle"] = True
                return self.get_response(request)
            # Written at most once a minute: a page view should not cost a write.
            if now - request.session.get(SEEN, 0) > 60:
                request.session[SEEN] = now
                request.session.setdefault(BEGUN, now)
            if request.user.owes_password and not self._allowed(request):
                return self._to_password(request)
            owed = request.session.get(FACTOR)
            if owed in {DUE, MISSING} and not self._allowed(request):
                return self._to_factor(request, owed)
        return self.get_response(request)

    @staticmethod
    def _is_over(request: HttpRequest, now: float) -> bool:
        idle = now - request.session.get(SEEN, now)
        age = now - request.session.get(BEGUN, now)
        return bool(idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE)

    @staticmethod
    def _to_password(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "请先在网页上更改密码。"}, status=403)
        return redirect("accounts:password-change")

    @staticmethod
    def _to_factor(request: HttpRequest, owed: str) -> HttpResponse:
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "请先在网页上完成动态口令。"}, status=403)
        if owed == MISSING:
            return redirect("accounts:second-factor-set-up")
        target = request.get_full_path() if request.method in READING else ""
        return redirect_to_login(target, reverse("accounts:second-factor"))

    @staticmethod
    def _allowed(request: HttpRequest) -> bool:
        names = ["logout"]
        if getattr(request.user, "owes_password", False):
            names.append("password-change")
        else:
            owed = request.session.get(FACTOR)
            names.append("second-factor" if owed == DUE else "second-factor-set-up")
        open_paths = {reverse(f"accounts:{name}") for name in names}
        return request.path in open_paths or request.path.startswith(settings.STATIC_URL)
