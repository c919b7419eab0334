"""Writing minutes: the opening, paragraphs and decisions; two writers never overwrite one another."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from demonstration.views.acts import save_form
from liaison.consents import units_to_ask
from liaison.forms.minutes import DecisionForm, OpeningForm, TopicForm
from liaison.meeting_choices import MinutesState
from liaison.models import Decision, Minutes, MinutesTopic
from liaison.operations import topics as operations
from liaison.views.minutes import here
from liaison.views.steps import step

ASKS_AGAIN = "纪要正在会签：改动这一段的文字，只请有关单位重新会签，其他单位的答复保留。"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def opening_edit(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Write the opening sentence."""
    found = _minutes(request, meeting)
    form = OpeningForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.save_opening(
            found, form.cleaned_data["opening"], version=form.seen, by=request.user
        ),
        done="已保存。",
        page=_page(found, "导语"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def topic_create(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Add a paragraph."""
    found = _minutes(request, meeting)
    form = TopicForm(request.POST or None, units=units_to_ask(found))
    return save_form(
        request,
        form,
        lambda form: operations.save_topic(
            found,
            None,
            form.facts(),
            concerned=form.cleaned_data["concerned"],
            version=0,
            by=request.user,
        ),
        done="段落已保存。",
        page=_page(found, "新增段落"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def topic_edit(request: SignedInRequest, topic: int) -> HttpResponse:
    """Change a paragraph."""
    one = _topic(request, topic)
    form = TopicForm(request.POST or None, instance=one, units=units_to_ask(one.minutes))
    return save_form(
        request,
        form,
        lambda form: operations.save_topic(
            one.minutes,
            one,
            form.facts(),
            concerned=form.cleaned_data["concerned"],
            version=form.seen,
            by=request.user,
        ),
        done="段落已保存。",
        page=_page(one.minutes, "修改段落"),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def topic_remove(request: SignedInRequest, topic: int) -> HttpResponse:
    """Take a paragraph out of a draft."""
    one = _topic(request, topic)
    return step(
        request,
        one,
        lambda asked: operations.remove_topic(one, version=asked["version"], by=request.user),
        done="段落已移除。",
        back=here(one.minutes),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def decision_create(request: SignedInRequest, topic: int) -> HttpResponse:
    """Add a decision to a paragraph."""
    one = _topic(request, topic)
    return save_form(
        request,
        DecisionForm(request.POST or None),
        lambda form: operations.save_decision(
            one,
            None,
            form.facts(),
            helpers=form.cleaned_data["helpers"],
            version=0,
            by=request.user,
        ),
        done="议定事项已保存。",
        page=_page(one.minutes, "新增议定事项", one.title),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_MEETING)
def decision_edit(request: SignedInRequest, decision: int) -> HttpResponse:
    """Change a decision while its minutes are not final."""
    one = _decision(request, decision)
    form = DecisionForm(request.POST or None, instance=one)
    return save_form(
        request,
        form,
        lambda form: operations.save_decision(
            one.topic,
            one,
            form.facts(),
            helpers=form.cleaned_data["helpers"],
            version=form.seen,
            by=request.user,
        ),
        done="议定事项已保存。",
        page=_page(one.topic.minutes, "修改议定事项", one.topic.title),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def decision_remove(request: SignedInRequest, decision: int) -> HttpResponse:
    """Take a decision out."""
    one = _decision(request, decision)
    return step(
        request,
        one,
        lambda asked: operations.remove_decision(one, version=asked["version"], by=request.user),
        done="议定事项已移除。",
        back=here(one.topic.minutes),
    )


def _minutes(request: SignedInRequest, meeting: int) -> Minutes:
    reach = Minutes.objects.permitted(request.user, Action.MANAGE_MEETING)
    found: Minutes = get_object_or_404(reach.select_related("meeting__body"), meeting=meeting)
    return found


def _topic(request: SignedInRequest, key: int) -> MinutesTopic:
    reach = Minutes.objects.permitted(request.user, Action.MANAGE_MEETING)
    rows = MinutesTopic.objects.filter(minutes__in=reach.values("pk"))
    return get_object_or_404(rows.select_related("minutes__meeting__body"), pk=key)


def _decision(request: SignedInRequest, key: int) -> Decision:
    reach = Decision.objects.permitted(request.user, Action.MANAGE_MEETING)
    found: Decision = get_object_or_404(
        reach.select_related("topic__minutes__meeting__body", "lead"), pk=key
    )
    return found


def _page(minutes: Minutes, heading: str, lead: str = "") -> dict[str, Any]:
    round_open = minutes.state == MinutesState.CIRCULATED
    return {
        "title": heading,
        "lead": ASKS_AGAIN if round_open else lead or str(minutes),
        "back": here(minutes),
        "crumbs": [("会议与纪要", reverse("liaison:meeting-list")), (str(minutes), here(minutes))],
    }
