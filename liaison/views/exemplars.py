"""Typical cases: the list, one case, each step on its way to being spread, and the public page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.decorators import public, requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.operations.attachments import may_change
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform, save_form
from liaison.exemplar_choices import ExemplarState
from liaison.exemplar_flows import EXEMPLAR
from liaison.forms.exemplars import ConsentForm, ExemplarFilter, ExemplarForm, PublishForm
from liaison.kept_lists import EXEMPLARS
from liaison.models import Exemplar
from liaison.operations import exemplars as operations
from liaison.views.attaching import attach
from liaison.views.steps import buttons, step
from registry.models import Cooperative
from registry.views.pages import cut

LIST = "liaison:exemplar-list"
PURPOSE = "典型案例材料"
SECONDS = 300
MOST_PUBLIC = 200
# What a stranger sees of a case; nothing else leaves the database.
SHOWN = (
    *("title", "kind", "summary", "practice", "results", "lessons", "published_on"),
    *("cooperative__name", "township__short_name"),
)


@require_safe
@requires(Action.VIEW_EXEMPLAR)
@kept_as(EXEMPLARS)
def exemplar_list(request: SignedInRequest) -> HttpResponse:
    """List the cases in reach: what is published, and one's own matter on its way."""
    reach = Exemplar.objects.permitted(request.user, Action.VIEW_EXEMPLAR)
    form = ExemplarFilter(request.GET)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "writes": may(request.user, Action.WRITE_EXEMPLAR),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/exemplars/{name}.html", context)


