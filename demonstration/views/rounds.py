"""Rating rounds: the list, one round with everything that waits in it, and its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common.keyset import in_order
from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, RoundState
from demonstration.forms.rounds import (
    ApprovalForm,
    DepartmentsForm,
    RecognitionForm,
    ReviewerForm,
    RoundForm,
)
from demonstration.models import RatingApplication, RatingRound, Reviewer
from demonstration.nouns import APPLICATIONS, ROUNDS
from demonstration.operations import rounds as operations
from demonstration.scoring import TIE_RULE, all_in, ranking, unfinished_sheets, wide_spreads
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.workflows import ROUND

LIST = "demonstration:round-list"
_PLAIN_STEPS = {RoundState.OPEN, RoundState.REVIEWING, RoundState.CANCELLED}
_PATH = (
    RoundState.PREPARING,
    RoundState.OPEN,
    RoundState.REVIEWING,
    RoundState.RANKED,
    RoundState.APPROVED,
    RoundState.NOTICE,
    RoundState.RECOGNISED,
)


@require_safe
@requires(Action.VIEW_ROUND)
def round_list(request: SignedInRequest) -> HttpResponse:
    """List all rounds, the newest first."""
    reach = RatingRound.objects.permitted(request.user, Action.VIEW_ROUND)
    found = reach.select_related("criteria").with_numbers(request.user)
    context = {"rounds": in_order(found, ROUNDS.order)}
    return render(request, "demonstration/rounds/list.html", context)


@require_safe
@requires(Action.VIEW_ROUND)
def round_detail(request: SignedInRequest, round: int) -> HttpResponse:
    """Show a round: where it stands, its applications, reviewers and departments."""
    found = _round(request, round, Action.VIEW_ROUND)
    reach = RatingApplication.objects.permitted(request.user, Action.VIEW_APPLICATION)
    applications = in_order(reach.filter(round=found).for_list(), APPLICATIONS.order)
    runs = may(request.user, Action.RUN_ROUND)
    context = {
        "round": found,
        "steps": _steps(found),
        "applications": applications,
        "reviewers": found.reviewers.select_related("user__unit").order_by("pk"),
        "departments": found.consulted.order_by("position"),
        "next_step": _next_step(found) if runs else None,
        "missing_sheets": unfinished_sheets(found) if found.is_scoring else 0,
        "spreads": wide_spreads(found) if found.is_scoring and runs else [],
        "reviewer_form": ReviewerForm(),
        "departments_form": DepartmentsForm(
            initial={
                "version": found.version,
                "units": list(found.consulted.values_list("pk", flat=True)),
            }
        ),
        "cancel_hidden": [("target", RoundState.CANCELLED.value)],
        "changeable": found.state in (RoundState.PREPARING, RoundState.OPEN, RoundState.REVIEWING),
        "cancellable": runs
        and any(a.target == RoundState.CANCELLED for a in ROUND.leaving(found.state)),
    }
    return render(request, "demonstration/rounds/detail.html", context)


@require_safe
@requires(Action.VIEW_ROUND)
def round_ranking(request: SignedInRequest, round: int) -> HttpResponse:
    """Show the ranking, its sections, ties and the quota line; hidden until all sheets are in."""
    found = _round(request, round, Action.VIEW_ROUND)
    open_to_see = not found.is_scoring or all_in(found)
    context = {
        "round": found,
        "placed": ranking(found) if open_to_see else [],
        "sections": list(
            dict.fromkeys(
                found.criteria.items.filter(kind="scored").values_list("section", flat=True)
            )
        ),
        "hidden": not open_to_see,
        "missing": unfinished_sheets(found),
        "tie_rule": TIE_RULE,
    }
    return render(request, "demonstration/rounds/ranking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def round_create(request: SignedInRequest) -> HttpResponse:
    """Set up a round."""
    form = RoundForm(request.POST or None)
    page = {"title": "设立评定批次", "back": reverse(LIST), "crumbs": [("评定批次", reverse(LIST))]}
    return save_form(
        request,
        form,
        lambda form: operations.create_round(form.facts(), by=request.user),
        done="批次已设立。聘请评审人、选定征求意见的部门之后，就可以开始受理。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def round_edit(request: SignedInRequest, round: int) -> HttpResponse:
    """Change what a round was set up with."""
    found = _round(request, round, Action.RUN_ROUND)
    form = RoundForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.edit_round(found, form.facts(), version=form.seen, by=request.user),
        done="已保存。",
        page=_page(found, "修改批次", "受理开始之后，标准、名额和申报开始日期不再变动。"),
    )


@require_POST
@requires(Action.RUN_ROUND)
def round_step(request: SignedInRequest, round: int) -> HttpResponse:
    """Take a step that needs nothing but the press of a button, or a reason."""
    found = _round(request, round, Action.RUN_ROUND)
    back = _here(found)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    found.version = asked["version"]

    def act() -> None:
        match asked["target"]:
            case RoundState.RANKED:
                operations.close_scoring(found, by=request.user)
            case RoundState.NOTICE:
                operations.start_notice(found, version=asked["version"], by=request.user)
            case target if target in _PLAIN_STEPS:
                advance(ROUND, found, target, by=request.user, reason=asked["reason"])
            case _:
                raise TransitionRefused("请从批次页面上的按钮操作。")

    return perform(request, act, done="已办理。", back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def round_approve(request: SignedInRequest, round: int) -> HttpResponse:
    """Record what the joint meeting decided about the ranked applications."""
    found = _round(request, round, Action.RUN_ROUND)
    waiting = (
        found.applications.filter(state=ApplicationState.CONSULTED)
        .select_related("cooperative")
        .order_by("place", "pk")
    )
    within = [line.application.pk for line in ranking(found) if line.within_quota]
    form = ApprovalForm(
        request.POST or None,
        initial={"version": found.version, "chosen": within},
        applications=waiting,
    )

    def save(filled: ApprovalForm) -> None:
        asked = filled.cleaned_data
        operations.approve_round(
            found,
            list(asked["chosen"]),
            meeting=asked["meeting"],
            on=asked["on"],
            version=asked["version"],
            by=request.user,
        )

    page = _page(found, "登记联席会议结果", f"名额 {found.quota} 家。没有选定的申报登记为未通过。")
    return save_form(request, form, save, done="已登记。可以开始公示了。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def round_recognise(request: SignedInRequest, round: int) -> HttpResponse:
    """Recognise, when the notice is over and answered."""
    found = _round(request, round, Action.RUN_ROUND)
    form = RecognitionForm(request.POST or None, initial={"version": found.version})

    def save(filled: RecognitionForm) -> None:
        asked = filled.cleaned_data
        operations.recognise_round(
            found,
            document=asked["document"],
            on=asked["on"],
            version=asked["version"],
            by=request.user,
        )

    page = _page(found, "认定发文", "认定后自动进入示范社名册和公开名单。")
    return save_form(request, form, save, done="已认定，并登记到示范社名册。", page=page)


@require_POST
@requires(Action.RUN_ROUND)
def round_departments(request: SignedInRequest, round: int) -> HttpResponse:
    """Choose whose opinion is asked."""
    found = _round(request, round, Action.RUN_ROUND)
    form = DepartmentsForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.choose_departments(
            found, list(asked["units"]), version=asked["version"], by=request.user
        ),
        done="已选定征求意见的部门。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ROUND)
def reviewer_appoint(request: SignedInRequest, round: int) -> HttpResponse:
    """Name a reviewer."""
    found = _round(request, round, Action.RUN_ROUND)
    form = ReviewerForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.appoint_reviewer(found, form.cleaned_data["user"], by=request.user),
        done="已聘请评审人。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ROUND)
def reviewer_dismiss(request: SignedInRequest, round: int, reviewer: int) -> HttpResponse:
    """Take a reviewer off the round."""
    found = _round(request, round, Action.RUN_ROUND)
    one = get_object_or_404(
        Reviewer.objects.select_related("user", "round"), pk=reviewer, round=found
    )
    reason = str(request.POST.get("reason", ""))[:500]
    return perform(
        request,
        lambda: operations.dismiss_reviewer(one, reason=reason, by=request.user),
        done=f"已撤换{one.user}。",
        back=_here(found),
    )


def _round(request: SignedInRequest, key: int, action: Action) -> RatingRound:
    reach = RatingRound.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("criteria"), pk=key)


def _here(round_: RatingRound) -> str:
    return reverse("demonstration:round-detail", args=[round_.pk])


def _page(round_: RatingRound, heading: str, lead: str) -> dict[str, Any]:
    return {
        "title": heading,
        "lead": lead,
        "back": _here(round_),
        "crumbs": [("评定批次", reverse(LIST)), (round_.title, _here(round_))],
    }


def _steps(round_: RatingRound) -> list[dict[str, str]]:
    if round_.state == RoundState.CANCELLED:
        return [{"label": RoundState.CANCELLED.label, "state": "failed", "note": ""}]
    here = _PATH.index(RoundState(round_.state))
    last = len(_PATH) - 1
    return [
        {
            "label": state.label,
            "state": "done"
            if place < here or here == last
            else "current"
            if place == here
            else "todo",
            "note": "",
        }
        for place, state in enumerate(_PATH)
    ]


def _next_step(round_: RatingRound) -> dict[str, Any] | None:
    """Return the step that leads on: its word, why it cannot be taken yet, and where it is taken."""
    onward = [a for a in ROUND.leaving(round_.state) if a.target != RoundState.CANCELLED]
    if not onward:
        return None
    arrow = onward[0]
    pages = {
        RoundState.APPROVED: "demonstration:round-approve",
        RoundState.RECOGNISED: "demonstration:round-recognise",
    }
    form_page = pages.get(RoundState(arrow.target))
    return {
        "label": arrow.label,
        "target": arrow.target,
        "refusal": arrow.unless(round_),
        "url": reverse(form_page, args=[round_.pk]) if form_page else "",
    }
