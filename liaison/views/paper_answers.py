"""Answers on paper: recording one for a unit without an account, and what was recorded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment, OrganisationUnit
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.views.acts import STALE
from liaison.consents import asked_of
from liaison.forms.minutes import PaperConsentForm
from liaison.meeting_choices import ConsentAnswer, MinutesState
from liaison.models import Consent, Minutes, PaperAnswer
from liaison.operations.paper_answers import record_paper_answer
from liaison.people import units_with_people


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RECORD_CONSENT)
def paper_answer(request: SignedInRequest, meeting: int, unit: int) -> HttpResponse:
    """Record what a unit without an account answered on paper."""
    reach = Minutes.objects.permitted(request.user, Action.RECORD_CONSENT)
    found = get_object_or_404(reach.select_related("meeting__body"), meeting=meeting)
    back = reverse("liaison:minutes-detail", args=[found.meeting_id])
    if found.state != MinutesState.CIRCULATED:
        raise Http404
    office = get_object_or_404(OrganisationUnit, pk=unit)
    asked = asked_of(found, office)
    if not asked:
        raise Http404
    posted = request.method == "POST"
    form = PaperConsentForm(
        request.POST if posted else None, request.FILES if posted else None, asked
    )
    status = 200
    if posted and form.is_valid():
        try:
            record_paper_answer(
                found,
                office,
                form.answers(),
                form.facts(),
                form.cleaned_data["scans"],
                by=request.user,
            )
        except EditConflict:
            form.add_error(None, STALE)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"已代{office.short_name}登记书面答复，操作记录写明是代登记。"
            )
            return redirect(back)
    if form.errors:
        status = 422
    context = {
        "minutes": found,
        "unit": office,
        "form": form,
        "back": back,
        "about": [form["form"], form["number"], form["received_on"]],
        "topics": [
            (
                each.edition.topic.title,
                each.edition.text.removeprefix(each.edition.topic.title).strip(),
                form.by_topic()[each.edition.topic_id],
            )
            for each in asked
        ],
    }
    return render(request, "liaison/minutes/paper.html", context, status=status)


def on_paper(user: Any, answers: list[Consent]) -> list[OrganisationUnit]:
    """Return the units that wait and have nobody here: their paper answers may be recorded."""
    if not may(user, Action.RECORD_CONSENT):
        return []
    waiting = {each.unit for each in answers if each.answer == ConsentAnswer.WAITING}
    reached = units_with_people([unit.pk for unit in waiting], Action.AGREE_MINUTES)
    absent = (unit for unit in waiting if unit.pk not in reached)
    return sorted(absent, key=lambda unit: unit.position)


def papers_of(request: SignedInRequest, minutes: Minutes) -> list[tuple[PaperAnswer, list[Any]]]:
    """Return the paper answers in reach, each with its scans."""
    reach = PaperAnswer.objects.permitted(request.user, Action.VIEW_MEETING)
    papers = list(reach.filter(minutes=minutes).select_related("unit", "recorded_by"))
    files: dict[str, list[Any]] = {}
    keys = [paper.pk for paper in papers]
    for file in Attachment.objects.of_all(PaperAnswer, keys).select_related("added_by"):
        files.setdefault(file.owner_key, []).append(file)
    return [(paper, files.get(str(paper.pk), [])) for paper in papers]
