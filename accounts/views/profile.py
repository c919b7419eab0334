"""One's own profile: who I am here, my password, my sessions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.notices import NoticeSettingForm
from accounts.forms.sessions import OwnPasswordForm, PhoneForm
from accounts.http import SignedInRequest
from accounts.models import AuditEvent
from accounts.operations import second_factor, sessions
from accounts.policy import Action


@require_safe
@requires(Action.EDIT_PROFILE)
def profile(request: SignedInRequest) -> HttpResponse:
    """Show one's own account and the latest sign-ins."""
    return _page(request)


@require_POST
@requires(Action.EDIT_PROFILE)
def phone_edit(request: SignedInRequest) -> HttpResponse:
    """Change one's own telephone number."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    sessions.change_phone(request.user, form.cleaned_data["phone"], by=request.user)
    messages.success(request, "手机号已保存。")
    return redirect("accounts:profile")


@require_POST
@requires(Action.EDIT_PROFILE)
def notice_setting_edit(request: SignedInRequest) -> HttpResponse:
    """Change how one hears of notices outside the portal."""
    form = NoticeSettingForm(request.POST)
    if not form.is_valid():
        return _page(request, notice_form=form, status=422)
    sessions.change_notice_setting(request.user, **form.cleaned_data, by=request.user)
    messages.success(request, "通知方式已保存。")
    return redirect("accounts:profile")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROFILE)
def password_change(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; the first one must be changed before anything else."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        sessions.change_password(request.user, form.cleaned_data["new_password1"], by=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已更改，您在其他设备上的登录已全部退出。")
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "accounts/sessions/password.html", {"form": form}, status=status)


@require_POST
@requires(Action.EDIT_PROFILE)
def sessions_end(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere else."""
    sessions.end_sessions(request.user, by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, "您在其他设备上的登录已全部退出。")
    return redirect("accounts:profile")


def _page(request: SignedInRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = request.user
    latest = AuditEvent.objects.about(request.user).filter(action="signed-in")[:5]
    setting = {"email": user.email, "notice_mode": user.notice_mode}
    context = {
        "form": PhoneForm(initial={"phone": user.phone}),
        "notice_form": NoticeSettingForm(initial=setting),
        "can_mail": bool(settings.EMAIL_HOST),
        "sign_ins": latest,
        "factor_offered": second_factor.is_offered(user),
        "factor_required": second_factor.is_required(user),
        "has_factor": second_factor.is_offered(user) and second_factor.has_one(user),
        **forms,
    }
    return render(request, "accounts/sessions/profile.html", context, status=status)
