"""Merging two rows that are one society, and taking it back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Attachment, AuditEvent
from accounts.operations.attachments import attach_file
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import FeedScope, PairState, RowOutcome
from registry.matching.moving import STAYING, movable
from registry.models import (
    Cooperative,
    CooperativeAgent,
    CooperativeMerge,
    CooperativeVersion,
    FeedRow,
    FormerName,
    MatchPair,
    SiteFinding,
)
from registry.operations.cooperatives import correct_cooperative
from registry.operations.matching import (
    merge_pair,
    part_pair,
    propose_pair,
    reopen_pair,
    undo_merge,
)
from tests.factories.accounts import UserFactory
from tests.factories.files import photo_upload
from tests.factories.registry import AgentFactory, CooperativeFactory, FlagFactory, PairFactory
from tests.registry.feeds import society, take_in

pytestmark = pytest.mark.django_db


def merged(cast, pair, kept=None, reason="已核对新旧执照"):
    return merge_pair(
        pair,
        kept or pair.left_id,
        reason=reason,
        by=cast.bureau,
        versions=(pair.left.version, pair.right.version),
    )


def seen(cooperative, by, key):
    return SiteFinding.objects.create(
        cooperative=cooperative, seen_by=by, seen_on=dt.date(2021, 6, 1), visit_key=key
    )


def test_what_points_at_the_absorbed_society_moves_and_comes_back(cast):
    pair = PairFactory()
    helper = UserFactory()
    AgentFactory(cooperative=pair.right, user=helper)
    finding = seen(pair.right, cast.counsellor, "a")
    own = seen(pair.left, cast.counsellor, "b")
    merge = merged(cast, pair)
    finding.refresh_from_db()
    assert finding.cooperative_id == pair.left_id
    assert CooperativeAgent.objects.get(user=helper).cooperative_id == pair.left_id
    assert not Cooperative.objects.living().filter(pk=pair.right_id).exists()
    undo_merge(merge, reason="看错了", by=cast.bureau)
    finding.refresh_from_db()
    own.refresh_from_db()
    assert (finding.cooperative_id, own.cooperative_id) == (pair.right_id, pair.left_id)
    assert CooperativeAgent.objects.get(user=helper).cooperative_id == pair.right_id
    assert Cooperative.objects.living().filter(pk=pair.right_id).exists()
    pair.refresh_from_db()
    assert pair.state == PairState.DIFFERENT


def test_files_of_the_absorbed_society_move_and_come_back(cast):
    pair = PairFactory()
    file = attach_file(pair.right, photo_upload(), purpose="other", by=cast.bureau)
    merge = merged(cast, pair)
    assert [each.pk for each in Attachment.objects.of(pair.left)] == [file.pk]
    undo_merge(merge, reason="看错了", by=cast.bureau)
    assert [each.pk for each in Attachment.objects.of(pair.right)] == [file.pk]


def test_a_row_that_would_stand_twice_stays_where_it_is(cast):
    pair = PairFactory()
    both = UserFactory()
    for side in (pair.left, pair.right):
        AgentFactory(cooperative=side, user=both)
    ended = AgentFactory(cooperative=pair.right, user=both, until=dt.date(2020, 2, 1))
    merge = merged(cast, pair)
    serving = CooperativeAgent.objects.filter(user=both)
    assert serving.filter(cooperative=pair.left, until__isnull=True).count() == 1
    assert serving.filter(cooperative=pair.right, until__isnull=True).count() == 1
    ended.refresh_from_db()
    assert ended.cooperative_id == pair.left_id
    undo_merge(merge, reason="看错了", by=cast.bureau)
    assert serving.filter(cooperative=pair.right).count() == 2


def test_every_table_that_points_at_a_society_either_moves_or_stays_on_purpose():
    known = {each.label for each in movable()} | STAYING
    pointing = {
        relation.related_model._meta.label_lower for relation in Cooperative._meta.related_objects
    }
    assert pointing <= known
    for each in movable():
        assert each.model._meta.pk.name != each.column


def test_history_and_evidence_stay_with_the_row_they_speak_of(cast):
    take_in([society(1), society(2)], by=cast.bureau)
    one, other = Cooperative.objects.order_by("pk")
    versions = set(
        CooperativeVersion.objects.filter(cooperative=other).values_list("pk", flat=True)
    )
    pair = propose_pair(one, other, by=cast.bureau)
    merge = merged(cast, pair)
    assert set(other.versions.values_list("pk", flat=True)) == versions
    assert FeedRow.objects.filter(cooperative=other).count() == 1
    undo_merge(merge, reason="看错了", by=cast.bureau)
    assert set(other.versions.values_list("pk", flat=True)) == versions


def test_later_files_find_the_kept_society_under_either_code(cast):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2020Q2")
    one, other = Cooperative.objects.order_by("pk")
    merged(cast, propose_pair(one, other, by=cast.bureau))
    lines = [society(1, member_count=33), society(2, member_count=7), society(3)]
    job = take_in(lines, by=cast.bureau, quarter="2020Q3", scope=FeedScope.FULL)
    rows = FeedRow.objects.filter(delivery=job.delivery, kind="data").order_by("ordinal")
    assert [row.cooperative_id for row in rows[:2]] == [one.pk, one.pk]
    assert [row.outcome for row in rows[:2]] == [RowOutcome.CHANGED, RowOutcome.UNCHANGED]
    one.refresh_from_db()
    assert (one.member_count, one.last_row_id) == (33, rows[0].pk)
    assert not job.delivery.gone.exists()
    assert Cooperative.objects.living().count() == 2


def test_the_absorbed_one_is_found_by_its_own_name_and_code(cast, browser_of):
    pair = PairFactory(
        left__name="达州市通川区甲字专业合作社", right__name="达州市通川区乙字专业合作社"
    )
    merged(cast, pair)
    reach = Cooperative.objects.permitted(cast.bureau, Action.VIEW_COOPERATIVE)
    assert [each.pk for each in reach.matching("乙字")] == [pair.left_id]
    assert [each.pk for each in reach.matching(pair.right.uscc)] == [pair.left_id]
    here = reverse("registry:cooperative-detail", args=[pair.right.code])
    answer = browser_of(cast.bureau).get(here, follow=True)
    assert answer.redirect_chain[0][0].endswith(f"/{pair.left.code}/")
    assert "已并入下面这一家" in answer.content.decode()
    assert pair.right.name in answer.content.decode()


def test_the_old_address_tells_a_stranger_nothing(cast, browser_of):
    pair = PairFactory(left=cast.near.cooperative, right__township=cast.near.township)
    merged(cast, pair)
    here = reverse("registry:cooperative-detail", args=[pair.right.code])
    assert browser_of(cast.near.clerk).get(here).status_code == 302
    assert browser_of(cast.far.clerk).get(here).status_code == 404


def test_suspicions_of_the_absorbed_one_are_closed(cast):
    pair = PairFactory()
    flag = FlagFactory(cooperative=pair.right, rule="R8")
    merged(cast, pair)
    flag.refresh_from_db()
    assert flag.cleared_at is not None


def test_a_merge_is_written_down_with_both_codes(cast):
    pair = PairFactory()
    merged(cast, pair)
    event = AuditEvent.objects.get(action="cooperative-merged")
    assert pair.right.code in event.detail["twin"]
    assert event.reason == "已核对新旧执照"


def test_a_merge_can_be_taken_back_until_a_person_edits_either(cast):
    pair = PairFactory()
    merge = merged(cast, pair)
    kept = Cooperative.objects.get(pk=pair.left_id)
    correct_cooperative(kept, {"member_count": 11}, "查实", by=cast.bureau, version=kept.version)
    with pytest.raises(TransitionRefused, match="又被人工更正过"):
        undo_merge(merge, reason="看错了", by=cast.bureau)
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_who_merges_what_somebody_has_just_changed_is_told(cast):
    pair = PairFactory()
    Cooperative.objects.filter(pk=pair.right_id).update(version=2)
    with pytest.raises(EditConflict):
        merged(cast, pair)
    assert not CooperativeMerge.objects.exists()


def test_pressing_merge_twice_merges_once(cast):
    pair = PairFactory()
    merged(cast, pair)
    with pytest.raises(TransitionRefused):
        merged(cast, MatchPair.objects.get())
    assert CooperativeMerge.objects.count() == 1


def test_only_the_bureau_merges(cast):
    pair = PairFactory()
    with pytest.raises(PermissionDenied):
        merge_pair(pair, pair.left_id, reason="是", by=cast.clerk, versions=(1, 1))


def test_a_society_that_others_were_merged_into_is_not_merged_away(cast):
    pair = PairFactory()
    merged(cast, pair)
    third = CooperativeFactory()
    kept = Cooperative.objects.get(pk=pair.left_id)
    chain = propose_pair(kept, third, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="自己还有并入的合作社"):
        merged(cast, chain, kept=third.pk)


def test_two_kinds_are_never_one(cast):
    union = CooperativeFactory(kind="union")
    with pytest.raises(TransitionRefused, match="不是同一类主体"):
        propose_pair(CooperativeFactory(), union, by=cast.bureau)


def test_told_apart_and_asked_again(cast):
    pair = PairFactory()
    part_pair(pair, reason="", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="须填写理由"):
        reopen_pair(pair, reason="", by=cast.bureau)
    reopen_pair(pair, reason="有新材料", by=cast.bureau)
    assert pair.state == PairState.WAITING


def test_the_page_shows_differences_and_decides(cast, browser_of):
    pair = PairFactory(left__member_count=10, right__member_count=12)
    browser = browser_of(cast.bureau)
    page = browser.get(reverse("registry:pair-list")).content.decode()
    assert "pair-differs" in page
    assert "共 <strong>1</strong> 对" in page
    asked = {
        "target": "same",
        "version": pair.version,
        "kept": pair.right_id,
        "left_version": pair.left.version,
        "right_version": pair.right.version,
        "reason": "同一套班子",
    }
    decide = reverse("registry:pair-decide", args=[pair.pk])
    answer = browser.post(decide, asked, follow=True)
    assert "已并入" in answer.content.decode()
    pair.refresh_from_db()
    assert pair.state == PairState.SAME
    page = browser.get(reverse("registry:pair-detail", args=[pair.pk])).content.decode()
    assert "取消合并" in page
    answer = browser.post(
        decide,
        {"target": "different", "version": pair.version, "reason": "弄错了"},
        follow=True,
    )
    assert "合并已取消" in answer.content.decode()


def test_a_merge_without_a_reason_is_refused_in_words(cast, browser_of):
    pair = PairFactory()
    asked = {
        "target": "same",
        "version": 1,
        "kept": pair.left_id,
        "left_version": 1,
        "right_version": 1,
    }
    decide = reverse("registry:pair-decide", args=[pair.pk])
    answer = browser_of(cast.bureau).post(decide, asked, follow=True)
    assert "须填写理由" in answer.content.decode()


def test_a_proposal_with_an_unknown_code_is_answered_in_words(cast, browser_of):
    answer = browser_of(cast.bureau).post(
        reverse("registry:pair-propose"), {"one": "x", "other": "y"}, follow=True
    )
    assert "名录里没有代码为" in answer.content.decode()


def test_the_queue_costs_the_same_however_many_pairs(
    cast, browser_of, django_assert_max_num_queries
):
    PairFactory.create_batch(12)
    browser = browser_of(cast.bureau)
    with django_assert_max_num_queries(12):
        browser.get(reverse("registry:pair-list"))


def test_the_list_says_by_which_old_name_a_society_was_found(cast, browser_of):
    one = CooperativeFactory(name="达州市通川区新名专业合作社")
    FormerName.objects.create(
        cooperative=one, name="达州市通川区旧名专业合作社", until=dt.date(2020, 1, 1)
    )
    pair = PairFactory(right__name="达州市通川区乙字专业合作社")
    merged(cast, pair)
    browser = browser_of(cast.bureau)
    here = reverse("registry:cooperative-list")
    assert "曾用名：达州市通川区旧名" in browser.get(here, {"q": "旧名"}).content.decode()
    assert "已并入：达州市通川区乙字" in browser.get(here, {"q": "乙字"}).content.decode()
    assert "曾用名：" not in browser.get(here, {"q": "新名"}).content.decode()
