"""Help that townships ask for: the list, one request with its record, and each step of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.template_tags import day, moment
from demonstration.views.acts import save_form
from liaison.forms.help_requests import AssignForm, HelpFilter, HelpForm, HelpReportForm
from liaison.help_choices import HelpState
from liaison.help_flows import HELP
from liaison.kept_lists import HELP as LISTED
from liaison.models import HelpRequest
from liaison.operations import help_requests as operations
from liaison.views.attaching import attach
from liaison.views.steps import buttons, step
from registry.views.pages import cut

LIST = "liaison:help-list"
PURPOSE = "求助材料"


@require_safe
@requires(Action.VIEW_HELP)
@kept_as(LISTED)
def help_list(request: SignedInRequest) -> HttpResponse:
    """List the requests in reach, open ones unless a state is chosen."""
    reach = HelpRequest.objects.permitted(request.user, Action.VIEW_HELP)
    form = HelpFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "number": found.count(),
        "files": may(request.user, Action.FILE_HELP),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/help/{name}.html", context)


@require_safe
@requires(Action.VIEW_HELP)
def help_detail(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Show one request: what is needed, who was asked, and the record."""
    found = _request(request, help_request, Action.VIEW_HELP)
    user = request.user
    steps = buttons(HELP, found, user)
    works = found.is_open and may(user, Action.WORK_HELP)
    context = {
        "help": found,
        "events": _events(found),
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "works": works,
        "report_form": HelpReportForm(initial={"version": found.version}) if works else None,
        "answers": HelpState.ANSWERED in steps,
        "assign_form": AssignForm(initial={"version": found.version})
        if HelpState.ASSIGNED in steps
        else None,
        "edits": found.state == HelpState.FILED and may(user, Action.FILE_HELP),
        "steps": steps,
        "opens_society": may(user, Action.VIEW_COOPERATIVE),
    }
    return render(request, "liaison/help/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.FILE_HELP)
def help_create(request: SignedInRequest) -> HttpResponse:
    """File what one's own township needs."""
    form = HelpForm(request.POST or None, request.FILES or None, user=request.user)
    page = {
        "title": "填报求助",
        "lead": "乡镇街道自己解决不了的困难，由区农业农村局交有关部门办理，期限前答复。",
        "back": reverse(LIST),
        "crumbs": [("乡镇求助", reverse(LIST))],
        "button": "填报",
    }

    def act(form: HelpForm) -> str:
        made = operations.file_request(form.facts(), by=request.user)
        attach(request, made, form.cleaned_data["evidence"], purpose=PURPOSE)
        return _here(made)

    return save_form(request, form, act, done="已填报，并通知区农业农村局。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.FILE_HELP)
def help_edit(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Change what was filed, until it is taken up."""
    found = _request(request, help_request, Action.FILE_HELP)
    page = {
        "title": "修改求助",
        "back": _here(found),
        "crumbs": [("乡镇求助", reverse(LIST)), (found.title, _here(found))],
    }
    return save_form(
        request,
        HelpForm(request.POST or None, instance=found, user=request.user),
        lambda form: operations.edit_request(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存。",
        page=page,
    )


@require_POST
@requires(Action.HANDLE_HELP)
def help_assign(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Give a request to a unit, with a day."""
    found = _request(request, help_request, Action.HANDLE_HELP)
    return step(
        request,
        found,
        lambda asked: operations.assign_request(
            found, asked["department"], asked["due_on"], note=asked["note"], by=request.user
        ),
        done="已交办，并通知承办单位。",
        back=_here(found),
        form=AssignForm(request.POST),
    )


@require_POST
@requires(Action.WORK_HELP)
def help_report(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Write down progress, or answer."""
    found = _request(request, help_request, Action.WORK_HELP)

    def act(asked: dict[str, Any]) -> None:
        if asked["finished"]:
            operations.answer_request(found, asked["text"], by=request.user)
        else:
            operations.note_progress(found, asked["text"], by=request.user)
        attach(request, found, asked["evidence"], purpose=PURPOSE)

    return step(
        request,
        found,
        act,
        done="已保存。",
        back=_here(found),
        form=HelpReportForm(request.POST, request.FILES),
    )


@require_POST
@requires(Action.HANDLE_HELP)
def help_decline(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Decline a request."""
    found = _request(request, help_request, Action.HANDLE_HELP)
    return step(
        request,
        found,
        lambda asked: operations.decline_request(found, reason=asked["reason"], by=request.user),
        done="已告知乡镇街道不予办理。",
        back=_here(found),
    )


@require_POST
@requires(Action.FILE_HELP)
def help_withdraw(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Take back what nobody has taken up."""
    found = _request(request, help_request, Action.FILE_HELP)
    return step(
        request,
        found,
        lambda asked: operations.withdraw_request(found, reason=asked["reason"], by=request.user),
        done="已撤回。",
        back=_here(found),
    )


@require_POST
@requires(Action.CLOSE_HELP)
def help_close(request: SignedInRequest, help_request: int) -> HttpResponse:
    """Say whether the answer solved it."""
    found = _request(request, help_request, Action.CLOSE_HELP)

    def act(asked: dict[str, Any]) -> None:
        if asked["target"] == HelpState.DONE:
            operations.confirm_solved(found, note=asked["reason"], by=request.user)
        else:
            operations.return_unsolved(found, reason=asked["reason"], by=request.user)

    return step(request, found, act, done="已保存。", back=_here(found))


def _events(found: HelpRequest) -> list[dict[str, str]]:
    """Return the record, the newest first; the filing is its first line."""
    lines = found.lines.select_related("by", "unit").order_by("-at", "-pk")
    events = [
        {
            "when": moment(line.at),
            "who": f"{line.unit.short_name if line.unit else ''} {line.by}".strip(),
            "what": f"{line.get_step_display()}：{line.text}",
        }
        for line in lines
    ]
    filed = {
        "when": day(found.filed_on),
        "who": f"{found.township.short_name} {found.filed_by}",
        "what": "填报求助",
    }
    return [*events, filed]


def _request(request: SignedInRequest, key: int, action: Action) -> HelpRequest:
    reach = HelpRequest.objects.permitted(request.user, action)
    found: HelpRequest = get_object_or_404(reach.for_list().select_related("filed_by"), pk=key)
    return found


def _here(row: HelpRequest) -> str:
    return reverse("liaison:help-detail", args=[row.pk])
