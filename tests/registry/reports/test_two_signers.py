"""Two people sign in turn where the bureau asks for it: the filer, then the chair, never one twice."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Notice
from common.workflow import TransitionRefused
from registry.choices import AgentPost, Confirmation, ReportState
from registry.models import CooperativeAgent, ReportVersion
from registry.operations.report_confirmations import (
    confirm_by_code,
    confirm_by_signature,
    hand_over,
    take_back,
)
from registry.operations.report_seasons import set_season
from registry.operations.report_signing import sign_as_filer
from registry.operations.report_submissions import submit_report
from tests.factories.accounts import UserFactory
from tests.factories.registry import AgentFactory
from tests.factories.reports import a_report
from tests.registry.reports.test_helped import drawing

pytestmark = pytest.mark.django_db
LATE = "疫情期间无法召集"


@pytest.fixture
def society(cast):
    society = cast.near.cooperative
    CooperativeAgent.objects.filter(cooperative=society, user=cast.chair).update(
        post=AgentPost.CHAIR
    )
    set_season(
        2020,
        due_on=dt.date(2021, 6, 30),
        grace=5,
        reason="区局要求",
        two_signers=True,
        by=cast.bureau,
    )
    return society


@pytest.fixture
def clerk_of_society(society):
    user = UserFactory(role=Role.COOPERATIVE)
    AgentFactory(cooperative=society, user=user, post=AgentPost.STAFF)
    return user


@pytest.fixture
def report(society, clerk_of_society):
    return a_report(society, by=clerk_of_society)


def told_last():
    return list(Notice.objects.latest("pk").receipts.values_list("person", flat=True))


def test_filer_and_chair_sign_in_turn_and_both_stand_on_the_version(cast, report, clerk_of_society):
    told = sign_as_filer(report, version=report.version, by=clerk_of_society)
    assert told == 1
    assert told_last() == [cast.chair.pk]
    report.refresh_from_db()
    assert report.state == ReportState.AWAITING
    version = submit_report(report, by=cast.chair, late_reason=LATE)
    assert version.filer_name == str(clerk_of_society)
    assert version.filer_signed_at
    assert (version.confirmation, version.confirmed_by_name) == (
        Confirmation.ACCOUNT,
        str(cast.chair),
    )
    report.refresh_from_db()
    assert report.first_signer is None


def test_the_chair_cannot_submit_what_nobody_signed_first(cast, report):
    with pytest.raises(TransitionRefused, match="填报人先签字"):
        submit_report(report, by=cast.chair, late_reason=LATE)


def test_one_person_cannot_sign_as_both(cast, report):
    sign_as_filer(report, version=report.version, by=cast.chair)
    with pytest.raises(TransitionRefused, match="同一个人"):
        submit_report(report, by=cast.chair, late_reason=LATE)
    with pytest.raises(TransitionRefused, match="同一个人"):
        confirm_by_signature(report, drawing(), str(cast.chair), by=cast.chair, late_reason=LATE)
    assert not ReportVersion.objects.exists()


def test_two_clerks_of_a_society_are_not_filer_and_chair(society, report, clerk_of_society):
    other = UserFactory(role=Role.COOPERATIVE)
    AgentFactory(cooperative=society, user=other, post=AgentPost.STAFF)
    sign_as_filer(report, version=report.version, by=clerk_of_society)
    with pytest.raises(TransitionRefused, match="须是理事长"):
        submit_report(report, by=other, late_reason=LATE)


def test_a_chair_without_an_account_signs_on_the_filers_phone(report, clerk_of_society):
    sign_as_filer(report, version=report.version, by=clerk_of_society)
    version = confirm_by_signature(report, drawing(), "李四", by=clerk_of_society, late_reason=LATE)
    assert (version.filer_name, version.confirmed_by_name) == (str(clerk_of_society), "李四")


def test_a_helper_and_the_chair_are_two(cast, society):
    helped = a_report(society, by=cast.counsellor)
    with pytest.raises(TransitionRefused, match="同一个人"):
        confirm_by_signature(
            helped, drawing(), str(cast.counsellor), by=cast.counsellor, late_reason=LATE
        )
    version = confirm_by_signature(helped, drawing(), "李四", by=cast.counsellor, late_reason=LATE)
    assert (version.filer_name, version.confirmed_by_name) == (str(cast.counsellor), "李四")


def test_the_code_goes_to_the_chair_and_never_to_who_asks_for_it(cast, report, clerk_of_society):
    assert hand_over(report, version=report.version, by=clerk_of_society) == 1
    assert told_last() == [cast.chair.pk]
    with pytest.raises(TransitionRefused, match="确认码不对"):
        confirm_by_code(report, "abc", by=clerk_of_society, late_reason=LATE)


def test_taking_back_takes_the_first_signature_away(report, clerk_of_society):
    sign_as_filer(report, version=report.version, by=clerk_of_society)
    report.refresh_from_db()
    take_back(report, version=report.version, by=clerk_of_society)
    report.refresh_from_db()
    assert (report.state, report.first_signer) == (ReportState.DRAFT, None)


def test_where_one_is_enough_nobody_signs_first(cast):
    report = a_report(cast.far.cooperative, by=cast.far.chair, year=2019)
    with pytest.raises(TransitionRefused, match="不要求两人签字"):
        sign_as_filer(report, version=report.version, by=cast.far.chair)


def test_the_page_asks_each_for_their_own_signature(client, cast, report, clerk_of_society):
    code = report.cooperative.code
    read = reverse("reports:read", args=[code, 2020])
    client.force_login(clerk_of_society)
    assert "签字，交理事长" in client.get(read).content.decode()
    sent = {"read": "yes", "version": report.version}
    client.post(reverse("reports:sign", args=[code, 2020]), sent)
    page = client.get(read).content.decode()
    assert "等待理事长签发" in page
    client.force_login(cast.chair)
    page = client.get(read).content.decode()
    assert "签发并提交" in page
    client.post(reverse("reports:submit", args=[code, 2020]), {"read": "yes", "late_reason": LATE})
    version = ReportVersion.objects.get()
    shown = client.get(reverse("reports:version", args=[code, 2020, 1])).content.decode()
    assert f"填报人签字</dt><dd>{version.filer_name}" in shown
