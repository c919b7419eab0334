"""群众举报: kept from those concerned, limited when public, leading to a case that stays hidden."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import Route, TipOffChannel, TipOffState
from registry.models import CleanupCase, CooperativeAgent, TipOff
from registry.operations.tip_offs import (
    Told,
    match_tip_off,
    move_tip_off,
    open_case_from,
    receive_tip_off,
    unmask_reporter,
)
from tests.factories.registry import AgentFactory

pytestmark = pytest.mark.django_db
SECRET = "理事长把补贴转到自己账户"
TYPED = {
    "about": "春风合作社",
    "content": SECRET,
    "reporter_name": "赵某",
    "reporter_phone": "13900000001",
}
PUBLIC = "/public/tip-off/"


@pytest.fixture
def tip(cast):
    told = Told("春风合作社", SECRET, "赵某", "13900000001")
    kept = receive_tip_off(told, channel=TipOffChannel.PHONE, by=cast.bureau)
    return match_tip_off(kept, cast.near.cooperative, by=cast.bureau, version=kept.version)


def founded(tip, cast):
    move_tip_off(tip, TipOffState.CHECKING, by=cast.bureau)
    return move_tip_off(tip, TipOffState.FOUNDED, reason="核对银行流水属实", by=cast.bureau)


def test_only_those_with_the_right_see_a_tip_off(cast, tip, browser_of):
    path = reverse("registry:tip-off-detail", args=[tip.pk])
    answers = {role: browser_of(cast.of(role)).get(path).status_code for role in Role}
    assert {role for role, code in answers.items() if code == 200} == {Role.BUREAU, Role.AUDITOR}
    assert answers[Role.COOPERATIVE] == 403


def test_nobody_who_acts_for_the_society_sees_it_whatever_right_they_have(cast, tip, browser_of):
    AgentFactory(cooperative=cast.near.cooperative, user=cast.bureau)
    assert not TipOff.objects.permitted(cast.bureau, Action.VIEW_TIP_OFF).exists()
    path = reverse("registry:tip-off-detail", args=[tip.pk])
    assert browser_of(cast.bureau).get(path).status_code == 404
    with pytest.raises(PermissionDenied):
        unmask_reporter(tip, "想看", by=cast.bureau)
    CooperativeAgent.objects.filter(user=cast.bureau).update(until=clock.today())
    assert TipOff.objects.permitted(cast.bureau, Action.VIEW_TIP_OFF).exists()


def test_nothing_of_it_stands_on_any_page_of_those_concerned(cast, tip, browser_of):
    open_case_from(founded(tip, cast), Route.REFERRAL, by=cast.bureau)
    client = browser_of(cast.chair)
    society = cast.near.cooperative
    for path in (
        "/",
        f"/registry/{society.code}/",
        "/registry/cleanup/",
        "/registry/cleanup/?state=all",
    ):
        words = client.get(path).content.decode()
        for hidden in (SECRET, "赵某", tip.number, "举报"):
            assert hidden not in words, (path, hidden)
    assert not CleanupCase.objects.permitted(cast.chair, Action.VIEW_CLEANUP).exists()


def test_the_trail_keeps_its_number_and_not_its_words(cast, tip):
    kept = AuditEvent.objects.filter(subject_kind="registry.tipoff")
    assert kept.count() == 2
    for event in kept:
        assert SECRET not in f"{event.subject_label}{event.reason}{event.detail}"
        assert "赵某" not in f"{event.subject_label}{event.reason}{event.detail}"


def test_who_told_is_covered_until_a_reason_is_given_and_kept(cast, tip, browser_of):
    client = browser_of(cast.bureau)
    path = reverse("registry:tip-off-detail", args=[tip.pk])
    assert "赵某" not in client.get(path).content.decode()
    reporter = reverse("registry:tip-off-reporter", args=[tip.pk])
    client.post(reporter, {"reason": ""})
    assert not AuditEvent.objects.filter(action=Action.UNMASK_REPORTER).exists()
    assert "赵某" in client.post(reporter, {"reason": "电话核实时间"}).content.decode()
    assert AuditEvent.objects.get(action=Action.UNMASK_REPORTER).reason == "电话核实时间"
    assert browser_of(cast.auditor).post(reporter, {"reason": "看看"}).status_code == 403


def test_the_public_tells_without_an_account_and_gets_a_number(db):
    answer = Client().post(PUBLIC, TYPED)
    kept = TipOff.objects.get()
    assert kept.number in answer.content.decode()
    assert (kept.channel, kept.received_by) == (TipOffChannel.WEB, None)


def test_the_public_form_is_limited_and_loses_nothing(db):
    client = Client()
    codes = [client.post(PUBLIC, TYPED).status_code for _ in range(3)]
    assert codes == [200, 200, 200]
    answer = client.post(PUBLIC, TYPED)
    assert answer.status_code == 429
    assert SECRET in answer.content.decode()
    assert TipOff.objects.count() == 3


def test_a_machine_that_fills_every_field_leaves_nothing(db):
    assert Client().post(PUBLIC, {**TYPED, "website": "http://x"}).status_code == 200
    assert not TipOff.objects.exists()


def test_too_short_a_word_is_refused_and_kept(db):
    answer = Client().post(PUBLIC, {**TYPED, "content": "不好"})
    assert answer.status_code == 422
    assert "不好" in answer.content.decode()


def test_only_a_founded_tip_off_with_a_society_becomes_a_case_once(cast, tip):
    with pytest.raises(TransitionRefused, match="核查属实"):
        open_case_from(tip, Route.REFERRAL, by=cast.bureau)
    founded(tip, cast)
    case = open_case_from(tip, Route.REFERRAL, by=cast.bureau)
    assert case.confidential
    assert SECRET not in case.because
    with pytest.raises(TransitionRefused, match="已经立案"):
        open_case_from(tip, Route.REFERRAL, by=cast.bureau)


def test_a_tip_off_is_closed_only_with_what_was_found(cast, tip):
    move_tip_off(tip, TipOffState.CHECKING, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="请写明核查结果"):
        move_tip_off(tip, TipOffState.UNFOUNDED, by=cast.bureau)


def test_the_public_writes_by_no_other_way(db):
    with pytest.raises(PermissionDenied):
        receive_tip_off(Told("甲", SECRET), channel=TipOffChannel.PHONE, by=None)
