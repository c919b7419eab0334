"""The log of contacts with province and city: the list, one line, and each step of keeping it."""

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
from liaison.forms.upward import UpwardFilter, UpwardForm
from liaison.kept_lists import UPWARD
from liaison.models import UpwardLine
from liaison.operations import upward as operations
from liaison.views.attaching import attach
from registry.views.pages import cut_by

LIST = "liaison:upward-list"
PURPOSE = "上级沟通材料"


@require_safe
@requires(Action.VIEW_UPWARD)
@kept_as(UPWARD)
def upward_list(request: SignedInRequest) -> HttpResponse:
    """List what went up and what came down, the newest first."""
    form = UpwardFilter(request.GET)
    found = form.narrow(UpwardLine.objects.permitted(request.user, Action.VIEW_UPWARD))
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut_by(request, found, UPWARD.order),
        "number": found.count(),
        "manages": may(request.user, Action.MANAGE_UPWARD),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/upward/{name}.html", context)


@require_safe
@requires(Action.VIEW_UPWARD)
def upward_detail(request: SignedInRequest, upward: int) -> HttpResponse:
    """Show one contact with its papers."""
    found = _line(request, upward, Action.VIEW_UPWARD)
    context = {
        "line": found,
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "manages": found.stands and may(request.user, Action.MANAGE_UPWARD),
    }
    return render(request, "liaison/upward/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_UPWARD)
def upward_create(request: SignedInRequest) -> HttpResponse:
    """Enter a contact."""
    page = {
        "title": "登记上级沟通",
        "lead": "报送的材料、汇报、电话、会议、调研和收到的来文，一事一条，材料作附件。",
        "back": reverse(LIST),
        "crumbs": [("上级沟通", reverse(LIST))],
    }

    def act(form: UpwardForm) -> str:
        made = operations.enter_upward(form.facts(), by=request.user)
        attach(request, made, form.cleaned_data["evidence"], purpose=PURPOSE)
        return _here(made)

    form = UpwardForm(request.POST or None, request.FILES or None)
    return save_form(request, form, act, done="已登记。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_UPWARD)
def upward_edit(request: SignedInRequest, upward: int) -> HttpResponse:
    """Correct a contact, or write down what came of it."""
    found = _line(request, upward, Action.MANAGE_UPWARD)
    page = {
        "title": "修改上级沟通",
        "back": _here(found),
        "crumbs": [("上级沟通", reverse(LIST)), (found.subject, _here(found))],
    }

    def act(form: UpwardForm) -> None:
        operations.edit_upward(found, form.facts(), version=form.seen, by=request.user)
        attach(request, found, form.cleaned_data["evidence"], purpose=PURPOSE)

    form = UpwardForm(request.POST or None, request.FILES or None, instance=found)
    return save_form(request, form, act, done="已保存。", page=page)


@require_POST
@requires(Action.MANAGE_UPWARD)
def upward_withdraw(request: SignedInRequest, upward: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    found = _line(request, upward, Action.MANAGE_UPWARD)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.withdraw_upward(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已撤销，登记保留在操作记录里。",
        back=_here(found),
    )


def _line(request: SignedInRequest, key: int, action: Action) -> UpwardLine:
    reach = UpwardLine.objects.permitted(request.user, action)
    found: UpwardLine = get_object_or_404(reach.select_related("entered_by"), pk=key)
    return found


def _here(line: UpwardLine) -> str:
    return reverse("liaison:upward-detail", args=[line.pk])
