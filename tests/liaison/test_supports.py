"""Funds that reach societies add up, and who qualifies is computed from facts."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import Verdict
from liaison.models import SupportGrant
from liaison.operations.supports import edit_support, enter_support, withdraw_support
from liaison.qualification import conditions_of
from liaison.support_choices import FundLevel, SupportKind
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory
from tests.factories.supports import SupportFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24


def facts(**changes):
    return {
        "year": 2021,
        "level": FundLevel.CENTRAL,
        "kind": SupportKind.FACILITIES,
        "project": "产地冷藏设施",
        "document_number": "川财农〔2021〕18号",
        "amount": Decimal("120000.50"),
        "needs_title": False,
        "purpose": "",
        **changes,
    }


def test_the_same_fund_is_entered_once(cast):
    enter_support(cast.near.cooperative, facts(), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        enter_support(cast.near.cooperative, facts(), by=cast.bureau)
    assert SupportGrant.objects.get().amount == Decimal("120000.50")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BUREAU])
def test_only_the_bureau_enters(cast, role):
    with pytest.raises(PermissionDenied):
        enter_support(cast.near.cooperative, facts(), by=cast.of(role))


def test_what_was_taken_back_leaves_list_and_totals(cast):
    row = enter_support(cast.near.cooperative, facts(), by=cast.bureau)
    with pytest.raises(EditConflict):
        withdraw_support(row, reason="重复", version=7, by=cast.bureau)
    withdraw_support(row, reason="重复", version=row.version, by=cast.bureau)
    assert SupportGrant.objects.standing().sum_of_all()["total"] == 0
    with pytest.raises(TransitionRefused, match="已经撤回"):
        withdraw_support(row, reason="重复", version=row.version, by=cast.bureau)


@pytest.mark.parametrize("condition", ["", "?kind=finance", "?year=2020", "?level=central"])
def test_every_total_is_that_of_its_list(cast, browser_of, condition):
    for place, society in enumerate(CooperativeFactory.create_batch(4)):
        SupportFactory(cooperative=society, amount=Decimal("1000.10"), year=2020 + place % 2)
        SupportFactory(cooperative=society, amount=Decimal("0.33"), kind=SupportKind.FINANCE)
        SupportFactory(cooperative=society, amount=Decimal(7), level=FundLevel.CENTRAL)
    page = browser_of(cast.bureau).get(reverse("liaison:support-list") + condition)
    listed = sum((row.amount for row in page.context["page"].rows), Decimal(0))
    assert page.context["whole"]["total"] == listed > 0
    for _, lines in page.context["tables"]:
        assert sum((line["total"] for _, line in lines), Decimal(0)) == listed
        assert sum(line["number"] for _, line in lines) == page.context["whole"]["number"]


def test_a_missing_fact_is_unknown_and_a_title_is_asked_only_where_required(cast):
    society = cast.near.cooperative
    without = {each.label: each.verdict for each in conditions_of(society, needs_title=False)}
    assert without["依法存续"] == Verdict.MET
    assert without["上一年度报告已公示"] == Verdict.UNKNOWN
    assert "持有示范社称号" not in without
    other = CooperativeFactory()
    assert conditions_of(other, needs_title=True)[-1].verdict == Verdict.NOT_MET
    TitleFactory(cooperative=other)
    assert conditions_of(other, needs_title=True)[-1].verdict == Verdict.MET


@pytest.mark.parametrize("role", [Role.CLERK, Role.COOPERATIVE])
def test_each_sees_its_own_and_no_other(cast, role):
    near, far = cast.near.support, cast.far.support
    seen = SupportGrant.objects.permitted(cast.of(role), Action.VIEW_SUPPORT)
    assert near in seen
    assert far not in seen


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for society in CooperativeFactory.create_batch(12):
        SupportFactory(cooperative=society)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("liaison:support-list")).context["whole"]["number"] == 12


def test_a_correction_keeps_reason_and_what_stood_before(cast):
    row = enter_support(cast.near.cooperative, facts(), by=cast.bureau)
    seen = row.version
    with pytest.raises(TransitionRefused, match="理由"):
        edit_support(row, facts(), reason=" ", version=seen, by=cast.bureau)
    edit_support(
        row, facts(amount=Decimal("120000.05")), reason="金额录错", version=seen, by=cast.bureau
    )
    row.refresh_from_db()
    assert (row.amount, row.version) == (Decimal("120000.05"), seen + 1)
    event = AuditEvent.objects.get(action="support-changed")
    assert "120000.50 → 120000.05" in str(vars(event))
    with pytest.raises(EditConflict):
        edit_support(row, facts(), reason="再改", version=seen, by=cast.bureau)


def test_a_correction_makes_no_double_and_touches_nothing_taken_back(cast):
    society = cast.near.cooperative
    enter_support(society, facts(), by=cast.bureau)
    other = enter_support(society, facts(project="品牌补助"), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        edit_support(other, facts(), reason="改名", version=other.version, by=cast.bureau)
    withdraw_support(other, reason="重复", version=other.version, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经撤回"):
        edit_support(
            other, facts(project="其他"), reason="改名", version=other.version, by=cast.bureau
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BUREAU])
def test_only_the_bureau_corrects(cast, role):
    with pytest.raises(PermissionDenied):
        edit_support(cast.near.support, facts(), reason="改", version=1, by=cast.of(role))


def test_who_corrects_second_sees_both_texts(cast, browser_of):
    row = cast.near.support
    seen = row.version
    edit_support(row, facts(project="甲项目"), reason="更名", version=seen, by=cast.bureau)
    client = browser_of(cast.bureau)
    address = reverse("liaison:support-edit", args=[row.pk])
    typed = {**facts(project="乙项目"), "needs_title": "", "version": seen, "reason": "更名"}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "甲项目" in page
    assert "乙项目" in page
    row.refresh_from_db()
    assert client.post(address, {**typed, "version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.project == "乙项目"
