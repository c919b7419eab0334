"""Looking into a suspicion: who may move it where, what has to be shown, and what comes back."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.choices import NoticeEvent, Role
from accounts.models import Attachment, AuditEvent, NoticeReceipt, User
from accounts.operations.attachments import attach_file
from accounts.operations.transitions import advance
from accounts.policy import Reach
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import FlagState, RegistrationStatus
from registry.flags.evaluate import evaluate_flags
from registry.flags.workflows import FLAG
from registry.models import Cooperative, Flag, FlagAnswer, RuleVersion
from registry.operations.verification import (
    CLERK,
    COUNSELLOR,
    answer_matter,
    assign_flag,
    assign_flags,
    decide_flag,
    defer_flag,
    resume_due_flags,
    resume_flag,
    verifiers_of,
)
from tests.accounts.matrix import signed_rights
from tests.cast import Cast
from tests.factories.registry import FlagFactory
from tests.registry.flags.records import visit
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
SIGNED = signed_rights()
LATER = TODAY + dt.timedelta(days=20)


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return SimpleUploadedFile("大门.jpg", content.getvalue(), "image/jpeg")


def flag_in(state: str, of: Cooperative, by: User) -> Flag:
    """A suspicion in some state, with everything that the state asks for, and proof of a visit."""
    facts: dict[str, Any] = {"state": state, "assigned_to": by, "due_on": LATER}
    if state == FlagState.DEFERRED:
        facts["deferred_until"] = LATER
    if state in {FlagState.CONFIRMED, FlagState.DISMISSED}:
        facts |= {"decided_by": by, "decided_at": clock.now(), "conclusion": "看过了"}
    flag: Flag = FlagFactory(cooperative=of, **facts)
    return flag


@pytest.fixture
def in_hand(cast: Cast) -> Flag:
    """A suspicion about the near society, in the hands of its counsellor."""
    return flag_in(FlagState.CHECKING, cast.near.cooperative, cast.near.counsellor)


@pytest.mark.parametrize("near", [True, False], ids=["near", "far"])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("source", FlagState)
def test_every_state_role_and_target_is_as_the_table_and_the_rights_say(
    cast: Cast, source: str, role: Role, near: bool
) -> None:
    world = cast.near if near else cast.far
    visit(world.cooperative, TODAY, found=False)
    arrows = {arrow.target: arrow for arrow in FLAG.leaving(source)}
    person = cast.of(role)
    for target in FlagState:
        flag = flag_in(source, world.cooperative, world.counsellor)
        arrow = arrows.get(target)
        if arrow is None:
            with pytest.raises(TransitionRefused):
                advance(FLAG, flag, target, by=person, reason="看过了")
        else:
            reach = SIGNED[arrow.action][role]
            able = reach == Reach.DISTRICT or (reach != Reach.NONE and near)
            facts = {"deferred_until": LATER, "decided_by": person, "decided_at": clock.now()}
            move = {"by": person, "reason": "看过了", "conclusion": "看过了", **facts}
            if able:
                advance(FLAG, flag, target, **move)
            else:
                with pytest.raises(PermissionDenied):
                    advance(FLAG, flag, target, **move)
        flag.refresh_from_db()
        moved = arrow is not None and able
        assert flag.state == (target if moved else source)
        flag.delete()


def test_giving_a_suspicion_away_asks_the_society_and_fills_the_queue(cast: Cast) -> None:
    flag = FlagFactory(cooperative=cast.near.cooperative)
    assign_flag(flag, cast.near.counsellor, LATER, by=cast.clerk, version=flag.version)
    assert (flag.state, flag.assigned_to, flag.due_on) == (
        FlagState.CHECKING,
        cast.near.counsellor,
        LATER,
    )
    assert list(Flag.objects.all().in_hand_of(cast.near.counsellor)) == [flag]
    event = AuditEvent.objects.get(action="assign-flag")
    assert event.detail["assignee"] == str(cast.near.counsellor)
    told = dict(NoticeReceipt.objects.values_list("person", "notice__event"))
    assert told[cast.near.counsellor.pk] == NoticeEvent.TASK_ASSIGNED
    assert told[cast.near.chair.pk] == NoticeEvent.MATTER_TO_VERIFY
    assert set(told) == {cast.near.counsellor.pk, cast.near.chair.pk}


def test_a_suspicion_is_given_only_to_who_may_verify_it_there(cast: Cast) -> None:
    flag = FlagFactory(cooperative=cast.near.cooperative)
    able = set(verifiers_of(flag))
    assert {cast.near.counsellor, cast.near.clerk, cast.bureau} <= able
    assert not {cast.far.counsellor, cast.far.clerk, cast.leader, cast.near.chair} & able
    with pytest.raises(TransitionRefused, match="另选核实人"):
        assign_flag(flag, cast.far.counsellor, LATER, by=cast.bureau, version=flag.version)
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(TransitionRefused, match="不能早于今天"):
        assign_flag(flag, cast.near.counsellor, yesterday, by=cast.bureau, version=flag.version)


def test_true_needs_a_visit_since_or_a_document(cast: Cast, in_hand: Flag) -> None:
    def confirm() -> None:
        decide_flag(
            in_hand, FlagState.CONFIRMED, "门锁着", by=cast.near.counsellor, version=in_hand.version
        )

    visit(in_hand.cooperative, TODAY - dt.timedelta(days=1), found=False)
    with pytest.raises(TransitionRefused, match="须有凭据"):
        confirm()
    visit(in_hand.cooperative, TODAY, found=False, in_person=False)
    with pytest.raises(TransitionRefused, match="须有凭据"):
        confirm()
    visit(in_hand.cooperative, TODAY, found=False)
    confirm()
    assert (in_hand.state, in_hand.decided_by) == (FlagState.CONFIRMED, cast.near.counsellor)


def test_a_document_is_enough_to_find_it_true(cast: Cast, in_hand: Flag) -> None:
    attach_file(in_hand, photo(), purpose="flag-proof", by=cast.near.counsellor)
    decide_flag(
        in_hand, FlagState.CONFIRMED, "见照片", by=cast.near.counsellor, version=in_hand.version
    )
    assert in_hand.state == FlagState.CONFIRMED


def test_a_conclusion_needs_words(cast: Cast, in_hand: Flag) -> None:
    with pytest.raises(TransitionRefused, match="须填写理由"):
        decide_flag(in_hand, FlagState.DISMISSED, " ", by=cast.bureau, version=in_hand.version)


def test_who_is_second_learns_of_it(cast: Cast, in_hand: Flag) -> None:
    stale = in_hand.version
    defer_flag(in_hand, LATER, "等收购季", by=cast.near.clerk, version=stale)
    with pytest.raises(EditConflict):
        decide_flag(in_hand, FlagState.DISMISSED, "在经营", by=cast.bureau, version=stale)


def dismissed(cast: Cast, **facts: Any) -> tuple[Cooperative, Flag]:
    one = society(member_count=4, township=cast.near.township, **facts)
    evaluate_flags(TODAY, cause="测试")
    flag = Flag.objects.get(rule="R8", cooperative=one)
    assign_flag(flag, cast.near.clerk, LATER, by=cast.bureau, version=flag.version)
    decide_flag(flag, FlagState.DISMISSED, "备案已办", by=cast.near.clerk, version=flag.version)
    return one, flag


def test_what_was_dismissed_does_not_come_back_on_the_same_facts(cast: Cast) -> None:
    one, flag = dismissed(cast)
    for day in (TODAY, TODAY + dt.timedelta(days=400)):
        assert evaluate_flags(day, cause="测试").changes["opened"] == 0
    assert Flag.objects.get(cooperative=one) == flag
    assert Flag.objects.get(cooperative=one).state == FlagState.DISMISSED


def test_what_was_dismissed_comes_back_on_new_facts_and_not_on_new_thresholds(cast: Cast) -> None:
    one, flag = dismissed(cast)
    RuleVersion.objects.create(
        rule="R8",
        number=2,
        effective_from=TODAY,
        thresholds={"members": 6, "union_members": 3},
        authority="proposal",
    )
    assert evaluate_flags(TODAY, cause="新阈值").changes["opened"] == 0
    Cooperative.objects.filter(pk=one.pk).update(member_count=3)
    assert evaluate_flags(TODAY, cause="新登记").changes["opened"] == 1
    again = Flag.objects.open().get(cooperative=one)
    assert again.pk != flag.pk
    with pytest.raises(TransitionRefused, match="又因新的事实"):
        assign_flag(
            flag, cast.near.clerk, LATER, by=cast.bureau, version=flag.version, reason="再看"
        )


def test_a_deferral_comes_back_on_its_day_and_not_before(cast: Cast, in_hand: Flag) -> None:
    defer_flag(in_hand, LATER, "等收购季", by=cast.near.counsellor, version=in_hand.version)
    with clock.on_day(LATER - dt.timedelta(days=1)):
        assert resume_due_flags() == 0
    with clock.on_day(LATER):
        assert resume_due_flags() == 1
        assert resume_due_flags() == 0
    in_hand.refresh_from_db()
    assert (in_hand.state, in_hand.deferred_until) == (FlagState.CHECKING, None)
    assert in_hand.due_on > LATER


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_deferral_has_a_day_in_reach(cast: Cast, in_hand: Flag, days: int) -> None:
    until = TODAY + dt.timedelta(days=days)
    with pytest.raises(TransitionRefused, match="暂缓的日期"):
        defer_flag(in_hand, until, "等", by=cast.near.counsellor, version=in_hand.version)


def test_a_deferral_can_be_ended_early(cast: Cast, in_hand: Flag) -> None:
    defer_flag(in_hand, LATER, "等收购季", by=cast.near.counsellor, version=in_hand.version)
    resume_flag(in_hand, by=cast.near.counsellor, version=in_hand.version)
    assert in_hand.state == FlagState.CHECKING


def test_a_cure_closes_a_suspicion_whatever_people_were_doing_with_it(cast: Cast) -> None:
    one = society(member_count=4, township=cast.near.township)
    evaluate_flags(TODAY, cause="测试")
    flag = Flag.objects.get(rule="R8", cooperative=one)
    assign_flag(flag, cast.near.clerk, LATER, by=cast.bureau, version=flag.version)
    Cooperative.objects.filter(pk=one.pk).update(member_count=8)
    evaluate_flags(TODAY, cause="2021年二季度登记信息入库")
    flag.refresh_from_db()
    assert flag.state == FlagState.CLEARED
    assert flag.cleared_by.startswith("因2021年二季度登记信息入库而解除：登记的成员总数现为8")


def test_what_was_confirmed_keeps_the_figures_that_were_confirmed(cast: Cast) -> None:
    one = society(member_count=4, township=cast.near.township)
    evaluate_flags(TODAY, cause="测试")
    flag = Flag.objects.get(rule="R8", cooperative=one)
    assign_flag(flag, cast.near.clerk, LATER, by=cast.bureau, version=flag.version)
    visit(one, TODAY, found=True)
    decide_flag(flag, FlagState.CONFIRMED, "只有四人", by=cast.near.clerk, version=flag.version)
    Cooperative.objects.filter(pk=one.pk).update(member_count=3)
    assert evaluate_flags(TODAY, cause="测试").changes == {
        "opened": 0,
        "refreshed": 0,
        "cleared": 0,
    }
    flag.refresh_from_db()
    assert flag.evidence["members"] == 4


def test_many_are_given_to_each_societys_counsellor_in_a_fixed_number_of_statements(
    cast: Cast,
) -> None:
    asked = []
    for size in (3, 30):
        flags = [
            FlagFactory(
                cooperative=society(township=cast.near.township, counsellor=cast.near.counsellor)
            )
            for _ in range(size)
        ]
        chosen = Flag.objects.filter(pk__in=[flag.pk for flag in flags])
        with CaptureQueriesContext(connection) as queries:
            assert assign_flags(chosen, COUNSELLOR, LATER, by=cast.bureau) == size
        asked.append(len(queries))
        assert {flag.assigned_to for flag in chosen} == {cast.near.counsellor}
        assert NoticeReceipt.objects.filter(person=cast.near.counsellor).count() == len(asked)
    assert asked[0] == asked[1]
    assert AuditEvent.objects.filter(action="assign-flag").count() == 2


def test_in_bulk_nothing_moves_that_is_out_of_reach_taken_up_or_has_nobody(cast: Cast) -> None:
    far = FlagFactory(cooperative=society(township=cast.far.township))
    near = FlagFactory(cooperative=society(township=cast.near.township))
    taken = flag_in(FlagState.CHECKING, cast.near.cooperative, cast.near.counsellor)
    chosen = Flag.objects.filter(pk__in=[far.pk, near.pk, taken.pk])
    assert assign_flags(chosen, COUNSELLOR, LATER, by=cast.clerk) == 0
    assert assign_flags(chosen, CLERK, LATER, by=cast.clerk) == 1
    near.refresh_from_db()
    far.refresh_from_db()
    taken.refresh_from_db()
    assert (near.assigned_to, far.state) == (cast.near.clerk, FlagState.SUSPECTED)
    assert taken.assigned_to == cast.near.counsellor


def test_a_society_answers_with_text_and_photo(cast: Cast, in_hand: Flag) -> None:
    answer = answer_matter(in_hand, "名册已补", [photo()], by=cast.near.chair)
    kept = Attachment.objects.of(answer).get()
    assert kept.is_photo
    assert list(in_hand.answers.all()) == [answer]
    for person, sees in (
        (cast.near.counsellor, True),
        (cast.near.chair, True),
        (cast.far.chair, False),
        (cast.far.clerk, False),
    ):
        assert bool(Attachment.objects.within_reach(person, kept.pk)) is sees


def test_a_photo_that_cannot_be_taken_keeps_the_answer_back(cast: Cast, in_hand: Flag) -> None:
    spoilt = SimpleUploadedFile("照片.jpg", b"not a picture", "image/jpeg")
    with pytest.raises(TransitionRefused):
        answer_matter(in_hand, "见照片", [spoilt], by=cast.near.chair)
    assert not FlagAnswer.objects.exists()


def test_another_society_cannot_answer_and_a_closed_matter_is_closed(
    cast: Cast, in_hand: Flag
) -> None:
    with pytest.raises(PermissionDenied):
        answer_matter(in_hand, "不是我社", by=cast.far.chair)
    answer_matter(in_hand, "在经营", by=cast.near.chair)
    decide_flag(in_hand, FlagState.DISMISSED, "在经营", by=cast.bureau, version=in_hand.version)
    with pytest.raises(TransitionRefused, match="已经办结"):
        answer_matter(in_hand, "补充", by=cast.near.chair)


def test_no_step_of_a_verification_touches_the_society_itself(cast: Cast) -> None:
    one = society(member_count=4, township=cast.near.township, status=RegistrationStatus.ACTIVE)
    before = Cooperative.objects.filter(pk=one.pk).values().get()
    evaluate_flags(TODAY, cause="测试")
    flag = Flag.objects.get(rule="R8", cooperative=one)
    assign_flag(flag, cast.near.clerk, LATER, by=cast.bureau, version=flag.version)
    visit(one, TODAY, found=False)
    decide_flag(flag, FlagState.CONFIRMED, "只有四人", by=cast.near.clerk, version=flag.version)
    assert Cooperative.objects.filter(pk=one.pk).values().get() == before
