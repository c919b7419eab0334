"""A unit without an account answers on paper; the bureau records it, and the trail says so."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.consents import asked_of
from liaison.meeting_choices import ConsentAnswer, MinutesState, PaperForm
from liaison.models import Consent, Minutes, PaperAnswer
from liaison.operations.consents import answer_consents
from liaison.operations.paper_answers import record_paper_answer
from tests.factories.accounts import UserFactory, unit
from tests.factories.files import photo_upload
from tests.factories.meetings import BodyFactory, MeetingFactory, minutes_of

pytestmark = pytest.mark.django_db
AGREED, WORDING = ConsentAnswer.AGREED, ConsentAnswer.WORDING


@pytest.fixture
def minutes(cast):
    """Minutes that go round: the tax office has a liaison, the water office nobody."""
    body = BodyFactory(office=unit("农业农村局"))
    made = minutes_of(
        MeetingFactory(body=body), [unit("水务局"), unit("税务局"), unit("农业农村局")]
    )
    Minutes.objects.filter(pk=made.pk).update(circulated_on=clock.today())
    made.refresh_from_db()
    return made


def facts(**changes):
    return {
        "form": PaperForm.LETTER,
        "number": "通水务函〔2021〕9号",
        "received_on": clock.today(),
        **changes,
    }


def record(minutes, by, name="水务局", answer=AGREED, remark="", scans=None, **changes):
    office = unit(name)
    answers = {each.pk: (answer, remark, each.version) for each in asked_of(minutes, office)}
    given = [photo_upload()] if scans is None else scans
    return record_paper_answer(minutes, office, answers, facts(**changes), given, by=by)


def of_water(minutes):
    return Consent.objects.of(minutes).get(unit=unit("水务局"))


def test_the_answer_counts_with_its_scan_and_the_trail_says_on_whose_behalf(cast, minutes):
    paper = record(minutes, cast.bureau, answer=WORDING, remark="建议加一句")
    consent = of_water(minutes)
    assert (consent.answer, consent.paper, consent.answered_by) == (WORDING, paper, cast.bureau)
    assert Attachment.objects.of(paper).count() == 1
    event = AuditEvent.objects.get(action="paper-answer-recorded")
    assert "水务局" in str(vars(event))
    assert not AuditEvent.objects.filter(action=Action.AGREE_MINUTES.value).exists()


def test_a_unit_with_somebody_here_answers_itself(cast, minutes):
    with pytest.raises(TransitionRefused, match="由其本人答复"):
        record(minutes, cast.bureau, name="税务局")
    UserFactory(role=Role.LIAISON, unit=unit("水务局"), is_active=False)
    record(minutes, cast.bureau)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BUREAU])
def test_only_the_bureau_records(cast, minutes, role):
    with pytest.raises(PermissionDenied):
        record(minutes, cast.of(role))


def test_without_a_sound_scan_nothing_is_recorded(cast, minutes):
    with pytest.raises(TransitionRefused, match="扫描件"):
        record(minutes, cast.bureau, scans=[])
    assert of_water(minutes).answer == ConsentAnswer.WAITING
    assert not PaperAnswer.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_the_paper_came_between_the_round_and_today(cast, minutes, days):
    with pytest.raises(TransitionRefused, match="收到日期"):
        record(minutes, cast.bureau, received_on=clock.today() + dt.timedelta(days=days))


def test_a_round_that_is_over_takes_no_paper_and_a_dissent_needs_its_words(cast, minutes):
    with pytest.raises(TransitionRefused, match="请写明"):
        record(minutes, cast.bureau, answer=WORDING)
    Minutes.objects.filter(pk=minutes.pk).update(state=MinutesState.AGREED)
    with pytest.raises(TransitionRefused, match="不在会签中"):
        record(minutes, cast.bureau)


def test_who_records_upon_an_old_answer_is_told(cast, minutes):
    consent = of_water(minutes)
    stale = {consent.pk: (AGREED, "", consent.version)}
    record(minutes, cast.bureau)
    with pytest.raises(EditConflict):
        record_paper_answer(
            minutes, unit("水务局"), stale, facts(), [photo_upload()], by=cast.bureau
        )
    assert PaperAnswer.objects.count() == 1


def test_foreign_paragraphs_cannot_be_answered_on_a_units_paper(cast, minutes):
    foreign = Consent.objects.of(minutes).get(unit=unit("税务局"))
    answers = {foreign.pk: (AGREED, "", foreign.version)}
    with pytest.raises(TransitionRefused):
        record_paper_answer(
            minutes, unit("水务局"), answers, facts(), [photo_upload()], by=cast.bureau
        )
    foreign.refresh_from_db()
    assert foreign.answer == ConsentAnswer.WAITING


def test_an_answer_in_the_portal_takes_the_place_of_the_paper(cast, minutes):
    record(minutes, cast.bureau)
    person = UserFactory(role=Role.LIAISON, unit=unit("水务局"))
    consent = of_water(minutes)
    answer_consents(minutes, {consent.pk: (AGREED, "", consent.version)}, by=person)
    consent.refresh_from_db()
    assert (consent.paper, consent.answered_by) == (None, person)


def test_it_goes_through_the_page(cast, minutes, browser_of):
    client, office = browser_of(cast.bureau), unit("水务局")
    address = reverse("liaison:paper-answer", args=[minutes.meeting_id, office.pk])
    sheet = reverse("liaison:minutes-detail", args=[minutes.meeting_id])
    page = client.get(sheet).content.decode()
    assert address in page
    taxed = reverse("liaison:paper-answer", args=[minutes.meeting_id, unit("税务局").pk])
    assert taxed not in page
    consent = of_water(minutes)
    typed = {
        **facts(received_on=clock.today().isoformat()),
        f"answer-{consent.pk}": "agreed",
        f"remark-{consent.pk}": "",
        f"version-{consent.pk}": consent.version,
    }
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "scans": [photo_upload()]}).status_code == 302
    page = client.get(sheet).content.decode()
    assert "代为登记" in page
    assert facts()["number"] in page
    assert address not in page
    absent = reverse("liaison:paper-answer", args=[minutes.meeting_id, unit("林业局").pk])
    assert client.get(absent).status_code == 404


def test_another_unit_sees_neither_paper_nor_scan(cast, minutes, browser_of):
    paper = record(minutes, cast.bureau)
    scan = Attachment.objects.of(paper).get()
    own = UserFactory(role=Role.LIAISON, unit=unit("水务局"))
    for person, status in ((own, 200), (cast.far.liaison, 404), (cast.liaison, 404)):
        answer = browser_of(person).get(reverse("accounts:attachment-file", args=[scan.pk]))
        assert answer.status_code == status
    page = browser_of(cast.far.liaison).get(
        reverse("liaison:minutes-detail", args=[minutes.meeting_id])
    )
    assert facts()["number"] not in page.content.decode()
