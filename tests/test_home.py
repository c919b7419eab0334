"""The home page: what waits for whom, with counts that are those of the lists behind them."""

import datetime as dt

import pytest
from django.db import transaction

from accounts.choices import Role
from accounts.models import AuditEvent, User
from accounts.operations import audit
from common import clock
from registry.choices import (
    FlagState,
    JobState,
    RegistrationStatus,
    RowDecision,
    RowOutcome,
    Severity,
    TownshipBasis,
)
from tests.factories.accounts import UserFactory
from tests.factories.registry import (
    CooperativeFactory,
    DeliveryFactory,
    FlagFactory,
    RowFactory,
)
from tongchuan_coop.duties import duties_of
from tongchuan_coop.overview import overview_of

CEILING = 44
# Who looks on sees the targets in danger too: each indicator is one query, whatever the register holds.
BOARD = {Role.LEADER: 36, Role.AUDITOR: 36}


def titles(person):
    return [duty.title for duty in duties_of(person)]


def duty_named(person, part):
    found = [duty for duty in duties_of(person) if part in duty.title]
    return found[0] if found else None


def test_the_missing_file_of_the_quarter_is_due_and_then_overdue(cast):
    duty = duty_named(cast.bureau, "2021年二季度登记信息尚未收到")
    assert (duty.due, duty.days_over) == (dt.date(2021, 7, 20), 0)
    with clock.on_day(dt.date(2021, 7, 25)):
        assert duty_named(cast.bureau, "二季度").days_over == 5


@pytest.mark.parametrize("state", [JobState.RECEIVED, JobState.STAGED, JobState.COMMITTED])
def test_a_file_that_came_ends_the_duty(cast, state):
    DeliveryFactory(quarter="2021Q2", job=state)
    assert duty_named(cast.bureau, "尚未收到") is None


@pytest.mark.parametrize("state", [JobState.REFUSED, JobState.CANCELLED, JobState.UNDONE])
def test_a_file_that_did_not_stand_does_not(cast, state):
    DeliveryFactory(quarter="2021Q2", job=state)
    assert duty_named(cast.bureau, "尚未收到")


def test_doubtful_rows_of_an_overtaken_quarter_are_no_duty_any_more(cast):
    old = DeliveryFactory(quarter="2021Q1", job=JobState.COMMITTED)
    RowFactory(delivery=old, outcome=RowOutcome.DOUBTFUL)
    assert duty_named(cast.bureau, "有存疑行")
    DeliveryFactory(quarter="2021Q2", job=JobState.COMMITTED)
    assert duty_named(cast.bureau, "有存疑行") is None


def test_only_the_regulator_and_the_bureau_owe_the_registration_file(cast):
    assert duty_named(cast.near.liaison, "尚未收到")
    assert duty_named(cast.far.liaison, "尚未收到") is None
    assert duty_named(cast.clerk, "尚未收到") is None


@pytest.mark.parametrize(
    ("state", "button"), [(JobState.STAGED, "去核对"), (JobState.HELD, "去决定")]
)
def test_a_file_that_waits_leads_to_its_own_page(cast, state, button):
    delivery = DeliveryFactory(job=state)
    duty = duty_named(cast.bureau, str(delivery))
    assert duty.button == button
    assert duty.url.endswith(f"/{delivery.pk}/")


def test_doubtful_rows_of_a_published_file_are_counted_as_its_list_does(cast):
    delivery = DeliveryFactory(job=JobState.COMMITTED)
    RowFactory.create_batch(3, delivery=delivery, outcome=RowOutcome.DOUBTFUL)
    RowFactory(delivery=delivery, outcome=RowOutcome.DOUBTFUL, decision=RowDecision.DECLINED)
    RowFactory(delivery=delivery, outcome=RowOutcome.NEW)
    duty = duty_named(cast.bureau, "存疑行")
    assert duty.count == delivery.rows.filter(outcome=RowOutcome.DOUBTFUL).count() == 4
    assert "有 3 行" in duty.because


def test_decided_rows_wait_for_nobody(cast):
    delivery = DeliveryFactory(job=JobState.COMMITTED)
    RowFactory(delivery=delivery, outcome=RowOutcome.DOUBTFUL, decision=RowDecision.DECLINED)
    assert duty_named(cast.bureau, "存疑行") is None


