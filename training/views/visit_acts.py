"""What is done with a visit: confirming, signing on paper, reviewing, adding, settling a conflict."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.operations.attachments import attach_each
from accounts.policy import Action
from common.figures import whole_number
from common.workflow import TransitionRefused
from registry.models import Cooperative
from training.choices import RevisionOutcome, SeenThing, Signer
from training.forms.field import PhotosForm
from training.forms.visits import VisitForm
from training.models import Visit, VisitHint, VisitRevision
from training.operations.glass import sign_on_glass
from training.operations.hints import reply_to_hint
from training.operations.signing import add_addendum, confirm_on_paper, confirm_visit, void_visit
from training.operations.visits import review_visit, settle_conflict
from training.questions.catalogue import questions_for
from training.workflows import SIGNATURE

_BESIDE = {
    "place": "定位",
    "answers": "问题的回答",
    "promises": "整改事项",
    "photos": "照片清单",
    "signatures": "双方签字",
}


@require_POST
@requires(Action.CONFIRM_VISIT)
def visit_confirm(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """The society confirms a visit, which locks it."""
    found = _found(request, visit, Action.CONFIRM_VISIT)
    confirm_visit(found, by=request.user)
    messages.success(request, "已确认，这条走访从此锁定。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.WRITE_VISIT)
def visit_on_paper(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """The printed sheet was signed by both; its photo comes along."""
    found = _found(request, visit, Action.WRITE_VISIT)
    form = PhotosForm(files=request.FILES)
    if form.is_valid():
        uploads = form.cleaned_data["photos"]
        _, refused = attach_each(found, uploads, purpose=SIGNATURE, by=request.user)
        for sentence in refused:
            messages.error(request, f"照片没有收下：{sentence}")
    confirm_on_paper(found, request.POST.get("signer", ""), by=request.user)
    messages.success(request, "已登记双方签字，这条走访从此锁定。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.WRITE_VISIT)
def visit_on_glass(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Both sign on the screen, which locks the visit."""
    found = _found(request, visit, Action.WRITE_VISIT)
    drawings = {who: request.POST.get(f"drawing-{who}", "") for who in Signer.values}
    sign_on_glass(found, drawings, request.POST.get("signer", ""), by=request.user)
    messages.success(request, "双方已签字，这条走访从此锁定。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.VOID_VISIT)
def visit_void(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Call a visit void."""
    found = _found(request, visit, Action.VOID_VISIT)
    void_visit(found, request.POST.get("reason", ""), by=request.user)
    messages.success(request, "走访已作废，不再计入统计。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.REVIEW_VISIT)
def visit_review(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Note a supervisor's opinion."""
    found = _found(request, visit, Action.REVIEW_VISIT)
    version = request.POST.get("version", "")
    review_visit(
        found,
        request.POST.get("note", ""),
        by=request.user,
        version=whole_number(version) or 0,
    )
    messages.success(request, "审阅意见已保存。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.VIEW_VISIT)
def visit_addendum(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Add to a locked visit."""
    found = _found(request, visit, Action.VIEW_VISIT)
    add_addendum(found, request.POST.get("text", ""), by=request.user)
    messages.success(request, "补充说明已保存。")
    return redirect("training:visit-detail", visit=found.key)


@require_POST
@requires(Action.WRITE_VISIT)
def hint_reply(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Keep the writer's explanation of a hint."""
    found = _found(request, visit, Action.WRITE_VISIT)
    asked = request.POST.get("hint", "")
    hint = VisitHint.objects.filter(visit=found, pk=whole_number(asked) or 0).first()
    if hint is None:
        raise TransitionRefused("这条提示已经不在了，请刷新页面。")
    reply_to_hint(hint, request.POST.get("reply", ""), by=request.user)
    messages.success(request, "说明已保存，审阅人会看到。")
    return redirect("training:visit-detail", visit=found.key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_VISIT)
def visit_conflict(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Show two versions field by field; the writer picks, nothing is dropped."""
    found = _found(request, visit, Action.WRITE_VISIT)
    waiting = found.revisions.filter(outcome=RevisionOutcome.CONFLICT).order_by("pk")
    revision = waiting.select_related("author").first()
    if revision is None:
        messages.info(request, "没有待处理的冲突。")
        return redirect("training:visit-detail", visit=found.key)
    head = found.revisions.select_related("author").get(key=found.head)
    if request.method == "POST":
        mine = {
            name.removeprefix("take-")
            for name, value in request.POST.items()
            if name.startswith("take-") and value == "mine"
        }
        try:
            settle_conflict(found, revision, mine, by=request.user)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("training:visit-conflict", visit=found.key)
        messages.success(request, "已按您的选择保存，没有选用的内容留在版本记录里。")
        return redirect("training:visit-detail", visit=found.key)
    context = {
        "visit": found,
        "revision": revision,
        "head": head,
        "lines": _differences(revision, head),
        "number": waiting.count(),
    }
    return render(request, "training/visits/conflict.html", context)


@require_safe
@requires(Action.WRITE_VISIT)
def visit_sheet(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show the paper sheet of a society with its questions, ready to be printed."""
    reach = Cooperative.objects.permitted(request.user, Action.WRITE_VISIT)
    society = get_object_or_404(reach.select_related("township"), uscc=uscc)
    context = {
        "society": society,
        "questions": questions_for([society])[society.pk],
        "things": SeenThing.choices,
    }
    return render(request, "training/visits/sheet.html", context)


def _found(request: SignedInRequest, visit: uuid.UUID, action: Action) -> Visit:
    reach = Visit.objects.permitted(request.user, action)
    return get_object_or_404(reach.select_related("cooperative", "counsellor"), key=visit)


def _differences(mine: VisitRevision, head: VisitRevision) -> list[dict[str, Any]]:
    """Return every field in which two versions differ, both in words."""
    form = VisitForm()
    labels = {name: str(field.label) for name, field in form.fields.items()} | _BESIDE
    return [
        {
            "name": name,
            "label": label,
            "mine": _words(form, name, mine.body.get(name)),
            "theirs": _words(form, name, head.body.get(name)),
        }
        for name, label in labels.items()
        if mine.body.get(name) != head.body.get(name)
    ]


def _words(form: VisitForm, name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "answers":
        return "；".join(f"{a.get('text')} {a.get('answer')} {a.get('note')}" for a in value)
    if name == "promises":
        return "；".join(f"{p.get('text')}（{p.get('due_on')}）" for p in value)
    if name == "photos":
        return f"{len(value)} 张"
    if name == "signatures":
        return f"合作社签字人：{value.get('signer')}"
    if name == "place":
        return f"{value.get('lat')}，{value.get('lng')}"
    options = dict(getattr(form.fields[name], "choices", []))
    if isinstance(value, list):
        return "、".join(str(options.get(each, each)) for each in value)
    return str(options.get(value, value))
