"""A quarter of the joint meeting through the pages alone, from the agenda to the next agenda."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.choices import Role
from accounts.models import NoticeReceipt
from common import clock
from liaison.meeting_choices import (
    BodyKind,
    ConsentAnswer,
    DecisionState,
    MinutesState,
)
from liaison.models import Consent, Decision, Meeting, Minutes
from registry.models import Contradiction
from registry.side_choices import ContradictionKind
from tests.factories.accounts import UserFactory, unit
from tests.factories.files import photo_upload
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
THERE = ("市场监管局", "税务局", "财政局", "林业局")
AWAY = "水务局"


def page(name, *args):
    return reverse(f"liaison:{name}", args=args)


def posted(client, path, **data):
    """Send a form of a page and follow it; nothing may have been refused."""
    answer = client.post(path, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:800]
    refused = [m.message for m in answer.context["messages"] if m.level_tag in {"error", "warning"}]
    assert refused == []
    return answer


def refused(client, path, **data):
    """Send a form that is refused; return the sentence."""
    answer = client.post(path, data, follow=True)
    said = [m.message for m in answer.context["messages"] if m.level_tag in {"error", "warning"}]
    assert said
    return "".join(said)


@pytest.fixture
def people(cast, browser_of):
    """A liaison for each department that will be there; the bureau and the leader."""
    known = {"市场监管局": cast.near.liaison, "税务局": cast.far.liaison}
    for name in (*THERE, AWAY):
        known.setdefault(name, UserFactory(role=Role.LIAISON, unit=unit(name)))
    return {
        "bureau": browser_of(cast.bureau),
        "leader": browser_of(cast.leader),
        **{name: browser_of(person) for name, person in known.items()},
        "person": known,
    }


def upon(row):
    row.refresh_from_db()
    return row.version


def call(bureau, meeting):
    posted(
        bureau,
        page("meeting-arrange", meeting.pk),
        starts_at="2021-04-22T09:00",
        place="区政府三楼会议室",
        chair="张永贵",
        recorder="李文斌",
        version=upon(meeting),
    )
    posted(bureau, page("meeting-call", meeting.pk), version=upon(meeting))


def hold(bureau, meeting):
    presence = {"version": upon(meeting)}
    for part in meeting.units.select_related("unit"):
        name = part.unit.short_name
        there = name in (*THERE, "农业农村局")
        presence[f"presence-{part.pk}"] = (
            "present" if there else "leave" if name == AWAY else "absent"
        )
        presence[f"person-{part.pk}"] = f"{name}代表"
        presence[f"post-{part.pk}"] = "副局长"
    posted(bureau, page("meeting-attendance", meeting.pk), **presence)
    held = clock.today().isoformat()
    posted(bureau, page("meeting-hold", meeting.pk), held_on=held, version=upon(meeting))
    return Minutes.objects.get(meeting=meeting)


def write(bureau, topic, text, concerned=()):
    topic.refresh_from_db()
    posted(
        bureau,
        page("topic-edit", topic.pk),
        title=topic.title,
        text=text,
        concerned=[unit(name).pk for name in concerned],
        version=topic.version,
    )


def decide(bureau, topic, text, lead, helpers=()):
    posted(
        bureau,
        page("decision-create", topic.pk),
        text=text,
        lead=unit(lead).pk,
        helpers=[unit(name).pk for name in helpers],
        due_on="2021-06-15",
    )
    return Decision.objects.get(text=text)


def answer(people, name, minutes, **said):
    """Answer for a unit: {title: (answer, remark)}; every other paragraph is agreed to."""
    data = {}
    own = Consent.objects.of(minutes).filter(unit=unit(name)).select_related("edition__topic")
    for row in own:
        opinion, remark = said.get(row.edition.topic.title, ("agreed", ""))
        data |= {
            f"answer-{row.pk}": opinion,
            f"remark-{row.pk}": remark,
            f"version-{row.pk}": row.version,
        }
    posted(people[name], page("minutes-answer", minutes.meeting_id), **data)


def answers(minutes, title):
    rows = Consent.objects.of(minutes).filter(edition__topic__title=title)
    return {row.unit.short_name: row.answer for row in rows.select_related("unit")}


def prepare(bureau, people):
    """The meeting is made, its agenda proposed once, its units told."""
    posted(bureau, page("bodies-establish"))
    posted(bureau, page("meetings-plan"))
    meeting = Meeting.objects.get(body__kind=BodyKind.JOINT_MEETING, quarter="2021Q2")
    Contradiction.objects.update(opened_at=clock.now())
    posted(bureau, page("agenda-propose", meeting.pk))
    posted(bureau, page("agenda-propose", meeting.pk))
    assert [item.source for item in meeting.agenda.all()] == ["contradiction:ended_taxed"]
    posted(bureau, page("agenda-create", meeting.pk), title="年度评定安排", details="")
    call(bureau, meeting)
    told = NoticeReceipt.objects.filter(person=people["person"][AWAY])
    assert told.filter(notice__title__startswith="会议通知").exists()
    part = meeting.units.get(unit=unit(AWAY))
    reply = {"reply": "leave", "note": "防汛检查", "version": part.version}
    posted(people[AWAY], page("meeting-reply", meeting.pk), **reply)
    return meeting


def meet(bureau, people, meeting):
    """It is held and written up; nothing is a task yet, and units do not see the draft."""
    minutes = hold(bureau, meeting)
    first, second = minutes.topics.order_by("position")
    write(bureau, first, "会议要求逐户核对。", ["市场监管局", "税务局"])
    write(bureau, second, "会议同意先清理、后评定。")
    undone = decide(bureau, first, "逐户核对数据", "市场监管局", ["税务局"])
    done = decide(bureau, second, "印发评定方案", "林业局")
    assert people["市场监管局"].get(page("minutes-detail", meeting.pk)).status_code == 404
    assert people["市场监管局"].get(page("decision-detail", undone.pk)).status_code == 404
    posted(bureau, page("minutes-circulate", meeting.pk), version=upon(minutes))
    return minutes, undone, done


def agree(bureau, people, minutes):
    """Three agree, one objects; the wording changes and only its two units are asked again."""
    first, second = minutes.topics.order_by("position")
    agreeing = page("minutes-agree", minutes.meeting_id)
    assert set(answers(minutes, second.title)) == set(THERE)
    assert set(answers(minutes, first.title)) == {"市场监管局", "税务局"}
    assert "还没有答复" in refused(bureau, agreeing, version=upon(minutes))
    for name in ("市场监管局", "财政局", "林业局"):
        answer(people, name, minutes)
    answer(people, "税务局", minutes, **{first.title: ("objected", "应分期核对。")})
    assert "税务局不同意" in refused(bureau, agreeing, version=upon(minutes))

    write(bureau, first, "会议要求分两期逐户核对。", ["市场监管局", "税务局"])
    waiting = ConsentAnswer.WAITING
    assert answers(minutes, first.title) == {"市场监管局": waiting, "税务局": waiting}
    assert set(answers(minutes, second.title).values()) == {ConsentAnswer.AGREED}
    renewed = NoticeReceipt.objects.filter(notice__title__startswith="文字有改动，请重新会签")
    assert {r.person.unit.short_name for r in renewed} == {"市场监管局", "税务局"}
    answer(people, "市场监管局", minutes)
    answer(people, "税务局", minutes)
    posted(bureau, agreeing, version=upon(minutes))


def issue(bureau, people, minutes):
    """It is signed, numbered and issued; the text is locked; it is copied up and put away."""
    key = minutes.meeting_id
    signed = {"signer": "张永贵", "signed_on": "2021-04-23", "version": upon(minutes)}
    posted(people["leader"], page("minutes-sign", key), **signed)
    posted(bureau, page("minutes-issue", key), version=upon(minutes))
    minutes.refresh_from_db()
    assert minutes.number == "通农合联纪〔2021〕1号"
    told = NoticeReceipt.objects.filter(notice__title=f"{minutes}已印发")
    assert {r.person.unit.short_name for r in told} == {"财政局"}  # the others hear of their tasks
    topic = minutes.topics.order_by("position").first()
    typed = {"title": "改", "text": "改", "version": topic.version}
    assert bureau.post(page("topic-edit", topic.pk), typed).status_code == 422
    topic.refresh_from_db()
    assert topic.text == "会议要求分两期逐户核对。"
    copied = {"copied_up_on": "2021-04-23", "how": "公文交换", "version": upon(minutes)}
    archive = page("minutes-archive", key)
    assert "还没有登记抄送" in refused(bureau, archive, version=upon(minutes))
    posted(bureau, page("minutes-copy", key), **copied)
    posted(bureau, archive, version=upon(minutes))
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.ARCHIVED


def words_of(client, minutes):
    pdf = client.get(page("minutes-pdf", minutes.meeting_id)).content
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join(each.extract_text() for each in pages).replace("\n", "").replace(" ", "")


def extend(bureau, minutes, undone):
    """Another day changes the task, not the minutes as issued; their page tells of it."""
    read = words_of(bureau, minutes)
    assert "完成时限：2021年6月15日" in read
    later = {"due_on": "2021-09-30", "reason": "汛期", "version": upon(undone)}
    posted(bureau, page("decision-extend", undone.pk), **later)
    assert words_of(bureau, minutes) == read
    shown = bureau.get(page("minutes-detail", minutes.meeting_id)).content.decode()
    assert shown.count("完成时限：2021年6月15日") == 2
    assert shown.count("印发后，完成时限已调整为2021年9月30日。") == 1


def work(bureau, people, done):
    """Done needs evidence, and the bureau's confirmation."""
    forester, report = people["林业局"], page("decision-report", done.pk)
    typed = {"text": "已印发。", "finished": "on"}
    assert "佐证" in refused(forester, report, **typed, version=upon(done))
    posted(forester, report, **typed, evidence=[photo_upload()], version=upon(done))
    posted(bureau, page("decision-decide", done.pk), target="done", version=upon(done))
    done.refresh_from_db()
    assert done.state == DecisionState.DONE


