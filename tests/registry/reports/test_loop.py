"""The loop of a report: submit, first look, review, return, recall, correct; each step once."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent, IssuedPaper
from common import clock
from common.workflow import TransitionRefused
from registry.choices import GovernanceKind, ReportState
from registry.models import GovernanceFact, ReportSeason, ReportVersion
from registry.operations.report_papers import receipt_pdf, report_pdf
from registry.operations.report_reviews import (
    ReturnReason,
    accept_report,
    check_report,
    publish_report,
    return_report,
)
from registry.operations.report_submissions import recall_report, receipt_of, submit_report
from registry.operations.reports import abandon_correction, correct_report, save_section
from registry.reporting.owed import Season, season_of
from tests.factories.reports import a_report, a_submitted_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast):
    return a_submitted_report(cast.near.cooperative, by=cast.chair)


def seen(report):
    return report.latest.sha256


def accepted(report, cast):
    check_report(report, sha256=seen(report), by=cast.clerk)
    report.refresh_from_db()
    accept_report(report, sha256=seen(report), by=cast.bureau, reason="情况属实")
    report.refresh_from_db()
    return report


# -- submitting ---------------------------------------------------------------------------------------


def test_a_receipt_has_number_hash_and_public_facts_without_personal_ones(sent):
    receipt = receipt_of(sent.latest)
    assert receipt.number == sent.latest.paper_number
    assert dict(receipt.public_facts)["内容摘要"] == sent.latest.sha256
    assert "联系电话" not in str(receipt.public_facts)
    assert "0818" not in str(receipt.public_facts)


def test_pressing_submit_again_gives_the_same_receipt(cast, sent):
    again = submit_report(sent, by=cast.chair)
    assert again.pk == sent.latest_id
    assert ReportVersion.objects.count() == IssuedPaper.objects.count() == 1
    assert AuditEvent.objects.filter(action="submit-report").count() == 1


def test_a_lost_answer_and_a_reload_show_the_receipt(cast, browser_of, sent):
    client = browser_of(cast.chair)
    address = reverse("reports:submit", args=[sent.cooperative.code, 2020])
    page = client.post(address, {"read": "yes"}, follow=True).content.decode()
    assert sent.latest.paper_number in page


def test_an_incomplete_report_is_not_taken_and_says_what_is_missing(cast, browser_of):
    report = a_report(cast.near.cooperative, by=cast.chair, phone="")
    address = reverse("reports:submit", args=[report.cooperative.code, 2020])
    answer = browser_of(cast.chair).post(address, {"read": "yes", "late_reason": "疫情"})
    assert answer.status_code == 422
    assert "还有 1 项未填" in answer.content.decode()
    assert not ReportVersion.objects.exists()


def test_nobody_signs_unread(cast, browser_of):
    report = a_report(cast.near.cooperative, by=cast.chair)
    address = reverse("reports:submit", args=[report.cooperative.code, 2020])
    answer = browser_of(cast.chair).post(address, {"late_reason": "疫情"})
    assert answer.status_code == 422
    assert not ReportVersion.objects.exists()


# -- deadlines ------------------------------------------------------------------------------------------

DAY = dt.date(2021, 6, 30)


def moment(hour, minute, second, day=DAY):
    return dt.datetime.combine(day, dt.time(hour, minute, second), clock.SHANGHAI)


def test_the_last_second_is_in_time_and_the_grace_is_five_minutes():
    season = Season(2020, dt.date(2021, 1, 1), DAY)
    assert not season.is_late(moment(23, 59, 59))
    assert not season.is_late(moment(0, 4, 59, DAY + dt.timedelta(days=1)))
    assert season.is_late(moment(0, 5, 0, DAY + dt.timedelta(days=1)))


def test_the_deadline_at_the_time_of_the_request_counts(cast):
    report = a_report(cast.near.cooperative, by=cast.chair)
    ReportSeason.objects.create(year=2020, opens_on=dt.date(2021, 1, 1), due_on=dt.date(2099, 1, 1))
    version = submit_report(report, by=cast.chair)
    assert not version.late
    assert version.due_on == dt.date(2099, 1, 1)


def test_a_late_report_needs_a_reason_and_is_marked(cast):
    report = a_report(cast.near.cooperative, by=cast.chair)
    with pytest.raises(TransitionRefused, match="逾期原因"):
        submit_report(report, by=cast.chair)
    version = submit_report(report, by=cast.chair, late_reason="疫情期间无法召集")
    assert version.late
    report.refresh_from_db()
    check_report(report, sha256=version.sha256, by=cast.clerk)
    report.refresh_from_db()
    with pytest.raises(TransitionRefused, match="理由"):
        accept_report(report, sha256=version.sha256, by=cast.bureau)


def test_the_statutory_season_ends_on_the_thirtieth_of_june(db):
    assert season_of(2020) == Season(2020, dt.date(2021, 1, 1), dt.date(2021, 6, 30))


# -- reviewing ------------------------------------------------------------------------------------------


def test_reasons_stand_beside_the_fields_for_the_filer(cast, browser_of, sent):
    reasons = [ReturnReason("operating_income", "与报税数不符"), ReturnReason("", "请尽快")]
    return_report(sent, reasons, sha256=seen(sent), by=cast.clerk)
    sent.refresh_from_db()
    assert sent.state == ReportState.RETURNED
    client = browser_of(cast.chair)
    address = reverse("reports:section", args=[sent.cooperative.code, 2020, "business"])
    assert "与报税数不符" in client.get(address).content.decode()
    overview = client.get(reverse("reports:report", args=[sent.cooperative.code, 2020]))
    assert "请尽快" in overview.content.decode()


def test_a_return_without_any_reason_is_refused(cast, sent):
    with pytest.raises(TransitionRefused):
        return_report(sent, [ReturnReason("phone", " ")], sha256=seen(sent), by=cast.clerk)


def test_a_returned_report_comes_back_with_a_new_receipt_and_the_old_one_ends(cast, sent):
    first = receipt_of(sent.latest)
    return_report(sent, [ReturnReason("", "请补")], sha256=seen(sent), by=cast.clerk)
    sent.refresh_from_db()
    changed = {"phone": {"value": "0818-2200000"}}
    save_section(sent, "basic", changed, seen=0, by=cast.chair)
    version = submit_report(sent, by=cast.chair, late_reason="疫情")
    first.refresh_from_db()
    assert version.number == 2
    assert first.state == "superseded"
    assert receipt_of(version).state == "valid"


def test_approval_of_an_older_submission_is_refused(cast, sent):
    old = seen(sent)
    recall_report(sent, version=sent.version, by=cast.chair)
    sent.refresh_from_db()
    save_section(sent, "basic", {"phone": {"value": "1"}}, seen=0, by=cast.chair)
    submit_report(sent, by=cast.chair, late_reason="疫情")
    sent.refresh_from_db()
    with pytest.raises(TransitionRefused, match="材料已更新"):
        check_report(sent, sha256=old, by=cast.clerk)


def test_a_recalled_report_can_be_changed_and_its_receipt_is_withdrawn(cast, sent):
    recall_report(sent, version=sent.version, by=cast.chair)
    sent.refresh_from_db()
    assert sent.state == ReportState.DRAFT
    assert receipt_of(sent.latest).state == "withdrawn"


def test_after_the_first_look_nobody_recalls(cast, sent):
    check_report(sent, sha256=seen(sent), by=cast.clerk)
    sent.refresh_from_db()
    with pytest.raises(TransitionRefused):
        recall_report(sent, version=sent.version, by=cast.chair)


def test_a_township_does_not_accept_for_the_bureau(cast, browser_of, sent):
    check_report(sent, sha256=seen(sent), by=cast.clerk)
    sent.refresh_from_db()
    with pytest.raises(PermissionDenied):
        accept_report(sent, sha256=seen(sent), by=cast.clerk, reason="情况属实")


def test_the_loop_runs_through_the_pages(cast, browser_of, sent):
    code = sent.cooperative.code
    decide = reverse("reports:decide", args=[code, 2020])
    clerk, bureau = browser_of(cast.clerk), browser_of(cast.bureau)
    assert "初核通过" in clerk.get(reverse("reports:review", args=[code, 2020])).content.decode()
    clerk.post(decide, {"seen": seen(sent), "state": "submitted", "decision": "check"})
    sent_on = {"seen": seen(sent), "state": "checked", "decision": "accept", "reason": "属实"}
    bureau.post(decide, sent_on)
    bureau.post(decide, {"seen": seen(sent), "state": "accepted", "decision": "publish"})
    sent.refresh_from_db()
    assert sent.state == ReportState.PUBLISHED


def test_skipping_steps_is_refused(cast, browser_of, sent):
    decide = reverse("reports:decide", args=[sent.cooperative.code, 2020])
    for decision, state in (
        ("accept", "submitted"),
        ("publish", "submitted"),
        ("publish", "accepted"),
    ):
        sent_on = {"seen": seen(sent), "state": state, "decision": decision, "reason": "属实"}
        browser_of(cast.bureau).post(decide, sent_on)
        sent.refresh_from_db()
        assert sent.state == ReportState.SUBMITTED


def test_the_second_reviewer_is_told_that_somebody_was_first(cast, browser_of, sent):
    decide = reverse("reports:decide", args=[sent.cooperative.code, 2020])
    sent_on = {"seen": seen(sent), "state": "submitted", "decision": "check"}
    browser_of(cast.clerk).post(decide, sent_on)
    page = browser_of(cast.bureau).post(decide, sent_on, follow=True).content.decode()
    assert "已由他人处理" in page


# -- figures that count -----------------------------------------------------------------------------------


def test_figures_count_from_acceptance_and_governance_is_declared(cast, sent):
    assert not ReportVersion.objects.standing().exists()
    accepted(sent, cast)
    assert ReportVersion.objects.standing().get().operating_income == 1_200_000
    facts = {f.kind: f.holds for f in GovernanceFact.objects.all()}
    assert facts == dict.fromkeys(GovernanceKind, True)


def test_without_distributable_surplus_lawful_distribution_does_not_apply(cast):
    changes = {
        "surplus": "-5000",
        "reserve_taken": "0",
        "distributable_surplus": "0",
        "returned_by_volume": "0",
        "returned_by_contribution": "0",
    }
    report = a_submitted_report(cast.near.cooperative, by=cast.chair, **changes)
    accepted(report, cast)
    fact = GovernanceFact.objects.get(kind=GovernanceKind.DISTRIBUTION)
    assert not fact.applies
    assert fact.holds is None


# -- corrections --------------------------------------------------------------------------------------------


def test_a_correction_is_a_linked_version_and_the_old_one_counts_until_accepted(cast, sent):
    report = accepted(sent, cast)
    correct_report(report, "漏了四季度", version=report.version, by=cast.chair)
    report.refresh_from_db()
    changed = {"operating_income": {"value": "150万"}, "activity": {"value": "active"}}
    save_section(report, "business", changed, seen=0, by=cast.chair)
    version = submit_report(report, by=cast.chair)
    report.refresh_from_db()
    assert version.corrects_id == report.standing_id
    assert ReportVersion.objects.standing().get().operating_income == 1_200_000
    accepted(report, cast)
    assert ReportVersion.objects.standing().get().operating_income == 1_500_000


def test_an_identical_correction_is_refused(cast, sent):
    report = accepted(sent, cast)
    correct_report(report, "再看看", version=report.version, by=cast.chair)
    report.refresh_from_db()
    with pytest.raises(TransitionRefused, match="完全相同"):
        submit_report(report, by=cast.chair)


def test_a_correction_that_is_given_up_leaves_what_stands(cast, sent):
    report = accepted(sent, cast)
    publish_report(report, sha256=seen(report), by=cast.bureau)
    report.refresh_from_db()
    correct_report(report, "再看看", version=report.version, by=cast.chair)
    report.refresh_from_db()
    save_section(report, "basic", {"phone": {"value": "1"}}, seen=0, by=cast.chair)
    report.refresh_from_db()
    abandon_correction(report, version=report.version, by=cast.chair)
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED
    assert report.draft == report.standing.content["values"]


def pdf_text(content):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return "".join(text.split())


def test_printing_version_one_after_version_two_gives_version_one_with_the_chair_of_then(
    cast, browser_of, sent
):
    report = accepted(sent, cast)
    first = report.latest
    before = report_pdf(first)
    society = report.cooperative
    society.legal_representative, society.name = "赵新", "达州市通川区新名种植专业合作社"
    society.save()
    correct_report(report, "换届", version=report.version, by=cast.chair)
    report.refresh_from_db()
    save_section(report, "basic", {"phone": {"value": "0818-9"}}, seen=0, by=cast.chair)
    submit_report(report, by=cast.chair)
    code = society.code
    page = browser_of(cast.chair).get(reverse("reports:version", args=[code, 2020, 1]))
    text = page.content.decode().split("report-sheet")[1]
    assert "李四" in text
    assert "赵新" not in text
    after = report_pdf(ReportVersion.objects.get(report=report, number=1))
    assert "李四" in pdf_text(after)
    assert "赵新" not in pdf_text(after)
    assert pdf_text(before) == pdf_text(after)
    second = report_pdf(ReportVersion.objects.get(report=report, number=2))
    assert "赵新" in pdf_text(second)


def test_a_receipt_prints_with_its_number(sent):
    assert sent.latest.paper_number in pdf_text(receipt_pdf(sent.latest))


# -- personal numbers --


def test_the_telephone_number_of_a_report_is_covered_for_everybody_but_its_filer(
    cast, browser_of, sent
):
    number, code = "0818-2100000", sent.cooperative.code
    for person in (cast.clerk, cast.bureau):
        page = browser_of(person).get(reverse("reports:review", args=[code, 2020]))
        assert number not in page.content.decode()
    for person in (cast.leader, cast.auditor):
        for name, more in (("version", [1]), ("statutory-sheet", [])):
            page = browser_of(person).get(reverse(f"reports:{name}", args=[code, 2020, *more]))
            assert number not in page.content.decode()
    assert number not in pdf_text(report_pdf(sent.latest))
    own = browser_of(cast.chair).get(reverse("reports:statutory-sheet", args=[code, 2020]))
    assert number in own.content.decode()


# -- reach ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["report", "section", "read", "statutory-sheet", "version", "version-pdf", "receipt-pdf"],
)
def test_a_society_never_reads_anothers(cast, browser_of, name):
    foreign = a_submitted_report(cast.far.cooperative, by=cast.far.chair)
    arguments = {"uscc": foreign.cooperative.code, "year": 2020}
    if name == "section":
        arguments["section"] = "basic"
    if name.startswith(("version", "receipt")):
        arguments["number"] = 1
    answer = browser_of(cast.chair).get(reverse(f"reports:{name}", kwargs=arguments))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["start", "submit", "recall", "correct", "abandon"])
def test_a_society_never_writes_anothers(cast, browser_of, name):
    foreign = a_submitted_report(cast.far.cooperative, by=cast.far.chair)
    address = reverse(f"reports:{name}", args=[foreign.cooperative.code, 2020])
    answer = browser_of(cast.chair).post(address, {"version": foreign.version, "reason": "试试"})
    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == ReportState.SUBMITTED


def test_a_person_who_serves_two_societies_keeps_them_apart(cast, browser_of):
    from tests.factories.registry import AgentFactory

    assert cast.near.cooperative.agents.filter(user=cast.chair).exists()
    AgentFactory(cooperative=cast.far.cooperative, user=cast.chair)
    page = browser_of(cast.chair).get(reverse("reports:list")).content.decode()
    assert cast.near.cooperative.name in page
    assert cast.far.cooperative.name in page
