"""Clean-up cases: only with the society's will, in the right order, cleared only by the regulator."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.choices import NoticeEvent
from accounts.models import AuditEvent, NoticeReceipt
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import RegistrationStatus
from registry.cleanup.choices import CaseState, Route, StepState
from registry.models import CleanupCase, Cooperative, CooperativeVersion, StepTemplate
from registry.operations.cleanup_cases import (
    Charge,
    change_route,
    confirm_cleared,
    edit_case,
    move_case,
    open_case,
    record_willingness,
)
from registry.operations.cleanup_steps import finish_step, move_step, publish_notice
from registry.operations.cooperatives import correct_cooperative
from registry.operations.rectification import add_task, review_task, submit_task
from tests.factories.cleanup import (
    begin,
    delist,
    finish_all,
    leave_register,
    list_abnormal,
    paper,
)
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


def opened(cast, route=Route.SIMPLIFIED, **more):
    return open_case(
        cast.near.cooperative, route=route, because="摸底时找不到人", by=cast.clerk, **more
    )


def step(case, key):
    return case.steps.select_related("template", "case").get(template__key=key)


def done(case, key, by):
    return finish_step(step(case, key), on=clock.today(), by=by)


def test_who_answers_for_a_case_is_told_and_so_is_who_takes_it_over(cast):
    charge = Charge(owner=cast.near.clerk, department=None, due_on=None)
    case = open_case(
        cast.near.cooperative,
        route=Route.SIMPLIFIED,
        because="无经营",
        by=cast.bureau,
        charge=charge,
    )
    told = NoticeReceipt.objects.filter(notice__event=NoticeEvent.CASE_OPENED)
    assert [receipt.person for receipt in told] == [cast.near.clerk]
    edit_case(case, {"owner": cast.bureau}, reason="换人", by=cast.bureau, version=case.version)
    assert told.count() == 1  # nobody is told of what they did themselves


def test_a_case_names_who_answers_and_by_when(cast):
    case = opened(cast)
    assert (case.owner, case.department.code) == (cast.clerk, "nyncj")
    assert case.due_on == clock.today() + dt.timedelta(days=90)
    assert case.number == "清2021-0001"
    charge = Charge(owner=cast.far.clerk, due_on=dt.date(2021, 8, 1))
    other = open_case(
        cast.far.cooperative, route=Route.ORDINARY, because="停业", by=cast.bureau, charge=charge
    )
    assert (other.number, other.owner, other.due_on) == (
        "清2021-0002",
        cast.far.clerk,
        dt.date(2021, 8, 1),
    )


def test_a_society_has_one_open_case_at_most(cast):
    case = opened(cast)
    with pytest.raises(TransitionRefused, match=case.number):
        opened(cast)
    move_case(case, CaseState.WITHDRAWN, by=cast.bureau, reason="误立")
    assert opened(cast).number == "清2021-0002"


def test_a_clerk_opens_no_case_in_another_township(cast):
    with pytest.raises(PermissionDenied):
        open_case(cast.far.cooperative, route=Route.ORDINARY, because="停业", by=cast.clerk)


@pytest.mark.parametrize(
    "route", [Route.SIMPLIFIED, Route.ORDINARY, Route.CONVERSION, Route.MERGER]
)
def test_no_step_before_the_society_has_signed_its_will(cast, route):
    case = opened(cast, route)
    first = case.steps.filter(state=StepState.TODO).order_by("position").first()
    with pytest.raises(TransitionRefused, match="自愿签署意愿书"):
        finish_step(first, on=clock.today(), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="自愿签署意愿书"):
        move_case(case, CaseState.UNDER_WAY, by=cast.clerk)


def test_a_will_without_its_paper_is_none(cast):
    case = opened(cast)
    with pytest.raises(TransitionRefused, match="请上传"):
        record_willingness(
            case, signed_on=clock.today(), signer="李四", uploads=[], by=cast.clerk, version=1
        )
    CleanupCase.objects.filter(pk=case.pk).update(willing_on=clock.today(), willing_by="李四")
    case.refresh_from_db()
    with pytest.raises(TransitionRefused, match="自愿签署意愿书"):
        move_case(case, CaseState.UNDER_WAY, by=cast.clerk)


def test_a_will_that_was_taken_back_must_be_signed_again(cast):
    case = begin(opened(cast), cast.clerk)
    move_case(case, CaseState.DECLINED, by=cast.clerk, reason="成员反对")
    move_case(case, CaseState.OPENED, by=cast.clerk, reason="重新商量")
    with pytest.raises(TransitionRefused, match="自愿签署意愿书"):
        move_case(case, CaseState.UNDER_WAY, by=cast.clerk)


def test_steps_go_in_their_order(cast):
    case = begin(opened(cast), cast.clerk)
    with pytest.raises(TransitionRefused, match="请先办完前面的步骤“全体成员签署承诺书”"):
        done(case, "tax_check", cast.clerk)


def test_a_listed_society_reports_late_and_leaves_the_list_first(cast):
    listing = list_abnormal(cast.near.cooperative)
    case = begin(opened(cast), cast.clerk)
    keys = list(
        case.steps.filter(state=StepState.TODO)
        .order_by("position")
        .values_list("template__key", flat=True)
    )
    assert keys[:2] == ["late_report", "delisting"]
    done(case, "late_report", cast.clerk)
    with pytest.raises(TransitionRefused, match="列入经营异常名录，尚未移出"):
        done(case, "delisting", cast.clerk)
    delist(listing)
    done(case, "delisting", cast.clerk)
    assert step(case, "delisting").state == StepState.DONE


def test_without_a_listing_those_steps_are_not_needed(cast):
    case = opened(cast)
    assert {step(case, key).state for key in ("late_report", "delisting")} == {StepState.NOT_NEEDED}


def test_a_listing_that_comes_later_bars_the_notice(cast):
    case = begin(opened(cast), cast.clerk)
    for key in ("commitment", "tax_check"):
        done(case, key, cast.clerk)
    list_abnormal(cast.near.cooperative)
    with pytest.raises(TransitionRefused, match="尚未移出"):
        publish_notice(step(case, "notice"), on=clock.today(), by=cast.clerk)


@pytest.mark.parametrize("name", ["no_debts", "no_pledge", "no_proceedings", "no_fines"])
@pytest.mark.parametrize("value", [None, False])
def test_simplified_needs_every_condition_checked(cast, name, value):
    case = begin(opened(cast), cast.clerk)
    CleanupCase.objects.filter(pk=case.pk).update(**{name: value})
    with pytest.raises(TransitionRefused, match="不符合简易注销条件"):
        done(case, "commitment", cast.clerk)


def test_a_revoked_society_cannot_go_the_simplified_way(cast):
    cast.near.cooperative.status = RegistrationStatus.REVOKED
    cast.near.cooperative.save()
    with pytest.raises(TransitionRefused, match="已被吊销"):
        opened(cast)
    assert opened(cast, Route.ORDINARY).pk


@pytest.mark.parametrize(
    ("published", "days", "last"),
    [
        (dt.date(2021, 8, 3), 45, dt.date(2021, 9, 17)),
        (dt.date(2021, 8, 4), 20, dt.date(2021, 8, 24)),
        (dt.date(2022, 3, 1), 20, dt.date(2022, 3, 21)),
    ],
)
def test_the_notice_is_as_long_as_the_rules_of_its_day_say(cast, published, days, last):
    case = begin(opened(cast), cast.clerk)
    for key in ("commitment", "tax_check"):
        done(case, key, cast.clerk)
    with clock.on_day(published):
        notice = publish_notice(step(case, "notice"), on=published, by=cast.clerk)
    assert (notice.template.days, notice.due_on) == (days, last)
    with clock.on_day(last), pytest.raises(TransitionRefused):
        finish_step(step(case, "notice"), on=last, by=cast.clerk)
    after = last + dt.timedelta(days=1)
    with clock.on_day(after):
        finish_step(step(case, "notice"), on=after, by=cast.clerk)
    application = step(case, "application")
    assert application.ready_on == after
    assert (application.due_on is None) == (after < dt.date(2021, 8, 4))


def test_days_after_a_notice_count_from_its_end_however_late_it_is_noted(cast):
    case = begin(opened(cast), cast.clerk)
    for key in ("commitment", "tax_check"):
        done(case, key, cast.clerk)
    with clock.on_day(dt.date(2022, 3, 1)):
        publish_notice(step(case, "notice"), on=clock.today(), by=cast.clerk)  # until 21 March
    with clock.on_day(dt.date(2022, 4, 20)):
        finish_step(step(case, "notice"), on=clock.today(), by=cast.clerk)
    application = step(case, "application")
    assert application.ready_on == dt.date(2022, 4, 20)
    assert application.due_on == dt.date(2022, 4, 11)  # the tenth is a Sunday


def test_a_step_that_is_redone_keeps_its_deadline(cast):
    case = open_case(cast.near.cooperative, route=Route.ORDINARY, because="停业", by=cast.clerk)
    case = begin(case, cast.clerk)
    done(case, "resolution", cast.clerk)
    deadline = step(case, "liquidators").due_on
    assert deadline is not None
    done(case, "liquidators", cast.clerk)
    move_step(step(case, "liquidators"), StepState.TODO, reason="缺签名", by=cast.bureau)
    assert step(case, "liquidators").due_on == deadline


def test_a_deadline_that_ends_on_a_holiday_ends_after_it(cast):
    case = open_case(cast.near.cooperative, route=Route.ORDINARY, because="停业", by=cast.clerk)
    case = begin(case, cast.clerk)
    with clock.on_day(dt.date(2021, 9, 17)):  # fifteen days lead into the National Day holiday
        done(case, "resolution", cast.clerk)
    assert step(case, "liquidators").due_on == dt.date(2021, 10, 8)


def test_days_are_counted_for_every_step(cast):
    case = begin(opened(cast), cast.clerk)
    with clock.on_day(clock.today() + dt.timedelta(days=5)):
        done(case, "commitment", cast.clerk)
    with clock.on_day(clock.today() + dt.timedelta(days=12)):
        done(case, "tax_check", cast.clerk)
    assert [step(case, key).days_taken for key in ("commitment", "tax_check")] == [5, 7]


def test_a_step_is_undone_only_when_nothing_after_it_stands(cast):
    case = begin(opened(cast), cast.clerk)
    for key in ("commitment", "tax_check"):
        done(case, key, cast.clerk)
    with pytest.raises(TransitionRefused, match="请先退回它"):
        move_step(step(case, "commitment"), StepState.TODO, reason="缺签名", by=cast.bureau)
    move_step(step(case, "tax_check"), StepState.TODO, reason="误填", by=cast.bureau)
    move_step(step(case, "commitment"), StepState.TODO, reason="缺签名", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="请先办完"):
        done(case, "tax_check", cast.clerk)


def test_a_department_takes_its_own_steps_and_no_other(cast):
    case = begin(opened(cast), cast.clerk)
    done(case, "commitment", cast.clerk)
    with pytest.raises(PermissionDenied):
        done(case, "tax_check", cast.near.liaison)  # the regulator at the tax office's step
    done(case, "tax_check", cast.far.liaison)
    publish_notice(step(case, "notice"), on=clock.today(), by=cast.near.liaison)
    with pytest.raises(PermissionDenied):
        move_case(case, CaseState.DECLINED, by=cast.near.liaison, reason="无")


def test_cleared_counts_only_when_the_regulators_data_say_so(cast):
    case = begin(opened(cast), cast.clerk)
    finish_all(case, cast.bureau)
    move_case(case, CaseState.AWAITING, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="还没有注销"):
        move_case(case, CaseState.CLEARED, by=cast.bureau)
    society = Cooperative.objects.get(pk=case.cooperative_id)
    correct_cooperative(
        society,
        {"status": RegistrationStatus.DEREGISTERED},
        "口头得知",
        by=cast.bureau,
        version=society.version,
    )
    with pytest.raises(TransitionRefused, match="还没有注销"):
        move_case(case, CaseState.CLEARED, by=cast.bureau)
    assert confirm_cleared(by=cast.bureau) == 0
    notice = leave_register(society)
    assert confirm_cleared(by=cast.bureau) == 1
    assert CleanupCase.objects.cleared().count() == 1
    notice.known_to = clock.now()
    notice.save()
    assert CleanupCase.objects.cleared().count() == 0
    case.refresh_from_db()
    move_case(case, CaseState.AWAITING, by=cast.bureau, reason="报送已撤销")


def test_a_registration_file_that_says_deregistered_clears_too(cast):
    case = opened(cast)
    society = case.cooperative
    Cooperative.objects.filter(pk=society.pk).update(status=RegistrationStatus.DEREGISTERED)
    CooperativeVersion.objects.create(
        cooperative=society,
        name=society.name,
        status=RegistrationStatus.DEREGISTERED,
        true_from=clock.today(),
        known_from=clock.now(),
        delivery=cast.near.delivery,
        changed_fields="status,",
    )
    assert confirm_cleared(by=cast.bureau) == 1


def test_steps_left_keep_a_case_from_being_finished(cast):
    case = begin(opened(cast), cast.clerk)
    with pytest.raises(TransitionRefused, match="还有 5 个步骤没有办完"):
        move_case(case, CaseState.AWAITING, by=cast.clerk)


def test_those_that_stay_show_what_they_have_mended(cast):
    case = opened(cast, Route.RECTIFICATION)
    move_case(case, CaseState.UNDER_WAY, by=cast.clerk)
    done(case, "advice", cast.clerk)
    with pytest.raises(TransitionRefused, match="还没有列出规范改造任务"):
        done(case, "tasks", cast.clerk)
    task = add_task(case, "建立成员账户", due_on=clock.today(), by=cast.clerk)
    assert add_task(case, "建立成员账户", due_on=clock.today(), by=cast.clerk) == task
    with pytest.raises(TransitionRefused, match="请先上传改造佐证"):
        submit_task(task, outcome="已建", uploads=[], by=cast.counsellor)
    submit_task(task, outcome="已建", uploads=[photo_upload()], by=cast.counsellor)
    with pytest.raises(PermissionDenied):
        review_task(task, accepted=True, by=cast.clerk)
    review_task(task, accepted=False, reason="缺一户", by=cast.bureau)
    submit_task(task, outcome="补齐", uploads=[], by=cast.counsellor)
    with pytest.raises(TransitionRefused, match="还有 1 项"):
        done(case, "tasks", cast.clerk)
    review_task(task, accepted=True, by=cast.bureau)
    for key in ("tasks", "review"):
        done(case, key, cast.clerk)
    move_case(case, CaseState.SETTLED, by=cast.bureau, reason="改造完成")
    assert case.closed_on == clock.today()


def test_another_route_keeps_what_was_done_and_asks_again(cast):
    case = begin(opened(cast), cast.clerk)
    done(case, "commitment", cast.clerk)
    changed = change_route(
        case, Route.ORDINARY, reason="有债务", by=cast.bureau, version=fresh(case).version
    )
    assert (changed.route, changed.state) == (Route.ORDINARY, CaseState.OPENED)
    keys = list(changed.steps.order_by("position").values_list("template__key", flat=True))
    assert keys[:2] == ["commitment", "resolution"]
    assert changed.willing_on is None


def test_cost_and_waiver_are_kept_and_never_more_is_waived_than_charged(cast):
    case = opened(cast)
    facts = {"cost": Decimal(300), "cost_waived": Decimal(0), "waiver_basis": "区政府减免办法"}
    saved = edit_case(case, facts, reason="核定", by=cast.bureau, version=case.version)
    assert (saved.cost, saved.cost_waived) == (300, 0)  # zero waived is a fact, not a blank
    with pytest.raises(EditConflict):
        edit_case(case, facts, reason="再存", by=cast.bureau, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CleanupCase.objects.filter(pk=case.pk).update(cost_waived=301)


def test_overdue_cases_are_those_open_after_their_day(cast):
    case = opened(cast, charge=Charge(due_on=clock.today()))
    assert not CleanupCase.objects.overdue().exists()
    with clock.on_day(clock.today() + dt.timedelta(days=1)):
        assert CleanupCase.objects.overdue().get() == case
        assert fresh(case).is_overdue


def test_a_confidential_case_is_not_shown_to_the_society(cast):
    case = opened(cast, confidential=True)
    assert not CleanupCase.objects.permitted(cast.chair, Action.VIEW_CLEANUP).exists()
    CleanupCase.objects.filter(pk=case.pk).update(confidential=False)
    assert CleanupCase.objects.permitted(cast.chair, Action.VIEW_CLEANUP).get() == case


def test_no_case_changes_registration_status_or_anything_of_the_register(cast):
    society = cast.near.cooperative
    list_abnormal(society)
    before = Cooperative.objects.filter(pk=society.pk).values().get()
    versions = CooperativeVersion.objects.count()
    for route in Route:
        case = open_case(society, route=route, because="核查", by=cast.bureau)
        begin(case, cast.bureau)
        for each in case.steps.order_by("position"):
            if each.state == StepState.TODO:
                move_step(each, StepState.NOT_NEEDED, reason="测试", by=cast.bureau)
        case = fresh(case)
        target = CaseState.AWAITING if case.is_exit else CaseState.SETTLED
        move_case(case, target, by=cast.bureau, reason="测试")
        if case.is_exit:
            move_case(case, CaseState.WITHDRAWN, by=cast.bureau, reason="测试")
    assert Cooperative.objects.filter(pk=society.pk).values().get() == before
    assert CooperativeVersion.objects.count() == versions


def test_every_deed_of_a_case_is_in_the_trail(cast):
    case = begin(opened(cast), cast.clerk)
    done(case, "commitment", cast.clerk)
    deeds = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"open-cleanup", "willingness-recorded", "work-cleanup", "take-cleanup-step"} <= deeds


def test_every_route_has_its_steps_on_every_day_of_the_pilot():
    for route in Route:
        for day in (dt.date(2020, 3, 1), dt.date(2021, 8, 4), dt.date(2022, 3, 1)):
            steps = list(
                StepTemplate.objects.in_force(day).filter(route=route).order_by("position")
            )
            assert steps, (route, day)
            assert [each.position for each in steps] == list(range(1, len(steps) + 1))


def fresh(case):
    return CleanupCase.objects.get(pk=case.pk)


def test_the_papers_of_a_will_are_named_in_the_case(cast):
    case = begin(opened(cast), cast.clerk)
    assert (case.willing_on, case.willing_by) == (clock.today(), "李四")
    assert paper(case).note == "自愿办理意愿书"


def test_a_society_that_has_ended_needs_no_case(cast):
    ended = CooperativeFactory(township=cast.near.township, status=RegistrationStatus.DEREGISTERED)
    with pytest.raises(TransitionRefused, match="不需要清理"):
        open_case(ended, route=Route.ORDINARY, because="停业", by=cast.clerk)
