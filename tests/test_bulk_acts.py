"""Acts on many rows: the preview, one transaction and one event, and taking back while untouched."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from accounts.bulk_acts import MOST_ROWS, Step, act_of, every_act
from accounts.forms.bulk_acts import ticked
from accounts.models import AuditEvent, NoticeReceipt
from accounts.operations.bulk_acts import (
    DONE,
    TAKEN_BACK,
    acts_to_take_back,
    do_to_many,
    sort_rows,
    take_back,
)
from accounts.operations.transitions import why_not
from accounts.policy import Action, may
from common import clock
from common.workflow import Transition, TransitionRefused, Workflow
from registry.choices import FlagState, ReportState
from registry.flags.workflows import FLAG
from registry.models import Cooperative, Flag, FlagAnswer
from tests.factories.registry import CooperativeFactory, FlagFactory
from training.models import CounsellorAssignment

ASSIGN = "flags-assign"


def later():
    return clock.today() + dt.timedelta(days=10)


def give(flags, by, whom="clerk", reason="季度核实"):
    facts = {"whom": whom, "due_on": later()}
    return do_to_many(act_of(ASSIGN), [flag.pk for flag in flags], facts, reason=reason, by=by)


@pytest.fixture
def flags(cast):
    return [FlagFactory(cooperative=cast.near.cooperative) for _ in range(3)]


def said(answer):
    return answer.content.decode()


def test_many_are_given_away_with_one_event_and_put_back_while_untouched(cast, flags):
    done = give(flags, cast.bureau)
    assert (done.number, done.left_out()) == (3, [])
    assert set(Flag.objects.values_list("state", "assigned_to")) == {
        ("checking", cast.near.clerk.pk)
    }
    event = AuditEvent.objects.get(action=DONE)
    assert (event.reason, event.detail["items"]) == ("季度核实", [flag.pk for flag in flags])
    assert NoticeReceipt.objects.filter(person=cast.near.clerk).count() == 1
    assert acts_to_take_back(act_of(ASSIGN), cast.bureau, 3) == [event]
    assert take_back(event, reason="选错了", by=cast.bureau) == 3
    assert set(Flag.objects.values_list("state", "assigned_to", "due_on", "version")) == {
        ("suspected", None, None, 3)
    }
    assert AuditEvent.objects.get(action=TAKEN_BACK).detail["event"] == event.sequence
    assert acts_to_take_back(act_of(ASSIGN), cast.bureau, 3) == []


def test_the_same_act_sent_twice_does_nothing_the_second_time(cast, flags):
    give(flags, cast.bureau)
    again = give(flags, cast.bureau)
    assert again.number == 0
    assert all("核实中" in each for each in again.left_out())
    assert AuditEvent.objects.filter(action=DONE).count() == 1


def test_what_was_touched_since_keeps_the_whole_act(cast, flags):
    give(flags, cast.bureau)
    event = AuditEvent.objects.get(action=DONE)
    FlagAnswer.objects.create(flag=flags[0], text="都在", answered_by=cast.chair)
    with pytest.raises(TransitionRefused, match="其中 1 条"):
        take_back(event, reason="选错了", by=cast.bureau)
    FlagAnswer.objects.all().delete()
    Flag.objects.filter(pk=flags[1].pk).update(version=9)
    with pytest.raises(TransitionRefused, match="其中 1 条"):
        take_back(event, reason="选错了", by=cast.bureau)
    assert not Flag.objects.filter(state=FlagState.SUSPECTED).exists()


def test_out_of_reach_is_counted_without_a_name_and_without_a_right_nothing_is_done(cast, flags):
    done = give(flags, cast.far.clerk)
    assert (done.number, done.out_of_reach) == (0, 3)
    assert cast.near.cooperative.name not in "".join(done.left_out())
    for person in (cast.leader, cast.chair, cast.counsellor, cast.auditor):
        with pytest.raises(PermissionDenied):
            give(flags, person)
    with pytest.raises(TransitionRefused, match="理由"):
        give(flags, cast.bureau, reason=" ")


def test_whom_nobody_is_there_for_is_left_out_with_the_reason(cast, flags):
    Cooperative.objects.update(counsellor=None)
    done = give(flags, cast.bureau, whom="counsellor")
    assert done.number == 0
    assert all("还没有联系的辅导员" in each for each in done.left_out())


def test_an_act_costs_a_fixed_number_of_statements(cast, django_assert_max_num_queries):
    for size in (2, 40):
        made = [FlagFactory(cooperative=cast.near.cooperative) for _ in range(size)]
        with django_assert_max_num_queries(24):
            assert give(made, cast.bureau).number == size


def test_the_page_previews_does_and_takes_back(cast, flags, browser_of):
    client = browser_of(cast.clerk)
    taken = FlagFactory(cooperative=cast.near.cooperative)
    give([taken], cast.bureau)
    items = "&".join(f"item={flag.pk}" for flag in [*flags, taken])
    page = said(client.get(f"/accounts/bulk/{ASSIGN}/?{items}"))
    assert "将办理 3 条" in page
    assert "不办理 1 条" in page
    sent = {
        "item": [flag.pk for flag in flags[:2]],
        "whom": "clerk",
        "due_on": str(later()),
        "reason": "集中核实",
    }
    told = said(client.post(f"/accounts/bulk/{ASSIGN}/", sent, follow=True))
    assert "已办理 2 条" in told
    assert Flag.objects.filter(state=FlagState.CHECKING).count() == 3
    mine = AuditEvent.objects.get(action=DONE, actor=cast.clerk)
    back = {"event": mine.pk, "reason": "选错了"}
    assert "2 条恢复" in said(client.post(f"/accounts/bulk/{ASSIGN}/back/", back, follow=True))
    again = said(client.post(f"/accounts/bulk/{ASSIGN}/back/", back, follow=True))
    assert "已经撤销过" in again
    stranger = browser_of(cast.bureau)
    assert stranger.post(f"/accounts/bulk/{ASSIGN}/back/", back).status_code == 404


def test_what_is_wrong_is_said_and_nothing_is_done(cast, flags, browser_of):
    client = browser_of(cast.clerk)
    sent = {"item": [flags[0].pk], "whom": "clerk", "due_on": "2001-01-01", "reason": ""}
    answer = client.post(f"/accounts/bulk/{ASSIGN}/", sent)
    assert answer.status_code == 422
    assert "核实期限不能早于今天" in said(answer)
    assert "请先在列表中勾选" in said(client.post(f"/accounts/bulk/{ASSIGN}/", {"whom": "clerk"}))
    assert client.get("/accounts/bulk/no-such-act/").status_code == 404
    assert browser_of(cast.chair).get(f"/accounts/bulk/{ASSIGN}/").status_code == 403
    assert not Flag.objects.exclude(state=FlagState.SUSPECTED).exists()


def test_ticks_are_read_each_once_and_no_more_than_go():
    many = QueryDict("&".join(f"item={number}" for number in (*range(500), 1, "x", 10**30)))
    assert len(ticked(many)) == MOST_ROWS + 1
    assert ticked(QueryDict("item=3&item=3&item=-1&item=٣&item=4")) == [3, 4]


@pytest.mark.parametrize("act", every_act(), ids=lambda act: act.key)
def test_every_act_stands_on_its_list_for_who_may_do_it(furnished, browser_of, act):
    for person in furnished.everyone().values():
        answer = browser_of(person).get(f"/accounts/bulk/{act.key}/", follow=True)
        assert answer.status_code == (200 if may(person, act.action) else 403)
        if may(person, act.action):
            rows = list(act.reach(person)[:5])
            found = sort_rows(act, [row.pk for row in rows], person)
            assert len(found.ready) + len(found.left) == len(rows)
            assert all(act.name(row) and act.note(row) is not None for row in rows)


def test_suspicions_are_put_off_and_taken_up_again(cast, flags):
    give(flags, cast.bureau)
    facts = {"until": later()}
    keys = [flag.pk for flag in flags]
    done = do_to_many(act_of("flags-defer"), keys, facts, reason="等收购季", by=cast.bureau)
    assert done.number == 3
    assert set(Flag.objects.values_list("state", "deferred_until")) == {("deferred", later())}
    event = AuditEvent.objects.filter(action=DONE).latest("sequence")
    take_back(event, reason="不等了", by=cast.bureau)
    assert set(Flag.objects.values_list("state", "deferred_until")) == {("checking", None)}


def test_visits_are_reviewed_together(cast):
    visit = cast.near.visit
    type(visit).objects.filter(pk=visit.pk).update(reviewed_at=None, reviewed_by=None)
    act = act_of("visits-review")
    assert do_to_many(act, [visit.pk], {"reason": "同意"}, reason="同意", by=cast.clerk).number == 1
    visit.refresh_from_db()
    assert (visit.reviewed_by, visit.review_note) == (cast.clerk, "同意")
    take_back(AuditEvent.objects.get(action=DONE), reason="看错了", by=cast.clerk)
    visit.refresh_from_db()
    assert (visit.reviewed_by, visit.reviewed_at, visit.review_note) == (None, None, "")


def test_societies_get_a_counsellor_together_and_lose_it_again(cast):
    post = cast.near.post
    waiting = CooperativeFactory.create_batch(2, township=cast.near.township, counsellor=None)
    kept = CooperativeFactory(township=cast.near.township, counsellor=cast.near.counsellor)
    act, keys = act_of("counsellors-assign"), [each.pk for each in (*waiting, kept)]
    done = do_to_many(act, keys, {"counsellor": post}, reason="就近联系", by=cast.clerk)
    assert done.number == 2
    assert "更换请用" in done.left_out()[0]
    mine = CounsellorAssignment.objects.filter(cooperative__in=waiting)
    assert [each.until for each in mine] == [None, None]
    take_back(AuditEvent.objects.get(action=DONE), reason="选错了", by=cast.clerk)
    assert not Cooperative.objects.filter(pk__in=keys[:2], counsellor__isnull=False).exists()
    assert all(each.until for each in mine.all())


def test_reports_go_back_together_and_on_again(cast):
    report = cast.near.report
    type(report).objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED)
    act = act_of("reports-return")
    facts = {"words": "请补填成员账户"}
    done = do_to_many(act, [report.pk], facts, reason="多家都漏了", by=cast.clerk)
    assert done.number == 1
    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    assert report.reasons[0]["text"] == "请补填成员账户"
    assert NoticeReceipt.objects.filter(person=cast.near.chair, notice__title__contains="退回")
    take_back(AuditEvent.objects.get(action=DONE), reason="退错了", by=cast.clerk)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def row_of(cast, act):
    """A row that the act is done to when nothing stands in its way."""
    if act.moves.flow is FLAG:
        return FlagFactory(cooperative=cast.near.cooperative)
    return cast.near.report


@pytest.mark.parametrize(
    "act", [each for each in every_act() if each.moves], ids=lambda act: act.key
)
def test_what_the_flow_does_not_let_go_is_refused_by_name(cast, act):
    row, step = row_of(cast, act), act.moves
    states = [value for value, _ in row._meta.get_field(step.flow.field).choices]
    # A state cannot be set without what belongs to it, so the row is judged as it would stand.
    for state in states:
        setattr(row, step.flow.field, state)
        told = why_not(step.flow, [row], step.target, sources=step.sources, by=cast.bureau)
        arrows = {(each.source, each.target) for each in step.flow.transitions}
        allowed = state in step.sources and (state, step.target) in arrows
        assert (told[row.pk] == "") is allowed, state
        if not allowed:
            assert (
                f"现在是“{dict(row._meta.get_field(step.flow.field).choices)[state]}”"
                in (told[row.pk])
            )


def test_a_row_in_a_state_that_the_flow_ends_in_is_named_and_stays(cast, flags):
    report = cast.near.report
    type(report).objects.filter(pk=report.pk).update(state=ReportState.DRAFT)
    act = act_of("reports-return")
    done = do_to_many(act, [report.pk], {"words": "请修改"}, reason="都漏了", by=cast.bureau)
    assert done.number == 0
    assert done.left_out() == [
        f"{act.name(report)}（现在是“填写中”，只有“已提交，待初核”“初核通过，待审核”的可以办理“退回修改”）"
    ]
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    done = do_to_many(
        act_of("flags-defer"), [flags[0].pk], {"until": later()}, reason="等等", by=cast.bureau
    )
    assert done.number == 0
    assert str(flags[0].cooperative) in done.left_out()[0]
    assert not AuditEvent.objects.filter(action=DONE).exists()


def test_each_arrow_is_asked_for_its_right_and_its_guard(cast, flags):
    def guarded(flag):
        return "先走访。" if flag.pk == flags[0].pk else ""

    assign = Action.ASSIGN_FLAG.value
    flow = Workflow(
        "试验", "state", (Transition("suspected", "checking", assign, "交办", guarded),)
    )
    asked = {"sources": ("suspected",), "by": cast.clerk}
    told = why_not(flow, flags, "checking", **asked)
    assert [told[flag.pk] for flag in flags] == ["先走访。", "", ""]
    told = why_not(flow, flags, "checking", **{**asked, "by": cast.far.clerk})
    assert all("不在您的权限范围内" in each for each in told.values())


def test_an_act_along_an_arrow_that_the_flow_does_not_have_cannot_be_written_down():
    with pytest.raises(TransitionRefused):
        Step(FLAG, (FlagState.SUSPECTED,), FlagState.CONFIRMED)


def test_no_act_sets_a_state_by_its_plan(cast):
    for act in every_act():
        if act.moves:
            assert act.moves.flow.field in act.fields
        else:
            assert "state" not in act.fields
