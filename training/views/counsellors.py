"""Counsellors: the list with load and gaps, one of them, appointing, declaring an interest."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.models import ConflictOfInterest, Cooperative
from registry.views.pages import cut_by
from training import gaps
from training.forms.counsellors import AppointmentForm, CounsellorFilter, InterestForm
from training.kept_lists import COUNSELLORS
from training.models import Counsellor, CounsellorAssignment, Handover
from training.operations.counsellors import (
    appoint_counsellor,
    declare_interest,
    edit_counsellor,
    end_interest,
)

MOST_SHOWN = 200


@require_safe
@requires(Action.VIEW_COUNSELLOR)
@kept_as(COUNSELLORS)
def counsellor_list(request: SignedInRequest) -> HttpResponse:
    """List the counsellors in reach with what each looks after, and the gaps in the net."""
    reach = Counsellor.objects.permitted(request.user, Action.VIEW_COUNSELLOR)
    form = CounsellorFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut_by(request, found.with_load().select_related("user__unit"), COUNSELLORS.order),
        "today": clock.today(),
    }
    if wants_partial(request):
        return render(request, "training/counsellors/_results.html", context)
    unassigned = Cooperative.objects.permitted(request.user, Action.VIEW_COUNSELLOR)
    context |= {
        "gaps": gaps.township_gaps(request.user),
        "needs": gaps.pairing_gaps(request.user),
        "serving": reach.serving(clock.today()).count(),
        "unassigned": unassigned.living().filter(counsellor__isnull=True).count(),
    }
    return render(request, "training/counsellors/list.html", context)


@require_safe
@requires(Action.VIEW_COUNSELLOR)
def counsellor_detail(request: SignedInRequest, counsellor: int) -> HttpResponse:
    """Show a counsellor: term, specialty, societies, interests, handovers."""
    return _detail(request, counsellor, InterestForm())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.APPOINT_COUNSELLOR)
def counsellor_appoint(request: SignedInRequest) -> HttpResponse:
    """Appoint a person who has an account."""
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = appoint_counsellor(form.cleaned_data["user"], form.facts(), by=request.user)
        messages.success(request, f"已聘任{made}为辅导员。")
        return redirect("training:counsellor-detail", counsellor=made.pk)
    return _form(request, form, "聘任辅导员")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.APPOINT_COUNSELLOR)
def counsellor_edit(request: SignedInRequest, counsellor: int) -> HttpResponse:
    """Change a term or a specialty; whoever saves second sees both texts."""
    found = _found(request, counsellor, Action.APPOINT_COUNSELLOR)
    form = AppointmentForm(request.POST or None, instance=found)
    title = f"修改聘任：{found}"
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, title)
    try:
        edit_counsellor(
            found,
            form.facts(),
            version=form.cleaned_data["version"] or 0,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except EditConflict as conflict:
        form, differing = form.upon(conflict.fresh)
        return _form(request, form, title, clashes=differing, status=409)
    messages.success(request, f"{found}的聘任已保存。")
    return redirect("training:counsellor-detail", counsellor=found.pk)


@require_POST
@requires(Action.DECLARE_INTEREST)
def interest_declare(request: SignedInRequest, counsellor: int) -> HttpResponse:
    """Note an interest of a counsellor in a society."""
    found = _found(request, counsellor, Action.DECLARE_INTEREST)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _detail(request, counsellor, form, status=422)
    asked = form.cleaned_data
    try:
        declare_interest(
            found.user, asked["code"], kind=asked["kind"], note=asked["note"], by=request.user
        )
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, counsellor, form, status=422)
    messages.success(request, "已登记利害关系；安排辅导和评定时会自动回避。")
    return redirect("training:counsellor-detail", counsellor=found.pk)


@require_POST
@requires(Action.DECLARE_INTEREST)
def interest_end(request: SignedInRequest, interest: int) -> HttpResponse:
    """Note that an interest is over."""
    reach = ConflictOfInterest.objects.permitted(request.user, Action.DECLARE_INTEREST)
    found = get_object_or_404(reach.select_related("person__counsellor_post"), pk=interest)
    end_interest(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, "利害关系已解除。")
    post = getattr(found.person, "counsellor_post", None)
    if post is None:
        return redirect("training:counsellor-list")
    return redirect("training:counsellor-detail", counsellor=post.pk)


def _found(request: SignedInRequest, counsellor: int, action: Action) -> Counsellor:
    reach = Counsellor.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("user__unit"), pk=counsellor)


def _detail(
    request: SignedInRequest, counsellor: int, form: InterestForm, *, status: int = 200
) -> HttpResponse:
    reach = Counsellor.objects.permitted(request.user, Action.VIEW_COUNSELLOR)
    found = get_object_or_404(reach.with_load().select_related("user__unit"), pk=counsellor)
    rows = CounsellorAssignment.objects.filter(counsellor=found.user)
    rows = rows.select_related("cooperative__township").order_by("kind", "-since", "pk")
    handovers = Handover.objects.permitted(request.user, Action.VIEW_COUNSELLOR)
    theirs = handovers.filter(giver=found.user) | handovers.filter(taker=found.user)
    context: dict[str, Any] = {
        "counsellor": found,
        "serves": found.serves_on(clock.today()),
        "open": list(rows.open()[:MOST_SHOWN]),
        "ended": list(rows.exclude(until__isnull=True)[:MOST_SHOWN]),
        "interests": found.user.interests.select_related("cooperative").order_by("until", "-pk"),
        "handovers": theirs.select_related("giver", "taker").order_by("-pk"),
        "form": form,
        "may_declare": Counsellor.objects.permitted(request.user, Action.DECLARE_INTEREST)
        .filter(pk=found.pk)
        .exists(),
        "may_hand_over": may(request.user, Action.ASSIGN_COUNSELLOR),
    }
    return render(request, "training/counsellors/detail.html", context, status=status)


def _form(
    request: SignedInRequest, form: Any, title: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    code = 422 if form.errors else status
    context = {"form": form, "title": title, **more}
    return render(request, "training/counsellors/form.html", context, status=code)
