"""The home page says how much does not fit on it, and where the rest of it lies."""

import datetime as dt

import pytest

from accounts.choices import Role
from accounts.models import NoticeReceipt
from common import clock
from demonstration.choices import ApplicationState, MonitoringState, RoundState
from registry.choices import JobState, RowOutcome
from registry.flag_choices import RehearsalState
from tests.factories.accounts import UserFactory
from tests.factories.demonstration import (
    ApplicationFactory,
    CaseFactory,
    MeasureFactory,
    ObjectionFactory,
    PlanFactory,
    RoundFactory,
    TitleFactory,
)
from tests.factories.registry import (
    AgentFactory,
    CooperativeFactory,
    DeliveryFactory,
    RehearsalFactory,
    RowFactory,
)
from tests.factories.training import VisitFactory
from tongchuan_coop.duties import duties_of
from training.choices import RevisionOutcome
from training.models import FieldKey

MADE, SHOWN = 8, 5


def society(cast):
    made = CooperativeFactory(township=cast.near.township, counsellor=cast.counsellor)
    AgentFactory(cooperative=made, user=cast.chair)
    return made


def application(cast, **facts):
    return ApplicationFactory(cooperative=society(cast), **facts)


def to_recommend(cast):
    application(cast)
    return cast.clerk


def to_check(cast):
    application(cast, state=ApplicationState.RECOMMENDED)
    return cast.bureau


def to_be_asked(cast):
    asked = application(cast, state=ApplicationState.REVIEWED)
    asked.round.consulted.add(cast.liaison.unit)
    return cast.liaison


def objection(cast):
    ObjectionFactory(application=application(cast), recorded_by=cast.bureau)
    return cast.bureau


def notice_over(cast):
    over = clock.today() - dt.timedelta(days=1)
    RoundFactory(state=RoundState.NOTICE, notice_until=over)
    return cast.bureau


def returned_application(cast):
    application(cast, state=ApplicationState.RETURNED)
    return cast.chair


def monitoring(cast):
    CaseFactory(title=TitleFactory(cooperative=society(cast)), state=MonitoringState.TOLD)
    return cast.chair


def measure(cast):
    plan = PlanFactory(cooperative=society(cast), responsible=cast.counsellor)
    MeasureFactory(plan=plan, due_on=clock.today())
    return cast.counsellor


def clashing_visit(cast):
    visit = VisitFactory(cooperative=society(cast), counsellor=cast.counsellor)
    visit.revisions.update(outcome=RevisionOutcome.CONFLICT)
    return cast.counsellor


def stranded_phone(cast):
    FieldKey.objects.create(
        user=UserFactory(role=Role.COUNSELLOR, is_active=False), secret="x", waiting=2
    )
    return cast.bureau


def refused_file(cast):
    DeliveryFactory(sender=cast.liaison.unit, received_by=cast.liaison, job=JobState.REFUSED)
    return cast.liaison


def waiting_file(cast):
    DeliveryFactory()
    return cast.bureau


def doubtful_file(cast):
    RowFactory(delivery=DeliveryFactory(job=JobState.COMMITTED), outcome=RowOutcome.DOUBTFUL)
    return cast.bureau


def stuck_file(cast):
    DeliveryFactory(job=JobState.HELD, job__reason="ATTEMPTS_EXHAUSTED")
    return cast.administrator


def person_without_society(cast):
    UserFactory(role=Role.COOPERATIVE)
    return cast.administrator


def rehearsal(cast):
    RehearsalFactory(drafted_by=cast.clerk, state=RehearsalState.PROPOSED)
    return cast.bureau


def owed_report(cast):
    society(cast)
    return cast.chair


KINDS = (
    (to_recommend, "份申报等待推荐"),
    (to_check, "份申报等待审核"),
    (to_be_asked, "份申报征求意见"),
    (objection, "件公示异议待答复"),
    (notice_over, "个批次公示期满"),
    (returned_application, "份申报被退回"),
    (monitoring, "件监测须答复"),
    (measure, "份方案的措施快到期或已逾期"),
    (clashing_visit, "次走访有两个版本"),
    (stranded_phone, "部手机里有走访没有交上来"),
    (refused_file, "份报送被退回"),
    (waiting_file, "份报送等待核对或决定"),
    (doubtful_file, "份报送有存疑行"),
    (stuck_file, "份报送处理中断"),
    (rehearsal, "项新阈值等待发布"),
)


def others(person, rest):
    return [duty for duty in duties_of(person) if duty.title.endswith(rest)]


@pytest.mark.parametrize(("make", "rest"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_does_not_fit_is_one_line_with_its_number_and_its_list(cast, browser_of, make, rest):
    for _ in range(SHOWN):
        person = make(cast)
    assert others(person, rest) == []
    for _ in range(MADE - SHOWN):
        make(cast)
    [left_out] = [duty for duty in others(person, rest) if duty.button == "看全部"]
    assert left_out.title == f"还有 {MADE - SHOWN} {rest}"
    page = browser_of(person).get(left_out.url)
    assert page.status_code == 200


def test_people_without_a_society_that_do_not_fit_are_counted_too(cast, browser_of):
    for _ in range(MADE - 2):  # both chairs of the cast have none yet
        UserFactory(role=Role.COOPERATIVE)
    [left_out] = others(cast.administrator, "人还没有所代表的合作社")
    assert left_out.title == "还有 3 人还没有所代表的合作社"
    listed = browser_of(cast.administrator).get(left_out.url).context["page"]
    assert listed.paginator.count == MADE


def test_reports_that_a_person_of_many_societies_owes_are_counted_too(cast, browser_of):
    for _ in range(MADE):
        society(cast)
    shown = [duty for duty in duties_of(cast.chair) if duty.title.endswith("年度报告")]
    [left_out] = others(cast.chair, "份年度报告待填报")
    assert len(shown) == SHOWN
    assert left_out.title.startswith("还有 ")
    assert browser_of(cast.chair).get(left_out.url).status_code == 200


def test_formal_notices_that_do_not_fit_are_counted_too(furnished, browser_of):
    person, receipt = furnished.bureau, NoticeReceipt.objects.get(person=furnished.bureau)
    notice = receipt.notice
    for _ in range(MADE - 1):
        notice.pk = None
        notice.save()
        receipt.pk, receipt.notice = None, notice
        receipt.save()
    [left_out] = others(person, "份正式通知待确认")
    assert left_out.title == "还有 3 份正式通知待确认"
    assert browser_of(person).get(left_out.url).status_code == 200
