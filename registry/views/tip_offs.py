"""群众举报: the public's form, the office's list, and the page of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.decorators import public, requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.operations.public_tries import count_try
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.cleanup.choices import TipOffChannel
from registry.cleanup.sheet import buttons_of
from registry.cleanup.workflows import TIP_OFF
from registry.forms.tip_offs import (
    MatchForm,
    OfficeTipOffForm,
    PublicTipOffForm,
    TipOffCaseForm,
    TipOffFilter,
    bound,
)
from registry.kept_lists import TIP_OFFS
from registry.models import Cooperative, TipOff
from registry.operations import tip_offs
from registry.views.cleanup_acts import attempt, is_stale
from registry.views.pages import cut

TRIES_A_MINUTE = 3


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tip_off_public(request: HttpRequest) -> HttpResponse:
    """Let anybody tell the bureau about a society; so many times a minute from one address."""
    form = bound(PublicTipOffForm, request)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "public/tip_off.html", {"form": form}, status=status)
    if count_try("tip-off", client_address(request)) > TRIES_A_MINUTE:
        answer = render(
            request, "public/tip_off.html", {"form": form, "too_often": True}, status=429
        )
        answer["Retry-After"] = "60"
        return answer
    if form.cleaned_data["website"]:  # a machine filled in what nobody sees
        return render(request, "public/tip_off.html", {"number": "—"})
    kept = tip_offs.receive_tip_off(form.told(), channel=TipOffChannel.WEB, by=None)
    return render(request, "public/tip_off.html", {"number": kept.number})


@require_safe
@requires(Action.VIEW_TIP_OFF)
@kept_as(TIP_OFFS)
def tip_off_list(request: SignedInRequest) -> HttpResponse:
    """List the tip-offs, the newest first."""
    reach = TipOff.objects.permitted(request.user, Action.VIEW_TIP_OFF)
    form = TipOffFilter(request.GET)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.select_related("cooperative"), "pk", descending=True),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/tip_offs/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.HANDLE_TIP_OFF)
def tip_off_create(request: SignedInRequest) -> HttpResponse:
    """Write down what came by telephone, letter or visit."""
    form = bound(OfficeTipOffForm, request)
    if request.method == "POST" and form.is_valid():
        kept = tip_offs.receive_tip_off(
            form.told(), channel=form.cleaned_data["channel"], by=request.user
        )
        messages.success(request, f"已登记 {kept.number}。")
        return redirect("registry:tip-off-detail", kept.pk)
    status = 422 if form.errors else 200
    return render(request, "registry/tip_offs/create.html", {"form": form}, status=status)


@require_safe
@requires(Action.VIEW_TIP_OFF)
def tip_off_detail(request: SignedInRequest, tip: int) -> HttpResponse:
    """Show one tip-off; who told stays covered."""
    return _page(request, _held(request, tip, Action.VIEW_TIP_OFF))


@require_POST
@requires(Action.UNMASK_REPORTER)
def tip_off_reporter(request: SignedInRequest, tip: int) -> HttpResponse:
    """Show once who told, for a reason."""
    held = _held(request, tip, Action.UNMASK_REPORTER)
    try:
        name, phone = tip_offs.unmask_reporter(
            held, request.POST.get("reason", ""), by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:tip-off-detail", held.pk)
    return _page(request, held, reporter=(name, phone))


@require_POST
@requires(Action.HANDLE_TIP_OFF)
def tip_off_move(request: SignedInRequest, tip: int) -> HttpResponse:
    """Begin to look into it, or close it with what was found."""
    held = _held(request, tip, Action.HANDLE_TIP_OFF)
    target, reason = request.POST.get("target", ""), request.POST.get("reason", "")
    if not is_stale(request, held.version):
        attempt(
            request,
            lambda: tip_offs.move_tip_off(held, target, reason=reason, by=request.user),
            f"{held.number} 已更新。",
        )
    return redirect("registry:tip-off-detail", held.pk)


@require_POST
@requires(Action.HANDLE_TIP_OFF)
def tip_off_match(request: SignedInRequest, tip: int) -> HttpResponse:
    """Say which society of the register it is about."""
    held = _held(request, tip, Action.HANDLE_TIP_OFF)
    form = MatchForm(request.POST)
    code = form.cleaned_data["code"].strip().upper() if form.is_valid() else ""
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_COOPERATIVE)
    society = reach.filter(uscc=code).first() or reach.filter(registration_no=code or None).first()
    if society is None:
        messages.error(request, f"名录中没有代码为“{code}”的合作社，请核对后再填。")
    else:
        version = form.cleaned_data["version"]
        attempt(
            request,
            lambda: tip_offs.match_tip_off(held, society, by=request.user, version=version),
            "已对应到名录中的合作社。",
        )
    return redirect("registry:tip-off-detail", held.pk)


@require_POST
@requires(Action.HANDLE_TIP_OFF)
def tip_off_case(request: SignedInRequest, tip: int) -> HttpResponse:
    """Open a confidential case."""
    held = _held(request, tip, Action.HANDLE_TIP_OFF)
    form = TipOffCaseForm(request.POST)
    if form.is_valid():
        route = form.cleaned_data["route"]
        attempt(
            request,
            lambda: tip_offs.open_case_from(held, route, by=request.user),
            "已立案，案件不对合作社显示。",
        )
    else:
        messages.error(request, "没有立案：请选择途径。")
    return redirect("registry:tip-off-detail", held.pk)


def _held(request: SignedInRequest, tip: int, action: Action) -> TipOff:
    reach = TipOff.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("cooperative", "case", "received_by"), pk=tip)


def _page(
    request: SignedInRequest, held: TipOff, *, reporter: tuple[str, str] | None = None
) -> HttpResponse:
    context = {
        "tip": held,
        "reporter": reporter,
        "buttons": buttons_of(TIP_OFF, held, request.user),
        "match_form": MatchForm(None, initial={"version": held.version}),
        "case_form": TipOffCaseForm(None),
        "handles": may(request.user, Action.HANDLE_TIP_OFF),
    }
    return render(request, "registry/tip_offs/detail.html", context)
