"""The register of honours: the list, one title, entering and ending them, certificates."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common.htmx import wants_partial
from demonstration.choices import Level, TitleEventKind
from demonstration.forms.titles import EndingForm, ReinstatingForm, TitleFilter, TitleForm
from demonstration.kept_lists import TITLES
from demonstration.models import DemonstrationTitle
from demonstration.operations.honour_papers import issue_certificate, issue_plaque
from demonstration.operations.titles import (
    end_title,
    enter_title,
    reinstate_title,
)
from demonstration.views.acts import perform, save_form
from registry.views.pages import cut

LIST = "demonstration:title-list"


@require_safe
@requires(Action.VIEW_TITLE)
@kept_as(TITLES)
def title_list(request: SignedInRequest) -> HttpResponse:
    """List the titles in reach; tiles count what they lead to."""
    reach = DemonstrationTitle.objects.permitted(request.user, Action.VIEW_TITLE)
    form = TitleFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.select_related("cooperative__township"), "pk", descending=True),
        "number": found.count(),
        "tiles": _tiles(request, form.narrow(reach, but="level")),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/titles/{name}.html", context)


def _tiles(request: HttpRequest, titles: Any) -> list[dict[str, Any]]:
    numbers = dict(titles.order_by().values_list("level").annotate(Count("pk")))
    kept: dict[str, Any] = {
        k: v for k, v in request.GET.items() if v and k not in {"level", "before", "after"}
    }
    return [
        {
            "label": f"{level.label}",
            "number": numbers.get(level.value, 0),
            "url": f"?{urlencode({**kept, 'level': level.value})}",
            "active": request.GET.get("level") == level.value,
        }
        for level in Level
    ]


@require_safe
@requires(Action.VIEW_TITLE)
def title_detail(request: SignedInRequest, title: int) -> HttpResponse:
    """Show one title with its history and its certificate."""
    found = _title(request, title, Action.VIEW_TITLE)
    others = DemonstrationTitle.objects.permitted(request.user, Action.VIEW_TITLE).filter(
        cooperative=found.cooperative
    )
    context = {
        "title": found,
        "society": found.cooperative,
        "events": found.events.select_related("recorded_by"),
        "others": others.exclude(pk=found.pk).by_rank(),
        "cases": found.cases.order_by("-opened_on", "-pk"),
    }
    return render(request, "demonstration/titles/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TITLE)
def title_create(request: SignedInRequest) -> HttpResponse:
    """Enter a title that did not come out of a round here."""
    form = TitleForm(
        request.POST or None, initial={"code": request.GET.get("code", "")}, user=request.user
    )
    page = {
        "title": "登记称号",
        "lead": "上级认定的，或本平台启用之前认定的称号，在这里补登。",
        "back": reverse(LIST),
        "crumbs": [("示范社名册", reverse(LIST))],
        "button": "登记",
    }
    return save_form(
        request,
        form,
        lambda form: enter_title(form.cleaned_data["code"], form.facts(), by=request.user),
        done="已登记到示范社名册。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TITLE)
def title_end(request: SignedInRequest, title: int) -> HttpResponse:
    """Remove a title, or let the society withdraw from it."""
    found = _title(request, title, Action.EDIT_TITLE)
    form = EndingForm(request.POST or None, initial={"version": found.version})
    return save_form(
        request,
        form,
        lambda form: end_title(
            found,
            TitleEventKind(form.cleaned_data["kind"]),
            **_ending(form),
            by=request.user,
        ),
        done="称号已终止，证书同时失效；履历里保留全部经过。",
        page=_page(found, "终止称号", "终止"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_TITLE)
def title_reinstate(request: SignedInRequest, title: int) -> HttpResponse:
    """Take back a removal by a document."""
    found = _title(request, title, Action.EDIT_TITLE)
    form = ReinstatingForm(request.POST or None, initial={"version": found.version})
    return save_form(
        request,
        form,
        lambda form: reinstate_title(found, **_ending(form), by=request.user),
        done="称号已恢复；取消与恢复都留在履历里。",
        page=_page(found, "恢复称号", "恢复"),
    )


@require_POST
@requires(Action.EDIT_TITLE)
def title_certify(request: SignedInRequest, title: int) -> HttpResponse:
    """Issue the certificate, or a new one in its place."""
    found = _title(request, title, Action.EDIT_TITLE)
    return perform(
        request,
        lambda: issue_certificate(found, by=request.user),
        done="证书已制发，可以打印；原来的证书同时失效。",
        back=reverse("demonstration:title-detail", args=[found.pk]),
    )


@require_POST
@requires(Action.EDIT_TITLE)
def title_plaque(request: SignedInRequest, title: int) -> HttpResponse:
    """Issue the plaque, or a new one in its place."""
    found = _title(request, title, Action.EDIT_TITLE)
    return perform(
        request,
        lambda: issue_plaque(found, by=request.user),
        done="牌匾已制发，可以打印或交付制作；原来的牌匾同时失效。",
        back=reverse("demonstration:title-detail", args=[found.pk]),
    )


def _title(request: SignedInRequest, key: int, action: Action) -> DemonstrationTitle:
    reach = DemonstrationTitle.objects.permitted(request.user, action)
    return get_object_or_404(
        reach.select_related("cooperative__township", "certificate", "plaque"), pk=key
    )


def _ending(form: ReinstatingForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("on", "document", "reason", "version")}


def _page(title: DemonstrationTitle, heading: str, button: str) -> dict[str, Any]:
    back = reverse("demonstration:title-detail", args=[title.pk])
    return {
        "title": heading,
        "lead": str(title),
        "back": back,
        "crumbs": [("示范社名册", reverse(LIST)), (str(title), back)],
        "button": button,
    }
