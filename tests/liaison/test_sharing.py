"""A department sees what it was granted and nothing else, and every time is written down."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from common import clock
from common.workflow import TransitionRefused
from liaison.choices import FetchForm, GrantState, SharedList
from liaison.lists import KINDS
from liaison.models import ShareFetch, ShareGrant
from liaison.operations.sharing import (
    approve_grant,
    decline_grant,
    end_grant,
    note_fetch,
    propose_grant,
    sign_receipt,
)
from registry.models import Cooperative
from registry.statement_choices import SpotCheckResult
from tests.factories.accounts import unit
from tests.factories.registry import CooperativeFactory
from tests.factories.sharing import GrantFactory
from tests.factories.sides import ListingFactory, TaxFactory

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=60)


def proposed(cast, receiver=None, shared_list=SharedList.ABNORMAL, fields=("reason",)):
    return propose_grant(
        shared_list,
        list(fields),
        receiver or cast.near.department,
        purpose="项目申报审核",
        valid_until=clock.today() + LATER,
        by=cast.bureau,
    )


def shown(browser, grant):
    return browser.get(reverse("liaison:shared-rows", args=[grant.pk]))


def test_who_proposed_cannot_approve(cast):
    grant = proposed(cast)
    with pytest.raises(TransitionRefused, match="另一人批准"):
        approve_grant(grant, by=cast.bureau)
    approve_grant(grant, by=cast.leader)
    assert (grant.state, grant.approved_by) == (GrantState.APPROVED, cast.leader)
    assert AuditEvent.objects.filter(action="approve-share").count() == 1


def test_a_department_sees_the_granted_fields_and_no_other(cast, browser_of):
    society = CooperativeFactory(name="达州市通川区绿源专业合作社", legal_representative="保密人")
    ListingFactory(cooperative=society, authority="市场监管局甲所", decision_no="甲字1号")
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    browser = browser_of(cast.near.liaison)
    page = shown(browser, grant).content.decode()
    for given in (society.name, society.uscc, "通过登记的住所无法联系"):
        assert given in page
    for hidden in ("市场监管局甲所", "甲字1号", "保密人", society.domicile):
        assert hidden not in page
    answer = browser.get(reverse("liaison:shared-file", args=[grant.pk]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book["经营异常名录"]
    assert [cell.value for cell in sheet[1]] == ["合作社名称", "统一社会信用代码", "列入原因"]
    assert [cell.value for cell in sheet[2]][:2] == [society.name, society.uscc]
    cover = " ".join(str(cell.value) for row in book["说明"] for cell in row)
    assert str(cast.near.department) in cover
    assert "不得转交" in cover


def test_a_department_does_not_see_what_others_were_granted_or_what_waits(cast, browser_of):
    others = proposed(cast, receiver=cast.far.department)
    approve_grant(others, by=cast.leader)
    waiting = proposed(cast)
    browser = browser_of(cast.near.liaison)
    assert list(browser.get(reverse("liaison:grant-list")).context["grants"]) == []
    for name in ("grant-detail", "shared-rows", "shared-file"):
        for grant in (others, waiting):
            assert browser.get(reverse(f"liaison:{name}", args=[grant.pk])).status_code == 404
    assert not ShareFetch.objects.exists()


@pytest.mark.parametrize("ends", ["expired", "ended"])
def test_a_grant_that_is_over_gives_nothing(cast, browser_of, ends):
    ListingFactory(cooperative=CooperativeFactory(name="达州市通川区某专业合作社"))
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    if ends == "ended":
        end_grant(grant, reason="用完", by=cast.leader)
    else:
        yesterday = clock.today() - dt.timedelta(days=1)
        ShareGrant.objects.filter(pk=grant.pk).update(valid_until=yesterday)
    browser = browser_of(cast.near.liaison)
    answer = browser.get(reverse("liaison:shared-rows", args=[grant.pk]), follow=True)
    assert "现在不能取用" in answer.content.decode()
    assert "某专业合作社" not in answer.content.decode()
    assert browser.get(reverse("liaison:shared-file", args=[grant.pk])).status_code == 302
    assert not ShareFetch.objects.exists()


def test_the_last_day_still_counts(cast):
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    ShareGrant.objects.filter(pk=grant.pk).update(valid_until=clock.today())
    assert note_fetch(grant, FetchForm.PAGE, by=cast.near.liaison).rows == 0


def test_every_look_is_written_down_and_signed_for(cast, browser_of):
    ListingFactory(cooperative=CooperativeFactory())
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    browser = browser_of(cast.near.liaison)
    shown(browser, grant)
    browser.get(reverse("liaison:shared-file", args=[grant.pk]))
    fetches = ShareFetch.objects.order_by("pk")
    assert [(each.form, each.rows, each.by) for each in fetches] == [
        (FetchForm.PAGE, 1, cast.near.liaison),
        (FetchForm.XLSX, 1, cast.near.liaison),
    ]
    assert AuditEvent.objects.filter(action="share-fetched").count() == 2
    answer = browser.post(reverse("liaison:grant-receipt", args=[grant.pk]), follow=True)
    assert "已签收" in answer.content.decode()
    assert sign_receipt(grant, by=cast.near.liaison) == 0
    assert not ShareFetch.objects.filter(received_at__isnull=True).exists()


def test_somebody_of_another_department_cannot_take_it_by_hand(cast):
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    with pytest.raises(PermissionDenied):
        note_fetch(grant, FetchForm.PAGE, by=cast.far.liaison)


def test_one_list_goes_to_one_department_by_one_grant(cast):
    grant = proposed(cast)
    with pytest.raises(TransitionRefused, match="已有一份"):
        proposed(cast)
    decline_grant(grant, reason="字段太多", by=cast.leader)
    assert proposed(cast).state == GrantState.PROPOSED


def test_fields_that_the_list_does_not_have_are_not_granted(cast):
    with pytest.raises(TransitionRefused, match="至少选择一个信息项"):
        proposed(cast, fields=("contact_phone", "legal_representative"))
    grant = proposed(cast, fields=("contact_phone", "reason"))
    assert grant.fields == ["reason"]


def test_no_list_offers_personal_data():
    keys = {field.key for kind in KINDS for field in kind.fields}
    assert not keys & {"legal_representative", "contact_phone", "contact_person", "declared_sales"}


def test_merged_societies_and_harmless_checks_are_left_out(cast):
    kept, absorbed = CooperativeFactory.create_batch(2)
    TaxFactory(cooperative=kept)
    TaxFactory(cooperative=absorbed)
    Cooperative.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    grant = proposed(cast, shared_list=SharedList.TAX, fields=("state",))
    approve_grant(grant, by=cast.leader)
    assert note_fetch(grant, FetchForm.PAGE, by=cast.near.liaison).rows == 1
    assert SpotCheckResult.NORMAL not in SpotCheckResult.UNREACHABLE


def test_the_count_of_the_page_is_that_of_its_rows(cast, browser_of):
    for society in CooperativeFactory.create_batch(3):
        ListingFactory(cooperative=society)
    grant = proposed(cast)
    approve_grant(grant, by=cast.leader)
    page = shown(browser_of(cast.near.liaison), grant)
    assert page.context["number"] == len(page.context["rows"]) == 3


def test_the_whole_way_on_the_pages(cast, browser_of):
    bureau, leader = browser_of(cast.bureau), browser_of(cast.leader)
    asked = {
        "receiver": unit("税务局").pk,
        "fields_chosen": ["reason", "listed_on"],
        "purpose": "纳税信用核对",
        "valid_until": (clock.today() + LATER).isoformat(),
    }
    create = reverse("liaison:grant-create", args=["abnormal"])
    assert "共享经营异常名录" in bureau.get(create).content.decode()
    assert bureau.post(create, {**asked, "valid_until": "明天"}).status_code == 422
    assert "待另一人批准" in bureau.post(create, asked, follow=True).content.decode()
    grant = ShareGrant.objects.get()
    here = reverse("liaison:grant-detail", args=[grant.pk])
    assert "须由另一人批准" in bureau.get(here).content.decode()
    decide = reverse("liaison:grant-decide", args=[grant.pk])
    answer = leader.post(decide, {"target": "approved", "version": grant.version}, follow=True)
    assert "共享中" in answer.content.decode()


def test_the_list_costs_the_same_however_many_grants(
    cast, browser_of, django_assert_max_num_queries
):
    for number in range(6):
        GrantFactory(
            receiver=cast.near.department,
            state=GrantState.ENDED,
            proposed_by=cast.bureau,
            approved_by=cast.leader,
            purpose=str(number),
        )
    browser = browser_of(cast.bureau)
    with django_assert_max_num_queries(10):
        browser.get(reverse("liaison:grant-list"))
