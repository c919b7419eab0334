"""Sponsorships: the list, who has none, one with its record, and each step of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import society_of
from liaison.forms.sponsorships import (
    FollowUpForm,
    SponsorshipFilter,
    SponsorshipForm,
)
from liaison.kept_lists import SPONSORSHIPS
from liaison.models import SponsorFollowUp, Sponsorship
from liaison.models.sponsorship import FOLLOW_UP_DAYS, without_sponsor
from liaison.operations import sponsorships as operations
from liaison.views.attaching import attach
from registry.forms.choosing import SocietyChoice
from registry.models import Cooperative
from registry.views.pages import cut

LIST = "liaison:sponsorship-list"
PURPOSE = "挂包跟踪"


@require_safe
@requires(Action.VIEW_SPONSORSHIP)
@kept_as(SPONSORSHIPS)
def sponsorship_list(request: SignedInRequest) -> HttpResponse:
    """List the sponsorships in reach, with the two gaps: no sponsor, and no follow-up."""
    reach = Sponsorship.objects.permitted(request.user, Action.VIEW_SPONSORSHIP)
    form = SponsorshipFilter(request.GET, rows=reach)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "quiet": set(reach.quiet().values_list("pk", flat=True)),
        "manages": may(request.user, Action.MANAGE_SPONSORSHIP),
        "unsponsored": without_sponsor(_societies(request)).count(),
        "days": FOLLOW_UP_DAYS,
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/sponsorships/{name}.html", context)


@require_safe
@requires(Action.VIEW_SPONSORSHIP)
def sponsorship_gaps(request: SignedInRequest) -> HttpResponse:
    """List cultivated and titled societies without a sponsor; a search finds any society."""
    form = SocietyChoice(request.GET)
    societies = _societies(request)
    found = form.narrow(societies.living()) if form.term else without_sponsor(societies)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.select_related("township"), "pk", descending=True),
        "number": found.count(),
        "manages": may(request.user, Action.MANAGE_SPONSORSHIP),
    }
    name = "_gaps" if wants_partial(request) else "gaps"
    return render(request, f"liaison/sponsorships/{name}.html", context)


@require_safe
@requires(Action.VIEW_SPONSORSHIP)
def sponsorship_detail(request: SignedInRequest, sponsorship: int) -> HttpResponse:
    """Show one sponsorship and everything its sponsor did."""
    found = _sponsorship(request, sponsorship, Action.VIEW_SPONSORSHIP)
    lines = list(found.follow_ups.select_related("by").order_by("-happened_on", "-pk"))
    files: dict[str, list[Attachment]] = {}
    keys = [line.pk for line in lines]
    for file in Attachment.objects.of_all(SponsorFollowUp, keys).select_related("added_by"):
        files.setdefault(file.owner_key, []).append(file)
    follows = found.is_current and may(request.user, Action.FOLLOW_SPONSORSHIP)
    context = {
        "sponsorship": found,
        "lines": [(line, files.get(str(line.pk), [])) for line in lines],
        "quiet": Sponsorship.objects.filter(pk=found.pk).quiet().exists(),
        "days": FOLLOW_UP_DAYS,
        "follows": follows,
        "form": FollowUpForm() if follows else None,
        "manages": found.is_current and may(request.user, Action.MANAGE_SPONSORSHIP),
        "opens_society": may(request.user, Action.VIEW_COOPERATIVE),
    }
    return render(request, "liaison/sponsorships/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_SPONSORSHIP)
def sponsorship_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Give a society a sponsor."""
    society = society_of(request, uscc, Action.MANAGE_SPONSORSHIP)
    form = SponsorshipForm(request.POST or None)
    page = {
        "title": "安排挂包",
        "lead": society.name,
        "back": reverse(LIST),
        "crumbs": [("部门挂包", reverse(LIST))],
    }
    return save_form(
        request,
        form,
        lambda form: operations.assign_sponsor(society, form.facts(), by=request.user),
        done="已安排挂包，并通知挂包部门。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_SPONSORSHIP)
def sponsorship_edit(request: SignedInRequest, sponsorship: int) -> HttpResponse:
    """Correct a sponsorship."""
    found = _sponsorship(request, sponsorship, Action.MANAGE_SPONSORSHIP)
    form = SponsorshipForm(request.POST or None, instance=found)
    page = {
        "title": "修改挂包",
        "lead": found.cooperative.name,
        "back": _here(found),
        "crumbs": [("部门挂包", reverse(LIST)), (found.cooperative.name, _here(found))],
    }
    return save_form(
        request,
        form,
        lambda form: operations.edit_sponsorship(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存。",
        page=page,
    )


@require_POST
@requires(Action.MANAGE_SPONSORSHIP)
def sponsorship_end(request: SignedInRequest, sponsorship: int) -> HttpResponse:
    """End a sponsorship."""
    found = _sponsorship(request, sponsorship, Action.MANAGE_SPONSORSHIP)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.end_sponsorship(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="挂包已结束。",
        back=_here(found),
    )


@require_POST
@requires(Action.FOLLOW_SPONSORSHIP)
def sponsorship_follow(request: SignedInRequest, sponsorship: int) -> HttpResponse:
    """Write down what the sponsor did, with photos and papers."""
    found = _sponsorship(request, sponsorship, Action.FOLLOW_SPONSORSHIP)
    form = FollowUpForm(request.POST, request.FILES)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked: dict[str, Any] = form.cleaned_data

    def act() -> None:
        line = operations.write_follow_up(found, asked, by=request.user)
        attach(request, line, asked["evidence"], purpose=PURPOSE)

    return perform(request, act, done="跟踪记录已保存。", back=_here(found))


def _societies(request: SignedInRequest) -> Any:
    return Cooperative.objects.permitted(request.user, Action.VIEW_SPONSORSHIP)


def _sponsorship(request: SignedInRequest, key: int, action: Action) -> Sponsorship:
    reach = Sponsorship.objects.permitted(request.user, action)
    found: Sponsorship = get_object_or_404(
        reach.select_related("cooperative__township", "department", "entered_by"), pk=key
    )
    return found


def _here(sponsorship: Sponsorship) -> str:
    return reverse("liaison:sponsorship-detail", args=[sponsorship.pk])
