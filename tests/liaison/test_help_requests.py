"""What a township cannot solve is asked of a unit, answered by a day, and closed by the township."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent, NoticeReceipt
from accounts.policy import GRANTS, Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.agenda import proposals_for
from liaison.forms.help_requests import HelpForm
from liaison.help_choices import HelpState, NeedKind
from liaison.help_flows import HELP
from liaison.meeting_choices import AgendaKind, BodyKind
from liaison.models import HelpRequest
from liaison.operations.help_requests import (
    answer_request,
    assign_request,
    confirm_solved,
    decline_request,
    edit_request,
    file_request,
    note_progress,
    return_unsolved,
    withdraw_request,
)
from tests.factories.accounts import unit
from tests.factories.files import photo_upload
from tests.factories.help_requests import HelpRequestFactory
from tests.factories.meetings import BodyFactory, MeetingFactory
from tests.factories.registry import CooperativeFactory
from tests.test_home import duty_named

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24
SOON = dt.timedelta(days=10)


def facts(**changes):
    return {
        "kind": NeedKind.LAND,
        "title": "冷库用地手续",
        "text": "三个月没有批下来",
        "cooperative": None,
        **changes,
    }


def told(person):
    return list(NoticeReceipt.objects.of(person).values_list("notice__title", flat=True))


def test_a_request_goes_round_until_the_township_says_that_it_is_solved(cast):
    row = file_request(facts(), by=cast.clerk)
    assert (row.township, row.state) == (cast.near.township, HelpState.FILED)
    assert any("罗江镇求助" in title for title in told(cast.bureau))
    assign_request(row, cast.near.department, clock.today() + SOON, by=cast.bureau)
    assert any("求助交办" in title for title in told(cast.liaison))
    note_progress(row, "已现场踏勘", by=cast.liaison)
    answer_request(row, "按设施农用地备案", by=cast.liaison)
    assert any("求助已答复" in title for title in told(cast.clerk))
    return_unsolved(row, reason="仍未批复", by=cast.clerk)
    assert (row.state, row.department, row.due_on) == (HelpState.FILED, None, None)
    answer_request(row, "今天已批复", by=cast.bureau)
    confirm_solved(row, by=cast.clerk)
    assert (row.state, row.closed_on) == (HelpState.DONE, clock.today())
    steps = list(row.lines.order_by("pk").values_list("step", flat=True))
    assert steps == ["assigned", "progress", "answered", "unsolved", "answered", "done"]
    assert AuditEvent.objects.filter(action="help-filed").count() == 1
    with pytest.raises(TransitionRefused, match="已经办结"):
        note_progress(row, "再说一句", by=cast.clerk)


def test_the_same_words_of_a_day_are_filed_once_and_other_words_are_not_lost(cast):
    first = file_request(facts(), by=cast.clerk)
    assert file_request(facts(), by=cast.clerk) == first
    with pytest.raises(TransitionRefused, match="同名的求助"):
        file_request(facts(text="另一件事"), by=cast.clerk)
    assert AuditEvent.objects.filter(action="help-filed").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLERK])
def test_only_a_township_files(cast, role):
    with pytest.raises(PermissionDenied):
        file_request(facts(), by=cast.of(role))


def test_what_was_filed_can_be_changed_until_it_is_taken_up(cast):
    row = file_request(facts(), by=cast.clerk)
    edit_request(row, facts(text="四个月没有批下来"), version=row.version, by=cast.clerk)
    with pytest.raises(EditConflict):
        edit_request(row, facts(text="五个月"), version=1, by=cast.clerk)
    with pytest.raises(PermissionDenied):
        edit_request(row, facts(), version=row.version, by=cast.far.clerk)
    other = file_request(facts(title="烘干中心用电"), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="同名的求助"):
        edit_request(other, facts(), version=other.version, by=cast.clerk)
    assign_request(row, cast.near.department, clock.today(), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经受理"):
        edit_request(row, facts(text="六个月"), version=row.version, by=cast.clerk)


def in_state(cast, state):
    answered = {"answer": "已批复", "answered_on": clock.today()}
    asked = state != HelpState.FILED
    return HelpRequestFactory(
        township=cast.near.township,
        department=cast.near.department if asked else None,
        state=state,
        **(answered if state == HelpState.ANSWERED else {}),
    )


STEPS = {
    HelpState.ASSIGNED: lambda row, cast, by: assign_request(
        row, cast.near.department, clock.today() + SOON, by=by
    ),
    HelpState.ANSWERED: lambda row, cast, by: answer_request(row, "已批复", by=by),
    HelpState.DONE: lambda row, cast, by: confirm_solved(row, by=by),
    HelpState.FILED: lambda row, cast, by: return_unsolved(row, reason="没有解决", by=by),
    HelpState.DECLINED: lambda row, cast, by: decline_request(row, reason="不属于", by=by),
    HelpState.WITHDRAWN: lambda row, cast, by: withdraw_request(row, reason="已解决", by=by),
}


@pytest.mark.parametrize("source", HelpState)
def test_only_what_the_table_allows_ever_moves(cast, source):
    row = in_state(cast, source)
    arrows = {arrow.target: arrow.action for arrow in HELP.leaving(source)}
    for (target, act), role in itertools.product(STEPS.items(), Role):
        row.refresh_from_db()
        person = cast.of(role)
        with transaction.atomic():
            try:
                act(row, cast, person)
                answer = "moved"
            except PermissionDenied:
                answer = "forbidden"
            except TransitionRefused:
                answer = "refused"
            transaction.set_rollback(True)
        row.refresh_from_db()
        if target not in arrows:
            assert answer == "refused", (source, target, role)
            continue
        may = role in GRANTS[Action(arrows[target])]
        # A department does not reach what it was not asked about.
        reached = role != Role.LIAISON or source != HelpState.FILED
        assert answer == ("moved" if may and reached else "forbidden"), (source, target, role)


WORDLESS = {
    "decline": lambda row, cast: decline_request(row, reason=" ", by=cast.bureau),
    "withdraw": lambda row, cast: withdraw_request(row, reason="", by=cast.clerk),
    "answer": lambda row, cast: answer_request(row, " ", by=cast.bureau),
    "unsolved": lambda row, cast: return_unsolved(row, reason="", by=cast.clerk),
}


@pytest.mark.parametrize("name", WORDLESS)
def test_a_step_that_says_no_needs_words(cast, name):
    row = in_state(cast, HelpState.ANSWERED if name == "unsolved" else HelpState.FILED)
    with pytest.raises(TransitionRefused, match="须填写理由"):
        WORDLESS[name](row, cast)


def test_the_second_of_two_who_assign_is_refused(cast):
    row = file_request(facts(), by=cast.clerk)
    stale = HelpRequest.objects.get(pk=row.pk)
    assign_request(row, cast.near.department, clock.today() + SOON, by=cast.bureau)
    with pytest.raises(TransitionRefused):
        assign_request(stale, cast.far.department, clock.today() + SOON, by=cast.bureau)
    assert HelpRequest.objects.get(pk=row.pk).department == cast.near.department
    assign_request(row, cast.far.department, clock.today() + SOON, by=cast.bureau)
    assert not HelpRequest.objects.permitted(cast.liaison, Action.VIEW_HELP).exists()
    with pytest.raises(TransitionRefused, match="不能早于今天"):
        assign_request(row, cast.near.department, clock.today() - SOON, by=cast.bureau)


@pytest.mark.parametrize("role", [Role.CLERK, Role.LIAISON])
def test_each_sees_its_own_and_no_other(cast, role):
    near, far = cast.near.help_request, cast.far.help_request
    seen = HelpRequest.objects.permitted(cast.of(role), Action.VIEW_HELP)
    assert list(seen) == [near] != [far]


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.COOPERATIVE, Role.ADMINISTRATOR])
def test_others_see_none(cast, browser_of, role):
    url = reverse("liaison:help-detail", args=[cast.near.help_request.pk])
    assert browser_of(cast.of(role)).get(url).status_code == 403


def test_requests_without_an_answer_come_onto_the_next_agenda_once(cast):
    body = BodyFactory(kind=BodyKind.JOINT_MEETING, office=unit("农业农村局"))
    meeting = MeetingFactory(body=body)
    asked, filed = cast.near.help_request, file_request(facts(), by=cast.far.clerk)
    done = in_state(cast, HelpState.ANSWERED)
    proposed = [p for p in proposals_for(meeting) if p.kind == AgendaKind.HELP_REQUEST]
    assert {p.source for p in proposed} == {f"help:{asked.pk}", f"help:{filed.pk}"}
    assert f"help:{done.pk}" not in {p.source for p in proposed}
    assert all(len(p.title) <= 120 for p in proposed)
    own = [p for p in proposals_for(cast.near.meeting) if p.kind == AgendaKind.HELP_REQUEST]
    assert {p.source for p in own} == {f"help:{asked.pk}"}


def test_each_step_waits_on_the_home_page_of_who_takes_it(cast):
    row = file_request(facts(), by=cast.clerk)
    assert duty_named(cast.bureau, "待受理").count == 1
    assign_request(row, cast.near.department, clock.today(), by=cast.bureau)
    assert duty_named(cast.bureau, "待受理") is None
    duty = duty_named(cast.liaison, "求助待答复")
    assert (duty.count, duty.due) == (1, clock.today())
    with clock.on_day(clock.today() + dt.timedelta(days=1)):
        assert duty_named(cast.bureau, "逾期未答复").count == 1
    answer_request(row, "已批复", by=cast.liaison)
    assert duty_named(cast.liaison, "求助待答复") is None
    assert duty_named(cast.clerk, "待确认").count == 1
    assert duty_named(cast.far.clerk, "待确认") is None
    confirm_solved(row, by=cast.clerk)
    assert duty_named(cast.clerk, "待确认") is None


def test_the_page_takes_a_request_with_its_photo(cast, browser_of):
    society = cast.near.cooperative
    clerk = browser_of(cast.clerk)
    typed = {**facts(), "cooperative": society.name, "evidence": [photo_upload()]}
    answer = clerk.post(reverse("liaison:help-create"), typed)
    row = HelpRequest.objects.get()
    assert answer.url == reverse("liaison:help-detail", args=[row.pk])
    assert row.cooperative == society
    file = Attachment.objects.of(row).get()
    address = reverse("accounts:attachment-file", args=[file.pk])
    assert clerk.get(address).status_code == 200
    assert browser_of(cast.far.clerk).get(address).status_code == 404


def test_the_page_walks_a_request_to_its_end(cast, browser_of):
    row = file_request(facts(), by=cast.clerk)
    office, department, clerk = map(browser_of, (cast.bureau, cast.liaison, cast.clerk))

    def post(browser, name, **typed):
        row.refresh_from_db()
        url = reverse(f"liaison:help-{name}", args=[row.pk])
        answer = browser.post(url, {"version": row.version, **typed})
        row.refresh_from_db()
        return answer.status_code

    due = clock.today() + SOON
    assert post(office, "assign", department=cast.near.department.pk, due_on=str(due)) == 302
    assert (row.state, row.due_on) == (HelpState.ASSIGNED, due)
    assert post(department, "report", text="已踏勘") == 302
    assert row.state == HelpState.ASSIGNED
    assert post(department, "report", text="已批复", finished="on") == 302
    assert row.answer == "已批复"
    assert post(clerk, "close", reason="还差签字") == 302
    assert row.state == HelpState.FILED
    assert post(office, "decline", reason="不属于试点范围") == 302
    assert row.state == HelpState.DECLINED
    assert post(clerk, "withdraw", reason="算了") == 302
    assert row.state == HelpState.DECLINED
    page = clerk.get(reverse("liaison:help-detail", args=[row.pk])).content.decode()
    assert "不属于试点范围" in page


def test_a_page_that_is_behind_changes_nothing(cast, browser_of):
    row = cast.near.help_request
    url = reverse("liaison:help-report", args=[row.pk])
    typed = {"version": row.version + 1, "text": "已批复", "finished": "on"}
    page = browser_of(cast.liaison).post(url, typed, follow=True).content.decode()
    assert "其他人已处理过" in page
    row.refresh_from_db()
    assert row.state == HelpState.ASSIGNED


@pytest.mark.parametrize(
    ("typed", "sentence"), [("查无此社", "没有找到"), ("种植专业", "有 2 家合作社的名称含")]
)
def test_a_society_that_is_not_plainly_named_is_asked_for_again(cast, typed, sentence):
    CooperativeFactory(name="甲种植专业合作社", township=cast.near.township)
    CooperativeFactory(name="乙种植专业合作社", township=cast.near.township)
    CooperativeFactory(name="查无此社", township=cast.far.township)
    form = HelpForm({**facts(), "cooperative": typed}, user=cast.clerk)
    assert not form.is_valid()
    assert sentence in form.errors["cooperative"][0]


def test_the_later_of_two_editors_sees_both_texts(cast, browser_of):
    row = file_request(facts(cooperative=cast.near.cooperative), by=cast.clerk)
    edit_request(row, {"text": "四个月"}, version=1, by=cast.clerk)
    url = reverse("liaison:help-edit", args=[row.pk])
    clerk = browser_of(cast.clerk)
    typed = {**facts(text="五个月"), "cooperative": row.cooperative.code, "version": 1}
    answer = clerk.post(url, typed)
    page = answer.content.decode()
    assert (answer.status_code, "四个月" in page, "五个月" in page) == (409, True, True)
    assert clerk.post(url, {**typed, "version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.cooperative) == ("五个月", cast.near.cooperative)


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for society in CooperativeFactory.create_batch(12, township=cast.near.township):
        HelpRequestFactory(
            township=cast.near.township, department=cast.near.department, cooperative=society
        )
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("liaison:help-list"))
    assert page.context["number"] == 12
