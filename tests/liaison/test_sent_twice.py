"""A form that is sent twice, by a double click or again over a weak network, is one act."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Attachment, AuditEvent
from common import clock
from liaison.meeting_choices import ConsentAnswer, DecisionState, MeetingState, MinutesState
from liaison.models import (
    AgendaItem,
    BodySeat,
    Consent,
    Decision,
    DecisionProgress,
    HelpLine,
    HelpRequest,
    Meeting,
    Minutes,
    MinutesTopic,
    UnitContact,
)
from liaison.operations.consents import circulate
from liaison.operations.topics import save_topic
from tests.factories.accounts import UserFactory, unit
from tests.factories.files import photo_upload
from tests.factories.help_requests import HelpRequestFactory

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"liaison:{name}", args=args)


def twice(client, path, **data):
    """Send the same twice; both are told that it was saved, and the trail tells of one act."""
    answers = []
    for _ in range(2):
        answers.append(client.post(path, data, follow=True))
    for each in answers:
        assert each.status_code == 200, each.content.decode()[:500]
        said = [(m.level_tag, str(m)) for m in each.context["messages"]]
        assert [tag for tag, _ in said] == ["success"], said
    assert answers[0].redirect_chain == answers[1].redirect_chain


def events(action):
    return AuditEvent.objects.filter(action=action).count()


@pytest.fixture
def draft(cast):
    """Minutes that are still written, of a meeting that was held."""
    Minutes.objects.filter(pk=cast.near.minutes.pk).update(state=MinutesState.DRAFT)
    cast.near.minutes.refresh_from_db()
    return cast.near.minutes


def test_a_decision(cast, browser_of, draft):
    client, path = browser_of(cast.bureau), page("decision-create", draft.topics.get().pk)
    due = clock.today() + dt.timedelta(days=30)
    form = {
        "text": "逐户核对名单",
        "lead": unit("市场监管局").pk,
        "helpers": [unit("税务局").pk, unit("财政局").pk],
        "due_on": due.isoformat(),
    }
    twice(client, path, **form)
    assert Decision.objects.filter(text="逐户核对名单").count() == 1
    assert events("decision-written") == 1
    client.post(
        path, {**form, "lead": unit("林业局").pk}
    )  # another unit does the same: another task
    client.post(path, {**form, "helpers": [unit("税务局").pk]})
    assert Decision.objects.filter(text="逐户核对名单").count() == 3


def test_a_decision_asks_nobody_again(cast, browser_of):
    minutes = cast.near.minutes  # going round
    due = clock.today() + dt.timedelta(days=30)
    form = {"text": "逐户核对", "lead": unit("市场监管局").pk, "due_on": due.isoformat()}
    twice(browser_of(cast.bureau), page("decision-create", minutes.topics.get().pk), **form)
    assert minutes.topics.get().edition == 2


def test_a_paragraph(cast, browser_of, draft):
    client, path = browser_of(cast.bureau), page("topic-create", draft.meeting_id)
    form = {"title": "新的一段", "text": "会议要求抓紧。", "concerned": [cast.near.department.pk]}
    twice(client, path, **form)
    assert MinutesTopic.objects.filter(title="新的一段").count() == 1
    assert events("topic-saved") == 1
    client.post(path, {**form, "text": "另一段文字。"})
    assert MinutesTopic.objects.filter(title="新的一段").count() == 2


def test_an_item_of_the_agenda(cast, browser_of):
    meeting = cast.near.meeting
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PLANNED, held_on=None)
    client, path = browser_of(cast.bureau), page("agenda-create", meeting.pk)
    twice(client, path, title="通报年报进展", details="各乡镇街道汇报。")
    assert AgendaItem.objects.filter(title="通报年报进展").count() == 1
    assert events("agenda-saved") == 1
    client.post(path, {"title": "通报年报进展", "details": "另一件。"})
    assert AgendaItem.objects.filter(title="通报年报进展").count() == 2


def test_a_member_of_a_body(cast, browser_of):
    body = cast.near.body
    form = {"unit": unit("林业局").pk, "person": "李四", "post": "副局长", "duty": "member"}
    twice(browser_of(cast.bureau), page("seat-create", body.pk), **form, since="2021-01-01")
    assert BodySeat.objects.filter(body=body, person="李四").count() == 1
    assert events("seat-saved") == 1


def test_progress_of_a_decision_with_its_photo(cast, browser_of):
    decision, path = cast.near.decision, page("decision-report", cast.near.decision.pk)
    client = browser_of(cast.liaison)
    for _ in range(2):
        form = {"text": "已核对两个乡镇。", "version": decision.version}
        client.post(path, {**form, "evidence": [photo_upload()]})
    assert DecisionProgress.objects.filter(decision=decision).count() == 1
    assert Attachment.objects.of(decision).count() == 1
    assert events("progress-reported") == 1
    with clock.on_day(clock.today() + dt.timedelta(days=30)):  # the same words of another day
        client.post(path, {"text": "已核对两个乡镇。", "version": decision.version})
    assert DecisionProgress.objects.filter(decision=decision).count() == 2
    other = UserFactory(role=cast.liaison.role, unit=cast.liaison.unit)
    browser_of(other).post(path, {"text": "已核对两个乡镇。", "version": decision.version})
    assert DecisionProgress.objects.filter(decision=decision).count() == 3


def test_done_is_reported_once(cast, browser_of):
    decision, path = cast.near.decision, page("decision-report", cast.near.decision.pk)
    for _ in range(2):
        form = {"text": "已办结。", "finished": "on", "version": decision.version}
        browser_of(cast.liaison).post(path, {**form, "evidence": [photo_upload()]})
    decision.refresh_from_db()
    assert decision.state == DecisionState.REPORTED
    assert DecisionProgress.objects.filter(decision=decision).count() == 1
    assert Attachment.objects.of(decision).count() == 1


def test_a_request_for_help_with_its_photo(cast, browser_of):
    form = {"kind": "other", "title": "缺一名会计", "text": "三家合作社没有会计。"}
    for _ in range(2):
        sent = {**form, "evidence": [photo_upload()]}
        browser_of(cast.clerk).post(page("help-create"), sent)
    made = HelpRequest.objects.get(title="缺一名会计")
    assert Attachment.objects.of(made).count() == 1


def test_progress_of_a_request_for_help(cast, browser_of):
    row = HelpRequestFactory(township=cast.near.township)
    for _ in range(2):
        form = {"text": "补充：已联系镇财政所。", "version": row.version}
        browser_of(cast.clerk).post(page("help-report", row.pk), form)
    assert HelpLine.objects.filter(request=row).count() == 1
    assert events("help-noted") == 1


def test_a_contact(cast, browser_of):
    path = page("contact-create", cast.near.department.pk)
    form = {"place": "first", "person": "王小川", "since": clock.today().isoformat()}
    twice(browser_of(cast.liaison), path, **form)
    assert UnitContact.objects.filter(person="王小川").count() == 1


def test_an_answer_to_minutes(cast, browser_of, draft):
    facts = {"title": "第二段", "text": "文字。", "position": None}
    save_topic(draft, None, facts, concerned=[], version=0, by=cast.bureau)
    circulate(draft, by=cast.bureau)
    client, path = browser_of(cast.liaison), page("minutes-answer", draft.meeting_id)
    own = list(Consent.objects.of(draft).filter(unit=cast.liaison.unit_id).order_by("pk"))
    form = {}
    for row in own:
        form |= {f"answer-{row.pk}": "agreed", f"version-{row.pk}": row.version}
    first, second = own
    form |= {f"answer-{first.pk}": "wording", f"remark-{first.pk}": "改为“依法依规”。"}
    twice(client, path, **form)
    assert events("agree-minutes") == 2  # one for each paragraph
    Consent.objects.filter(pk=first.pk).update(handled="不采纳，已说明。")
    for row in own:
        row.refresh_from_db()
        form[f"version-{row.pk}"] = row.version
    form |= {f"answer-{second.pk}": "objected", f"remark-{second.pk}": "暂缓。"}
    client.post(path, form)
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.answer == ConsentAnswer.OBJECTED
    assert first.handled == "不采纳，已说明。"  # what was not changed is as it was
    assert events("agree-minutes") == 3
