"""The second factor: asked for after the password, set up and given up by oneself."""

import base64

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.forms.second_factor import CodeForm, FirstCodeForm
from accounts.http import SignedInRequest
from accounts.middleware import DUE, FACTOR, PASSED
from accounts.operations import second_factor
from accounts.policy import Action
from accounts.views.sessions import safe_target
from common.documents.qr import qr_svg
from common.workflow import TransitionRefused

WRONG = "动态口令不正确或已用过。请等手机上换一个新口令再填。"
WAIT = "连续填错，请稍等一会儿再试。仍不行请联系系统管理员清除动态口令。"


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROFILE)
def second_factor_ask(request: SignedInRequest) -> HttpResponse:
    """Ask for the code that this session still owes."""
    if request.session.get(FACTOR) != DUE:
        return redirect("home")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.passes(request.user, form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[FACTOR] = PASSED
            return redirect(safe_target(request))
        form.add_error("code", WAIT if second_factor.is_waiting(request.user) else WRONG)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    status = 422 if form.errors else 200
    return render(request, "accounts/second_factor/ask.html", context, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.USE_SECOND_FACTOR)
def second_factor_set_up(request: SignedInRequest) -> HttpResponse:
    """Show the key as a square code, and take the first code; then show the spare codes once."""
    if not second_factor.is_offered(request.user):
        messages.info(request, "本平台没有启用动态口令。")
        return redirect("accounts:profile")
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.confirm(request.user, form.cleaned_data["code"].replace(" ", ""))
        if codes is not None:
            request.session[FACTOR] = PASSED
            return _codes(request, codes)
        form.add_error("code", "动态口令不正确。请核对手机时间是否准确，等换一个新口令再填。")
    device = second_factor.begin(request.user)
    key = base64.b32encode(device.bin_key).decode()
    context = {
        "form": form,
        "square": mark_safe(qr_svg(device.config_url, label="动态口令二维码")),  # noqa: S308 - drawn by us
        "key": " ".join(key[place : place + 4] for place in range(0, len(key), 4)),
        "required": second_factor.is_required(request.user),
        "has_one": second_factor.has_one(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/second_factor/set_up.html", context, status=status)


@require_POST
@requires(Action.USE_SECOND_FACTOR)
def spare_codes(request: SignedInRequest) -> HttpResponse:
    """Replace the spare codes and show the new ones once."""
    if not second_factor.has_one(request.user):
        return redirect("accounts:second-factor-set-up")
    return _codes(request, second_factor.new_spare_codes(request.user))


@require_POST
@requires(Action.USE_SECOND_FACTOR)
def second_factor_remove(request: SignedInRequest) -> HttpResponse:
    """Give up one's own second factor where it is not required."""
    try:
        second_factor.remove(request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "动态口令已停用，以后登录只需密码。")
    return redirect("accounts:profile")


@never_cache
def _codes(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "portal": settings.SITE_URL}
    return render(request, "accounts/second_factor/codes.html", context)
