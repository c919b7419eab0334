"""Sign-in and sign-out."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.client_address import client_address
from accounts.decorators import public
from accounts.forms.sessions import SignInForm
from accounts.middleware import DUE, FACTOR, MISSING, PASSED
from accounts.models import User
from accounts.operations import second_factor, sessions

LOCK_SECONDS = int(settings.AXES_COOLOFF_TIME * 3600)
LOCKED = "登录失败次数过多，已暂停登录。请 15 分钟后再试；忘记密码请联系系统管理员重置。"


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go to the page that was asked for, never off this site."""
    if request.user.is_authenticated:
        return redirect(safe_target(request))
    form = SignInForm(request, request.POST or None)
    if request.method != "POST":
        return _page(request, form, left_idle=request.session.pop("left_idle", False))
    if form.is_valid():
        user = form.get_user()
        login(request, user)
        sessions.record_sign_in(user, address=client_address(request))
        request.session[FACTOR] = _owed(user)
        return redirect(safe_target(request))
    if not getattr(request, "axes_locked_out", False):
        sessions.record_refusal(
            request.POST.get("username", ""), address=client_address(request), locked=False
        )
    return _page(request, form, status=422)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server."""
    if request.user.is_authenticated:
        sessions.record_sign_out(request.user)
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def locked_out(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Answer a name that failed too often, known or not, with the same page."""
    username, address = request.POST.get("username", ""), client_address(request)
    # Noted once for each lock: whoever goes on trying must not fill the trail.
    mark = hashlib.sha256(f"{username}|{address}".encode()).hexdigest()
    if cache.add(f"locked-out:{mark}", True, timeout=LOCK_SECONDS):
        sessions.record_refusal(username, address=address, locked=True)
    form = SignInForm(request, initial={"username": username})
    return _page(request, form, locked=LOCKED, status=429)


def _page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "demo": bool(settings.PORTAL_DATE) and not settings.PRODUCTION,
        "demo_password": "" if settings.PRODUCTION else settings.DEMO_PASSWORD,
        **more,
    }
    return render(request, "accounts/sessions/sign_in.html", context, status=status)


def _owed(user: User) -> str:
    """Tell what a session that begins with a password still owes of the second factor."""
    if not second_factor.is_offered(user):
        return PASSED
    if second_factor.has_one(user):
        return DUE
    return MISSING if second_factor.is_required(user) else PASSED


def safe_target(request: HttpRequest) -> str:
    """Return the page that was asked for, never off this site."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted else settings.LOGIN_REDIRECT_URL
