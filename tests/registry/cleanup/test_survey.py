"""The survey: every living society has one record, every number is its list, nobody loses a word."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent
from accounts.operations.attachments import AttachmentRefused, attach_file
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import RegistrationStatus
from registry.cleanup.choices import CampaignState, SurveyState
from registry.cleanup.coverage import coverage_of
from registry.models import Cooperative, SurveyRecord
from registry.operations.surveys import (
    move_campaign,
    open_campaign,
    record_survey,
    top_up_campaign,
)
from tests.factories.cleanup import SurveyRecordFactory, running_campaign
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
SEEN = {
    "operating_state": "ceased",
    "disposition": "voluntary_deregistration",
    "surveyed_on": dt.date(2021, 7, 1),
    "method": "on_site",
    "met": "王某",
    "note": "停业两年",
}
TYPED = {
    **SEEN,
    "surveyed_on": "2021-07-01",
    "problems": ["ceased_poor_management"],
    "labels": ["dormant"],
    "version": 1,
}


def begin(cast, **facts):
    due = facts.pop("due_on", clock.today() + dt.timedelta(days=30))
    return open_campaign("摸底", due_on=due, by=cast.bureau, **facts)


def record_of(cast):
    return cast.near.survey_record


def note(record, by, **changes):
    facts = {**SEEN, **changes}
    return record_survey(record, facts, ["shell"], by=by, version=record.version)


def test_every_living_society_gets_one_record_in_a_fixed_number_of_queries(
    cast, django_assert_max_num_queries
):
    for _ in range(40):
        CooperativeFactory()
    revoked = CooperativeFactory(status=RegistrationStatus.REVOKED)
    gone = CooperativeFactory(status=RegistrationStatus.DEREGISTERED)
    with django_assert_max_num_queries(12):
        campaign = begin(cast)
    surveyed = set(campaign.records.values_list("cooperative", flat=True))
    assert surveyed == set(Cooperative.objects.living().values_list("pk", flat=True))
    assert revoked.pk in surveyed
    assert gone.pk not in surveyed


def test_two_surveys_never_run_at_once(cast):
    campaign = begin(cast)
    with pytest.raises(TransitionRefused, match="还有一次摸底"):
        begin(cast)
    move_campaign(campaign, CampaignState.CLOSED, reason="已完成", by=cast.bureau)
    begin(cast)
    with pytest.raises(TransitionRefused, match="不能同时开放"):
        move_campaign(campaign, CampaignState.OPEN, reason="补记", by=cast.bureau)


def test_societies_registered_since_are_added_once(cast):
    campaign = begin(cast)
    CooperativeFactory()
    assert top_up_campaign(campaign, by=cast.bureau) == 1
    assert top_up_campaign(campaign, by=cast.bureau) == 0


def test_a_record_keeps_what_was_seen_and_leaves_the_registration_alone(cast):
    record = record_of(cast)
    before = Cooperative.objects.filter(pk=record.cooperative_id).values().get()
    saved = note(record, cast.counsellor)
    assert (saved.state, saved.recorded_by) == (SurveyState.RECORDED, cast.counsellor)
    assert [each.finding for each in saved.findings.all()] == ["shell"]
    assert Cooperative.objects.filter(pk=record.cooperative_id).values().get() == before
    assert AuditEvent.objects.filter(action=Action.RECORD_SURVEY).count() == 1


def test_photos_come_with_a_record_and_stay_within_reach(cast, browser_of):
    record = record_of(cast)
    address = reverse("registry:survey-record", args=[record.pk])
    typed = {**TYPED, "version": record.version, "uploads": [photo_upload()]}
    browser_of(cast.near.counsellor).post(address, typed)
    (photo,) = Attachment.objects.of(record)
    assert photo.is_photo
    shown = reverse("accounts:attachment-small", args=[photo.pk])
    assert shown in browser_of(cast.bureau).get(address).content.decode()
    assert browser_of(cast.far.clerk).get(shown).status_code == 404
    move_campaign(record.campaign, CampaignState.CLOSED, reason="摸底结束", by=cast.bureau)
    with pytest.raises(AttachmentRefused, match="摸底已结束"):
        attach_file(record, photo_upload(), purpose="survey-photo", by=cast.near.counsellor)


def test_a_correction_replaces_the_findings_and_is_kept_in_the_trail(cast):
    saved = note(record_of(cast), cast.clerk)
    again = record_survey(saved, {**SEEN, "note": "复核"}, [], by=cast.clerk, version=saved.version)
    assert (again.note, again.findings.count()) == ("复核", 0)
    assert AuditEvent.objects.filter(action="survey-corrected").count() == 1


def test_who_saves_second_sees_both_texts(cast, browser_of):
    record = record_of(cast)
    note(record, cast.clerk, note="第一人")
    path = reverse("registry:survey-record", args=[record.pk])
    answer = browser_of(cast.counsellor).post(path, {**TYPED, "note": "第二人"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "第一人" in page
    assert "第二人" in page
    record.refresh_from_db()
    with pytest.raises(EditConflict):
        record_survey(record, SEEN, [], by=cast.clerk, version=1)


def test_a_counsellor_of_another_township_cannot_record(cast):
    with pytest.raises(PermissionDenied):
        note(record_of(cast), cast.far.counsellor)


def test_a_leader_reads_but_does_not_write(cast, browser_of):
    path = reverse("registry:survey-record", args=[record_of(cast).pk])
    client = browser_of(cast.leader)
    assert "保存记录" not in client.get(path).content.decode()
    assert client.post(path, TYPED).status_code == 403


def test_a_closed_survey_takes_no_more_records(cast):
    record = record_of(cast)
    move_campaign(record.campaign, CampaignState.CLOSED, reason="完成", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经结束"):
        note(SurveyRecord.objects.get(pk=record.pk), cast.clerk)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"disposition": "support"}, "不能是“扶持发展”"),
        ({"surveyed_on": "2021-07-21"}, "不能晚于今天"),
        ({"problems": ["illegal_finance"], "note": ""}, "请写明看到或听到的情况"),
        ({"operating_state": ""}, "经营状况"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words_and_nothing_is_lost(
    cast, browser_of, changes, said
):
    path = reverse("registry:survey-record", args=[record_of(cast).pk])
    answer = browser_of(cast.clerk).post(path, {**TYPED, "met": "村支书张某", **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "村支书张某" in page


def test_every_number_of_the_coverage_is_the_length_of_its_list(cast, browser_of):
    for township in (cast.near.township, cast.far.township, None):
        for number in range(3):
            record = SurveyRecordFactory(cooperative=CooperativeFactory(township=township))
            if number:
                note(record, cast.bureau, operating_state="not_found" if number > 1 else "normal")
    ended = SurveyRecordFactory(
        cooperative=CooperativeFactory(status=RegistrationStatus.DEREGISTERED)
    )
    campaign = running_campaign()
    coverage = coverage_of(campaign.records.due())
    assert (coverage.whole.total, coverage.whole.done, coverage.whole.idle) == (9, 6, 3)
    assert [row.percent for row in coverage.rows] == [66, 66, 66]
    client = browser_of(cast.bureau)
    address = reverse("registry:survey-records", args=[campaign.pk])

    def listed(**asked):
        return client.get(address, asked).context["number"]

    for row in coverage.rows:
        assert listed(township=row.code) == row.total
        assert listed(township=row.code, state="recorded") == row.done
        assert listed(township=row.code, operating="idle") == row.idle
        for value, _, number in row.advice:
            assert listed(township=row.code, disposition=value) == number
    for value, _, number in coverage.findings:
        assert listed(finding=value) == number
    assert ended.cooperative.name not in client.get(address).content.decode()


def test_pages_cost_a_fixed_number_of_queries(cast, browser_of, django_assert_max_num_queries):
    for _ in range(60):
        note(SurveyRecordFactory(cooperative=CooperativeFactory()), cast.bureau)
    campaign = running_campaign()
    client = browser_of(cast.bureau)
    for name in ("registry:survey-detail", "registry:survey-records"):
        with django_assert_max_num_queries(16):
            client.get(reverse(name, args=[campaign.pk]))


def test_the_workbook_holds_the_list_in_reach_and_is_noted(cast, browser_of):
    note(record_of(cast), cast.clerk)
    SurveyRecordFactory(cooperative=cast.far.cooperative)
    path = reverse("registry:survey-export", args=[running_campaign().pk])
    answer = browser_of(cast.clerk).get(path, {"state": "recorded"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book["摸底记录"].iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][0] == cast.near.cooperative.name
    assert AuditEvent.objects.get(action=Action.EXPORT_SURVEY).detail["number"] == 1


def test_the_home_page_counts_what_waits(cast):
    record_of(cast)
    SurveyRecordFactory(cooperative=cast.far.cooperative)
    found = {
        role: [duty.count for duty in duties_of(cast.of(role)) if duty.title == "待摸底的合作社"]
        for role in (Role.BUREAU, Role.CLERK, Role.COUNSELLOR, Role.LEADER)
    }
    assert found == {
        Role.BUREAU: [2],
        Role.CLERK: [1],
        Role.COUNSELLOR: [1],
        Role.LEADER: [],
    }