def test_unresolved_addresses_of_living_societies_wait(cast):
    CooperativeFactory(township_basis=TownshipBasis.UNRESOLVED)
    CooperativeFactory(
        township_basis=TownshipBasis.UNRESOLVED, status=RegistrationStatus.DEREGISTERED
    )
    assert duty_named(cast.bureau, "住所待判定").count == 1
    assert duty_named(cast.clerk, "住所待判定") is None


def test_grave_flags_wait_for_the_counsellor_but_not_for_those_who_only_look(cast):
    FlagFactory(cooperative=cast.near.cooperative, severity=Severity.HIGH)
    assert duty_named(cast.counsellor, "重点核实").count == 1
    assert duty_named(cast.far.counsellor, "重点核实") is None
    assert duty_named(cast.leader, "重点核实") is None
    assert duty_named(cast.auditor, "重点核实") is None


def test_grave_flags_wait_for_the_clerk_of_the_township_only(cast):
    FlagFactory(cooperative=cast.near.cooperative, severity=Severity.HIGH)
    FlagFactory(cooperative=cast.near.cooperative, severity=Severity.LOW)
    FlagFactory(cooperative=cast.near.cooperative, severity=Severity.HIGH, state=FlagState.CLEARED)
    assert duty_named(cast.near.clerk, "疑似问题").count == 1
    assert duty_named(cast.far.clerk, "疑似问题") is None
    assert duty_named(cast.leader, "疑似问题") is None


def test_a_refused_file_waits_for_its_sender_until_sent_again(cast):
    refused = DeliveryFactory(
        sender=cast.near.department, job=JobState.REFUSED, job__message="缺少“名称”一列。"
    )
    assert "缺少“名称”一列" in duty_named(cast.near.liaison, "被退回").because
    assert duty_named(cast.far.liaison, "被退回") is None
    DeliveryFactory(sender=cast.near.department, number=refused.number + 1)
    assert duty_named(cast.near.liaison, "被退回") is None


def test_the_administrator_hears_of_unused_accounts(cast):
    User.objects.filter(pk=cast.clerk.pk).update(last_login=clock.now())
    waiting = User.objects.never_signed_in().count()
    assert duty_named(cast.administrator, "从未登录").count == waiting
    assert "machine" not in User.objects.never_signed_in().values_list("username", flat=True)


def test_the_administrator_hears_of_jobs_that_gave_up(cast):
    DeliveryFactory(job=JobState.HELD, job__reason="ATTEMPTS_EXHAUSTED")
    DeliveryFactory(job=JobState.HELD, job__reason="GONE_MANY")
    assert sum("处理中断" in title for title in titles(cast.administrator)) == 1


def test_the_administrator_hears_of_cooperatives_people_without_society(cast):
    assert cast.near.cooperative
    names = [title for title in titles(cast.administrator) if "还没有所代表的合作社" in title]
    assert names == [f"{cast.far.chair}还没有所代表的合作社"]


def test_the_trail_is_to_be_verified_every_week(cast):
    assert duty_named(cast.auditor, "校验操作记录")
    audit.verify(by=cast.auditor)
    assert duty_named(cast.auditor, "校验操作记录") is None
    with clock.on_day(dt.date(2021, 7, 27)):
        assert duty_named(cast.auditor, "校验操作记录").days_left == 0


def test_a_broken_trail_stays_on_the_page(cast):
    with transaction.atomic():
        audit.record("audit-verified", by=cast.auditor, broken=7)
    assert "序号 7" in duty_named(cast.auditor, "校验不通过").because


def test_the_overview_adds_up(cast):
    for world in (cast.near, cast.far):
        FlagFactory(cooperative=world.cooperative, rule="R8", severity=Severity.HIGH)
    FlagFactory(cooperative=cast.near.cooperative, rule="R9", severity=Severity.LOW)
    CooperativeFactory(status=RegistrationStatus.DEREGISTERED)
    shown = overview_of(cast.leader)
    lines = {line.name: (line.societies, line.flags, line.high) for line in shown.townships}
    assert lines["罗江镇"] == (1, 2, 1)
    assert lines["碑庙镇"] == (1, 1, 1)
    assert (shown.total.societies, shown.total.flags, shown.total.high) == (2, 3, 2)
    assert [tile["value"] for tile in shown.tiles] == [2, 2, 0, 1]
    assert {row["label"]: row["count"] for row in shown.labels} == {
        "成员结构不合规": 3,
        "一人社": 2,
    }


def test_a_clerk_sees_numbers_of_the_own_township_only(furnished):
    shown = overview_of(furnished.clerk)
    assert shown.townships == []
    assert shown.tiles[0]["value"] == 1


