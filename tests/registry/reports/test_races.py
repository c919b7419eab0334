"""Several hands at one report: one submission, one decision. Real threads, both databases."""

from collections import Counter
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, IssuedPaper
from accounts.operations import audit
from common.workflow import TransitionRefused
from registry.choices import ReportState
from registry.models import AnnualReport, ReportVersion
from registry.operations.report_reviews import ReturnReason, check_report, return_report
from registry.operations.report_submissions import recall_report, submit_report
from registry.operations.reports import save_section, start_report
from tests.cast import assemble
from tests.factories.reports import a_report, a_submitted_report
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_twenty_submits_at_once_are_one_report_one_receipt_one_event_and_no_fault():
    cast = assemble()
    report = a_report(cast.near.cooperative, by=cast.chair)
    address = reverse("reports:submit", args=[report.cooperative.code, 2020])
    clients = [Client() for _ in range(20)]
    for client in clients:
        client.force_login(cast.chair)
    sent = {"read": "yes", "late_reason": "疫情"}
    answers = at_once([lambda c=client: c.post(address, sent).status_code for client in clients])
    assert Counter(answers) == {302: 20}
    assert ReportVersion.objects.count() == 1
    assert IssuedPaper.objects.count() == 1
    assert AuditEvent.objects.filter(action="submit-report").count() == 1
    assert audit.broken_link() is None


def test_ten_people_begin_one_report():
    cast = assemble()
    society = cast.near.cooperative
    answers = at_once([lambda: start_report(society, 2020, by=cast.chair).pk] * 10)
    assert len(set(answers)) == 1
    assert AnnualReport.objects.count() == 1


def test_approve_and_return_at_once_have_one_winner():
    cast = assemble()
    for year in (2019, 2020):
        report = a_submitted_report(cast.near.cooperative, by=cast.chair, year=year)
        fresh = [AnnualReport.objects.get(pk=report.pk) for _ in range(2)]
        seen = report.latest.sha256
        answers = at_once(
            [
                partial(check_report, fresh[0], sha256=seen, by=cast.clerk),
                partial(
                    return_report,
                    fresh[1],
                    [ReturnReason("", "请补")],
                    sha256=seen,
                    by=cast.bureau,
                ),
            ]
        )
        assert sum(isinstance(a, TransitionRefused) for a in answers) == 1
        report.refresh_from_db()
        assert report.state in {ReportState.CHECKED, ReportState.RETURNED}


def test_recall_and_first_look_at_once_have_one_winner():
    cast = assemble()
    for year in (2019, 2020):
        report = a_submitted_report(cast.near.cooperative, by=cast.chair, year=year)
        fresh = [AnnualReport.objects.get(pk=report.pk) for _ in range(2)]
        seen, version = report.latest.sha256, report.version
        answers = at_once(
            [
                partial(check_report, fresh[0], sha256=seen, by=cast.clerk),
                partial(recall_report, fresh[1], version=version, by=cast.chair),
            ]
        )
        assert sum(isinstance(a, TransitionRefused) for a in answers) == 1
        report.refresh_from_db()
        assert report.state in {ReportState.CHECKED, ReportState.DRAFT}


def test_autosave_and_submit_at_once_never_change_what_was_submitted():
    cast = assemble()
    report = a_report(cast.near.cooperative, by=cast.chair)
    changed = {"phone": {"value": "0818-7777777"}}
    at_once(
        [
            lambda: submit_report(report, by=cast.chair, late_reason="疫情"),
            lambda: save_section(report, "basic", changed, seen=0, by=cast.chair),
        ]
    )
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert report.draft == report.latest.content["values"]


def test_receipts_of_many_societies_at_once_are_numbered_without_gaps():
    cast = assemble()
    from tests.factories.registry import AgentFactory, CooperativeFactory

    reports = []
    for _ in range(8):
        society = CooperativeFactory()
        AgentFactory(cooperative=society, user=cast.chair)
        reports.append(a_report(society, by=cast.chair))
    at_once([lambda r=r: submit_report(r, by=cast.chair, late_reason="疫情") for r in reports])
    numbers = sorted(
        int(number.split("〕")[1].removesuffix("号"))
        for number in IssuedPaper.objects.values_list("number", flat=True)
    )
    assert numbers == list(range(1, 9))