def titles_of_duties(person):
    return " ".join(duty.title for duty in duties_of(person))


def test_a_quarter_from_the_agenda_to_the_next_agenda(cast, people):
    bureau = people["bureau"]
    Contradiction.objects.create(
        cooperative=cast.near.cooperative, kind=ContradictionKind.ENDED_TAXED
    )
    with clock.on_day(dt.date(2021, 4, 15)):
        meeting = prepare(bureau, people)
    with clock.on_day(dt.date(2021, 4, 22)):
        minutes, undone, done = meet(bureau, people, meeting)
    with clock.on_day(dt.date(2021, 4, 23)):
        agree(bureau, people, minutes)
        issue(bureau, people, minutes)
        regulator, forester = (people["person"][name] for name in ("市场监管局", "林业局"))
        assert "逐户核对数据" in titles_of_duties(regulator)
        assert "印发评定方案" not in titles_of_duties(regulator)
        assert "印发评定方案" in titles_of_duties(forester)
    with clock.on_day(dt.date(2021, 6, 1)):
        extend(bureau, minutes, undone)
        work(bureau, people, done)
        assert "印发评定方案" not in titles_of_duties(forester)
    with clock.on_day(dt.date(2021, 7, 5)):
        following = Meeting.objects.get(body=meeting.body, quarter="2021Q3")
        posted(bureau, page("agenda-propose", following.pk))
        sources = list(following.agenda.order_by("position").values_list("source", flat=True))
    assert sources[:2] == [f"decision:{undone.pk}", "contradiction:ended_taxed"]
    assert f"decision:{done.pk}" not in sources


def test_two_writers_never_overwrite_one_another(cast, browser_of):
    topic = cast.near.topic
    path = page("topic-edit", topic.pk)
    seen = topic.version
    one, other = browser_of(cast.bureau), browser_of(UserFactory(unit=cast.bureau.unit))
    posted(one, path, title=topic.title, text="先保存的文字", version=seen)
    late = other.post(path, {"title": topic.title, "text": "后保存的文字", "version": seen})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "先保存的文字" in shown
    assert "后保存的文字" in shown
    topic.refresh_from_db()
    assert topic.text == "先保存的文字"


def test_a_stranger_of_the_meeting_sees_nothing_of_it(cast, browser_of):
    client = browser_of(UserFactory(role=Role.LIAISON, unit=unit("水务局")))
    for name, key in (
        ("meeting-detail", cast.near.meeting.pk),
        ("minutes-detail", cast.near.minutes.meeting_id),
        ("minutes-word", cast.near.minutes.meeting_id),
        ("decision-detail", cast.near.decision.pk),
        ("body-detail", cast.near.body.pk),
    ):
        assert client.get(page(name, key)).status_code == 404