def test_the_chair_sees_the_own_society_and_no_overview(furnished, browser_of):
    page = browser_of(furnished.chair).get("/").content.decode()
    assert furnished.near.cooperative.name in page
    assert furnished.far.cooperative.name not in page
    assert "名录概况" not in page


def test_a_liaison_sees_how_the_own_files_fare(furnished, browser_of):
    page = browser_of(furnished.near.liaison).get("/").content.decode()
    assert str(furnished.near.delivery) in page
    assert str(furnished.far.delivery) not in page
    assert "本部门最近的报送" not in browser_of(furnished.bureau).get("/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_the_page_opens_with_nothing_in_the_register(cast, browser_of, role):
    assert browser_of(cast.of(role)).get("/").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_the_page_costs_the_same_however_much_there_is(
    furnished, browser_of, role, django_assert_max_num_queries
):
    AuditEvent.objects.first()
    for number in range(12):
        society = CooperativeFactory(
            township=furnished.near.township, township_basis=TownshipBasis.UNRESOLVED
        )
        FlagFactory(cooperative=society, rule=f"R{number % 3 + 8}")
        delivery = DeliveryFactory(job=JobState.COMMITTED)
        RowFactory(delivery=delivery, outcome=RowOutcome.DOUBTFUL)
        DeliveryFactory()
        UserFactory(role=Role.COOPERATIVE)
    client = browser_of(furnished.of(role))
    client.get("/")
    with django_assert_max_num_queries(CEILING + BOARD.get(role, 0)):
        client.get("/")


def counted_behind(client, url):
    """Return how many rows the list behind an address says it has."""
    context = client.get(url).context
    for name in ("count", "number"):
        if name in context:
            return context[name]
    shown = next(context[name] for name in ("rows", "lines", "page") if name in context)
    return len(shown)


@pytest.fixture
def busy(cast):
    """A register with something of everything, some of it ended or outside every township."""
    for world in (cast.near, cast.far):
        FlagFactory(cooperative=world.cooperative, rule="R8", severity=Severity.HIGH)
        FlagFactory(cooperative=world.cooperative, rule="R9", severity=Severity.MEDIUM)
    lost = CooperativeFactory(township_basis=TownshipBasis.UNRESOLVED)
    FlagFactory(cooperative=lost, rule="R17", severity=Severity.HIGH)
    CooperativeFactory(status=RegistrationStatus.DEREGISTERED, township=cast.near.township)
    CooperativeFactory(status=RegistrationStatus.REVOKED, township=cast.near.township)
    delivery = DeliveryFactory(job=JobState.COMMITTED)
    RowFactory.create_batch(2, delivery=delivery, outcome=RowOutcome.DOUBTFUL)
    return cast


@pytest.mark.parametrize("role", Role)
def test_every_number_of_the_queue_is_that_of_the_list_behind_it(busy, browser_of, role):
    busy.furnish()
    person = busy.of(role)
    client = browser_of(person)
    numbers = [(duty.url, duty.count) for duty in duties_of(person) if duty.count is not None]
    assert [(url, n) for url, n in numbers if counted_behind(client, url) != n] == []


@pytest.mark.parametrize("role", [Role.BUREAU, Role.CLERK, Role.COUNSELLOR, Role.LEADER])
def test_every_number_is_that_of_the_list_behind_it(busy, browser_of, role):
    person = busy.of(role)
    client, shown = browser_of(person), overview_of(person)
    numbers = [(tile["url"], tile["value"]) for tile in shown.tiles]
    numbers += [(row["url"], row["count"]) for row in shown.labels]
    for line in shown.townships:
        numbers += [(line.societies_url, line.societies), (line.flags_url, line.flags)]
        numbers.append((line.high_url, line.high))
    numbers += [(duty.url, duty.count) for duty in duties_of(person) if duty.count is not None]
    assert len(numbers) > 4
    assert [(url, n) for url, n in numbers if counted_behind(client, url) != n] == []


def test_a_person_of_no_society_yet_is_told_whom_to_ask(cast, browser_of):
    page = browser_of(cast.chair).get("/").content.decode()
    assert "还没有登记所代表的合作社" in page
    assert "现在没有要办的事" not in page
    assert cast.near.cooperative
    assert "还没有登记所代表的合作社" not in browser_of(cast.chair).get("/").content.decode()


def test_an_empty_register_is_not_a_table_of_noughts(cast):
    assert overview_of(cast.bureau).townships == []
