"""Who owes what: counts are lists, reminders go out once a day, facts are verified, paper comes back."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent, Notice, NoticeReceipt
from accounts.operations.papers import check_paper
from common import clock
from common.workflow import TransitionRefused
from registry.choices import CertificateState, GovernanceKind, RegistrationStatus
from registry.models import Cooperative, GovernanceFact, ReportReminder, RosterCertificate
from registry.operations.certificates import (
    issue_certificate,
    paper_of,
    request_certificate,
    withdraw_certificate,
)
from registry.operations.governance import verify_fact
from registry.operations.report_reminders import remind
from registry.operations.report_reviews import accept_report, check_report, publish_report
from registry.operations.report_seasons import set_season
from registry.operations.report_workbooks import take_in_form, write_form
from registry.operations.reports import start_report
from registry.reporting.owed import owing, season_of
from registry.reporting.reading import read_report
from registry.reporting.register import STANDINGS, narrowed, reports_of
from tests.factories.registry import CooperativeFactory
from tests.factories.reports import MemberFactory, a_report, a_submitted_report

pytestmark = pytest.mark.django_db


# -- who owes ---------------------------------------------------------------------------------------------


def test_who_was_founded_later_or_has_ended_owes_nothing(db):
    owes = CooperativeFactory(established_on=dt.date(2020, 12, 31))
    CooperativeFactory(established_on=dt.date(2021, 1, 1))
    CooperativeFactory(status=RegistrationStatus.DEREGISTERED)
    CooperativeFactory(kind="branch")
    revoked = CooperativeFactory(status=RegistrationStatus.REVOKED)
    found = owing(2020, Cooperative.objects.all())
    assert set(found) == {owes, revoked}


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_number_is_the_length_of_its_list(cast, browser_of, standing):
    a_submitted_report(cast.near.cooperative, by=cast.chair)
    CooperativeFactory.create_batch(3, township=cast.near.township)
    reach = Cooperative.objects.permitted(cast.bureau, "view-report")
    number = narrowed(reports_of(2020, reach), standing).count()
    address = f"{reverse('reports:list')}?year=2020&standing={standing}"
    page = browser_of(cast.bureau).get(address)
    assert page.context["number"] == number == len(page.context["lines"])


def test_the_rates_of_the_townships_add_up_to_the_tiles(cast, browser_of):
    a_submitted_report(cast.near.cooperative, by=cast.chair)
    a_submitted_report(cast.far.cooperative, by=cast.far.chair)
    CooperativeFactory.create_batch(2, township=cast.near.township)
    CooperativeFactory()
    page = browser_of(cast.bureau).get(reverse("reports:list") + "?year=2020")
    rates = [each["rate"] for each in page.context["rates"]]
    tiles = {tile["label"]: tile["value"] for tile in page.context["tiles"]}
    assert sum(rate.owed for rate in rates) == tiles["应报"] == 5
    assert sum(rate.filed for rate in rates) == tiles["已报"] == 2


def test_the_list_asks_a_fixed_number_of_questions(cast, browser_of, django_assert_max_num_queries):
    CooperativeFactory.create_batch(60, township=cast.near.township)
    client = browser_of(cast.clerk)
    with django_assert_max_num_queries(24):
        client.get(reverse("reports:list"))


def test_a_clerk_sees_only_the_own_township(cast, browser_of):
    a_submitted_report(cast.far.cooperative, by=cast.far.chair)
    page = browser_of(cast.clerk).get(reverse("reports:list") + "?year=2020").content.decode()
    assert cast.far.cooperative.name not in page


# -- chasing ------------------------------------------------------------------------------------------------


def test_a_society_is_reminded_once_a_day_and_who_has_no_account_is_told_apart(cast):
    assert cast.near.cooperative
    CooperativeFactory(township=cast.near.township)
    owed = narrowed(reports_of(2020, Cooperative.objects.all()), "unfiled")
    assert remind(2020, owed, by=cast.clerk) == (1, 1)
    assert remind(2020, owed, by=cast.clerk) == (0, 0)
    assert NoticeReceipt.objects.filter(person=cast.chair).count() == 1
    assert ReportReminder.objects.count() == 2


def test_nobody_reminds_beyond_their_reach(cast):
    assert cast.far.cooperative
    owed = reports_of(2020, Cooperative.objects.all())
    assert remind(2020, owed, by=cast.clerk) == (0, 0)


def test_the_page_shows_whom_by_which_way_with_what_text_and_then_sends_once(cast, browser_of):
    assert cast.near.cooperative
    without = CooperativeFactory(township=cast.near.township)
    client, here = browser_of(cast.clerk), reverse("reports:remind") + "?year=2020"
    shown = client.get(here)
    page = shown.content.decode()
    assert shown.context["counts"] == {"number": 2, "reached": 1, "others": 1}
    assert f"{cast.chair}（平台通知）" in page
    assert without.name in page
    assert cast.far.cooperative.name not in page
    assert "报送期限是" in shown.context["form"]["text"].value()
    assert not ReportReminder.objects.exists()  # looking sends nothing
    assert client.post(here, {"text": "", "rest": "7"}).status_code == 422
    before = AuditEvent.objects.count()
    sent = {"text": "请于月底前报送。", "rest": "7"}
    told = client.post(here, sent, follow=True).content.decode()
    assert "已催报 1 家；另有 1 家没有账号" in told
    assert AuditEvent.objects.filter(action="report-reminded").count() == 1
    assert AuditEvent.objects.count() == before + 1
    assert Notice.objects.get().text == "请于月底前报送。"
    assert "没有新的催报发出" in client.post(here, sent, follow=True).content.decode()
    assert Notice.objects.count() == 1
    assert client.get(here).context["resting"] == 2


def test_who_was_reminded_lately_is_left_in_peace_as_long_as_one_says(cast, browser_of):
    society = cast.near.cooperative
    for days in (2, 20, 45):
        ReportReminder.objects.create(
            cooperative=society,
            year=2020,
            sent_on=clock.today() - dt.timedelta(days=days),
            reached=True,
        )
    client, here = browser_of(cast.clerk), reverse("reports:remind") + "?year=2020"
    assert client.get(here).context["counts"]["number"] == 0
    shown = client.get(f"{here}&rest=1")
    (line,) = shown.context["lines"]
    assert line["society"].times_reminded == 2
    assert line["society"].last_reminded == clock.today() - dt.timedelta(days=2)
    assert client.get(f"{here}&rest=nonsense").context["counts"]["number"] == 0


def test_a_preview_costs_a_fixed_number_of_statements(
    cast, browser_of, django_assert_max_num_queries
):
    client, here = browser_of(cast.clerk), reverse("reports:remind") + "?year=2020"
    for size in (1, 20):
        CooperativeFactory.create_batch(size, township=cast.near.township)
        with django_assert_max_num_queries(24):
            client.get(here)


def test_the_bureau_moves_the_deadline_for_a_reason(cast):
    with pytest.raises(TransitionRefused):
        set_season(2020, due_on=dt.date(2021, 8, 31), grace=5, reason=" ", by=cast.bureau)
    set_season(2020, due_on=dt.date(2021, 8, 31), grace=5, reason="疫情", by=cast.bureau)
    assert season_of(2020).due_on == dt.date(2021, 8, 31)


# -- governance -----------------------------------------------------------------------------------------------


def test_verification_goes_before_declaration_and_is_written_once(cast):
    fact = GovernanceFact.objects.create(
        cooperative=cast.near.cooperative, year=2020, kind=GovernanceKind.ACCOUNTS, declared=True
    )
    verify_fact(fact, holds=False, note="现场未见账册", version=1, by=cast.counsellor)
    fact.refresh_from_db()
    assert fact.holds is False
    assert fact.declared is True


def test_the_governance_numbers_are_lists(cast, browser_of):
    report = a_submitted_report(cast.near.cooperative, by=cast.chair)
    check_report(report, sha256=report.latest.sha256, by=cast.clerk)
    report.refresh_from_db()
    accept_report(report, sha256=report.latest.sha256, by=cast.bureau, reason="属实")
    for kind in GovernanceKind.values:
        address = f"{reverse('reports:governance')}?year=2020&kind={kind}&standing=holds"
        page = browser_of(cast.bureau).get(address)
        assert page.context["number"] == len(page.context["page"].rows) == 1


# -- on paper ---------------------------------------------------------------------------------------------------


def filled_form(report, by, **answers):
    content = io.BytesIO()
    write_form(report, content, by=by)
    book = load_workbook(content)
    sheet = book["年度报告"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in answers:
            row[3].value = answers[row[0].value]
    again = io.BytesIO()
    book.save(again)
    again.seek(0)
    return again


def test_the_form_on_paper_comes_back_with_the_same_checks(cast):
    report = start_report(cast.near.cooperative, 2020, by=cast.clerk)
    answers = {
        "activity": "有经营活动",
        "operating_income": "12万",
        "base_area": "不适用",
        "loans": 0,
    }
    content = filled_form(report, cast.clerk, **answers)
    take_in_form(report, content, filename="填报表.xlsx", by=cast.clerk)
    report.refresh_from_db()
    fields = read_report(report).fields
    assert fields["activity"].value == "active"
    assert fields["operating_income"].value == 120_000
    assert fields["base_area"].spared
    assert fields["loans"].value == 0
    assert report.helped


def test_a_form_of_another_society_is_refused(cast):
    foreign = a_report(cast.far.cooperative, by=cast.far.chair)
    content = filled_form(foreign, cast.far.clerk)
    own = start_report(cast.near.cooperative, 2020, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="不是这家合作社"):
        take_in_form(own, content, filename="填报表.xlsx", by=cast.clerk)


# -- certificates -------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(cast):
    MemberFactory.create_batch(6, cooperative=cast.near.cooperative)
    return request_certificate(cast.near.cooperative, "申报项目", by=cast.chair)


def test_a_certificate_is_issued_with_number_code_and_paper(cast, asked):
    done = issue_certificate(asked, version=asked.version, by=cast.bureau)
    paper = paper_of(done)
    assert done.state == CertificateState.ISSUED
    assert done.members == 6
    assert paper.path.read_bytes().startswith(b"%PDF-")
    assert check_paper(paper.number, paper.check_code) == paper
    assert check_paper(paper.number, "AAAAAAAA") is None


def test_a_new_certificate_supersedes_the_old_one_and_a_withdrawn_one_says_so(cast, asked):
    first = issue_certificate(asked, version=asked.version, by=cast.bureau)
    again = request_certificate(cast.near.cooperative, "办理贷款", by=cast.chair)
    second = issue_certificate(again, version=again.version, by=cast.bureau)
    first.refresh_from_db()
    assert first.state == CertificateState.SUPERSEDED
    assert paper_of(first).state == "superseded"
    withdraw_certificate(second, "名册有误", version=second.version, by=cast.bureau)
    assert paper_of(second).state == "withdrawn"


def test_a_roster_against_the_law_is_certified_only_with_a_reason(cast):
    MemberFactory.create_batch(4, cooperative=cast.near.cooperative)
    asked = request_certificate(cast.near.cooperative, "申报项目", by=cast.chair)
    with pytest.raises(TransitionRefused, match="成员人数"):
        issue_certificate(asked, version=asked.version, by=cast.bureau)
    issue_certificate(asked, version=asked.version, reason="正在补足", by=cast.bureau)


def test_one_request_waits_and_an_empty_roster_is_not_certified(cast, asked):
    with pytest.raises(TransitionRefused, match="等待"):
        request_certificate(cast.near.cooperative, "再来一份", by=cast.chair)
    assert RosterCertificate.objects.count() == 1
    with pytest.raises(TransitionRefused, match="空"):
        request_certificate(cast.far.cooperative, "申报", by=cast.far.chair)


def test_a_society_never_gets_anothers_certificate(cast, browser_of, asked):
    issue_certificate(asked, version=asked.version, by=cast.bureau)
    paper = paper_of(asked)
    foreign = browser_of(cast.far.chair)
    assert cast.far.cooperative
    assert foreign.get(reverse("accounts:paper-file", args=[paper.key])).status_code == 404
    page = reverse("registry:certificates", args=[cast.near.cooperative.code])
    assert foreign.get(page).status_code == 404
    own = browser_of(cast.chair).get(reverse("accounts:paper-file", args=[paper.key]))
    assert own.status_code == 200


# -- the public page --------------------------------------------------------------------------------------------------

ALLOWED = {
    "合作社类型",
    "主导产品",
    "成员总数",
    "其中：农民成员",
    "社务公开次数",
    "本年度经营情况",
    "农产品认证",
    "注册商标",
    "示范社等级",
}


def test_the_public_page_shows_the_white_list_and_what_the_society_allowed(cast):
    report = a_report(cast.near.cooperative, by=cast.chair)
    report.shown = ["operating_income"]
    report.save()
    from registry.operations.report_submissions import submit_report

    submit_report(report, by=cast.chair, late_reason="疫情")
    report.refresh_from_db()
    address = reverse("reports:public", args=[report.cooperative.code, 2020])
    assert Client().get(address).status_code == 404
    sha256 = report.latest.sha256
    check_report(report, sha256=sha256, by=cast.clerk)
    report.refresh_from_db()
    accept_report(report, sha256=sha256, by=cast.bureau, reason="属实")
    assert Client().get(address).status_code == 404
    report.refresh_from_db()
    publish_report(report, sha256=sha256, by=cast.bureau)
    answer = Client().get(address)
    labels = {each.label for _, said in answer.context["sections"] for each in said}
    assert labels == {*ALLOWED, "销售额或营业收入"}
    assert "0818-2100000" not in answer.content.decode()
