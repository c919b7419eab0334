"""Telling people of work that was given to them: suspicions to verify, matters to answer, cases."""

import datetime as dt

from django.urls import reverse

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations.notices import notify
from common.template_tags import day as in_words
from registry.models import CleanupCase, Flag
from registry.models.flag import FlagQuerySet


def tell_verifier(flag: Flag, to: User, due_on: dt.date, *, by: User) -> None:
    """Tell who verifies, and ask the society's people; nobody is told of what they did themselves."""
    if to.pk != by.pk:
        notify(
            [to],
            event=NoticeEvent.TASK_ASSIGNED,
            title=f"请核实：{flag.cooperative}",
            text=f"有一条线索交由您核实，请在{in_words(due_on)}前作出结论。",
            url=reverse("registry:flag-detail", args=[flag.pk]),
            by=by,
        )
    _ask(Flag.objects.filter(pk=flag.pk), by=by)


def tell_verifiers(given: FlagQuerySet, due_on: dt.date, *, by: User) -> None:
    """Tell everybody who got some of many suspicions, and all societies: a fixed number of questions."""
    people = User.objects.filter(pk__in=given.order_by().values("assigned_to")).exclude(pk=by.pk)
    notify(
        people,
        event=NoticeEvent.TASK_ASSIGNED,
        title="有新的线索交由您核实",
        text=f"请在{in_words(due_on)}前作出结论；待核实的线索在首页待办里。",
        url=reverse("registry:flag-list"),
        by=by,
    )
    _ask(given, by=by)


def _ask(given: FlagQuerySet, *, by: User) -> None:
    notify(
        User.objects.filter(
            cooperatives_served__until__isnull=True,
            cooperatives_served__cooperative__flags__in=given,
        ).distinct(),
        event=NoticeEvent.MATTER_TO_VERIFY,
        title="有需要您核实的事项",
        text="工作人员请本社说明情况。这只是核实，不是认定。",
        url=reverse("registry:matter-list"),
        by=by,
    )


def tell_owner(case: CleanupCase, *, by: User) -> None:
    """Tell who now answers for a case, unless they took it themselves."""
    if case.owner_id == by.pk:
        return
    notify(
        [case.owner],
        event=NoticeEvent.CASE_OPENED,
        title=f"清理事项 {case.number}：{case.cooperative}",
        text=f"这件清理事项由您负责，请在{in_words(case.due_on)}前办结。",
        url=reverse("registry:cleanup-detail", args=[case.pk]),
        by=by,
    )
