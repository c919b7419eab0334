"""Matters that a society is asked about: words without rules or labels, and its answers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from registry.flag_choices import ASKED_FLAGS
from registry.flags import words
from registry.forms.verification import AnswerForm
from registry.models import Flag
from registry.operations.verification import answer_matter
from registry.views.pages import cut
from registry.views.verification import proof_of


@require_safe
@requires(Action.VIEW_MATTER)
def matter_list(request: SignedInRequest) -> HttpResponse:
    """List the matters in reach that societies are asked about, or have answered to."""
    reach = Flag.objects.permitted(request.user, Action.VIEW_MATTER).asked()
    if request.GET.get("waiting"):
        reach = reach.unanswered()
    found = reach.select_related("cooperative__township").annotate(
        answered_at=Max("answers__answered_at")
    )
    context = {
        "page": cut(request, found, "pk", descending=True),
        "number": reach.count(),
        "own": may(request.user, Action.ANSWER_MATTER),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"registry/matters/{name}.html", context)


@require_safe
@requires(Action.VIEW_MATTER)
def matter_detail(request: SignedInRequest, flag: int) -> HttpResponse:
    """Show one matter in the words that the society reads, with its answers."""
    return _page(request, _matter(request, flag, Action.VIEW_MATTER), AnswerForm())


@require_POST
@requires(Action.ANSWER_MATTER)
def matter_answer(request: SignedInRequest, flag: int) -> HttpResponse:
    """Take a society's answer with its photos; nothing is kept when a photo cannot be taken."""
    subject = _matter(request, flag, Action.ANSWER_MATTER)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                answer_matter(
                    subject,
                    form.cleaned_data["text"],
                    form.cleaned_data["photos"],
                    by=request.user,
                )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "答复已提交，工作人员会看到。需要补充的，可以再答复一次。")
            return redirect("registry:matter-detail", subject.pk)
    return _page(request, subject, form, 422)


def _matter(request: SignedInRequest, pk: int, action: Action) -> Flag:
    reach = Flag.objects.permitted(request.user, action).asked()
    return get_object_or_404(reach.select_related("cooperative__township"), pk=pk)


def _page(
    request: SignedInRequest, flag: Flag, form: AnswerForm, status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = proof_of(flag)
    asked = flag.state in ASKED_FLAGS
    context = {
        "matter": flag,
        "society": flag.cooperative,
        "question": words.question_of(flag),
        "asked": asked,
        "answers": shown["answers"],
        "form": form if asked and may(request.user, Action.ANSWER_MATTER) else None,
    }
    return render(request, "registry/matters/detail.html", context, status=status)