@require_safe
@requires(Action.VIEW_EXEMPLAR)
def exemplar_detail(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Show one case; who wrote it and who reviews it find their next step."""
    found = _exemplar(request, exemplar, Action.VIEW_EXEMPLAR)
    user = request.user
    own = Exemplar.objects.permitted(user, Action.WRITE_EXEMPLAR).filter(pk=found.pk)
    writes = may(user, Action.WRITE_EXEMPLAR) and own.exists()
    steps = buttons(EXEMPLAR, found, user) if writes or may(user, Action.REVIEW_EXEMPLAR) else {}
    publishes = steps.get(ExemplarState.PUBLISHED)
    consents = writes and found.cooperative_id and found.stands and not found.is_draft
    seen = {"version": found.version}
    context = {
        "exemplar": found,
        "sections": [
            ("做法", found.practice),
            ("成效", found.results),
            ("启示", found.lessons),
        ],
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "attaches": writes and may_change(found, user),
        "writes": writes,
        "steps": steps,
        "publish_form": PublishForm(initial={**seen, "open_to_public": found.open_to_public})
        if publishes
        else None,
        "consent_form": ConsentForm(initial=seen)
        if consents and found.consented_on is None
        else None,
        "consents": consents,
        "opens_society": _opens(request, found),
        "targets": {
            name: [("target", state.value)]
            for name, state in (
                ("returned", ExemplarState.DRAFT),
                ("withdrawn", ExemplarState.WITHDRAWN),
            )
        },
    }
    return render(request, "liaison/exemplars/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_EXEMPLAR)
def exemplar_create(request: SignedInRequest) -> HttpResponse:
    """Begin a case."""
    page = {
        "title": "撰写典型案例",
        "lead": "写清做法、成效和启示；先存草稿，写齐后提交区农业农村局审核。",
        "back": reverse(LIST),
        "crumbs": [("典型案例", reverse(LIST))],
        "button": "存为草稿",
    }

    def act(form: ExemplarForm) -> str:
        made = operations.write_exemplar(form.facts(), by=request.user)
        attach(request, made, form.cleaned_data["evidence"], purpose=PURPOSE)
        return _here(made)

    form = ExemplarForm(request.POST or None, request.FILES or None, user=request.user)
    return save_form(request, form, act, done="已存为草稿，写齐后请提交审核。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_EXEMPLAR)
def exemplar_edit(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Change a draft, or add files to it."""
    found = _exemplar(request, exemplar, Action.WRITE_EXEMPLAR)
    page = {
        "title": "修改典型案例",
        "back": _here(found),
        "crumbs": [("典型案例", reverse(LIST)), (found.title, _here(found))],
    }

    def act(form: ExemplarForm) -> None:
        operations.edit_exemplar(found, form.facts(), version=form.seen, by=request.user)
        attach(request, found, form.cleaned_data["evidence"], purpose=PURPOSE)

    form = ExemplarForm(
        request.POST or None, request.FILES or None, instance=found, user=request.user
    )
    return save_form(request, form, act, done="已保存。", page=page)


@require_POST
@requires(Action.WRITE_EXEMPLAR)
def exemplar_submit(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Hand a draft to the bureau."""
    found = _exemplar(request, exemplar, Action.WRITE_EXEMPLAR)
    return step(
        request,
        found,
        lambda _asked: operations.submit_exemplar(found, by=request.user),
        done="已提交审核，并通知区农业农村局。",
        back=_here(found),
    )


@require_POST
@requires(Action.WRITE_EXEMPLAR)
def exemplar_drop(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Drop a draft, or take up again what was dropped or taken down."""
    found = _exemplar(request, exemplar, Action.WRITE_EXEMPLAR)

    def act(asked: dict[str, Any]) -> None:
        if found.stands:
            operations.withdraw_exemplar(found, reason=asked["reason"], by=request.user)
        else:
            operations.revive_exemplar(found, by=request.user)

    return step(request, found, act, done="已保存。", back=_here(found))


@require_POST
@requires(Action.REVIEW_EXEMPLAR)
def exemplar_review(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Accept a case, send it back, or take a published one down."""
    found = _exemplar(request, exemplar, Action.REVIEW_EXEMPLAR)

    def act(asked: dict[str, Any]) -> None:
        match asked["target"]:
            case ExemplarState.DRAFT:
                operations.return_exemplar(found, reason=asked["reason"], by=request.user)
            case ExemplarState.WITHDRAWN:
                operations.withdraw_exemplar(found, reason=asked["reason"], by=request.user)
            case _:
                operations.approve_exemplar(found, by=request.user)

    return step(request, found, act, done="已保存。", back=_here(found))


@require_POST
@requires(Action.REVIEW_EXEMPLAR)
def exemplar_publish(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Publish a case, or change whether the public reads it too."""
    found = _exemplar(request, exemplar, Action.REVIEW_EXEMPLAR)
    return step(
        request,
        found,
        lambda asked: operations.publish_exemplar(
            found, open_to_public=asked["open_to_public"], by=request.user
        ),
        done="已发布。",
        back=_here(found),
        form=PublishForm(request.POST),
    )


@require_POST
@requires(Action.WRITE_EXEMPLAR)
def exemplar_consent(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Put the society's consent on record."""
    found = _exemplar(request, exemplar, Action.WRITE_EXEMPLAR)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.record_consent(
            found,
            asked["consented_on"],
            asked["consented_by"],
            version=asked["version"],
            by=request.user,
        ),
        done="已登记合作社同意公开。",
        back=_here(found),
    )


@require_POST
@requires(Action.WRITE_EXEMPLAR)
def exemplar_end_consent(request: SignedInRequest, exemplar: int) -> HttpResponse:
    """Take the society's consent back; the public reads the case no longer."""
    found = _exemplar(request, exemplar, Action.WRITE_EXEMPLAR)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.end_consent(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已登记收回同意，公开网页不再显示。",
        back=_here(found),
    )


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
def public_exemplars(request: HttpRequest) -> HttpResponse:
    """List the cases that are open to the public, the newest first, by the white list."""
    rows = Exemplar.objects.public().select_related("cooperative", "township")
    context = {"exemplars": rows.order_by("-published_on", "-pk").only(*SHOWN)[:MOST_PUBLIC]}
    return render(request, "public/exemplars.html", context)


def _opens(request: SignedInRequest, exemplar: Exemplar) -> bool:
    if exemplar.cooperative_id is None or not may(request.user, Action.VIEW_COOPERATIVE):
        return False
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_COOPERATIVE)
    return bool(reach.filter(pk=exemplar.cooperative_id).exists())


def _exemplar(request: SignedInRequest, key: int, action: Action) -> Exemplar:
    reach = Exemplar.objects.permitted(request.user, action)
    found: Exemplar = get_object_or_404(
        reach.select_related("cooperative", "township", "unit", "entered_by"), pk=key
    )
    return found


def _here(exemplar: Exemplar) -> str:
    return reverse("liaison:exemplar-detail", args=[exemplar.pk])
