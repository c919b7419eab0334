"""Counsellors: who looks after whom, where the gaps are, and how work is handed over."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.models import ConflictOfInterest, Cooperative
from tests.factories.accounts import UserFactory, unit
from tests.factories.registry import CooperativeFactory, FlagFactory
from tests.factories.training import (
    AssignmentFactory,
    CounsellorFactory,
    InterestFactory,
    PairingNeedFactory,
    PromiseFactory,
)
from training import gaps
from training.choices import AssignmentKind
from training.models import Counsellor, CounsellorAssignment
from training.operations.assignments import (
    assign_counsellor,
    deal_out_societies,
    suggest_counsellors,
)
from training.operations.counsellors import declare_interest, edit_counsellor
from training.operations.handovers import hand_over

GUIDANCE, PAIRING = AssignmentKind.GUIDANCE, AssignmentKind.PAIRING
MOST_QUERIES = 22


def counsellor_of(township, **facts):
    return CounsellorFactory(user=UserFactory(role=Role.COUNSELLOR, unit=township), **facts)


def gap_of(user, township):
    return next((gap for gap in gaps.township_gaps(user) if gap.what == township.name), None)


# -- gaps ------------------------------------------------------------------------------------------


def test_a_township_without_a_counsellor_is_a_gap(cast):
    assert gap_of(cast.bureau, cast.near.township).opens_on is None
    counsellor_of(cast.near.township)
    assert gap_of(cast.bureau, cast.near.township) is None


@pytest.mark.parametrize(("days", "warned"), [(60, True), (61, False)])
def test_a_gap_is_told_sixty_days_before_it_opens(cast, days, warned):
    last = dt.date(2021, 7, 20) + dt.timedelta(days=days)
    counsellor_of(cast.near.township, until=last)
    gap = gap_of(cast.bureau, cast.near.township)
    assert (gap.opens_on == last) if warned else gap is None


def test_a_second_counsellor_who_stays_closes_the_gap_to_come(cast):
    counsellor_of(cast.near.township, until=dt.date(2021, 8, 1))
    counsellor_of(cast.near.township)
    assert gap_of(cast.bureau, cast.near.township) is None


def test_a_closed_account_serves_nobody(cast):
    post = counsellor_of(cast.near.township)
    post.user.is_active = False
    post.user.save()
    assert gap_of(cast.bureau, cast.near.township)


def test_a_demonstration_society_without_a_pair_is_a_gap(cast):
    need = PairingNeedFactory(cooperative=cast.near.cooperative)
    assert gaps.pairing_gaps(cast.clerk) == [need]
    AssignmentFactory(
        cooperative=need.cooperative, counsellor=cast.counsellor, kind=AssignmentKind.PAIRING
    )
    assert gaps.pairing_gaps(cast.clerk) == []


def test_a_clerk_sees_the_gaps_of_the_own_township_only(cast):
    assert [gap.what for gap in gaps.township_gaps(cast.clerk)] == [cast.near.township.name]


# -- suggestions and assignments ---------------------------------------------------------------------


def test_the_nearest_with_the_least_load_is_suggested_first(cast):
    home, neighbour = cast.near.township, unit("蒲家镇")
    busy, free, far = counsellor_of(home), counsellor_of(home), counsellor_of(neighbour)
    for _ in range(3):
        AssignmentFactory(counsellor=busy.user)
    found = suggest_counsellors(CooperativeFactory(township=home))
    assert [each.counsellor for each in found] == [free, busy, far]
    assert [each.distance for each in found] == ["本乡镇街道", "本乡镇街道", "相邻乡镇街道"]


def test_grave_suspicions_weigh_like_two_societies(cast):
    burdened, even = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    society = CooperativeFactory(counsellor=burdened.user)
    FlagFactory(cooperative=society)
    AssignmentFactory(counsellor=even.user)
    first = suggest_counsellors(CooperativeFactory(township=cast.near.township))[0]
    assert first.counsellor == even


def test_nobody_with_an_interest_is_suggested_or_assigned(cast):
    tied = counsellor_of(cast.near.township)
    society = cast.near.cooperative
    InterestFactory(person=tied.user, cooperative=society)
    assert tied not in [each.counsellor for each in suggest_counsellors(society)]
    with pytest.raises(TransitionRefused, match="利害关系"):
        assign_counsellor(society, tied, kind=GUIDANCE, reason="", by=cast.bureau)


def test_a_new_counsellor_ends_the_old_ones_time_and_keeps_the_name(cast):
    old, new = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    society = cast.near.cooperative
    assign_counsellor(society, old, kind=GUIDANCE, reason="", by=cast.clerk)
    assign_counsellor(society, new, kind=GUIDANCE, reason="调整", by=cast.clerk)
    society.refresh_from_db()
    assert society.counsellor == new.user
    rows = CounsellorAssignment.objects.filter(cooperative=society).order_by("pk")
    assert [(row.counsellor, bool(row.until)) for row in rows] == [
        (old.user, True),
        (new.user, False),
    ]


def test_pairing_does_not_change_who_guides(cast):
    guide, pair = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    society = cast.near.cooperative
    assign_counsellor(society, guide, kind=GUIDANCE, reason="", by=cast.bureau)
    assign_counsellor(society, pair, kind=PAIRING, reason="", by=cast.bureau)
    society.refresh_from_db()
    assert society.counsellor == guide.user


def test_asking_twice_assigns_once(cast):
    post = counsellor_of(cast.near.township)
    made = [
        assign_counsellor(cast.near.cooperative, post, kind=GUIDANCE, reason="", by=cast.bureau)
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_one_whose_term_is_over_cannot_be_assigned(cast):
    gone = counsellor_of(cast.near.township, until=dt.date(2021, 7, 20))
    with pytest.raises(TransitionRefused, match="聘期"):
        assign_counsellor(cast.near.cooperative, gone, kind=GUIDANCE, reason="", by=cast.bureau)


def test_waiting_societies_are_dealt_out_evenly(cast):
    one, other = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    CooperativeFactory.create_batch(7, township=cast.near.township)
    assert deal_out_societies(cast.near.township.code, by=cast.clerk) == 7
    loads = [Counsellor.objects.with_load().get(pk=post.pk).societies for post in (one, other)]
    assert sorted(loads) == [3, 4]


def test_a_clerk_deals_out_nothing_of_another_township(cast):
    counsellor_of(cast.far.township)
    CooperativeFactory(township=cast.far.township)
    assert deal_out_societies(cast.far.township.code, by=cast.clerk) == 0


# -- interests and terms ------------------------------------------------------------------------------


def test_whoever_looks_after_a_society_must_give_it_up_before_declaring_an_interest(cast):
    post = counsellor_of(cast.near.township)
    society = cast.near.cooperative
    assign_counsellor(society, post, kind=GUIDANCE, reason="", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="先改由其他辅导员"):
        declare_interest(post.user, society, kind="relative", note="", by=cast.bureau)


def test_an_interest_reaches_only_its_own_township_and_person(cast):
    InterestFactory(person=cast.far.counsellor, cooperative=cast.far.cooperative)
    seen = ConflictOfInterest.objects.permitted(cast.clerk, Action.DECLARE_INTEREST)
    assert not seen.exists()
    own = ConflictOfInterest.objects.permitted(cast.far.counsellor, Action.DECLARE_INTEREST)
    assert own.count() == 1


def test_who_saves_a_term_second_sees_both_texts(cast, browser_of):
    post = counsellor_of(cast.near.township)
    facts = {"specialty": "marketing", "note": "改过"}
    edit_counsellor(post, facts, version=1, reason="补充", by=cast.bureau)
    with pytest.raises(EditConflict):
        edit_counsellor(post, facts, version=1, reason="又改", by=cast.bureau)
    page = browser_of(cast.bureau).post(
        reverse("training:counsellor-edit", args=[post.pk]),
        {
            "specialty": "green",
            "source": "staff",
            "appointed_on": "2020-04-01",
            "note": "我的说明",
            "version": 1,
            "reason": "再改",
        },
    )
    assert page.status_code == 409
    text = page.content.decode()
    assert "我的说明" in text
    assert "改过" in text


# -- handing over ---------------------------------------------------------------------------------------


def test_a_handover_moves_everything_in_one_act_but_what_the_taker_has_an_interest_in(cast):
    giver, taker = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    going, tied = CooperativeFactory.create_batch(2, township=cast.near.township)
    for society in (going, tied):
        assign_counsellor(society, giver, kind=GUIDANCE, reason="", by=cast.bureau)
    assign_counsellor(going, giver, kind=PAIRING, reason="", by=cast.bureau)
    InterestFactory(person=taker.user, cooperative=tied)
    PromiseFactory(cooperative=going, text="补齐成员账户")
    PromiseFactory(cooperative=tied, text="留在原处的事")
    made = hand_over(giver, taker, reason="工作调动", leaves=True, by=cast.clerk)
    assert [line["name"] for line in made.societies] == [going.name, going.name]
    assert [line["name"] for line in made.kept_back] == [tied.name]
    assert [line["text"] for line in made.promises] == ["补齐成员账户"]
    assert set(Cooperative.objects.filter(counsellor=taker.user)) == {going}
    giver.refresh_from_db()
    assert giver.until == dt.date(2021, 7, 20)
    assert CounsellorAssignment.objects.filter(counsellor=giver.user).count() == 3


def test_a_clerk_hands_over_nothing_that_lies_elsewhere(cast):
    giver, taker = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    AssignmentFactory(counsellor=giver.user, cooperative=cast.far.cooperative)
    with pytest.raises(TransitionRefused, match="区农业农村局"):
        hand_over(giver, taker, reason="调动", leaves=False, by=cast.clerk)


def test_the_sheet_lists_what_went_and_carries_no_contact_number(cast, browser_of):
    giver, taker = counsellor_of(cast.near.township), counsellor_of(cast.near.township)
    society = CooperativeFactory(township=cast.near.township, contact_phone="13812345678")
    assign_counsellor(society, giver, kind=GUIDANCE, reason="", by=cast.bureau)
    made = hand_over(giver, taker, reason="调动", leaves=False, by=cast.bureau)
    page = browser_of(cast.clerk).get(reverse("training:handover-sheet", args=[made.pk]))
    text = page.content.decode()
    assert society.name in text
    assert "移交人签字" in text
    assert "13812345678" not in text


# -- cost ------------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_however_many_counsellors(
    cast, browser_of, django_assert_max_num_queries
):
    for _ in range(40):
        AssignmentFactory(counsellor=counsellor_of(cast.near.township).user)
    browser = browser_of(cast.bureau)
    browser.get(reverse("training:counsellor-list"))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(reverse("training:counsellor-list"))
    assert page.status_code == 200
