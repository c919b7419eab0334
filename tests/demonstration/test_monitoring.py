"""Monitoring with due process: proof of telling, time to reply, a meeting, then the title."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.operations.attachments import attach_file
from common import clock
from common.workflow import TransitionRefused
from demonstration import tasks
from demonstration.choices import (
    MonitoringCause,
    MonitoringDecision,
    MonitoringState,
    TitleState,
)
from demonstration.models import MonitoringCase
from demonstration.operations.monitoring import (
    answer_case,
    close_case,
    decide_case,
    finish_task,
    open_case,
    open_monitoring_round,
    open_triggered_cases,
    publish_decision,
    tell_society,
)
from registry.choices import Seen
from registry.statement_choices import PublicationState
from tests.factories.demonstration import TitleFactory, district_criteria
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory, SiteFindingFactory
from tests.factories.statements import AbnormalListingFactory, ReportPublicationFactory

pytestmark = pytest.mark.django_db
AUDIT_QUERIES = 6  # one link of the chain, with the names it is written under


@pytest.fixture
def case(cast):
    return open_case(cast.near.title, MonitoringCause.OTHER, "群众反映停业", by=cast.bureau)


def tell(case, cast, days=10):
    attach_file(case, photo_upload(), purpose="监测凭证", by=cast.bureau)
    today = clock.today()
    tell_society(
        case,
        on=today,
        how="当面送达",
        reply_due=today + dt.timedelta(days=days),
        version=case.version,
        by=cast.bureau,
    )


def decide(case, cast, decision, tasks=()):
    decide_case(
        case,
        decision,
        {
            "meeting": "通联纪〔2021〕3号",
            "on": clock.today(),
            "tasks": list(tasks),
            "tasks_due": clock.today() + dt.timedelta(days=30) if tasks else None,
        },
        version=case.version,
        by=cast.bureau,
    )


def publish(case, cast):
    publish_decision(
        case,
        document="通区农发〔2021〕40号",
        on=clock.today(),
        version=case.version,
        by=cast.bureau,
    )


def test_telling_without_proof_is_refused(case, cast):
    today = clock.today()
    with pytest.raises(TransitionRefused, match="凭证"):
        tell_society(
            case,
            on=today,
            how="电话",
            reply_due=today + dt.timedelta(days=10),
            version=case.version,
            by=cast.bureau,
        )
    case.refresh_from_db()
    assert (case.state, case.told_on) == (MonitoringState.OPENED, None)


def test_the_meeting_waits_for_the_reply_period(case, cast):
    tell(case, cast)
    with pytest.raises(TransitionRefused, match="答复期限"):
        decide(case, cast, MonitoringDecision.PASS)
    with clock.on_day(clock.today() + dt.timedelta(days=11)):
        decide(case, cast, MonitoringDecision.PASS)
    assert case.state == MonitoringState.DECIDED


def test_a_society_answers_and_the_title_is_removed_only_when_published(case, cast):
    tell(case, cast)
    answer_case(case, "已恢复经营", version=case.version, by=cast.chair)
    decide(case, cast, MonitoringDecision.REMOVE, tasks=["规范财务"])
    title = case.title
    title.refresh_from_db()
    assert title.state == TitleState.MONITORING
    publish(case, cast)
    title.refresh_from_db()
    assert title.state == TitleState.REMOVED
    assert title.ended_document == "通区农发〔2021〕40号"
    assert case.tasks.count() == 1


def test_a_rectified_title_stands_again_only_when_every_task_is_checked(case, cast):
    tell(case, cast)
    answer_case(case, "愿意整改", version=case.version, by=cast.chair)
    decide(case, cast, MonitoringDecision.RECTIFY, tasks=["补报年报", "建成员账户"])
    publish(case, cast)
    assert case.title.state == TitleState.RECTIFYING
    with pytest.raises(TransitionRefused, match="2 项"):
        close_case(case, outcome="整改完成", version=case.version, by=cast.bureau)
    for task in case.tasks.all():
        finish_task(task, note="已看到账本", version=task.version, by=cast.bureau)
    close_case(case, outcome="整改完成", version=case.version, by=cast.bureau)
    case.title.refresh_from_db()
    assert case.title.state == TitleState.VALID


def test_a_society_answers_its_own_case_only(case, cast, browser_of):
    tell(case, cast)
    answer = browser_of(cast.far.chair).post(
        f"/demonstration/monitoring/{case.pk}/reply/", {"version": case.version, "text": "不是我"}
    )
    assert answer.status_code == 404


def test_a_round_opens_a_case_for_every_holder_with_the_facts(cast):
    for _ in range(3):
        TitleFactory(cooperative=CooperativeFactory(township=cast.near.township))
    made = open_monitoring_round(
        {
            "title": "2021年监测",
            "level": "district",
            "criteria": district_criteria(),
            "due_on": clock.today() + dt.timedelta(days=30),
        },
        by=cast.bureau,
    )
    assert made.cases.count() == 3
    assert all(each.facts for each in made.cases.all())


def test_opening_a_round_costs_the_same_for_three_and_thirty(cast, django_assert_max_num_queries):
    for _ in range(30):
        TitleFactory(cooperative=CooperativeFactory(township=cast.near.township))
    with django_assert_max_num_queries(40):
        open_monitoring_round(
            {
                "title": "2021年监测",
                "level": "district",
                "criteria": district_criteria(),
                "due_on": clock.today() + dt.timedelta(days=30),
            },
            by=cast.bureau,
        )


def test_new_listings_missed_reports_and_bad_visits_open_cases_once(cast):
    listed, silent, absent, fine = (
        TitleFactory(cooperative=CooperativeFactory(township=cast.near.township)) for _ in range(4)
    )
    AbnormalListingFactory(cooperative=listed.cooperative, listed_on=dt.date(2021, 5, 1))
    last = clock.today().year - (1 if clock.today() > dt.date(clock.today().year, 6, 30) else 2)
    for year in (last, last - 1):
        ReportPublicationFactory(
            cooperative=silent.cooperative,
            report_year=year,
            state=PublicationState.NOT_FILED,
            published_on=None,
            on_time=None,
        )
    SiteFindingFactory(
        cooperative=absent.cooperative,
        seen_on=dt.date(2021, 6, 1),
        seen_by=cast.counsellor,
        at_address=Seen.NO,
    )
    assert open_triggered_cases(by=cast.bureau) == 3
    causes = dict(MonitoringCase.objects.values_list("title", "cause"))
    assert causes == {
        listed.pk: MonitoringCause.ABNORMAL_LISTING,
        silent.pk: MonitoringCause.MISSED_REPORTS,
        absent.pk: MonitoringCause.BAD_VISIT,
    }
    assert fine.pk not in causes
    assert open_triggered_cases(by=cast.bureau) == 0


def test_the_night_opens_cases_in_the_name_of_the_machine_and_only_once(cast):
    listed = TitleFactory(cooperative=CooperativeFactory(township=cast.near.township))
    AbnormalListingFactory(cooperative=listed.cooperative, listed_on=dt.date(2021, 5, 1))
    tasks.open_triggered_cases()
    tasks.open_triggered_cases()
    case = MonitoringCase.objects.get(title=listed)
    assert (case.cause, case.opened_by) == (
        MonitoringCause.ABNORMAL_LISTING,
        User.objects.machine(),
    )
    listed.refresh_from_db()
    assert listed.state == TitleState.MONITORING


def test_opening_triggered_cases_asks_no_more_for_ten_titles_than_for_one(
    cast, django_assert_max_num_queries
):
    def listed(number):
        for _ in range(number):
            title = TitleFactory(cooperative=CooperativeFactory(township=cast.near.township))
            AbnormalListingFactory(cooperative=title.cooperative, listed_on=dt.date(2021, 5, 1))

    listed(1)
    with CaptureQueriesContext(connection) as one:
        open_triggered_cases(by=cast.bureau)
    listed(10)
    audit_each = 9 * AUDIT_QUERIES
    with django_assert_max_num_queries(len(one) + audit_each):
        assert open_triggered_cases(by=cast.bureau) == 10
