"""Bodies, their members and the contact register."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.policy import Action
from common import clock
from common.keyset import in_order
from demonstration.views.acts import incomplete, perform, save_form
from liaison.forms.bodies import BodyForm, SeatForm
from liaison.meeting_choices import BodyKind
from liaison.models import BodySeat, CoordinationBody
from liaison.nouns import BODIES
from liaison.operations import bodies as operations

LIST = "liaison:body-list"


@require_safe
@requires(Action.VIEW_BODY)
def body_list(request: SignedInRequest) -> HttpResponse:
    """Show the bodies in reach with their heads and contacts: the contact register (S-094)."""
    reach = CoordinationBody.objects.permitted(request.user, Action.VIEW_BODY)
    found = list(in_order(reach.with_seats(), BODIES.order))
    context = {
        "number": len(found),
        "district": [each for each in found if each.kind != BodyKind.TOWNSHIP_GROUP],
        "townships": [each for each in found if each.kind == BodyKind.TOWNSHIP_GROUP],
    }
    return render(request, "liaison/bodies/list.html", context)


@require_POST
@requires(Action.MANAGE_MEETING)
def bodies_establish(request: SignedInRequest) -> HttpResponse:
    """Set up the bodies that the plan names."""
    return perform(
        request,
        lambda: operations.establish_bodies(by=request.user),
        done="方案规定的机构已建立，请登记成员姓名、职务和办公电话。",
        back=reverse(LIST),
    )


@require_safe
@requires(Action.VIEW_BODY)
def body_detail(request: SignedInRequest, body: int) -> HttpResponse:
    """Show one body: rules, members now and formerly, meetings."""
    found = _body(request, body, Action.VIEW_BODY)
    seats = list(found.seats.select_related("unit").in_order())
    today = clock.today()
    context = {
        "body": found,
        "seats": [seat for seat in seats if seat.until is None or seat.until >= today],
        "former": [seat for seat in seats if seat.until and seat.until < today],
        "manages": operations.may_manage(found, request.user),
    }
    return render(request, "liaison/bodies/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BODY)
def body_edit(request: SignedInRequest, body: int) -> HttpResponse:
    """Change name and rules."""
    found = _managed(request, body)
    form = BodyForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.edit_body(found, form.facts(), version=form.seen, by=request.user),
        done="已保存。",
        page=_page(found, "修改机构"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BODY)
def seat_create(request: SignedInRequest, body: int) -> HttpResponse:
    """Add a member."""
    found = _managed(request, body)
    form = SeatForm(request.POST or None, initial={"since": clock.today(), "unit": found.office_id})
    return save_form(
        request,
        form,
        lambda form: operations.save_seat(found, None, form.facts(), version=0, by=request.user),
        done="成员已登记。",
        page=_page(found, "登记成员"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_BODY)
def seat_edit(request: SignedInRequest, seat: int) -> HttpResponse:
    """Change a member."""
    reach = BodySeat.objects.permitted(request.user, Action.MANAGE_BODY)
    one = get_object_or_404(reach, pk=seat)
    found = _managed(request, one.body_id)
    form = SeatForm(request.POST or None, instance=one)
    return save_form(
        request,
        form,
        lambda form: operations.save_seat(
            found, one, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存。",
        page=_page(found, "修改成员"),
    )


@require_POST
@requires(Action.MANAGE_BODY)
def seat_end(request: SignedInRequest, seat: int) -> HttpResponse:
    """Let a member leave."""
    reach = BodySeat.objects.permitted(request.user, Action.MANAGE_BODY)
    one = get_object_or_404(reach.select_related("body"), pk=seat)
    back = reverse("liaison:body-detail", args=[_managed(request, one.body_id).pk])
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.end_seat(
            one, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已登记离任，原来的任职记录保留。",
        back=back,
    )


def _body(request: SignedInRequest, key: int, action: Action) -> CoordinationBody:
    reach = CoordinationBody.objects.permitted(request.user, action)
    found: CoordinationBody = get_object_or_404(reach.select_related("office"), pk=key)
    return found


def _managed(request: SignedInRequest, key: int) -> CoordinationBody:
    found = _body(request, key, Action.MANAGE_BODY)
    if not operations.may_manage(found, request.user):
        raise Http404
    return found


def _page(body: CoordinationBody, heading: str) -> dict[str, Any]:
    back = reverse("liaison:body-detail", args=[body.pk])
    return {
        "title": heading,
        "lead": body.name,
        "back": back,
        "crumbs": [("机构与通讯录", reverse(LIST)), (body.name, back)],
    }
