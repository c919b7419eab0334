"""Who hears that somebody else looks after a society from now on."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from tests.factories.registry import CooperativeFactory
from tests.factories.training import AssignmentFactory, CounsellorFactory
from training.choices import AssignmentKind
from training.operations.assignments import assign_counsellor, deal_out_societies
from training.operations.handovers import hand_over

pytestmark = pytest.mark.django_db


def people_of(notice):
    return set(notice.receipts.values_list("person", flat=True))


def heard():
    return people_of(Notice.objects.latest("pk"))


def test_old_and_new_counsellor_and_the_township_hear_of_a_change(cast):
    society = cast.near.cooperative
    former = CounsellorFactory(user=cast.counsellor)
    AssignmentFactory(cooperative=society, counsellor=former.user)
    taker = CounsellorFactory(user__unit=cast.clerk.unit)
    assign_counsellor(
        society, taker, kind=AssignmentKind.GUIDANCE, reason="调整分工", by=cast.bureau
    )
    assert heard() == {former.user_id, taker.user_id, cast.clerk.pk}
    assert f"原由{former.user}联系" in Notice.objects.latest("pk").text
    number = Notice.objects.count()
    assign_counsellor(
        society, taker, kind=AssignmentKind.GUIDANCE, reason="调整分工", by=cast.bureau
    )
    assert Notice.objects.count() == number


def test_a_clerk_who_reassigns_is_not_told_of_their_own_act(cast):
    taker = CounsellorFactory(user__unit=cast.clerk.unit)
    assign_counsellor(
        cast.near.cooperative, taker, kind=AssignmentKind.GUIDANCE, reason="分工", by=cast.clerk
    )
    assert heard() == {taker.user_id}


def test_a_handover_leads_both_sides_to_its_sheet_and_tells_the_township(cast):
    giver = CounsellorFactory(user=cast.counsellor)
    AssignmentFactory(cooperative=cast.near.cooperative, counsellor=giver.user)
    taker = CounsellorFactory(user__unit=cast.clerk.unit)
    made = hand_over(giver, taker, reason="任期届满", leaves=False, by=cast.bureau)
    sheet, register = Notice.objects.order_by("pk")
    assert sheet.url == reverse("training:handover-sheet", args=[made.pk])
    assert register.url == reverse("training:counsellor-list")
    assert people_of(sheet) == {giver.user_id, taker.user_id}
    assert people_of(register) == {cast.clerk.pk}


def test_dealing_out_is_one_notice(cast):
    CounsellorFactory(user__unit=cast.clerk.unit)
    CooperativeFactory(township=cast.clerk.unit)
    assert deal_out_societies(cast.clerk.unit.code, by=cast.bureau) >= 1
    assert Notice.objects.count() == 1
