"""The agenda of a meeting: proposed, added to, changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from demonstration.views.acts import save_form
from liaison.forms.meetings import AgendaForm
from liaison.models import AgendaItem, Meeting
from liaison.operations import agendas as operations
from liaison.views.meetings import here, page_of_meeting
from liaison.views.steps import step


@require_POST
@requires(Action.MANAGE_MEETING)
def agenda_propose(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Put on the agenda what waits for this meeting."""
    found = _meeting(request, meeting)
    try:
        added = operations.propose_agenda(found, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if added:
            messages.success(request, f"增加了 {added} 个建议议题，未办结的议定事项排在最前。")
        else:
            messages.info(request, "没有新的建议议题：该议的都已在议程上。")
    return redirect(here(found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def agenda_create(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Add an item."""
    found = _meeting(request, meeting)
    return save_form(
        request,
        AgendaForm(request.POST or None),
        lambda form: operations.save_item(found, None, form.facts(), version=0, by=request.user),
        done="议题已添加。",
        page=page_of_meeting(found, "添加议题"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def agenda_edit(request: SignedInRequest, agenda: int) -> HttpResponse:
    """Change an item."""
    item = _item(request, agenda)
    form = AgendaForm(request.POST or None, instance=item)
    return save_form(
        request,
        form,
        lambda form: operations.save_item(
            item.meeting, item, form.facts(), version=form.seen, by=request.user
        ),
        done="议题已保存。",
        page=page_of_meeting(item.meeting, "修改议题"),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def agenda_remove(request: SignedInRequest, agenda: int) -> HttpResponse:
    """Take an item off."""
    item = _item(request, agenda)
    return step(
        request,
        item,
        lambda asked: operations.remove_item(item, version=asked["version"], by=request.user),
        done="议题已移除。",
        back=here(item.meeting),
    )


def _meeting(request: SignedInRequest, key: int) -> Meeting:
    reach = Meeting.objects.permitted(request.user, Action.MANAGE_MEETING)
    found: Meeting = get_object_or_404(reach.select_related("body"), pk=key)
    return found


def _item(request: SignedInRequest, key: int) -> AgendaItem:
    reach = Meeting.objects.permitted(request.user, Action.MANAGE_MEETING)
    items = AgendaItem.objects.filter(meeting__in=reach.values("pk"))
    return get_object_or_404(items.select_related("meeting__body"), pk=key)
