"""A reviewer's desk: what waits to be scored, the declaration of interest, the blind sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import RoundState, SheetState
from demonstration.eligibility import unsealed
from demonstration.forms.rounds import InterestForm, ScoreChangeForm, SheetForm
from demonstration.interests import known_interests
from demonstration.models import RatingApplication, Reviewer, Score, ScoreSheet
from demonstration.models.application import TO_BE_SCORED
from demonstration.operations.reviews import (
    NOT_DECLARED,
    barred,
    change_score,
    declare_interest,
    known_interest,
    save_sheet,
)
from demonstration.scoring import all_in
from demonstration.views.acts import STALE, incomplete, perform
from demonstration.views.eligibility import by_section

DESK = "demonstration:scoring-desk"


@require_safe
@requires(Action.SCORE_APPLICATION)
def scoring_desk(request: SignedInRequest) -> HttpResponse:
    """List what waits for this reviewer, and what was handed in."""
    reviewers = Reviewer.objects.filter(user=request.user).select_related("round")
    by_round = {reviewer.round_id: reviewer for reviewer in reviewers}
    applications = (
        RatingApplication.objects.filter(
            round__in=by_round, round__state=RoundState.REVIEWING, state__in=TO_BE_SCORED
        )
        .for_list()
        .order_by("round", "pk")
    )
    keys = [reviewer.pk for reviewer in reviewers]
    sheets = {
        sheet.application_id: sheet
        for sheet in ScoreSheet.objects.filter(reviewer__in=keys).with_total()
    }
    declared = {
        declaration.application_id: declaration
        for reviewer in reviewers.prefetch_related("declarations")
        for declaration in reviewer.declarations.all()
    }
    known = known_interests([request.user.pk])[request.user.pk]
    context = {
        "lines": [
            {
                "application": each,
                "barred": known.get(each.cooperative_id, ""),
                "sheet": sheets.get(each.pk),
                "declared": declared.get(each.pk),
            }
            for each in applications
        ],
        "appointed": bool(by_round),
    }
    return render(request, "demonstration/scoring/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.SCORE_APPLICATION)
def score_sheet(request: SignedInRequest, application: int) -> HttpResponse:
    """Declare an interest first; then fill in and hand in the sheet."""
    reviewer, found = _own(request, application)
    refusal = barred(reviewer, found)
    if refusal == NOT_DECLARED:
        context = {"application": found, "form": InterestForm()}
        return render(request, "demonstration/scoring/declare.html", context)
    if refusal:
        context = {"application": found, "refusal": refusal}
        return render(request, "demonstration/scoring/barred.html", context, status=409)
    sheet = ScoreSheet.objects.filter(reviewer=reviewer, application=found).first()
    items = [item for item in found.round.criteria.items.all() if item.is_scored]
    form = SheetForm(
        request.POST or None,
        items=items,
        scores=list(sheet.scores.all()) if sheet else [],
        initial={
            "version": sheet.version if sheet else 0,
            "comment": sheet.comment if sheet else "",
        },
    )
    status = 200
    if request.method == "POST":
        answer = _save(request, reviewer, found, form)
        if answer is not None:
            return answer
        status = 422
    context = {
        "application": found,
        "society": found.cooperative,
        "form": form,
        "lines": _by_section(form),
        "sheet": sheet,
        "closed": bool(sheet and sheet.state == SheetState.SUBMITTED)
        or found.round.state != RoundState.REVIEWING,
        "sections": by_section(unsealed(found.self_check)),
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "others": _others(sheet, found),
    }
    return render(request, "demonstration/scoring/sheet.html", context, status=status)


@require_POST
@requires(Action.SCORE_APPLICATION)
def interest_declare(request: SignedInRequest, application: int) -> HttpResponse:
    """Declare whether there is an interest."""
    reviewer, found = _own(request, application)
    here = reverse("demonstration:score-sheet", args=[found.pk])
    form = InterestForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=here)
    asked = form.cleaned_data
    interest = asked["has_interest"] or bool(known_interest(request.user, found))
    return perform(
        request,
        lambda: declare_interest(
            reviewer,
            found,
            has_interest=asked["has_interest"],
            note=asked["note"],
            by=request.user,
        ),
        done="已声明回避，这家合作社由其他评审人评分。" if interest else "已声明，可以评分了。",
        back=reverse(DESK) if interest else here,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def score_changes(request: SignedInRequest, application: int) -> HttpResponse:
    """Show all sheets of an application after the close, and correct a score with a reason."""
    found = get_object_or_404(
        RatingApplication.objects.permitted(request.user, Action.RUN_ROUND).for_list(),
        pk=application,
    )
    here = reverse("demonstration:score-changes", args=[found.pk])
    if request.method == "POST":
        form = ScoreChangeForm(request.POST)
        if not form.is_valid():
            return incomplete(request, form, back=here)
        asked = form.cleaned_data
        score = get_object_or_404(
            Score.objects.select_related("sheet__application__round", "item"),
            pk=asked["score"],
            sheet__application=found,
        )
        return perform(
            request,
            lambda: change_score(
                score.sheet,
                score,
                asked["after"],
                reason=asked["reason"],
                version=asked["version"],
                by=request.user,
            ),
            done="得分已更正，名次随之重算；改前改后和理由都已留存。",
            back=here,
        )
    visible = found.round.state != RoundState.REVIEWING or all_in(found.round)
    sheets = (
        ScoreSheet.objects.permitted(request.user, Action.RUN_ROUND)
        .filter(application=found)
        .select_related("reviewer__user__unit")
        .prefetch_related("scores__item", "changes__item", "changes__changed_by")
        .with_total()
        .order_by("pk")
    )
    context = {
        "application": found,
        "sheets": sheets if visible else [],
        "hidden": not visible,
        "changeable": found.round.state == RoundState.RANKED,
    }
    return render(request, "demonstration/scoring/changes.html", context)


def _own(request: SignedInRequest, key: int) -> tuple[Reviewer, RatingApplication]:
    """Return this person as reviewer of the application's round; anybody else finds nothing."""
    reviewer = get_object_or_404(
        Reviewer.objects.select_related("round", "user"),
        user=request.user,
        round__applications=key,
    )
    found = get_object_or_404(
        RatingApplication.objects.handed_in().for_list(), pk=key, round=reviewer.round
    )
    return reviewer, found


def _save(
    request: SignedInRequest, reviewer: Reviewer, found: RatingApplication, form: SheetForm
) -> HttpResponse | None:
    if not form.is_valid():
        return None
    hand_in = "hand_in" in request.POST
    try:
        save_sheet(
            reviewer,
            found,
            form.points(),
            comment=form.cleaned_data["comment"],
            hand_in=hand_in,
            version=form.cleaned_data["version"],
            by=request.user,
        )
    except EditConflict:
        form.add_error(None, STALE)
        return None
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, "评分表已提交。" if hand_in else "已保存，还没有提交。")
    if hand_in:
        return redirect(DESK)
    return redirect("demonstration:score-sheet", found.pk)


def _by_section(form: SheetForm) -> list[tuple[str, list[Any]]]:
    sections: dict[str, list[Any]] = {}
    for item, field in form.lines():
        sections.setdefault(item.section, []).append({"item": item, "field": field})
    return list(sections.items())


def _others(sheet: ScoreSheet | None, found: RatingApplication) -> Any:
    """Return the other reviewers' totals, once every sheet of the round is in."""
    if sheet is None or not all_in(found.round):
        return []
    return (
        ScoreSheet.objects.filter(application=found)
        .exclude(pk=sheet.pk)
        .select_related("reviewer__user")
        .with_total()
        .order_by("pk")
    )
