"""Which societies a person acts for, and that it is the administrator who says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.models import Cooperative, CooperativeAgent
from registry.operations.agents import appoint_agent, dismiss_agent


def in_reach(person):
    return list(Cooperative.objects.permitted(person, Action.VIEW_COOPERATIVE))


@pytest.fixture
def admin(furnished, browser_of):
    return browser_of(furnished.administrator)


def test_an_appointed_person_reaches_the_society_at_once(cast, admin):
    far = cast.far.cooperative
    page = reverse("agent-list", args=[cast.chair.pk])
    admin.post(page, {"code": far.uscc.lower(), "reason": "授权书"})
    assert far in in_reach(cast.chair)
    event = AuditEvent.objects.about(far).first()
    assert (event.action, event.reason) == ("agent-appointed", "授权书")


def test_a_dismissed_person_loses_it_at_once(cast, admin):
    agent = cast.near.cooperative.agents.get()
    page = reverse("agent-dismiss", args=[cast.chair.pk, agent.pk])
    admin.post(page, {"reason": "换人"})
    assert in_reach(cast.chair) == []
    with pytest.raises(TransitionRefused):
        dismiss_agent(agent, reason="再来", by=cast.administrator)


@pytest.mark.parametrize(
    ("code", "sentence"), [("93511702MA0000000X", "没有这个代码"), ("", "必填")]
)
def test_an_unknown_code_is_refused(cast, admin, code, sentence):
    page = reverse("agent-list", args=[cast.chair.pk])
    answer = admin.post(page, {"code": code, "reason": "授权书"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nobody_is_appointed_twice(cast, admin):
    page = reverse("agent-list", args=[cast.chair.pk])
    answer = admin.post(page, {"code": cast.near.cooperative.uscc, "reason": "授权书"})
    assert "已经代表" in answer.content.decode()
    assert CooperativeAgent.objects.filter(user=cast.chair).count() == 1


def test_an_officer_cannot_be_appointed(furnished):
    with pytest.raises(TransitionRefused, match="角色为"):
        appoint_agent(
            furnished.near.cooperative, furnished.clerk, reason="试", by=furnished.administrator
        )


def test_the_bureau_cannot_appoint(furnished):
    with pytest.raises(PermissionDenied):
        appoint_agent(
            furnished.near.cooperative, furnished.far.chair, reason="试", by=furnished.bureau
        )
    with pytest.raises(PermissionDenied):
        dismiss_agent(furnished.near.cooperative.agents.get(), reason="试", by=furnished.bureau)
