"""The round of consent: who is asked, silence, wording, override, and what a change renews."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.choices import Role
from accounts.models import NoticeReceipt
from common import clock
from common.workflow import TransitionRefused
from liaison.meeting_choices import ConsentAnswer, MinutesState, Presence
from liaison.models import Consent, Decision, Minutes, MinutesTopic, TopicEdition
from liaison.operations.consents import (
    answer_consents,
    circulate,
    handle_wording,
    take_silence_for_consent,
)
from liaison.operations.minutes import (
    agree_minutes,
    issue_minutes,
    override_consent,
    reopen_round,
    sign_minutes,
)
from liaison.operations.topics import remove_topic, save_decision, save_topic
from tests.factories.accounts import UserFactory, unit
from tests.factories.meetings import BodyFactory, MeetingFactory, minutes_of

pytestmark = pytest.mark.django_db
ASKED = ("市场监管局", "税务局", "财政局")
AGREED, WORDING, OBJECTED = ConsentAnswer.AGREED, ConsentAnswer.WORDING, ConsentAnswer.OBJECTED


@pytest.fixture
def minutes(cast):
    """A draft of two paragraphs; three units beside the bureau were there, one only sat in."""
    body = BodyFactory(office=unit("农业农村局"), consent_days=5)
    names = (*ASKED, "农业农村局", "区政府", "水务局")
    made = minutes_of(MeetingFactory(body=body), [unit(n) for n in names])
    Consent.objects.all().delete()
    TopicEdition.objects.all().delete()
    made.topics.update(edition=0)
    made.meeting.units.filter(unit=unit("水务局")).update(presence=Presence.SITTING_IN)
    second = MinutesTopic.objects.create(minutes=made, position=2, title="税务衔接", text="衔接。")
    second.concerned.set([unit("税务局")])
    Minutes.objects.filter(pk=made.pk).update(state=MinutesState.DRAFT)
    made.refresh_from_db()
    return made


@pytest.fixture
def liaisons(cast):
    return {name: UserFactory(role=Role.LIAISON, unit=unit(name)) for name in ASKED}


def topics(minutes):
    return list(minutes.topics.order_by("position"))


def say(minutes, person, answer=AGREED, remark="", title=""):
    rows = Consent.objects.of(minutes).filter(unit=person.unit).select_related("edition__topic")
    if title:
        rows = rows.filter(edition__topic__title=title)
    answer_consents(minutes, {r.pk: (answer, remark, r.version) for r in rows}, by=person)


def change(minutes, topic, text, cast):
    topic.refresh_from_db()
    facts = {"title": topic.title, "text": text, "position": None}
    named = list(topic.concerned.all())
    save_topic(minutes, topic, facts, concerned=named, version=topic.version, by=cast.bureau)
    minutes.refresh_from_db()


def test_units_present_are_asked_the_drafter_leaders_and_who_sat_in_are_not(minutes, cast):
    assert circulate(minutes, by=cast.bureau) == len(ASKED)
    first, second = topics(minutes)
    asked = Consent.objects.of(minutes).select_related("unit")
    assert {c.unit.short_name for c in asked.filter(edition__topic=first)} == set(ASKED)
    assert {c.unit.short_name for c in asked.filter(edition__topic=second)} == {"税务局"}


def test_silence_agrees_only_after_the_day_and_only_by_rule(minutes, cast, liaisons):
    with clock.on_day(dt.date(2021, 7, 5)):
        circulate(minutes, by=cast.bureau)
        say(minutes, liaisons["财政局"])
    assert take_silence_for_consent(dt.date(2021, 7, 30)) == 0
    body = minutes.meeting.body
    body.silence_agrees = True
    body.save()
    due = Consent.objects.of(minutes).first().due_on
    assert due == dt.date(2021, 7, 12)  # five days end on a Saturday: the next working day
    assert take_silence_for_consent(due) == 0
    assert take_silence_for_consent(due + dt.timedelta(days=1)) == 3
    assert take_silence_for_consent(due + dt.timedelta(days=1)) == 0
    said = dict(Consent.objects.of(minutes).values_list("unit__short_name", "answer"))
    assert said == {"市场监管局": "silent", "税务局": "silent", "财政局": "agreed"}
    agree_minutes(Minutes.objects.get(pk=minutes.pk), by=cast.bureau)


def test_a_wording_has_to_be_taken_over_or_answered(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for name in ("市场监管局", "财政局"):
        say(minutes, liaisons[name])
    say(minutes, liaisons["税务局"], WORDING, "建议写明期限")
    with pytest.raises(TransitionRefused, match="税务局的文字建议还没有处理"):
        agree_minutes(minutes, by=cast.bureau)
    for consent in Consent.objects.of(minutes).filter(answer=WORDING):
        handle_wording(consent, "期限已在方案中写明", version=consent.version, by=cast.bureau)
    agree_minutes(minutes, by=cast.bureau)
    assert minutes.state == MinutesState.AGREED


def test_a_changed_paragraph_asks_only_its_units_and_keeps_what_was_agreed_before(
    minutes, cast, liaisons
):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    second = topics(minutes)[1]
    change(minutes, second, "改过的衔接办法。", cast)
    waiting = Consent.objects.waiting().select_related("unit", "edition")
    assert [(c.unit.short_name, c.edition.number) for c in waiting] == [("税务局", 2)]
    former = TopicEdition.objects.get(topic=second, number=1)
    assert "衔接。" in former.text
    assert former.consents.get().answer == AGREED


def test_saving_the_same_words_again_asks_nobody(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    first = topics(minutes)[0]
    change(minutes, first, first.text, cast)
    assert not Consent.objects.waiting().exists()


def test_a_unit_that_no_paragraph_names_is_asked_about_each(minutes, cast):
    for topic in topics(minutes):
        topic.concerned.set([unit("税务局")])
    assert circulate(minutes, by=cast.bureau) == len(ASKED)
    for topic in topics(minutes):
        asked = Consent.objects.of(minutes).filter(edition__topic=topic)
        assert {c.unit.short_name for c in asked.select_related("unit")} == set(ASKED)


def test_minutes_are_not_agreed_while_a_unit_present_was_never_asked(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    Consent.objects.filter(unit=unit("财政局")).delete()
    with pytest.raises(TransitionRefused, match="财政局出席了会议，但没有参加会签"):
        agree_minutes(minutes, by=cast.bureau)


def test_a_unit_named_later_is_asked_about_the_wording_that_stands(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    second = topics(minutes)[1]
    second.concerned.add(unit("财政局"))
    change(minutes, second, second.text, cast)
    waiting = Consent.objects.waiting().select_related("unit", "edition")
    assert [(c.unit.short_name, c.edition.number) for c in waiting] == [("财政局", 1)]
    told = NoticeReceipt.objects.filter(person=liaisons["财政局"])
    assert told.filter(notice__title="请会签：税务衔接").count() == 1


def test_a_new_decision_in_a_paragraph_is_a_changed_wording(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    second = topics(minutes)[1]
    facts = {
        "text": "出具清税证明",
        "lead": unit("税务局"),
        "due_on": clock.today() + dt.timedelta(days=9),
    }
    made = save_decision(second, None, facts, helpers=[unit("财政局")], version=0, by=cast.bureau)
    asked = {c.unit.short_name for c in Consent.objects.waiting().select_related("unit")}
    assert asked == {"税务局", "财政局"}
    assert made.state == "draft"


def test_an_answer_to_the_former_wording_is_not_taken(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    person = liaisons["税务局"]
    seen = Consent.objects.of(minutes).get(
        unit=person.unit, edition__topic__title=topics(minutes)[1].title
    )
    change(minutes, topics(minutes)[1], "改过的衔接办法。", cast)
    with pytest.raises(TransitionRefused, match="文字刚有改动"):
        answer_consents(minutes, {seen.pk: (AGREED, "", seen.version)}, by=person)
    assert Consent.objects.of(minutes).filter(answer=AGREED).count() == 0


def test_nobody_answers_for_another_unit(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    other = Consent.objects.of(minutes).filter(unit=unit("财政局")).first()
    with pytest.raises(PermissionDenied):
        answer_consents(minutes, {other.pk: (AGREED, "", other.version)}, by=liaisons["市场监管局"])
    with pytest.raises(PermissionDenied):
        answer_consents(minutes, {other.pk: (AGREED, "", other.version)}, by=cast.bureau)


def test_an_objection_needs_words(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="请写明"):
        say(minutes, liaisons["财政局"], OBJECTED)


def test_without_consent_only_an_override_on_record_leads_on_and_a_change_takes_it_back(
    minutes, cast, liaisons
):
    circulate(minutes, by=cast.bureau)
    say(minutes, liaisons["财政局"], OBJECTED, "资金未落实")
    with pytest.raises(TransitionRefused):
        agree_minutes(minutes, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="至少五个字"):
        override_consent(minutes, reason="急", version=minutes.version, by=cast.bureau)
    with pytest.raises(PermissionDenied):
        override_consent(
            minutes, reason="上级要求先行印发", version=minutes.version, by=cast.liaison
        )
    override_consent(minutes, reason="上级要求先行印发", version=minutes.version, by=cast.leader)
    assert minutes.overridden_by == cast.leader
    change(minutes, topics(minutes)[0], "又改了。", cast)
    assert minutes.override_reason == ""
    override_consent(minutes, reason="上级要求先行印发", version=minutes.version, by=cast.leader)
    agree_minutes(minutes, by=cast.bureau)
    sign_minutes(minutes, "张永贵", clock.today(), by=cast.leader)
    issue_minutes(minutes, by=cast.bureau)
    assert minutes.paper.sha256
    assert minutes.override_reason == "上级要求先行印发"


def test_issuing_looks_at_consent_again(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    agree_minutes(minutes, by=cast.bureau)
    sign_minutes(minutes, "张永贵", clock.today(), by=cast.leader)
    row = Consent.objects.of(minutes).first()
    Consent.objects.filter(pk=row.pk).update(answer=ConsentAnswer.WAITING)
    with pytest.raises(TransitionRefused, match="还没有答复"):
        issue_minutes(minutes, by=cast.bureau)
    assert Minutes.objects.get(pk=minutes.pk).number == ""


def test_going_back_into_the_round_keeps_the_answers(minutes, cast, liaisons):
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    agree_minutes(minutes, by=cast.bureau)
    reopen_round(minutes, reason="漏写一项", by=cast.bureau)
    assert minutes.state == MinutesState.CIRCULATED
    assert not Consent.objects.waiting().exists()
    topic = topics(minutes)[1]
    with pytest.raises(TransitionRefused, match="不能删去整段"):
        remove_topic(topic, version=topic.version, by=cast.bureau)


def test_a_decision_is_a_task_only_from_the_day_of_issue(minutes, cast, liaisons):
    first = topics(minutes)[0]
    facts = {"text": "核对", "lead": unit("财政局"), "due_on": clock.today()}
    save_decision(first, None, facts, helpers=[], version=0, by=cast.bureau)
    reach = Decision.objects.permitted(liaisons["财政局"], "view-decision")
    assert not reach.exists()
    circulate(minutes, by=cast.bureau)
    for person in liaisons.values():
        say(minutes, person)
    agree_minutes(minutes, by=cast.bureau)
    sign_minutes(minutes, "张永贵", clock.today(), by=cast.leader)
    assert not reach.exists()
    issue_minutes(minutes, by=cast.bureau)
    assert reach.undone().count() == 1
    assert not Decision.objects.permitted(liaisons["市场监管局"], "view-decision").exists()
