"""Words of files that the intake does not know: decided here once, remembered, revocable."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.forms.meanings import MeaningForm, RevokeForm
from registry.models import WordMeaning
from registry.operations.meanings import revoke_meaning
from registry.operations.rereading import decide_meaning
from registry.strange_words import strange_words_now
from registry.vocabularies import VOCABULARIES


@require_safe
@requires(Action.DECIDE_MEANING)
def meaning_list(request: SignedInRequest) -> HttpResponse:
    """List the words that wait for a meaning, and those that have got one."""
    return _list(request)


@require_POST
@requires(Action.DECIDE_MEANING)
def meaning_decide(request: SignedInRequest) -> HttpResponse:
    """Say what a word means; the rows that wait for it go on."""
    form = MeaningForm(request.POST)
    if not form.is_valid():
        fault = next(iter(form.errors.values()))[0]
        return _list(request, refusal=str(fault), status=422)
    asked = form.cleaned_data
    try:
        done = decide_meaning(
            asked["key"], asked["written"], asked["code"], reason=asked["reason"], by=request.user
        )
    except TransitionRefused as refusal:
        return _list(request, refusal=str(refusal), status=409)
    word = VOCABULARIES[asked["key"]].word_for(asked["code"])
    messages.success(
        request, f"已记住：“{done.meaning.written}”就是“{word}”，{done.rows} 行据此继续处理。"
    )
    return redirect("registry:meaning-list")


@require_POST
@requires(Action.DECIDE_MEANING)
def meaning_revoke(request: SignedInRequest, meaning: int) -> HttpResponse:
    """Let a meaning no longer count for files to come."""
    subject = get_object_or_404(WordMeaning, pk=meaning)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _list(request, refusal=str(form.errors["reason"][0]), status=422)
    try:
        revoke_meaning(subject, reason=form.cleaned_data["reason"], by=request.user)
    except EditConflict:
        return _list(request, refusal=f"“{subject}”已经被其他人撤销。", status=409)
    messages.success(request, f"已撤销“{subject}”的说明。以后的文件里再出现，会重新请人判定。")
    return redirect("registry:meaning-list")


def _list(request: SignedInRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    decided = WordMeaning.objects.select_related("decided_by", "revoked_by").order_by("-pk")
    context = {
        "waiting": strange_words_now(),
        "decided": [
            {
                "meaning": each,
                "label": VOCABULARIES[each.key].label,
                "word": VOCABULARIES[each.key].word_for(each.code),
                "dialog": f"revoke-{each.pk}",
            }
            for each in decided
        ],
        "refusal": refusal,
    }
    return render(request, "registry/meanings/list.html", context, status=status)
