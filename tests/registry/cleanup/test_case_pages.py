"""The pages of clean-up: what a person is offered, what is said when it cannot be done."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.choices import Role
from common import clock
from registry.cleanup.choices import CaseState, Route, StepState
from registry.models import CleanupCase, Relation
from registry.operations.cleanup_cases import Charge, move_case, open_case
from registry.operations.cleanup_steps import finish_step
from tests.factories.cleanup import begin, list_abnormal
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory, FlagFactory
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return open_case(
        cast.near.cooperative, route=Route.SIMPLIFIED, because="内部理由甲", by=cast.clerk
    )


def page(client, name, /, *arguments, **asked):
    return client.get(reverse(f"registry:{name}", args=arguments), asked)


def post(client, name, /, *arguments, **data):
    return client.post(reverse(f"registry:{name}", args=arguments), data)


def test_every_page_says_that_it_is_voluntary(cast, case, browser_of):
    client = browser_of(cast.bureau)
    step = case.steps.first()
    names = [
        ("cleanup-list",),
        ("cleanup-procedures",),
        ("cleanup-create", cast.far.cooperative.code),
        ("cleanup-detail", case.pk),
        ("cleanup-step", step.pk),
        ("cleanup-edit", case.pk),
        ("cleanup-task", cast.far.task.pk),
    ]
    for name in names:
        assert "不得强制" in page(client, *name).content.decode(), name
    assert "自愿" in page(client, "cleanup-paper", case.pk).content.decode()


def test_the_helper_shows_what_is_barred_and_what_comes_first(cast, browser_of):
    list_abnormal(cast.near.cooperative)
    shown = page(browser_of(cast.clerk), "cleanup-create", cast.near.cooperative.code)
    words = shown.content.decode()
    assert "须先补报年度报告、移出名录" in words
    simplified = next(way for way in shown.context["ways"] if way["route"] == Route.SIMPLIFIED)
    keys = [step.key for step in simplified["steps"]]
    assert keys.index("late_report") < keys.index("delisting") < keys.index("notice")


def test_a_case_is_opened_signed_and_worked_on_from_its_pages(cast, browser_of):
    client = browser_of(cast.clerk)
    society = cast.near.cooperative
    answer = post(
        client,
        "cleanup-create",
        society.code,
        route="ordinary",
        because="停业两年",
        owner=cast.clerk.pk,
        department=CleanupCase._meta.get_field("department")
        .related_model.objects.get(code="nyncj")
        .pk,
        due_on="2021-10-01",
    )
    case = CleanupCase.objects.get(cooperative=society)
    assert answer.url == reverse("registry:cleanup-detail", args=[case.pk])
    post(
        client,
        "cleanup-willingness",
        case.pk,
        signer="李四",
        signed_on="2021-07-20",
        uploads=[photo_upload()],
        version=case.version,
    )
    case.refresh_from_db()
    assert case.state == CaseState.UNDER_WAY
    first = case.steps.get(position=1)
    post(client, "cleanup-step", first.pk, on="2021-07-20", note="会议记录", version=first.version)
    first.refresh_from_db()
    assert first.state == StepState.DONE


def test_a_will_without_a_file_is_refused_and_what_was_typed_stays(cast, case, browser_of):
    answer = post(
        browser_of(cast.clerk),
        "cleanup-willingness",
        case.pk,
        signer="王二麻",
        signed_on="2021-07-20",
        version=case.version,
    )
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "请选择文件" in words
    assert "王二麻" in words


def test_a_barred_step_says_why_and_offers_no_button(cast, case, browser_of):
    list_abnormal(cast.near.cooperative)
    words = page(browser_of(cast.clerk), "cleanup-detail", case.pk).content.decode()
    assert "先征求合作社的意愿" in words
    assert "登记办结" not in words
    begin(case, cast.clerk)
    finish_step(
        case.steps.select_related("case", "template").get(template__key="commitment"),
        on=clock.today(),
        by=cast.clerk,
    )
    step = case.steps.select_related("template").get(template__key="tax_check")
    step.template.bars = "listed"
    step.template.save()
    words = page(browser_of(cast.clerk), "cleanup-detail", case.pk).content.decode()
    assert "列入经营异常名录，尚未移出" in words
    assert "登记办结" not in words


def test_who_acts_on_an_old_page_changes_nothing(cast, case, browser_of):
    post(
        browser_of(cast.bureau),
        "cleanup-move",
        case.pk,
        target=CaseState.WITHDRAWN.value,
        reason="误立",
        version=case.version + 1,
    )
    case.refresh_from_db()
    assert case.state == CaseState.OPENED


def test_the_society_sees_its_steps_and_not_the_reason(cast, case, browser_of):
    client = browser_of(cast.chair)
    words = page(client, "cleanup-detail", case.pk).content.decode()
    assert "全体成员签署承诺书" in words
    assert "内部理由甲" not in words
    CleanupCase.objects.filter(pk=case.pk).update(confidential=True)
    assert page(client, "cleanup-detail", case.pk).status_code == 404
    assert case.number not in page(client, "cleanup-list", state="all").content.decode()


def test_a_department_finds_the_cases_that_wait_for_it(cast, case, browser_of):
    begin(case, cast.clerk)
    tax = cast.far.liaison
    assert page(browser_of(tax), "cleanup-list", turn="unit").context["number"] == 0
    first = case.steps.select_related("case", "template").get(template__key="commitment")
    finish_step(first, on=clock.today(), by=cast.clerk)
    assert page(browser_of(tax), "cleanup-list", turn="unit").context["number"] == 1
    duty = next(each for each in duties_of(tax) if "本部门" in each.title)
    assert duty.count == 1
    assert browser_of(tax).get(duty.url).context["number"] == 1


def test_counts_of_tiles_and_duties_are_the_lists_they_lead_to(cast, browser_of):
    for number in range(4):
        open_case(
            CooperativeFactory(township=cast.near.township),
            route=Route.ORDINARY,
            because="停业",
            by=cast.clerk,
            charge=Charge(due_on=clock.today() + dt.timedelta(days=number)),
        )
    with clock.on_day(clock.today() + dt.timedelta(days=2)):
        client = browser_of(cast.clerk)
        shown = page(client, "cleanup-list")
        for tile in shown.context["tiles"]:
            there = client.get(reverse("registry:cleanup-list") + tile["url"])
            assert there.context["number"] == tile["number"], tile
        for duty in duties_of(cast.clerk):
            if duty.url.startswith("/registry/cleanup/"):
                assert client.get(duty.url).context["number"] == duty.count, duty


def test_the_list_and_the_case_cost_a_fixed_number_of_queries(
    cast, case, browser_of, django_assert_max_num_queries
):
    for _ in range(30):
        open_case(
            CooperativeFactory(township=cast.near.township),
            route=Route.ORDINARY,
            because="停业",
            by=cast.clerk,
        )
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(19):
        page(client, "cleanup-list")
    with django_assert_max_num_queries(45):
        page(client, "cleanup-detail", case.pk)


def test_a_conversion_links_the_old_society_with_a_subject_that_has_its_own_code(cast, browser_of):
    case = open_case(cast.near.cooperative, route=Route.CONVERSION, because="一人社", by=cast.clerk)
    client = browser_of(cast.clerk)
    typed = {"name": "兴旺家庭农场", "kind": "family_farm", "since": "2021-07-20"}
    for wrong in ("93511702MA6200001X", "92511702MA0000001X", cast.near.cooperative.uscc):
        answer = post(client, "cleanup-successor", case.pk, uscc=wrong, **typed)
        assert answer.status_code == 422
        assert "兴旺家庭农场" in answer.content.decode()
    post(client, "cleanup-successor", case.pk, uscc=farm_code(1), **typed)
    relation = Relation.objects.get(kind="conversion")
    assert (relation.cooperative, relation.subject.uscc) == (cast.near.cooperative, farm_code(1))
    assert Relation.objects.counting().count() == 0  # the old society is still registered
    post(client, "cleanup-help", case.pk, kind="land", given_on="2021-07-01", note="流转12亩")
    help_given = case.helps.get()
    assert (help_given.kind, help_given.given_on) == ("land", dt.date(2021, 7, 1))


def test_only_the_bureau_is_offered_to_end_a_case(cast, case, browser_of):
    offered = {}
    for role in (Role.BUREAU, Role.CLERK, Role.LEADER):
        shown = page(browser_of(cast.of(role)), "cleanup-detail", case.pk)
        offered[role] = {each.label for each in shown.context["buttons"]}
    assert "终止案件" in offered[Role.BUREAU]
    assert "终止案件" not in offered[Role.CLERK]
    assert offered[Role.LEADER] == set()
    assert move_case(case, CaseState.DECLINED, by=cast.clerk, reason="不同意")


def farm_code(number):
    from stdnum.cn import uscc

    body = f"92511702MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def test_only_a_suspicion_found_true_begins_a_case(cast, browser_of):
    society, client = cast.far.cooperative, browser_of(cast.bureau)
    suspected = FlagFactory(cooperative=society)
    address = reverse("registry:cleanup-create", args=[society.code])
    shown = client.get(address, {"flag": suspected.pk}).context["form"].initial
    assert (shown["flag"], shown["because"]) == (None, "")
