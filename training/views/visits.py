"""Visits: the list, one of them, and the plain form that works in every browser."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.bulk_acts import may_do
from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.operations.attachments import attach_each
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial
from registry.choices import OperatingState, Seen
from registry.models import Cooperative
from registry.views.pages import cut
from training.choices import Signer, VisitMethod, VisitState
from training.forms.field import (
    PhotosForm,
    body_from_form,
    choices,
    keeps_photos,
    promise_rows,
    questions_as_rows,
)
from training.forms.visits import VisitFilter, VisitForm
from training.kept_lists import VISITS
from training.models import Visit
from training.operations.glass import signatures_of
from training.operations.hints import show_hints
from training.operations.photos import PHOTO
from training.operations.signing import may_add
from training.operations.visits import Packet, receive_version
from training.questions.catalogue import questions_for
from training.questions.flags import ABOUT_FLAG
from training.workflows import ON_GLASS, VISIT


@require_safe
@requires(Action.VIEW_VISIT)
@kept_as(VISITS)
def visit_list(request: SignedInRequest) -> HttpResponse:
    """List the visits in reach, newest first; conditions are the address."""
    reach = Visit.objects.permitted(request.user, Action.VIEW_VISIT)
    form = VisitFilter(request.GET)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.for_list(), "pk", descending=True),
        "choosing": may_do(request.user, "visits-review"),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"training/visits/{name}.html", context)


@require_safe
@requires(Action.VIEW_VISIT)
def visit_detail(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Show a visit: what was seen, answered and agreed, with what may be done now."""
    reach = Visit.objects.permitted(request.user, Action.VIEW_VISIT)
    found = get_object_or_404(reach.for_list().select_related("reviewed_by"), key=visit)
    user = request.user
    is_writer = found.counsellor_id == user.pk and may(user, Action.WRITE_VISIT)
    reviews = may(user, Action.REVIEW_VISIT)
    hints = list(found.hints.order_by("pk"))
    if not is_writer:  # the reviewer sees a hint only once its writer has seen it
        hints = [hint for hint in hints if hint.shown_at] if reviews else []
    arrows = [a for a in VISIT.leaving(found.state) if may(user, a.action)]
    reachable = [
        a for a in arrows if Visit.objects.permitted(user, a.action).filter(pk=found.pk).exists()
    ]
    answers, proposals = found.answers, found.proposals.order_by("pk")
    if user.acts_for_societies:  # it is asked for facts to be checked, never told of a suspicion
        answers = [row for row in answers if not row["key"].startswith(ABOUT_FLAG)]
        proposals = proposals.filter(flag__isnull=True)
    context = {
        "visit": found,
        "answers": answers,
        "is_writer": is_writer,
        "reviews": reviews and not user.acts_for_societies,
        "hints": hints,
        "arrows": {arrow.target: arrow.unless(found) for arrow in reachable},
        "photos": Attachment.objects.of(found).exclude(purpose=ON_GLASS).select_related("added_by"),
        "signatures": signatures_of(found),
        "signers": Signer.choices,
        "awaited": found.photos.filter(done_at__isnull=True).count(),
        "promises": found.promises.order_by("pk"),
        "proposals": proposals,
        "addenda": found.addenda.select_related("by").order_by("pk"),
        "revisions": found.revisions.select_related("author").order_by("pk"),
        "conflict": found.revisions.filter(outcome="conflict").order_by("pk").first(),
        "may_add": may_add(found, user),
        "may_edit": is_writer and found.state == VisitState.REPORTED,
    }
    answer = render(request, "training/visits/detail.html", context)
    if is_writer and request.method == "GET":
        show_hints(found)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_VISIT)
def visit_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Fill in a visit on the plain form, which works without any ability of the browser."""
    reach = Cooperative.objects.permitted(request.user, Action.WRITE_VISIT)
    society = get_object_or_404(reach.select_related("township"), uscc=uscc)
    if request.method == "POST":
        return _take(request, society, None)
    first = {
        "visited_on": clock.today(),
        "method": VisitMethod.ON_SITE,
        "purpose": "paired",
        "at_address": Seen.UNKNOWN,
        "operating": OperatingState.UNKNOWN,
    }
    rows = questions_as_rows(questions_for([society])[society.pk])
    body = {"answers": rows}
    return _form(request, society, VisitForm(initial=first), body, key=str(uuid.uuid4()))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_VISIT)
def visit_edit(request: SignedInRequest, visit: uuid.UUID) -> HttpResponse:
    """Change a visit that is not locked yet; what was sent from elsewhere meanwhile is not lost."""
    reach = Visit.objects.permitted(request.user, Action.WRITE_VISIT)
    found = get_object_or_404(reach.select_related("cooperative__township"), key=visit)
    if found.state != VisitState.REPORTED:
        messages.warning(request, "这条走访已锁定或作废，不能修改；可以写补充说明。")
        return redirect("training:visit-detail", visit=found.key)
    if request.method == "POST":
        return _take(request, found.cooperative, found)
    head = found.revisions.get(key=found.head)
    return _form(
        request,
        found.cooperative,
        VisitForm(initial=head.body),
        head.body,
        key=str(found.key),
        base=str(found.head),
        visit=found,
    )


def _take(request: SignedInRequest, society: Cooperative, visit: Visit | None) -> HttpResponse:
    body = keeps_photos(body_from_form(request.POST, society.code), visit)
    key, base = _uuid(request.POST.get("key")), _uuid(request.POST.get("base"))
    packet = Packet(
        visit=visit.key if visit else key or uuid.uuid4(),
        key=_uuid(request.POST.get("revision")) or uuid.uuid4(),
        base=base,
        society=society.code,
        body=body,
        device_time=clock.now(),
    )
    receipt = receive_version(packet, by=request.user)
    if receipt.visit is None or receipt.outcome == "refused":
        form = VisitForm(request.POST)
        form.is_valid()
        core = {f"{field.label}：" for field in form.fields.values()}
        for sentence in receipt.sentences:
            if not sentence.startswith(tuple(core)):
                form.add_error(None, sentence)
        shown = {"key": str(packet.visit), "base": str(base or ""), "visit": visit}
        return _form(request, society, form, body, status=422, **shown)
    _attach(request, receipt.visit)
    if receipt.outcome == "conflict":
        messages.warning(request, receipt.sentences[0])
        return redirect("training:visit-conflict", visit=receipt.visit.key)
    messages.success(request, "走访记录已保存。合作社确认后即锁定。")
    return redirect("training:visit-detail", visit=receipt.visit.key)


def _attach(request: SignedInRequest, visit: Visit) -> None:
    form = PhotosForm(files=request.FILES)
    if not form.is_valid():
        for sentence in form.errors["photos"]:
            messages.error(request, f"照片没有收下：{sentence}文字已保存。")
        return
    _, refused = attach_each(visit, form.cleaned_data["photos"], purpose=PHOTO, by=request.user)
    for sentence in refused:
        messages.error(request, f"照片没有收下：{sentence}文字已保存。")


def _form(
    request: SignedInRequest,
    society: Cooperative,
    form: VisitForm,
    body: dict[str, Any],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "society": society,
        "form": form,
        "photos_form": PhotosForm(),
        "rows": body.get("answers", []),
        "promises": promise_rows(body),
        "place_reason": body.get("no_place_reason", ""),
        "revision": str(uuid.uuid4()),
        **choices(),
        **more,
    }
    return render(request, "training/visits/form.html", context, status=status)


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
